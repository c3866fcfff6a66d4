import re

import numpy as np
import pytest
import shapely
from shapely.geometry.base import BaseGeometry

from layers.access_ground import outlines

BLOCK = shapely.box(0, 0, 100, 100).difference(shapely.box(20, 20, 80, 80))


def wound(path: str, at: tuple[int, int]) -> int:
    """How often the rings of a path turn around a point; 0 is not filled by the rule "nonzero"."""
    turns = 0.0
    for ring in path.split("Z")[:-1]:
        xy = np.array(re.findall(r"(-?\d+) (-?\d+)", ring), dtype=float) - at
        angles = np.arctan2(xy[:, 1], xy[:, 0])
        steps = np.diff(np.append(angles, angles[0]))
        turns += ((steps + np.pi) % (2 * np.pi) - np.pi).sum() / (2 * np.pi)
    return round(turns)


@pytest.mark.parametrize("shape", [BLOCK, shapely.reverse(BLOCK), shapely.normalize(BLOCK)])
def test_a_hole_is_not_filled_whichever_way_it_was_drawn(shape: BaseGeometry) -> None:
    path = outlines([shape], np.zeros(2))
    assert wound(path, (50, -50)) == 0
    assert wound(path, (10, -50)) != 0


def test_the_ground_that_two_areas_share_is_filled() -> None:
    path = outlines([BLOCK, shapely.box(5, 5, 15, 95)], np.zeros(2))
    assert wound(path, (10, -50)) != 0
    assert wound(path, (50, -50)) == 0
