import pytest

from geo.access import PREPARED, access, at_minutes, find_place, places, prepare
from geo.snapshot import EXAMPLE, open_snapshot


@pytest.fixture(scope="module")
def town():
    return open_snapshot(EXAMPLE)


def prepared(town, place, sites=(), **known):
    told = []
    chosen = {site_id: places(town)[site_id] for site_id in sites}
    made = prepare(
        town, find_place(town, place), chosen,
        mode="walk", known=known, progress=told.append, cancelled=lambda: False,
    )  # fmt: skip
    assert told == sorted(told)
    assert made is not None
    return made


def test_prepared_says_what_access_says(town) -> None:
    made = prepared(town, "example-research").answer
    asked = access(town, find_place(town, "example-research"), minutes=PREPARED)
    assert made.minutes == asked.minutes == PREPARED
    assert made.reach["people"].equals(asked.reach["people"])
    assert made.ground.drop(columns="geometry").equals(asked.ground.drop(columns="geometry"))
    assert made.ground.geometry.geom_equals(asked.ground.geometry).all()


def test_other_minutes_are_made_when_asked_for(town) -> None:
    made = prepared(town, "87.005,60.001").answer
    for minutes in (PREPARED[1], 17):
        one = at_minutes(made, minutes)
        (asked,) = access(town, made.place, minutes=[minutes]).ground.geometry
        assert one.minutes == (minutes,)
        assert one.ground.geometry.iloc[0].equals(asked)
    assert made.minutes == PREPARED


def test_sites_beside_it_are_measured_once(town) -> None:
    made = prepared(town, "87.005,60.001", ["example-medical"])
    alone = access(town, find_place(town, "example-medical"), minutes=[60])
    assert made.sites["example-medical"].curves["people"].equals(alone.reach["people"])
    again = prepared(town, "87.0,60.0", ["example-medical"], **made.sites)
    assert again.sites["example-medical"] is made.sites["example-medical"]


@pytest.mark.parametrize("looks", [1, 3, len(PREPARED)])
def test_nobody_waits_for_what_was_given_up(town, looks) -> None:
    """The last look is the one before the first site."""
    asked = []

    def stop() -> bool:
        asked.append(1)
        return len(asked) == looks

    found = prepare(
        town, find_place(town, "87.005,60.001"), {"example-sport": places(town)["example-sport"]},
        mode="walk", known={}, progress=lambda _: None, cancelled=stop,
    )  # fmt: skip
    assert found is None
    assert len(asked) == looks


def test_places_are_those_inside_with_their_kind(town) -> None:
    found = places(town)
    assert set(found) == set(town.layer("sites")["id"])
    assert {place.park_type for place in found.values()} == set(town.layer("sites")["park_type"])


def test_the_nearest_stop_is_no_farther_than_any_that_counts_as_near(town) -> None:
    found = access(town, find_place(town, "87.0,60.0"), minutes=[5])
    stop = found.nearest["stop"]
    assert stop.name_ru
    assert found.stops.low > 0
    assert stop.there.low * 60 * 1.25 <= 500
