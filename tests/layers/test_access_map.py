import json
import re

import numpy as np
import pytest

from geo.access import PREPARED, Prepared, access, find_place, places, prepare
from geo.network import Mode
from geo.snapshot import EXAMPLE, Snapshot, open_snapshot
from layers.access_ground import position_at
from layers.access_map import drawn, key, totals
from layers.locale import Translator


@pytest.fixture(scope="module")
def town() -> Snapshot:
    return open_snapshot(EXAMPLE)


def made(town: Snapshot, place: str, mode: Mode = "walk") -> Prepared:
    sites = {"example-medical": places(town)["example-medical"]}
    found = prepare(
        town, find_place(town, place), sites,
        mode=mode, known={}, progress=lambda _: None, cancelled=lambda: False,
    )  # fmt: skip
    assert found is not None
    return found


def coordinates(path: str) -> np.ndarray:
    return np.array(re.findall(r"(-?\d+) (-?\d+)", path), dtype=int)


def test_the_drawing_holds_what_was_computed(town: Snapshot) -> None:
    prepared = made(town, "87.005,60.001")
    answer = json.loads(json.dumps(drawn((prepared,), Translator("en"))))
    people = prepared.answer.reach["people"]
    (place,) = answer["places"]
    assert place["curves"]["people"]["low"] == people["low"].round(1).tolist()
    assert [ring["minutes"] for ring in place["rings"]] == list(PREPARED)
    assert all(ring["low"] is None for ring in place["rings"])
    assert place["what_if"]
    assert place["name"] == "What-if place (87.005; 60.001)"
    assert answer["together"] is None
    assert answer["totals"]["people"] == town.layer("population")["people"].sum()
    measured = {site["id"]: site["curves"] for site in answer["sites"]}
    assert measured.pop("example-medical")["people"]["high"][60] > 0
    assert set(measured.values()) == {None}  # not asked for: not known, not 0


def test_an_uncertain_site_is_drawn_with_both_bounds(town: Snapshot) -> None:
    one = access(town, find_place(town, "example-sport"), minutes=[5])
    answer = drawn((Prepared(one, {}),), Translator("ru"))
    assert all(ring["low"] is not None for ring in answer["places"][0]["rings"])
    assert answer["gain"] is None
    guessed = {site["id"] for site in answer["sites"] if site["guess"]}
    assert guessed == {"example-innovation"}
    (sport,) = (site for site in answer["sites"] if site["chosen"])
    assert (sport["id"], sport["circle_m"], sport["letter"]) == ("example-sport", 250.0, "С")


def test_metres_are_turned_back_into_degrees(town: Snapshot) -> None:
    answer = drawn((made(town, "87.005,60.001"),), Translator("en"))
    lon, lat = map(float, str(position_at(town, *answer["places"][0]["at"])).split(","))
    assert lon == pytest.approx(87.005, abs=2e-5)
    assert lat == pytest.approx(60.001, abs=1e-5)
    assert position_at(town, 1e12, 0.0) is None


def test_south_is_down_and_streets_lie_in_the_view(town: Snapshot) -> None:
    answer = drawn((made(town, "87.005,60.001"),), Translator("en"))
    west, north, east, south = answer["ground"]["view"]
    xy = coordinates(answer["ground"]["minor"])
    assert west <= xy[:, 0].min() < xy[:, 0].max() <= east
    assert north <= xy[:, 1].min() < xy[:, 1].max() <= south
    higher, lower = (position_at(town, 0, y) for y in (-1000, 1000))
    assert float(str(higher).split(",")[1]) > float(str(lower).split(",")[1])


def test_minutes_do_not_change_the_drawing_but_mode_and_language_do(town: Snapshot) -> None:
    walk, drive = (made(town, "87.005,60.001", mode).answer for mode in ("walk", "drive"))
    keys = {key([answer], Translator(lang)) for answer in (walk, drive) for lang in ("ru", "en")}
    assert len(keys) == 4


def test_several_places_are_drawn_each_and_together(town: Snapshot) -> None:
    several = (made(town, "87.005,60.001"), made(town, "example-medical"))
    answer = drawn(several, Translator("en"))
    one, other = answer["places"]
    assert (one["what_if"], other["letter"]) == (True, "M")
    whole = answer["together"]["curves"]["people"]["high"]
    for minute in (0, 10, 60):
        each = [place["curves"]["people"]["high"][minute] for place in (one, other)]
        assert max(each) <= whole[minute] <= sum(each)
    assert [ring["minutes"] for ring in answer["together"]["rings"]] == list(PREPARED)
    assert [site["id"] for site in answer["sites"] if site["beside"]] == ["example-medical"]


def test_a_what_if_place_gains_who_reaches_no_site_of_today(town: Snapshot) -> None:
    """Only the hospital was measured, so what it lacks is what is gained; at last it has all."""
    answer = drawn((made(town, "87.005,60.001"),), Translator("en"))
    (kind,) = answer["kinds"]
    assert (kind["park"], kind["sites"]) == ("medical", 1)
    gain, own = kind["gain"]["people"], answer["places"][0]["curves"]["people"]
    assert gain == answer["gain"]["people"]
    assert 0 < gain["low"][10] <= gain["high"][10] <= own["high"][10]
    assert gain["high"][60] == 0
    assert drawn((made(town, "example-medical"),), Translator("en"))["kinds"][0]["gain"] is None


def test_totals_are_all_there_are(town: Snapshot) -> None:
    assert totals(town) == {
        "people": town.layer("population")["people"].sum(),
        "buildings": len(town.layer("buildings")),
    }
