import geopandas as gpd
import numpy as np
import pytest
from shapely import Point

from geo.errors import MissingCrsError, NotReachedError, PositionError
from geo.network import place_at, snap
from tests.geo.network.town import at, network, points, street


def test_the_nearest_line_counts_not_the_nearest_node() -> None:
    net = network([(0, 0), (1000, 0), (500, 100), (510, 100)], [(0, 1), (2, 3)])
    snapped = at(net, (500, 30))
    assert snapped.access_m == pytest.approx([30])
    assert net.length_m[snapped.street[0]] == pytest.approx(1000)
    assert snapped.fraction == pytest.approx([0.5])


def test_too_far_is_named_with_the_distance() -> None:
    net = street()
    snapped = at(net, (50, 10), (50, 700))
    assert snapped.reached.tolist() == [True, False]
    assert snapped.street.tolist() == [0, -1]
    with pytest.raises(NotReachedError, match="clinic: 700 m from any street"):
        snapped.require_reached(["school", "clinic"])


def test_ten_kilometres_off() -> None:
    with pytest.raises(NotReachedError, match="10,000 m from any street"):
        at(street(), (50, 10_000)).require_reached()


def test_exactly_at_the_cap_is_reached() -> None:
    assert at(street(), (50, 500), cap_m=500).reached.all()


def test_the_share_of_far_places() -> None:
    assert at(street(), (0, 199), (0, 201), (0, 300), (0, 10)).far_share == pytest.approx(0.5)


def test_no_places() -> None:
    snapped = at(street())
    assert (snapped.places, snapped.far_share) == (0, 0.0)
    assert snapped.require_reached() is snapped


def test_a_place_that_is_no_point_is_refused() -> None:
    for wrong in (None, Point(), Point(0, 0).buffer(1)):
        with pytest.raises(PositionError, match="1 of 1 places"):
            snap(street(), gpd.GeoSeries([wrong], crs=4326))
    with pytest.raises(MissingCrsError):
        snap(street(), gpd.GeoSeries([Point(0, 0)]))


@pytest.mark.parametrize(("lon", "lat"), [(56.5, 184.9), (200, 10), (np.nan, 56)])
def test_senseless_coordinates_are_refused(lon: float, lat: float) -> None:
    with pytest.raises(PositionError, match="longitude first"):
        place_at(street(), lon, lat)


def test_a_position_in_degrees() -> None:
    lon, lat = points([(30, 4)]).to_crs(4326).iloc[0].coords[0]
    snapped = place_at(street(), lon, lat)
    assert snapped.access_m == pytest.approx([4], abs=1e-4)
    with pytest.raises(NotReachedError, match=r"85,56\.5: .* m from any street"):
        place_at(street(), 85.0, 56.5)


@pytest.mark.parametrize("x", [np.inf, np.nan])
def test_coordinates_that_are_no_numbers_are_refused(x: float) -> None:
    with pytest.raises(PositionError, match="1 of 2 places have no"):
        at(street(), (0, 0), (x, 0))
