import json

import numpy as np
import pytest
import shapely

from geo.read.report import Finding, Report
from layers.locale import Translator
from layers.own import OwnLayer
from layers.own_index import MOST_IN_ONE_PIECE, form, own_geojson, own_index, own_report
from tests.geo.own import made


def own(columns, places=None, report=None) -> OwnLayer:
    layer = made.layer(columns, places)
    return OwnLayer("token", layer, report or Report("a.geojson", len(layer), len(layer)))


def test_index():
    layer = own(
        {
            "name_ru": ["Школа", "Пруд", None],
            "name_en": ["School", None, None],
            "kind": ["a", "b", "a"],
            "n": [1, 2.5, None],
            "since": ["2010", "2011-02", None],
        },
        [shapely.Point(84.1234567, 56), shapely.box(85, 56, 85.2, 56.1), None],
    )
    assert json.loads(own_index(layer)) == {
        "name": "layer.geojson",
        "key": "ab" * 8,
        "numbers": [1, 2, 3],
        "names": {"ru": ["Школа", "Пруд", "№ 3"], "en": ["School", "Пруд", "№ 3"]},
        "at": [84.123457, 56.0, 85.1, 56.05, None, None],
        "filters": [
            {"name": "kind", "kind": "options", "options": ["a", "b"]},
            {"name": "n", "kind": "number", "ends": ["1", "2.5"]},
            {"name": "since", "kind": "date", "ends": ["2010-01-01", "2011-02-28"]},
        ],
        "unfiltered": 2,
        "form": "geojson",
        "box": [84.123457, 56.0, 85.2, 56.1],
    }


def test_names_that_are_the_same_are_written_once():
    assert json.loads(own_index(own({"name": ["a", "b"]})))["names"] == {"ru": ["a", "b"]}


def test_no_place_at_all():
    index = json.loads(own_index(own({"a": [1, 2]}, [None, None])))
    assert (index["box"], index["at"]) == (None, [None] * 4)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [(1, "geojson"), (MOST_IN_ONE_PIECE, "geojson"), (MOST_IN_ONE_PIECE + 1, "tiles")],
)
def test_large_layers_come_as_tiles(rows, expected):
    assert form(made.layer({"a": range(rows)})) == expected


def test_geojson_tells_places_and_nothing_else():
    layer = own(
        {"secret": ["x", "y", "z"]}, [shapely.Point(84, 56, 9), None, shapely.box(0, 0, 1, 1)]
    )
    collection = json.loads(own_geojson(layer))
    assert [feature["id"] for feature in collection["features"]] == [0, 2]
    assert collection["features"][0]["geometry"] == {"type": "Point", "coordinates": [84.0, 56.0]}
    assert all(feature["properties"] == {} for feature in collection["features"])


def test_report_in_words():
    report = Report("a.geojson", 2, 2, warnings=(Finding("null_geometry", 2, "x", "geometry"),))
    found = {
        lang: json.loads(own_report(own({"a": [1, 2]}, None, report), Translator(lang)))
        for lang in ("ru", "en")
    }
    assert found["en"]["rows_in"] == found["en"]["kept"] == 2
    (english,), (russian,) = found["en"]["warnings"], found["ru"]["warnings"]
    assert english["code"] == russian["code"] == "null_geometry"
    assert english["reason"] != russian["reason"]
    assert found["ru"]["sha256"] == "ab" * 32


def test_the_order_of_numbers_is_that_of_rows():
    layer = made.layer({"a": [1, 2]})
    object.__setattr__(layer, "numbers", np.array([5, 9]))
    index = json.loads(own_index(OwnLayer("token", layer, Report("a", 9, 9))))
    assert index["numbers"] == [5, 9]
    assert index["names"]["ru"] == ["№ 5", "№ 9"]
