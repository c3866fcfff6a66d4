from collections.abc import Callable

import geopandas as gpd
import numpy as np
import pytest
import shapely

from geo.errors import MissingCrsError, NetworkError
from geo.network import network_from_frames
from tests.geo.network.town import AT, frames, network, street

Frames = tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]


def test_two_directions_are_one_street() -> None:
    net = street(100)
    assert (net.nodes, net.streets) == (2, 1)
    assert net.length_m == pytest.approx([100])
    assert (net.forward[0], net.backward[0]) == pytest.approx((100, 100))


def test_a_one_way_street_has_no_way_back() -> None:
    net = street(100, twoway=False)
    assert net.forward[0] == pytest.approx(100)
    assert np.isinf(net.backward[0])
    assert net.main_share == 0.0


def test_parallel_streets_stay_apart_and_the_short_one_counts() -> None:
    net = network([(0, 0), (100, 0)], [(0, 1), (0, 1, [(50, 120)])])
    assert net.streets == 2
    assert net.graph[0, 1] == pytest.approx(100)
    assert sorted(net.length_m) == pytest.approx([100, 260])


def test_the_same_line_twice_counts_at_the_better_speed() -> None:
    nodes, edges = frames([(0, 0), (100, 0)], [(0, 1), (0, 1)], twoway=False)
    edges["maxspeed_kmh"] = [36.0, 72.0]
    net = network_from_frames(nodes, edges, mode="drive")
    assert net.streets == 1
    assert net.forward == pytest.approx([5.0])
    assert net.stated_limits == 1


def test_a_line_drawn_against_its_edge_is_turned() -> None:
    nodes, edges = frames([(0, 0), (100, 0)], [(0, 1)], twoway=False)
    edges.geometry = shapely.reverse(edges.geometry.array)
    net = network_from_frames(nodes, edges, mode="walk")
    assert shapely.get_coordinates(net.geometry[0])[0] == pytest.approx(AT)


def test_a_loop_keeps_its_two_directions() -> None:
    nodes, edges = frames([(0, 0)], [(0, 0, [(50, 0), (50, 50)])])
    net = network_from_frames(nodes, edges, mode="walk")
    assert net.streets == 1
    assert np.isfinite([net.forward[0], net.backward[0]]).all()


def test_degrees_give_the_same_lengths() -> None:
    nodes, edges = frames([(0, 0), (100, 0)], [(0, 1)])
    net = network_from_frames(nodes.to_crs(4326), edges.to_crs(4326), mode="walk")
    assert net.length_m == pytest.approx([100], abs=1e-4)


def test_the_share_of_the_main_part_tells_of_islands() -> None:
    net = network([(0, 0), (300, 0), (0, 900), (100, 900)], [(0, 1), (2, 3)])
    assert net.main_share == pytest.approx(0.75)


def test_length_and_reversal() -> None:
    net = street(100, twoway=False)
    assert net.by_length.forward == pytest.approx([100])
    assert np.isinf(net.by_length.backward).all()
    assert np.isinf(net.reversed.forward).all()
    assert net.reversed.backward == pytest.approx(net.forward)


def _without_class(given: Frames) -> Frames:
    given[1].loc[0, "highway"] = None
    return given


def _without_line(given: Frames) -> Frames:
    given[1].loc[0, "geometry"] = None
    return given


def _moved_nodes(given: Frames) -> Frames:
    return given[0].set_geometry(given[0].translate(5)), given[1]


def _beyond_the_pole(given: Frames) -> Frames:
    nodes, edges = given[0].to_crs(4326), given[1].to_crs(4326)
    ends = shapely.get_coordinates(edges.geometry.iloc[0])
    edges.loc[0, "geometry"] = shapely.LineString([ends[0], (87.0, 95.0), ends[1]])
    return nodes, edges


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (_without_class, "1 of 2 edges have no `highway`"),
        (_without_line, "1 edge.s. have no line that can be measured"),
        (_moved_nodes, "end more than 1 m from their nodes"),
        (_beyond_the_pole, "1 edge.s. have no line that can be measured"),
        (lambda f: (f[0].iloc[:1], f[1]), "at a node that is not there"),
        (lambda f: (f[0].iloc[[0, 0, 1]], f[1]), "stand more than once"),
        (lambda f: (f[0].iloc[:1], f[1].iloc[:0]), r"none \(1 node"),
        (lambda f: (f[0], f[1].drop(columns="maxspeed_kmh")), "no column `maxspeed_kmh`"),
    ],
)
def test_what_is_no_network_is_refused(damage: Callable[[Frames], Frames], says: str) -> None:
    given = damage(frames([(0, 0), (100, 0)], [(0, 1)]))
    with pytest.raises(NetworkError, match=says):
        network_from_frames(*given, mode="walk")


def test_a_frame_without_crs_is_refused() -> None:
    nodes, edges = frames([(0, 0), (100, 0)], [(0, 1)])
    with pytest.raises(MissingCrsError):
        network_from_frames(nodes.set_crs(None, allow_override=True), edges, mode="walk")


def test_streets_of_another_zone_are_refused() -> None:
    """A degree of latitude at Moscow would be measured 10.6 % too long."""
    nodes, edges = frames([(0, 0), (100, 0)], [(0, 1)])
    moved = [frame.to_crs(4326) for frame in (nodes, edges)]
    for frame in moved:
        frame.geometry = frame.geometry.translate(37.6 - 87.0)
    with pytest.raises(NetworkError, match=r"37.6° E.*78° to 96° E .at Moscow"):
        network_from_frames(*moved, mode="walk")


@pytest.mark.parametrize(
    ("highway", "says"),
    [("  ", "no `highway`"), ("proposed", "`proposed`"), ("rest_area", "`rest_area`")],
)
def test_what_nobody_travels_on_is_no_street(highway: str, says: str) -> None:
    nodes, edges = frames([(0, 0), (100, 0)], [(0, 1)])
    edges["highway"] = highway
    with pytest.raises(NetworkError, match=f"2 of 2 edges .*{says}"):
        network_from_frames(nodes, edges, mode="walk")


def test_each_direction_has_the_speed_that_is_stated_for_it() -> None:
    nodes, edges = frames([(0, 0), (100, 0)], [(0, 1)])
    edges["maxspeed_kmh"] = [36.0, 72.0]
    net = network_from_frames(nodes, edges, mode="drive")
    assert (net.forward.tolist(), net.backward.tolist()) == ([10.0], [5.0])
