"""Where the layers of the agglomeration lie, in degrees."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt


class Box(NamedTuple):
    """Between two meridians and two parallels."""

    west: float
    south: float
    east: float
    north: float


WORLD = Box(-180, -90, 180, 90)
AGGLOMERATION = Box(83.5, 55.7, 87.0, 57.4)
"""Tomsk, Seversk, Asino and the districts around them, with a margin of about 20 km; a place
outside is doubtful, not wrong."""


def lies_in(points: npt.NDArray[np.float64], box: Box) -> npt.NDArray[np.bool_]:
    """Return which points, shape (n, 2), lie in the box or on its border; NaN does not."""
    x, y = points[:, 0], points[:, 1]
    return (x >= box.west) & (x <= box.east) & (y >= box.south) & (y <= box.north)
