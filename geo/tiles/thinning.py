"""Points that lie so close that they would cover each other, as one point that names them all."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

CELL_PX = 8
"""Side of the squares of the screen in which points are put together."""


@dataclass(frozen=True)
class Crowds:
    """Points put together.

    Parameters
    ----------
    at
        Shape (n, 2): the middle of the points of each crowd, in the units given.
    members
        Numbers of its points, ascending; a point that stands alone is a crowd of one.
    """

    at: npt.NDArray[np.float64]
    members: tuple[npt.NDArray[np.int64], ...]


def crowd(
    points: npt.NDArray[np.float64], numbers: npt.NDArray[np.int64], *, cell: float
) -> Crowds:
    """Put points of the same cell of a grid together; every point is in exactly one crowd.

    Parameters
    ----------
    points
        Shape (n, 2).
    numbers
        What each point is called, ascending.
    cell
        Side of a cell, in the units of the points; one corner of the grid is the origin.
    """
    if not len(points):
        return Crowds(np.zeros((0, 2)), ())
    cells = np.floor(points / cell).astype(np.int64)
    cells -= cells.min(axis=0)
    # As one number: rows of an array are slow to sort.
    name = cells[:, 0] * (cells[:, 1].max() + 1) + cells[:, 1]
    _, inverse, counts = np.unique(name, return_inverse=True, return_counts=True)
    order = np.argsort(inverse, kind="stable")
    sums = np.column_stack([np.bincount(inverse, weights=axis) for axis in points.T])
    members = np.split(numbers[order], np.cumsum(counts)[:-1])
    return Crowds(sums / counts[:, None], tuple(members))
