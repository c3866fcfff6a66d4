"""Nearest institutions, stops and doubts in a town of one street, known by arithmetic."""

from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely

from geo.access import Numbers, Place, access, measure
from geo.commands.access import _describe
from geo.crs import METRES
from geo.indicators.estimate import Interval
from geo.network import Mode, network_from_snapshot
from geo.snapshot import Snapshot, write_snapshot
from tests.geo.access.grid import ABOUT
from tests.geo.network.town import AT, Edge, frames, points

NODES = [(0.0, 0.0), (1200.0, 0.0), (2400.0, 0.0), (5000.0, 0.0), (5100.0, 0.0)]
EDGES: list[Edge] = [(0, 1), (1, 2), (3, 4)]
"""A street of 2.4 km and an island of 100 m."""

LONG_WAY: list[Edge] = [(0, 1), (1, 2), (2, 0, [(2400.0, 300.0), (0.0, 300.0)]), (3, 4)]
"""By car the street is one-way, and the way back 600 m longer."""


def named(xy: list[tuple[float, float]], names: list[str], **columns: object) -> gpd.GeoDataFrame:
    ids = [str(i) for i in range(len(xy))]
    frame = {"id": ids, "name_ru": names, "name_en": names, **columns}
    return gpd.GeoDataFrame(frame, geometry=points(xy))


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    nodes, walk = frames(NODES, EDGES)
    _, drive = frames(NODES, LONG_WAY, twoway=False)
    stops = [(500.0, 5.0), (520.0, -5.0), (1690.0, 5.0), (1710.0, -5.0), (700.0, 0.0)]
    layers = {
        "walk_nodes": nodes,
        "walk_edges": walk.assign(name=""),
        "drive_nodes": nodes,
        "drive_edges": drive.assign(name=""),
        "stops": named(stops, ["A", "A", "B", "B", "C"], mode="bus"),
        "pois": named(
            [(0, 0), (2400, 0), (5050, 0)], ["west", "east", "far"],
            kind=["school", "school", "clinic"],
        ),
        "population": gpd.GeoDataFrame(
            {"people": [30, 10]}, geometry=points([(600, 0), (600, 250)])
        ),
        "water": named([(0, 0)], ["river"]).set_geometry(
            [shapely.transform(shapely.box(0, 40, 2400, 60), lambda xy: xy + AT)], crs=METRES
        ),
    }  # fmt: skip
    folder: Path = tmp_path_factory.mktemp("street") / "town"
    return write_snapshot(folder, ABOUT, {n: f.to_crs(4326) for n, f in layers.items()})


def asked(
    town: Snapshot, x: float, y: float = 0.0, *, mode: Mode = "walk", radius: float = 0.0
) -> Numbers:
    place = Place("here", "", "", shapely.Point(AT[0] + x, AT[1] + y), "point", radius)
    return measure(town, place, network_from_snapshot(town, mode), minutes=[10])


def test_the_platforms_of_a_stop_are_one_stop(town) -> None:
    """From 1,200 m: one platform of B at 495 m (the other 515 m), C at 500 m, none of A (685 m)."""
    found = asked(town, 1200)
    assert (found.stop_points, found.stops) == (Interval(2, 2), Interval(2, 2))
    found = asked(town, 900)  # both platforms of A, and C
    assert (found.stop_points, found.stops) == (Interval(3, 3), Interval(2, 2))
    assert found.to_json()["stops_within_500_m"] == {"low": 2, "high": 2}
    assert found.to_json()["stop_points_within_500_m"] == {"low": 3, "high": 3}


def test_an_unreached_institution_has_no_name(town) -> None:
    clinic = asked(town, 1000).nearest["clinic"]
    assert not clinic.reached
    assert (clinic.name_en, clinic.there.low) == ("", np.inf)
    assert clinic.to_json()["minutes"] == {"low": None, "high": None}


def test_the_nearest_is_certain_where_it_is_so_from_everywhere(town) -> None:
    near, between = asked(town, 300, radius=100), asked(town, 1190, radius=100)
    assert (near.nearest["school"].name_en, near.nearest["school"].certain) == ("west", True)
    assert (between.nearest["school"].name_en, between.nearest["school"].certain) == ("west", False)


def test_the_way_there_is_not_the_way_back(town) -> None:
    """Free flow at 40 km/h: 400 m ahead to the east, 5.3 km or 2 km from the west."""
    found = asked(town, 2000, mode="drive").nearest["school"]
    assert found.there.low == pytest.approx(0.4 / 40 * 60, rel=1e-3)
    assert found.back.low == pytest.approx(2.0 / 40 * 60, rel=1e-3)
    assert found.name_en == "east"


def test_reach_and_ground_are_of_the_way_to_the_place(town) -> None:
    place = Place("here", "", "", shapely.Point(AT[0] + 600, AT[1]), "point", 0.0)
    found = access(town, place, mode="drive", minutes=[1])
    # A minute at 40 km/h is 667 m before the place, on the one-way street that leads to it.
    west, _, east, _ = found.ground.geometry.iloc[0].bounds
    assert east - AT[0] == pytest.approx(625, abs=1)
    assert west - AT[0] < 0
    before = asked(town, 400, mode="drive").reach["people"].loc[1, "low"]
    after = asked(town, 800, mode="drive").reach["people"].loc[1, "low"]
    assert (before, after) == (0, 30)


@pytest.mark.parametrize(
    ("y", "doubts"),
    [(-90.0, ()), (-110.0, ("far_from_street",)), (70.0, ("across_water",)),
     (150.0, ("far_from_street", "across_water"))],
)  # fmt: skip
def test_a_doubtful_way_to_the_street_is_named(town, y: float, doubts) -> None:
    found = asked(town, 1000, y)
    assert found.doubts == doubts
    assert found.to_json()["doubts"] == list(doubts)


def test_the_share_far_from_any_street_is_told(town, capsys) -> None:
    assert asked(town, 1000).far == {"people": 0.25}
    place = Place("here", "", "", shapely.Point(AT[0] + 1000, AT[1] + 70), "point", 0.0)
    _describe(access(town, place, minutes=[5]))
    said = capsys.readouterr().out
    assert "25.0% of people are over 200 m from any street" in said
    assert "crosses water" in said
    assert "nearest clinic: none reached" in said
