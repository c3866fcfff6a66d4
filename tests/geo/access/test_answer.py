import json

import pytest

from geo.access import access, content_of, find_place
from geo.errors import NetworkError, NotReachedError, PositionError
from geo.network import Speeds, network_from_snapshot, place_at, reach_curves, snap
from geo.snapshot import EXAMPLE, open_snapshot


@pytest.fixture(scope="module")
def town():
    return open_snapshot(EXAMPLE)


def test_a_position_has_one_number(town) -> None:
    found = access(town, find_place(town, "87.0,60.0"), minutes=[10, 5])
    assert found.minutes == (5, 10)
    people = found.reach["people"]
    assert (people["low"] == people["high"]).all()
    net = network_from_snapshot(town, "walk")
    population = town.layer("population")
    curve = reach_curves(
        net, place_at(net, 87.0, 60.0), snap(net, population.geometry),
        population["people"].to_numpy(dtype=float), minutes=10,
    )[0]  # fmt: skip
    assert people.loc[10, "low"] == curve[10] > 0
    assert found.ground["bound"].tolist() == ["high", "high"]


def test_an_uncertain_site_has_an_interval(town) -> None:
    found = access(town, find_place(town, "example-sport"), minutes=[10])
    assert (found.basis, found.candidates) == ("circle", 19)
    row = found.reach["people"].loc[10]
    assert 0 < row["low"] < row["high"]
    low, high = (found.ground.set_index("bound").geometry[bound] for bound in ("low", "high"))
    assert low.area < high.area
    assert low.difference(high.buffer(0.5)).is_empty
    assert found.nearest["school"].there.low < found.nearest["school"].there.high


def test_the_answer_is_labelled(town) -> None:
    found = access(town, find_place(town, "example-research"), mode="drive", minutes=[5])
    answer = json.loads(json.dumps(found.to_json(), allow_nan=False))
    assert answer["notice"] == "estimate from open data; not an official statistic"
    assert answer["snapshot"]["example"] is True
    assert "invented" in answer["snapshot"]["notice"]
    assert answer["assumptions"]["speeds"] == "free flow"
    assert answer["stops_within_500_m"] is None
    content = content_of(found)
    assert {"estimate", "example"} <= {notice.code for notice in content.origin.warnings}
    assert {one.sha256 for one in content.origin.inputs} == {
        entry.sha256 for entry in town.entries.values()
    }


def test_a_faster_walk_reaches_no_fewer(town) -> None:
    place = find_place(town, "example-medical")
    slow, fast = (
        access(town, place, minutes=[15], speeds=Speeds(walk_m_s=speed)).reach["people"]
        for speed in (1.25, 5 / 3.6)
    )
    assert (fast["low"] >= slow["low"]).all()


@pytest.mark.parametrize(
    ("text", "error", "says"),
    [
        ("85.0,56.5", NotReachedError, "outside snapshot `example-town` .an invented town."),
        ("tsu-campus", NotReachedError, "km outside snapshot"),
        ("nowhere", PositionError, "`nowhere` is no site"),
        ("60.0,187.0", PositionError, "longitude first"),
        ("a,b", PositionError, "is no site"),
        ("nan,nan", PositionError, "longitude first"),
    ],
)
def test_a_place_that_cannot_be_used_is_named(town, text: str, error, says: str) -> None:
    with pytest.raises(error, match=says):
        find_place(town, text)


def test_a_place_inside_but_far_from_streets(town) -> None:
    with pytest.raises(NotReachedError, match="m from any street"):
        access(town, find_place(town, "86.96,60.02"), minutes=[5])


@pytest.mark.parametrize("minutes", [[], [0], [61], [5, -1]])
def test_senseless_minutes(town, minutes: list[int]) -> None:
    with pytest.raises(NetworkError, match="from 1 to 60"):
        access(town, find_place(town, "87.0,60.0"), minutes=minutes)
