import json

import pytest
import shapely

from geo.dataset import shared
from geo.export import of_layer, of_view, to_bytes
from geo.query import Query, apply
from tests.geo import synthetic

DATASET = synthetic.make(3, sites=20, projects=30)


def collection(view, dataset=DATASET):
    made = to_bytes(of_view(dataset, view), "geojson", name="x.geojson")
    return json.loads(made.content, parse_constant=pytest.fail)


def test_what_stands_beside_the_features() -> None:
    found = collection(apply(Query(parks=("medical",)), DATASET, lang="en"))
    assert list(found) == [
        "type", "title", "release", "query", "lang", "licence", "attribution", "features",
    ]  # fmt: skip
    beside = [found[name] for name in ("release", "query", "lang", "licence")]
    assert beside == ["synthetic-3", "park=medical", "en", "ODbL-1.0"]
    assert found["attribution"]["en"] == ["© medical en", "© projects en"]


def test_a_row_has_the_fields_of_its_type_only() -> None:
    for feature in collection(apply(Query(), DATASET))["features"]:
        properties = feature["properties"]
        table = DATASET.sites if properties["row_type"] == "site" else DATASET.projects
        assert properties.keys() == {"id", "row_type", *table.columns} - {"geometry"}
        assert properties["id"] == feature["id"]


def test_numbers_are_whole_where_they_are() -> None:
    made = to_bytes(of_view(DATASET, apply(Query(), DATASET)), "geojson", name="x.geojson")
    assert b'"jobs": 10000,' in made.content
    assert b'"investment_mln_rub": 12.5,' in made.content
    assert b".0," not in made.content.split(b'"features"')[0]


def test_outer_rings_run_anticlockwise() -> None:
    rings = [
        feature["geometry"]["coordinates"][0]
        for feature in collection(apply(Query(), DATASET))["features"]
        if feature["geometry"] and feature["geometry"]["type"] == "Polygon"
    ]
    assert rings
    assert all(shapely.LinearRing(ring).is_ccw for ring in rings)


def test_nothing_shown() -> None:
    found = collection(apply(Query(text="шлюпбалка"), DATASET))
    assert (found["features"], found["licence"], found["attribution"]["ru"]) == ([], "", [])


@pytest.mark.parametrize(("layer", "licence"), [("sport", "CC-BY-4.0"), ("medical", "ODbL-1.0")])
def test_the_licence_is_that_of_the_rows(layer: str, licence: str) -> None:
    # A link looks at layers under the ODbL too, but takes nothing from them.
    content = of_layer(shared(), layer, where=f"park={layer}")
    found = json.loads(to_bytes(content, "geojson", name="x.geojson").content)
    assert found["licence"] == licence
