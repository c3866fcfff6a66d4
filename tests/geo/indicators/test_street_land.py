import pytest
import shapely

from geo.indicators import street_ground
from geo.indicators.street_land import drive_lines
from tests.geo.indicators.town import town
from tests.geo.network.town import frames, network, network_from_frames, street


def ground_m2(highway: object, **options: float) -> tuple[float, float]:
    nodes, edges = frames([(0, 0), (1000, 0)], [(0, 1)])
    found = street_ground(
        network_from_frames(nodes, edges.assign(highway="steps"), mode="walk"),
        edges.assign(highway=highway), **options,
    )  # fmt: skip
    return found["low"].area, found["high"].area


@pytest.mark.parametrize(
    ("highway", "width_m"),
    [
        ("motorway", 24), ("trunk", 20), ("primary", 22), ("secondary", 18), ("tertiary", 14),
        ("unclassified", 10), ("residential", 10), ("living_street", 8), ("service", 5),
        ("pedestrian", 10), ("footway", 2.5), ("cycleway", 2.5), ("track", 3.5), ("road", 8),
        ("primary_link", 14),
    ],
)  # fmt: skip
def test_every_class_has_its_width(highway: str, width_m: float) -> None:
    assert ground_m2(highway) == pytest.approx((1000 * width_m, 1000 * width_m))
    assert ground_m2(highway, width_factor=2) == pytest.approx((2000 * width_m, 2000 * width_m))


@pytest.mark.parametrize("highway", ["corridor", None])
def test_a_class_without_width_gives_bounds(highway: str | None) -> None:
    # The steps along it are 2 m wide.
    assert ground_m2(highway) == pytest.approx((2_000, 8_000))


def test_crossings_and_streets_of_both_networks_count_once() -> None:
    cross = network([(-50, 0), (50, 0), (0, -50), (0, 50)], [(0, 1), (2, 3)])
    assert street_ground(cross)["low"].area == pytest.approx(2 * 1_000 - 100)
    # The same street with a node more on the network of cars.
    _, parts = frames([(0, 0), (40, 0), (100, 0)], [(0, 1), (1, 2)])
    assert street_ground(street(100), parts)["high"].area == pytest.approx(1_000)


def test_a_bend_is_as_long_as_its_line() -> None:
    bent = network([(0, 0), (100, 100)], [(0, 1, [(100.0, 0.0)])])
    assert street_ground(bent)["low"].area == pytest.approx(2_000)
    assert shapely.is_valid(street_ground(bent)["low"])


def test_a_snapshot_may_have_no_streets_for_cars() -> None:
    assert drive_lines(town("drive_edges")) is None
    assert drive_lines(town()) is not None
