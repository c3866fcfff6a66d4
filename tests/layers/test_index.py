import json

import pytest

from geo import dataset as shipped
from geo.facets import vocabulary
from layers.index import build_index
from layers.locale import LANGUAGES, messages


def test_rows_follow_the_rows_of_the_dataset(small):
    rows = json.loads(build_index(small))["rows"]
    assert [row["id"] for row in rows] == list(small.rows["id"])
    assert rows[0] == {
        "id": "north",
        "type": "site",
        "park": "industrial",
        "status": "completed",
        "ru": ["Площадка north", "Индустриальный\u00a0· действует\u00a0· Томск"],
        "en": ["Site north", "Industrial\u00a0· operating\u00a0· Tomsk"],
        "at": [85.0, 56.5],
        "off": 300.0,
        "outline": False,
    }


def test_project_lines_and_unknown_places(small):
    rows = {row["id"]: row for row in json.loads(build_index(small))["rows"]}
    assert rows["pool"]["ru"][1] == (
        "Социальный проект\u00a0· выполняется (на\u00a02014\u00a0год)\u00a0· 2013–\u20602015"
    )
    assert rows["pool"]["park"] == "industrial"
    assert rows["hostile"]["at"] is None
    assert rows["hostile"]["park"] is None


@pytest.mark.parametrize(
    ("as_of", "dated"), [("2024-12", True), ("2025-01", False), ("2026-03", False), (None, False)]
)
def test_what_was_unfinished_before_the_last_full_year_has_its_year(small, as_of, dated):
    """The dataset is of 2026: the clock has no say."""
    small.projects.loc["pool", "as_of"] = as_of
    small.sites.loc["north", ["status", "status_source", "as_of"]] = ["planned", "planned", as_of]
    rows = {row["id"]: row["en"][1] for row in json.loads(build_index(small))["rows"]}
    assert ("(as\u00a0of" in rows["pool"]) == dated
    assert ("planned (as\u00a0of" in rows["north"]) == dated


def test_what_is_completed_stays_so_without_a_year(small):
    small.projects.loc["done", "as_of"] = "2014"
    rows = {row["id"]: row["en"][1] for row in json.loads(build_index(small))["rows"]}
    assert rows["done"] == "Social project\u00a0· completed\u00a0· 2014"


def test_area_stands_in_the_line_of_a_site():
    rows = {row["id"]: row for row in json.loads(build_index(shipped.shared()))["rows"]}
    assert rows["sez-tomsk-south"]["ru"][1] == (
        "Внедренческий\u00a0· действует\u00a0· Томск\u00a0· 192,4\u00a0га"
    )
    assert rows["sez-tomsk-south"]["en"][1] == (
        "Innovation\u00a0· operating\u00a0· Tomsk\u00a0· 192.4\u00a0ha"
    )


def test_facets_have_every_option_in_order():
    data = shipped.shared()
    facets = json.loads(build_index(data))["facets"]
    assert {key: tuple(o["id"] for o in options) for key, options in facets.items()} == vocabulary(
        data
    )
    for options in facets.values():
        assert all(option["ru"] and option["en"] for option in options)


def test_park_options_have_sign_and_clusters_their_full_name(small):
    facets = json.loads(build_index(small))["facets"]
    assert facets["park"][0]["letter"] == {"ru": "И", "en": "I"}
    assert facets["park"][0]["colour"] == "#cc6c3d"
    assert facets["park"][0]["title"]["en"] == "Industrial park"
    assert facets["cluster"][0]["title"] == {"ru": "Атомы", "en": "Atoms"}


def test_messages_of_the_scripts(small):
    index = json.loads(build_index(small))
    assert index["release"] == small.release
    assert index["years"][0] < index["years"][1]
    assert index["money"] == sorted(index["money"])
    for lang in LANGUAGES:
        sent = index["messages"][lang]
        assert sent == {k: v for k, v in messages(lang).items() if k.startswith(("ui.", "map."))}


def test_the_shipped_index_is_light():
    assert len(build_index(shipped.shared())) < 120_000
