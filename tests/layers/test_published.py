import csv
import io
import json

import pytest
from shapely.geometry import shape

from geo import dataset as shipped
from geo.errors import UnknownLayerError
from layers.published import PUBLISHED, frame_of, layer_bytes, table_bytes
from tests.layers.conftest import HOSTILE


@pytest.mark.parametrize("layer", PUBLISHED)
def test_published_layer_is_the_shipped_file(layer):
    data = shipped.shared()
    published = json.loads(layer_bytes(data, layer))
    source = json.loads(data.catalog.content(data.catalog[layer]))
    assert published["type"] == "FeatureCollection"
    assert len(published["features"]) == len(source["features"]) == len(frame_of(data, layer))
    for ours, theirs in zip(published["features"], source["features"], strict=True):
        assert ours["id"] == theirs["id"] == ours["properties"]["id"]
        assert ours["properties"] == theirs["properties"]
        assert (ours["geometry"] is None) == (theirs["geometry"] is None)
        if ours["geometry"]:
            assert shape(ours["geometry"]).equals(shape(theirs["geometry"]))


def test_the_file_says_what_it_is():
    data = shipped.shared()
    published = json.loads(layer_bytes(data, "medical"))
    assert published["name"] == "medical"
    assert published["release"] == data.release
    assert published["licence"] == data.catalog["medical"].licence
    assert published["attribution"]["ru"] == data.catalog["medical"].attribution_ru


def test_unknown_is_null_and_hostile_text_is_kept(small):
    features = {f["id"]: f for f in json.loads(layer_bytes(small, "projects"))["features"]}
    assert features["done"]["properties"]["start_year"] is None
    assert features["done"]["properties"]["end_year"] == 2014
    assert features["pool"]["properties"]["organisation_ids"] == ["uni"]
    assert features["hostile"]["properties"]["name_ru"] == HOSTILE
    assert features["hostile"]["geometry"] is None


def test_a_layer_is_written_once_for_a_dataset(small):
    assert layer_bytes(small, "projects") is layer_bytes(small, "projects")


@pytest.mark.parametrize("layer", ["roadmap", "nothing", "../data"])
def test_what_is_not_published_is_refused(small, layer):
    with pytest.raises(UnknownLayerError, match="no layer"):
        layer_bytes(small, layer)


def test_tables_are_csv_that_excel_reads():
    data = shipped.shared()
    body = table_bytes(data, "roadmap")
    assert body.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"))))
    assert [row["id"] for row in rows] == list(data.roadmap.index)


def test_a_layer_with_places_is_no_table(small):
    with pytest.raises(UnknownLayerError, match="GeoJSON"):
        table_bytes(small, "projects")
