import datetime

import pandas as pd
import pytest
import shapely

from geo.dataset import shared
from layers.card import card
from layers.locale import Translator
from layers.own_card import LONGEST_SHOWN
from tests.geo.own import made

HOSTILE = "<img src=x onerror=alert(1)> \u202e ${x}"


def facts(columns, lang="en", row="own:1"):
    dataset = shared().with_layer(made.layer(columns))
    found = card(dataset, row, Translator(lang))
    return {fact["label"]: fact for fact in found["facts"]}, found


def test_every_column_is_told():
    columns = {
        "name": ["School", "b"],
        "floors": [3, 4],
        "year": [1998, 2000],
        "share": [0.125, 1],
        "open": [True, False],
        "kinds": [("a", "b"), None],
        "none": [None, "x"],
        "gap": pd.array([None, 2], dtype="Int64"),
        "day": [datetime.date(2020, 1, 2), None],
    }
    found, whole = facts(columns)
    assert [(label, fact["value"]) for label, fact in found.items()] == [
        ("name", "School"), ("floors", "3"), ("year", "1998"), ("share", "0.125"), ("open", "yes"),
        ("kinds", "a; b"), ("none", Translator("en").missing), ("gap", Translator("en").missing),
        ("day", "2020-01-02"),
    ]  # fmt: skip
    assert [label for label, fact in found.items() if fact["missing"]] == ["none", "gap"]
    assert whole["kicker"] == "Your layer: layer.geojson"
    assert (whole["type"], whole["title"], whole["park"]) == ("own", "School", None)
    assert whole["place"]["placed"] is True
    assert whole["links"]["object"] == f"/?sel=own:1&own={'ab' * 8}"


def test_text_stays_text_and_runs_one_way():
    found, whole = facts({"name": [HOSTILE, "b"], HOSTILE: ["x", "y"]})
    assert found["name"]["value"].startswith("<img src=x onerror=alert(1)>")
    assert "\u202e" not in found["name"]["value"]
    assert whole["title"].startswith("<img")


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_long_values_are_cut_and_said_so(lang):
    found, _ = facts({"a": ["x" * (LONGEST_SHOWN + 1), "y"]}, lang)
    assert len(found["a"]["value"]) < LONGEST_SHOWN + 100
    assert "x" * LONGEST_SHOWN in found["a"]["value"]


def test_no_place():
    dataset = shared().with_layer(made.layer({"a": [1]}, [None]))
    found = card(dataset, "own:1", Translator("ru"))
    assert found["place"]["placed"] is False
    assert found["title"] == "№ 1"


def test_an_empty_place_is_none():
    dataset = shared().with_layer(made.layer({"a": [1]}, [shapely.Point()]))
    assert card(dataset, "own:1", Translator("en"))["place"]["placed"] is False


def test_without_a_layer():
    with pytest.raises(LookupError):
        card(shared(), "own:1", Translator("en"))
