import math

import numpy as np
import pytest
import shapely

from geo.places import Box, Near, distances, in_box, in_outline, members
from tests.geo.oracle import TO_METRES

SQUARE = shapely.box(85, 56, 86, 57)


def array(*geometries: object) -> np.ndarray:
    return np.array([*geometries, None], dtype=object)[:-1]


def test_a_box_takes_what_touches_it() -> None:
    shapes = array(
        shapely.Point(85, 56), shapely.Point(85.1, 56), shapely.box(80, 50, 90, 60), None,
        shapely.Point(),
    )  # fmt: skip
    assert in_box(shapes, Box(84, 55, 85, 56)).tolist() == [True, False, True, False, False]


def test_distance_is_in_metres() -> None:
    # One minute of latitude is about a nautical mile, here 1,855.9 m on the ground.
    here = shapely.Point(TO_METRES.transform(85, 56.5 + 1 / 60))
    found = distances(array(here, None), Near(85, 56.5, 1))
    assert found[0] == pytest.approx(1855.9, abs=2)
    assert math.isnan(found[1])


def test_distance_is_to_the_edge_of_an_outline() -> None:
    x, y = TO_METRES.transform(85, 56.5)
    around, beside = (
        shapely.box(x - 1, y - 1, x + 1, y + 1),
        shapely.box(x + 100, y, x + 200, y + 1),
    )
    assert distances(array(around, beside), Near(85, 56.5, 1)).round(3).tolist() == [0, 100]


@pytest.mark.parametrize("lon", [-180, -93, -5, 0, 175, 180])
@pytest.mark.parametrize("lat", [-90, -5, 0, 90])
def test_a_point_on_the_far_side_is_near_to_nothing(lon: float, lat: float) -> None:
    here = array(shapely.Point(TO_METRES.transform(85, 56.5)), shapely.box(0, 0, 1, 1), None)
    assert not (distances(here, Near(lon, lat, 1e6)) <= 1e6).any()


def test_lying_in_an_outline_needs_a_position_of_ones_own() -> None:
    inside, outside = shapely.Point(85.5, 56.5), shapely.Point(84, 56.5)
    across = shapely.box(85.9, 56.1, 86.1, 56.2)
    shapes = array(inside, inside, outside, across, None, SQUARE)
    measured = np.array([True, False, True, True, True, True])
    expected = [True, False, False, False, False, True]
    assert in_outline(shapes, measured, SQUARE).tolist() == expected


@pytest.mark.parametrize("outline", [None, shapely.Point(85, 56)])
def test_a_point_has_no_inside(outline: shapely.Geometry | None) -> None:
    shapes = array(shapely.Point(85, 56))
    assert in_outline(shapes, np.array([True]), outline).tolist() == [False]


def test_members_belong_wherever_they_are() -> None:
    assert members(np.array(["a", None, "b"], dtype=object), "a").tolist() == [True, False, False]
