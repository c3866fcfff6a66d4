import pytest

from geo.access import find_place, kept
from geo.access.sheets import sheet_of
from geo.dataset import shared
from layers import objects
from layers.access_sheet import access_part, in_words, reach_facts
from layers.card import card
from layers.locale import LANGUAGES, Translator
from layers.sheet import sheet
from tests.geo.access.grid import make_grid, middle_of

SITE = "tsu-campus"


@pytest.fixture(scope="module")
def numbers(tmp_path_factory):
    grid = make_grid(tmp_path_factory.mktemp("words") / "grid", middle_of(SITE))
    return sheet_of(grid, find_place(grid, SITE))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_number_is_said_with_its_interval_source_and_method(numbers, lang) -> None:
    said, t = in_words(numbers, SITE, Translator(lang)), Translator(lang).t
    walk, drive = said["reach"]
    assert (walk["mode"], drive["mode"]) == (t("access.mode.walk"), t("access.mode.drive"))
    row = numbers["walk"]["reach"]["people"][1]
    assert walk["rows"][1][1] == f"{row['low']:.0f}–{row['high']:.0f}"
    assert len(walk["rows"]) == len(drive["rows"]) == 4
    assert [one["kind"] for one in said["nearest"]] == [
        t(f"access.kind.{kind}") for kind in ("clinic", "railway_station", "stop")
    ]
    assert [len(ways) for ways in said["nearest"][0]["ways"]] == [1, 2]  # one-way by car
    assert t("access.estimate") in said["says"]
    assert any("CC0-1.0" in one for one in said["says"])
    assert t("access.direction") in said["rests"]
    assert said["stops"]
    assert f"site={SITE}" in said["links"][0]["address"]


def test_a_mode_that_is_refused_says_why(numbers) -> None:
    said = in_words({**numbers, "drive": {"refused": "snapshot"}}, SITE, Translator("en"))
    assert said["modes"] == ["On foot"]
    assert said["reach"][1]["rows"] == []
    assert said["reach"][1]["refused"].startswith("not computed")


def test_positions_beyond_the_border_are_told(numbers) -> None:
    t = Translator("en").t
    assert t("access.beyond_edge") not in in_words(numbers, SITE, Translator("en"))["rests"]
    near = {**numbers, "edge_km": 0.1}
    assert t("access.beyond_edge") in in_words(near, SITE, Translator("en"))["rests"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_card_has_one_line_and_only_where_it_was_computed(numbers, lang, monkeypatch) -> None:
    class Sheets:
        def of(self, site_id):
            return kept.Found("ready", numbers) if site_id == SITE else kept.Found("outside")

    translator = Translator(lang)
    assert reach_facts(SITE, translator) == []
    monkeypatch.setattr(kept, "shared", Sheets)
    (fact,) = reach_facts(SITE, translator)
    row = numbers["walk"]["reach"]["people"][2]
    assert f"{row['low']:.0f}–{row['high']:.0f}" in fact.value
    assert translator.t("access.estimate") in fact.detail
    assert fact.sourced is False
    told = card(shared(), SITE, translator)["facts"]
    assert told[-1]["value"] == fact.value
    assert "reach" not in {one["key"] for one in card(shared(), "tpu-campus", translator)["facts"]}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_without_a_snapshot_of_the_place_it_says_how_to_get_one(lang) -> None:
    dataset, translator = shared(), Translator(lang)
    part = sheet(dataset, objects.find(dataset, SITE, ""), translator)["access"]
    assert part["state"] == "outside"
    assert part["numbers"] is None
    assert part["says"] == [translator.t(f"object.access.{one}") for one in ("outside", "how")]
    assert "geo fetch" in part["says"][1]
    assert "ATLAS_SNAPSHOT" in part["says"][1]
    assert part["links"][0]["address"] == f"/access?lang={lang}"  # the invented town


@pytest.mark.parametrize("state", ["preparing", "failed"])
def test_what_is_under_way_or_failed_is_said(state, monkeypatch) -> None:
    class Sheets:
        def of(self, site_id):
            return kept.Found(state)

    monkeypatch.setattr(kept, "shared", Sheets)
    site = objects.record_of(shared(), objects.find(shared(), SITE, ""))
    part = access_part(site, Translator("en"))
    assert part["says"] == [Translator("en").t(f"object.access.{state}")]
    assert part["links"] == []
    assert access_part({**site, "geometry": None}, Translator("en"))["state"] == "unplaced"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_files_of_a_snapshot_that_cannot_be_used_are_named(lang, monkeypatch) -> None:
    monkeypatch.setattr(kept, "shared", lambda: kept.Sheets(None, faulty=("stops.parquet",)))
    site = objects.record_of(shared(), objects.find(shared(), SITE, ""))
    said = access_part(site, Translator(lang))["says"]
    assert Translator(lang).t("object.access.failed") in said
    assert any("stops.parquet" in one for one in said)
