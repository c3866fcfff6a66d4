"""Which points lie in which polygons: a uniform grid, and the exact test where it cannot tell.

Each cell of the grid knows the polygons that meet it, and of those the ones that hold it wholly,
edge of the cell included, inside their interior. A point in such a cell needs no test; any other
point is tested by GEOS against the prepared polygon, so that edges, holes and corners come out as
they do one by one. A polygon that does not meet the (slightly enlarged) cell holds none of its
points.
"""

from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray

POINT_PREDICATES = ("intersects", "covered_by", "within", "touches")
"""Predicates between a point (left) and a polygon (right) that the grid answers; of a point,
`intersects` and `covered_by` are the same."""

_CELLS_A_POLYGON = 16
_FEWEST_CELLS = 4_096
_MOST_ENTRIES = 1_000_000
_CHUNK = 250_000
_MARGIN = 1e-9

Indices = NDArray[np.int64]


class Pairs(NamedTuple):
    """Matches by row number, sorted by left, then right.

    Parameters
    ----------
    left, right
        int64, shape (n,).
    """

    left: Indices
    right: Indices


class PolygonGrid:
    """Polygons prepared once for many points; may be asked by several threads at once.

    Parameters
    ----------
    polygons
        Array of Polygon or MultiPolygon, valid; None and empty ones match nothing. They are
        prepared in place.
    """

    def __init__(self, polygons: NDArray[Any]) -> None:
        self.polygons = polygons
        rows = np.flatnonzero(~(shapely.is_missing(polygons) | shapely.is_empty(polygons)))
        bounds = shapely.bounds(polygons[rows])
        self._lay_out(bounds)
        shapely.prepare(polygons)
        _build_indexes(polygons[rows], bounds)
        self._fill(rows, bounds)

    def pairs(self, x: NDArray[np.float64], y: NDArray[np.float64], predicate: str) -> Pairs:
        """Return which point (left) meets which polygon (right) under one of `POINT_PREDICATES`.

        Parameters
        ----------
        x, y
            Shape (n,), in the coordinate system of the polygons; NaN matches nothing.
        """
        point, entry = self._candidates(x, y)
        polygon, hit = self._polygon[entry], self._inside[entry]
        unsure = np.flatnonzero(~hit)
        # Points of one polygon together: its prepared index stays in the processor's cache.
        unsure = unsure[np.argsort(polygon[unsure], kind="stable")]
        shapes, at = self.polygons[polygon[unsure]], point[unsure]
        if predicate == "touches":
            hit = np.zeros(len(point), bool)
            hit[unsure] = shapely.intersects_xy(shapes, x[at], y[at])
            met = unsure[hit[unsure]]
            at = point[met]
            hit[met] = ~shapely.contains_xy(self.polygons[polygon[met]], x[at], y[at])
        elif predicate == "within":
            hit[unsure] = shapely.contains_xy(shapes, x[at], y[at])
        else:
            hit[unsure] = shapely.intersects_xy(shapes, x[at], y[at])
        return Pairs(point[hit], polygon[hit])

    def _lay_out(self, bounds: NDArray[np.float64]) -> None:
        """Choose origin, cell size and number of cells."""
        low = bounds[:, :2].min(axis=0) if len(bounds) else np.zeros(2)
        high = bounds[:, 2:].max(axis=0) if len(bounds) else np.zeros(2)
        # Beyond the last bit that coordinates of this size can hold, so that no point is put
        # into a cell that its polygon was not entered in.
        self._slack = max(np.abs([low, high]).max(), 1.0) * 2.0**-48
        extent = high - low + 16 * self._slack
        side = int(np.sqrt(max(_CELLS_A_POLYGON * len(bounds), _FEWEST_CELLS)))
        sizes = (bounds[:, 2:] - bounds[:, :2]) / extent
        while side > 1 and np.prod(sizes * side + 2, axis=1).sum() > _MOST_ENTRIES:
            side //= 2
        self._origin, self._side = low, side
        self._cell = extent / side

    def _fill(self, rows: Indices, bounds: NDArray[np.float64]) -> None:
        """Enter each polygon in the cells that it meets, sorted by cell, then polygon."""
        first, last = self._cells_of(bounds[:, :2]), self._cells_of(bounds[:, 2:])
        width = last[:, 0] - first[:, 0] + 1
        count = width * (last[:, 1] - first[:, 1] + 1)
        found = []
        for part in _parts(count):
            nth = np.repeat(np.arange(part.start, part.stop), count[part])
            step = _running(count[part])
            column = first[nth, 0] + step % width[nth]
            row = first[nth, 1] + step // width[nth]
            boxes = self._boxes(column, row)
            shapes = self.polygons[rows[nth]]
            meets = shapely.intersects(shapes, boxes)
            inside = shapely.contains_properly(shapes[meets], boxes[meets])
            found.append((row[meets] * self._side + column[meets], rows[nth[meets]], inside))
        cell, polygon, inside = (
            (np.concatenate(column) for column in zip(*found, strict=True))
            if found
            else (np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, bool))
        )
        order = np.lexsort((polygon, cell))
        self._polygon, self._inside = polygon[order], inside[order]
        self._start = np.searchsorted(cell[order], np.arange(self._side**2 + 1))

    def _cells_of(self, positions: NDArray[np.float64]) -> Indices:
        cells = np.floor((positions - self._origin) / self._cell)
        found: Indices = cells.clip(0, self._side - 1).astype(np.int64)
        return found

    def _boxes(self, column: Indices, row: Indices) -> NDArray[Any]:
        margin = _MARGIN * self._cell + self._slack
        low = self._origin + np.column_stack([column, row]) * self._cell - margin
        high = low + self._cell + 2 * margin
        boxes: NDArray[Any] = shapely.box(low[:, 0], low[:, 1], high[:, 0], high[:, 1])
        return boxes

    def _candidates(
        self, x: NDArray[np.float64], y: NDArray[np.float64]
    ) -> tuple[Indices, Indices]:
        """Return numbers of points and of the entries of their cells, sorted by point."""
        column = np.floor((x - self._origin[0]) / self._cell[0])
        row = np.floor((y - self._origin[1]) / self._cell[1])
        near = (column >= 0) & (column < self._side) & (row >= 0) & (row < self._side)
        point = np.flatnonzero(near)
        cell = (row[point] * self._side + column[point]).astype(np.int64)
        start = self._start[cell]
        count = self._start[cell + 1] - start
        return np.repeat(point, count), np.repeat(start, count) + _running(count)


def _running(count: Indices) -> Indices:
    """Count from 0 within each group: 0, 1, … count[0] - 1, 0, 1, … count[1] - 1, and so on."""
    return np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)


def _parts(count: Indices) -> list[slice]:
    """Cut rows into slices whose counts add up to about `_CHUNK` each."""
    number = np.cumsum(count) // _CHUNK
    edges = [0, *(np.flatnonzero(np.diff(number)) + 1), len(count)]
    return [slice(a, b) for a, b in pairwise(edges) if b > a]


def _build_indexes(polygons: NDArray[Any], bounds: NDArray[np.float64]) -> None:
    """Make GEOS build the index of each polygon now: it does so on first use, without a lock."""
    x, y = bounds[:, [0, 2]].mean(axis=1), bounds[:, [1, 3]].mean(axis=1)
    shapely.intersects_xy(polygons, x, y)
    shapely.contains_xy(polygons, x, y)
