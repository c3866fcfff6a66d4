import math

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial import cKDTree
from shapely import Point

from geo.errors import NetworkError
from geo.network import isochrones, snap, travel_times
from geo.network.service_area import around, crossing
from tests.geo.network.town import AT, at, lattice, network, street

DISC = float(shapely.buffer(Point(0, 0), 25).area)


def ground(net, places, minutes, **options):
    frame = isochrones(net, places, minutes=[minutes], **options)
    return frame.geometry.iloc[0], float(frame["street_km"].iloc[0])


@pytest.mark.parametrize(("metres", "reached"), [(60, 120), (300, 600), (600, 1000)])
def test_a_street_is_reached_in_part_on_both_sides(metres: float, reached: float) -> None:
    net = street(1000)
    shape, km = ground(net, at(net, (500, 0)), metres / 60)
    assert km == pytest.approx(reached / 1000)
    assert shape.area == pytest.approx(reached * 50 + DISC, rel=1e-6)


def test_one_way_streets_are_reached_forwards_only() -> None:
    net = street(1000, twoway=False)
    shape, km = ground(net, at(net, (500, 0)), 2)
    assert km == pytest.approx(0.12)
    assert not shape.covers(Point(AT[0] + 450, AT[1]))
    back, _ = ground(net.reversed, at(net, (500, 0)), 2)
    assert back.covers(Point(AT[0] + 450, AT[1]))


def test_the_way_to_the_street_takes_time_and_is_shown() -> None:
    net = street(1000)
    shape, km = ground(net, at(net, (500, 40)), 100 / 60)
    assert km == pytest.approx(0.12)
    assert shape.covers(Point(AT[0] + 500, AT[1] + 40))


def test_a_street_reached_from_both_ends_stays_open_in_the_middle() -> None:
    net = network([(0, 0), (100, 0)], [(0, 1), (0, 1, [(0, 900), (100, 900)])])
    shape, km = ground(net, at(net, (0, 0)), 500 / 60)
    # 500 m up one side; the other side is entered after 100 m.
    assert km == pytest.approx(0.1 + 0.5 + 0.4)
    assert not shape.covers(Point(AT[0] + 50, AT[1] + 900))


def test_the_river_is_left_out() -> None:
    banks = [(0, 0), (2000, 0), (0, 300), (2000, 300)]
    net = network(banks, [(0, 1), (2, 3), (1, 3)])
    shape, _ = ground(net, at(net, (0, 0)), 80)
    assert shape.covers(Point(AT[0], AT[1] + 300))
    assert not shape.covers(Point(AT[0] + 1000, AT[1] + 150))
    near, _ = ground(net, at(net, (0, 0)), 20)
    assert not near.covers(Point(AT[0], AT[1] + 300))


def test_a_place_too_far_has_no_ground() -> None:
    net = street()
    frame = isochrones(net, at(net, (50, 0), (50, 5000)), minutes=[1, 2])
    assert frame["place"].tolist() == [0, 0, 1, 1]
    assert frame.geometry.isna().tolist() == [False, False, True, True]


@pytest.mark.parametrize("minutes", [0, -5, math.inf, math.nan])
def test_senseless_minutes_are_refused(minutes: float) -> None:
    with pytest.raises(NetworkError, match="must be positive"):
        isochrones(street(), at(street(), (0, 0)), minutes=[minutes])


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_longer_covers_shorter_and_is_what_spots_a_metre_apart_say(seed: int) -> None:
    nodes, edges = lattice(7, seed=seed, kept=0.8)
    # A bridge over everything, and a street laid over another.
    net = network(nodes, [*edges, (0, 48), edges[3]])
    xy = np.random.default_rng(seed).uniform(0, 600, 2)
    place = at(net, tuple(xy))
    frame = isochrones(net, place, minutes=[2, 5, 9])
    assert frame.geometry.is_valid.all()
    two, five, nine = frame.geometry
    assert five.area > two.area
    # Arcs are drawn to half a metre.
    assert two.difference(five.buffer(0.5)).is_empty
    assert five.difference(nine.buffer(0.5)).is_empty
    # Spots a metre apart on every street say the same, slowly and simply.
    along = [line.interpolate(np.arange(0, line.length, 1.0)) for line in net.geometry]
    spots = snap(net, gpd.GeoSeries(np.concatenate(along), crs=32645))
    reached = spots.xy[travel_times(net, place, spots)[0] <= 300]
    anywhere = np.random.default_rng(seed).uniform(-50, 650, (2000, 2)) + AT
    away = cKDTree(np.vstack([reached, place.xy])).query(anywhere)[0]
    inside = shapely.contains_xy(five, anywhere)
    assert inside[away < 24].all()
    # The straight way from place to street has no spots.
    from_way = shapely.distance(shapely.points(anywhere), shapely.Point(*place.xy))
    assert not inside[(away > 26.5) & (from_way > 80)].any()


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10**6), kept=st.sampled_from([0.3, 0.6, 0.9, 1.0]))
def test_around_is_the_union_of_buffers(seed: int, kept: float) -> None:
    net = network(*lattice(6, seed=seed, kept=kept))
    dice = np.random.default_rng(seed)
    ends = dice.uniform(-50, 550, (6, 2, 2)) + AT
    lines = np.concatenate([net.geometry, shapely.linestrings(ends), net.geometry[:2]])
    usual = shapely.union_all(shapely.buffer(lines, 20))
    ours = around(lines, crossing(lines), distance_m=20)
    assert ours.is_valid
    assert ours.symmetric_difference(usual).area < 1e-3 * usual.area
    assert ours.symmetric_difference(usual).buffer(-0.2).is_empty


@pytest.mark.parametrize(
    ("block", "left_m2"),
    [
        # What is left was found with each side buffered for itself; GEOS finds nothing.
        (
            "POLYGON ((188.457 10.647, 183.739 70.461, 199.649 79.891, 305.005 64.923, "
            "303.964 59.127, 198.400 12.161, 188.457 10.647))",
            397.9,
        ),
        # So narrow that its rim is turned over where the distance is a little too great.
        ("POLYGON ((0 0, 0 39, 39 39, 39 0, 0 0))", 0),
    ],
)
def test_a_pointed_block_keeps_its_middle(block: str, left_m2: float) -> None:
    rim = shapely.from_wkt(block).exterior
    corners = shapely.get_coordinates(rim)
    sides = shapely.linestrings(np.stack([corners[:-1], corners[1:]], axis=1))
    ours = around(sides, crossing(sides), distance_m=20)
    assert shapely.area(shapely.polygons(rim).difference(ours)) == pytest.approx(left_m2, abs=0.1)


def test_around_a_point_and_nothing() -> None:
    dot = np.array([shapely.LineString([(0, 0), (0, 0)])])
    assert around(dot, crossing(dot), distance_m=25).area == pytest.approx(DISC)
    assert around(dot[:0], crossing(dot[:0]), distance_m=25).is_empty


def test_crossing_marks_bridges_not_junctions() -> None:
    lines = shapely.from_wkt(
        ["LINESTRING (0 0, 10 0)", "LINESTRING (10 0, 20 0)", "LINESTRING (5 -5, 5 5)"]
    )
    assert crossing(lines).tolist() == [True, False, True]


def test_nothing_asked_is_refused() -> None:
    net = street()
    for origins, minutes in ((at(net, (0, 0)), []), (at(net), [5])):
        with pytest.raises(NetworkError, match="one place and one number of minutes"):
            isochrones(net, origins, minutes=minutes)
