import dataclasses
import json

import numpy as np
import pytest
import shapely

from geo.dataset import Dataset, shared
from geo.export import EXPORTS, to_geojson
from geo.query import Query, apply
from tests.geo import synthetic

DATASET = synthetic.make(3, sites=20, projects=30)


@pytest.mark.parametrize("dataset", [DATASET, shared()], ids=["synthetic", "shipped"])
def test_same_rows_in_the_same_order_with_all_fields(dataset: Dataset) -> None:
    view = apply(Query(statuses=("running", "planned"), sort="-money"), dataset)
    found = json.loads(to_geojson(dataset, view), parse_constant=pytest.fail)
    assert [feature["id"] for feature in found["features"]] == list(view.ids)
    for feature in found["features"]:
        properties = feature["properties"]
        table = dataset.sites if properties["row_type"] == "site" else dataset.projects
        assert properties.keys() == {"id", "row_type", *table.columns} - {"geometry"}
        source = table.loc[feature["id"]]
        for name in table.columns.drop("geometry"):
            value, expected = properties[name], source[name]
            if isinstance(expected, tuple):
                assert value == list(expected)
            else:
                assert value == expected or (value is None and expected != expected)
                assert value is not None or expected is None or np.isnan(expected)
                assert type(value) in (int, float, str, type(None))
        geometry = feature["geometry"]
        assert (geometry is None) == (source["geometry"] is None)
        if geometry is not None:
            assert shapely.geometry.shape(geometry).equals(source["geometry"])


def test_what_stands_beside_the_features() -> None:
    view = apply(Query(parks=("medical",)), DATASET)
    found = json.loads(to_geojson(DATASET, view))
    beside = ["type", "release", "query", "lang", "licence", "attribution", "features"]
    assert list(found) == beside
    assert [found[name] for name in beside[1:4]] == ["synthetic-3", "park=medical", "ru"]
    assert found["licence"] == "CC-BY-4.0 AND ODbL-1.0"
    assert found["attribution"]["en"] == ["© medical en", "© projects en"]


def test_rings_run_as_the_standard_says() -> None:
    found = json.loads(to_geojson(DATASET, apply(Query(), DATASET)))
    rings = [
        f["geometry"]["coordinates"][0]
        for f in found["features"]
        if f["geometry"] and f["geometry"]["type"] == "Polygon"
    ]
    assert rings
    assert all(shapely.LinearRing(ring).is_ccw for ring in rings)


def test_nothing_shown() -> None:
    found = json.loads(to_geojson(DATASET, apply(Query(text="шлюпбалка"), DATASET)))
    assert (found["features"], found["licence"], found["attribution"]["ru"]) == ([], "", [])


def test_whole_numbers_are_whole_and_infinity_is_refused() -> None:
    sites = DATASET.sites.assign(jobs=5.0)
    dataset = dataclasses.replace(DATASET, sites=sites)
    assert b'"jobs": 5,' in to_geojson(dataset, apply(Query(), dataset))
    dataset = dataclasses.replace(DATASET, sites=sites.assign(jobs=np.inf))
    with pytest.raises(ValueError, match="JSON compliant"):
        to_geojson(dataset, apply(Query(), dataset))


def test_hostile_names_come_back_the_same(hostile: Dataset, hostile_names: list[str]) -> None:
    found = json.loads(to_geojson(hostile, apply(Query(), hostile)))
    assert [feature["properties"]["name_ru"] for feature in found["features"]] == hostile_names


def test_a_column_of_another_type_is_refused() -> None:
    dataset = dataclasses.replace(DATASET, sites=DATASET.sites.assign(jobs=1j))
    with pytest.raises(TypeError, match="1j"):
        to_geojson(dataset, apply(Query(), dataset))


@pytest.mark.parametrize("export", EXPORTS.values(), ids=EXPORTS.keys())
def test_the_same_view_gives_the_same_bytes(export: object) -> None:
    view = apply(Query(parks=("sport",)), DATASET)
    assert export.write(DATASET, view) == export.write(DATASET, apply(view.query, DATASET))
