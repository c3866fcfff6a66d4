"""Geometries as the commands of a vector tile: vectorised, many features at once."""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import shapely

Geometries: TypeAlias = npt.NDArray[np.object_]
Integers: TypeAlias = npt.NDArray[np.int64]
Mask: TypeAlias = npt.NDArray[np.bool_]

POINT, LINE, POLYGON = 1, 2, 3
"""Types of features, as the specification numbers them."""

_MOVE_TO, _LINE_TO, _CLOSE_PATH = 1, 2, 7
_ONE = 1 << 3


@dataclass(frozen=True)
class Drawn:
    """The commands of some features.

    Parameters
    ----------
    features
        Which features have any, ascending.
    values
        Commands and parameters of all of them.
    lengths
        How many of the values each feature has.
    lost
        Places, in what was given, of geometries that the grid of the tile shrinks to nothing.
    """

    features: Integers
    values: Integers
    lengths: Integers
    lost: Integers


@dataclass(frozen=True)
class _Paths:
    """Runs of points: `feature` and `part` of each path, `starts` and `sizes` in `points`."""

    points: Integers
    feature: Integers
    part: Integers
    is_hole: Mask
    starts: Integers
    sizes: Integers

    def chosen(self, keep: Mask) -> "_Paths":
        if keep.all():
            return self
        points = self.points[np.repeat(keep, self.sizes)]
        sizes = self.sizes[keep]
        starts = np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.int64)
        return _Paths(
            points, self.feature[keep], self.part[keep], self.is_hole[keep], starts, sizes
        )


def draw_points(points: npt.NDArray[np.float64], features: Integers) -> Drawn:
    """Return the commands of points.

    Parameters
    ----------
    points
        Shape (n, 2), units of the tile.
    features
        Number of the feature of each point, ascending.
    """
    whole = np.rint(points).astype(np.int64)
    known, first, counts = np.unique(features, return_index=True, return_counts=True)
    steps = _zigzag(_steps(whole, first))
    lengths = 1 + 2 * counts
    values = np.empty(int(lengths.sum()), dtype=np.int64)
    heads = np.cumsum(lengths) - lengths
    values[heads] = (counts << 3) | _MOVE_TO
    body = np.ones(len(values), dtype=bool)
    body[heads] = False
    values[body] = steps.ravel()
    return Drawn(known, values, lengths, np.zeros(0, dtype=np.int64))


def draw_lines(lines: Geometries, features: Integers) -> Drawn:
    """Return the commands of LineStrings in units of the tile; of one feature they are parts.

    Parameters
    ----------
    lines, features
        The lines and the number of the feature of each, ascending.
    """
    paths = _paths(lines, features, np.arange(len(lines)), np.zeros(len(lines), dtype=bool))
    return _commands(paths.chosen(paths.sizes >= 2), np.flatnonzero(paths.sizes < 2), closed=False)


def draw_polygons(polygons: Geometries, features: Integers) -> Drawn:
    """Return the commands of Polygons in units of the tile; of one feature they are parts.

    Outer rings run clockwise on the screen, holes the other way, as the specification wants. A hole
    that the grid of the tile shrinks to nothing is left out.

    Parameters
    ----------
    polygons, features
        The polygons and the number of the feature of each, ascending.
    """
    # Anticlockwise where y runs up is clockwise on the screen, where it runs down.
    oriented = shapely.orient_polygons(polygons, exterior_cw=False)
    rings, part = shapely.get_rings(oriented, return_index=True)
    is_hole = np.concatenate([[False], part[1:] == part[:-1]]) if len(part) else part.astype(bool)
    paths = _paths(rings, features[part], part, is_hole)
    # The last point of a ring is its first.
    ends = paths.starts + paths.sizes - 1
    open_points = np.ones(len(paths.points), dtype=bool)
    open_points[ends[paths.sizes > 0]] = False
    sizes = np.maximum(paths.sizes - 1, 0)
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.int64)
    paths = _Paths(
        paths.points[open_points], paths.feature, paths.part, paths.is_hole, starts, sizes
    )
    area = _doubled_areas(paths)
    keep = (paths.sizes >= 3) & np.where(paths.is_hole, area < 0, area > 0)
    with_shell = np.isin(paths.part, paths.part[keep & ~paths.is_hole])
    paths = paths.chosen(keep & with_shell)
    return _commands(paths, np.setdiff1d(np.arange(len(polygons)), paths.part), closed=True)


def _paths(lines: Geometries, features: Integers, part: Integers, is_hole: Mask) -> _Paths:
    """Put lines on the grid and take out points that repeat the one before."""
    coordinates, path = shapely.get_coordinates(lines, return_index=True)
    points = np.rint(coordinates).astype(np.int64)
    repeats = np.zeros(len(points), dtype=bool)
    x, y = points.T
    repeats[1:] = (path[1:] == path[:-1]) & (x[1:] == x[:-1]) & (y[1:] == y[:-1])
    sizes = np.bincount(path[~repeats], minlength=len(lines)).astype(np.int64)
    starts = (np.cumsum(sizes) - sizes).astype(np.int64)
    return _Paths(
        points[~repeats], features.astype(np.int64), part.astype(np.int64), is_hole, starts, sizes
    )


def _doubled_areas(paths: _Paths) -> Integers:
    """Return twice the area of each ring (surveyor's formula); positive is clockwise on screen."""
    number = np.repeat(np.arange(len(paths.sizes)), paths.sizes)
    following = np.arange(1, len(paths.points) + 1)
    filled = paths.sizes > 0
    following[(paths.starts + paths.sizes - 1)[filled]] = paths.starts[filled]
    x, y = paths.points.T
    cross = x * y[following] - x[following] * y
    # Exact: sums of whole numbers far below 2^53.
    return np.bincount(number, weights=cross, minlength=len(paths.sizes)).astype(np.int64)


def _commands(paths: _Paths, lost: Integers, *, closed: bool) -> Drawn:
    """Write each path as MoveTo, LineTo and, for rings, ClosePath."""
    count = len(paths.sizes)
    if not count:
        nothing = np.zeros(0, dtype=np.int64)
        return Drawn(nothing, nothing, nothing, lost)
    first_path = np.flatnonzero(np.concatenate([[True], paths.feature[1:] != paths.feature[:-1]]))
    steps = _zigzag(_steps(paths.points, paths.starts[first_path])).ravel()
    lengths = 2 * paths.sizes + 2 + closed
    heads = np.cumsum(lengths) - lengths
    values = np.empty(int(lengths.sum()), dtype=np.int64)
    body = np.ones(len(values), dtype=bool)
    values[heads] = _ONE | _MOVE_TO
    values[heads + 3] = ((paths.sizes - 1) << 3) | _LINE_TO
    body[heads] = body[heads + 3] = False
    if closed:
        values[heads + lengths - 1] = _ONE | _CLOSE_PATH
        body[heads + lengths - 1] = False
    values[body] = steps
    return Drawn(paths.feature[first_path], values, np.add.reduceat(lengths, first_path), lost)


def _steps(points: Integers, restarts: Integers) -> Integers:
    """Return how far each point is from the one before; the first of a feature from the corner."""
    steps = points.copy()
    steps[1:] -= points[:-1]
    steps[restarts] = points[restarts]
    return steps


def _zigzag(numbers: Integers) -> Integers:
    return (numbers << 1) ^ (numbers >> 63)
