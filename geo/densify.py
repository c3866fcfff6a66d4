"""More vertices on long edges, so that they stay where they are when a layer is reprojected.

An edge that is straight in degrees is 0.7 m off the straight edge in EPSG:32645 at 5 km, 47 m at
40 km: the error grows with the square of its length.
"""

from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pyproj
import shapely
from shapely import GeometryType

Shapes: TypeAlias = npt.NDArray[np.object_]
"""Geometries, None where there is none; shape (n,)."""

LONGEST_M = 500.0
"""Longest edge that is reprojected in one piece: 7 mm at most, at Tomsk."""

_HALF_ROUND_THE_EARTH_M = 20_100_000.0
"""A longer edge has a slip in a coordinate at its end: no vertices are spent on it."""

_DEGREE_M = 111_320.0
_LINES = (GeometryType.LINESTRING, GeometryType.MULTILINESTRING)
_SURFACES = (GeometryType.POLYGON, GeometryType.MULTIPOLYGON)


def densified(shapes: Shapes, crs: pyproj.CRS, longest_m: float = LONGEST_M) -> Shapes:
    """Return shapes without edges longer than a limit; points and short edges are as they were.

    Two outlines that share an edge share the new vertices too, to the last bit, whichever way
    round they run.

    Parameters
    ----------
    shapes
        Flat shapes; collections stay as they are.
    crs
        System of the shapes, in which their edges are straight.
    longest_m
        In metres.
    """
    done = shapes.copy()
    for types, rebuild in ((_LINES, _lines), (_SURFACES, _surfaces)):
        long = _with_long_edges(shapes, types, crs, longest_m)
        if len(long):
            done[long] = rebuild(shapes[long], crs, longest_m)
    return done


def affordable_m(shapes: Shapes, crs: pyproj.CRS, most: int) -> float:
    """Return the longest edge that `densified` may leave so that it adds about `most` vertices.

    It is `LONGEST_M`, and more only where the edges of the shapes are that long in all.

    Parameters
    ----------
    shapes, crs
        As in `densified`.
    most
        Vertices that may be added.
    """
    lines, surfaces = (
        shapely.get_parts(shapes[_with_long_edges(shapes, types, crs, LONGEST_M)])
        for types in (_LINES, _SURFACES)
    )
    rings = shapely.get_rings(surfaces)
    points, owners = shapely.get_coordinates(np.concatenate([lines, rings]), return_index=True)
    lengths = _edge_lengths(points, crs)[owners[1:] == owners[:-1]]
    long = (lengths > LONGEST_M) & (lengths <= _HALF_ROUND_THE_EARTH_M)
    return max(LONGEST_M, float(lengths[long].sum()) / max(most, 1))


def _with_long_edges(
    shapes: Shapes, types: tuple[GeometryType, ...], crs: pyproj.CRS, longest_m: float
) -> npt.NDArray[np.int64]:
    """Return the positions of shapes of some types; the way from part to part counts as an edge."""
    chosen = np.flatnonzero(np.isin(shapely.get_type_id(shapes), types))
    points, owners = shapely.get_coordinates(shapes[chosen], return_index=True)
    same = owners[1:] == owners[:-1]
    long = same & (_edge_lengths(points, crs) > longest_m)
    return np.asarray(chosen[np.unique(owners[1:][long])])


def _edge_lengths(points: npt.NDArray[np.float64], crs: pyproj.CRS) -> npt.NDArray[np.float64]:
    with np.errstate(over="ignore"):
        step = np.diff(points, axis=0)
    if crs.is_geographic:
        latitude = np.radians((points[1:, 1] + points[:-1, 1]) / 2)
        return np.asarray(np.hypot(step[:, 0] * np.cos(latitude), step[:, 1]) * _DEGREE_M)
    unit = crs.axis_info[0].unit_conversion_factor if crs.axis_info else 1.0
    return np.asarray(np.hypot(step[:, 0], step[:, 1]) * unit)


def _lines(shapes: Shapes, crs: pyproj.CRS, longest_m: float) -> Shapes:
    parts, owners = _parts(shapes)
    points, lines = _filled(parts, crs, longest_m)
    made = np.asarray(shapely.linestrings(points, indices=lines), dtype=object)
    return _gathered(made, owners, shapes)


def _surfaces(shapes: Shapes, crs: pyproj.CRS, longest_m: float) -> Shapes:
    parts, owners = _parts(shapes)
    rings, polygons = shapely.get_rings(parts, return_index=True)
    points, lines = _filled(rings, crs, longest_m)
    closed = np.asarray(shapely.linearrings(points, indices=lines), dtype=object)
    made = np.asarray(shapely.polygons(closed, indices=polygons), dtype=object)
    return _gathered(made, owners, shapes)


def _parts(shapes: Shapes) -> tuple[Shapes, npt.NDArray[np.int64]]:
    """Return the parts that are not empty, and the shape of each."""
    parts, owners = shapely.get_parts(shapes, return_index=True)
    full = ~shapely.is_empty(parts)
    return parts[full], owners[full]


def _filled(
    lines: Shapes, crs: pyproj.CRS, longest_m: float
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.int64]]:
    """Return the coordinates of lines with new ones between, and the line of each."""
    points, owners = shapely.get_coordinates(lines, return_index=True)
    inner = owners[1:] == owners[:-1]
    counts = np.ones(len(points), dtype=np.int64)
    lengths = _edge_lengths(points, crs)
    lengths[~(lengths <= _HALF_ROUND_THE_EARTH_M)] = 0.0
    pieces = np.ceil(lengths / longest_m).astype(np.int64)
    counts[:-1] = np.where(inner, np.maximum(pieces, 1), 1)
    start = np.repeat(np.arange(len(points)), counts)
    step = np.arange(len(start)) - np.repeat(np.cumsum(counts) - counts, counts)
    end = np.minimum(start + 1, len(points) - 1)
    # Counted from the same end whichever way the edge runs: neighbours must not drift apart.
    turned = _is_after(points[start], points[end])
    total = counts[start]
    first, last = np.where(turned, end, start), np.where(turned, start, end)
    share = np.where(turned, total - step, step) / total
    new = points[first] + (points[last] - points[first]) * share[:, None]
    kept = step == 0
    new[kept] = points[start[kept]]
    return new, owners[start]


def _is_after(a: npt.NDArray[np.float64], b: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
    after = (a[:, 0] > b[:, 0]) | ((a[:, 0] == b[:, 0]) & (a[:, 1] > b[:, 1]))
    return np.asarray(after, dtype=bool)


def _gathered(parts: Shapes, owners: npt.NDArray[np.int64], shapes: Shapes) -> Shapes:
    """Put parts together again, in the types that they had."""
    done = np.empty(len(shapes), dtype=object)
    single = np.isin(shapely.get_type_id(shapes), (GeometryType.LINESTRING, GeometryType.POLYGON))
    done[single] = parts[single[owners]]
    many = ~single[owners]
    if many.any():
        place = np.cumsum(~single)[owners[many]] - 1
        build = (
            shapely.multilinestrings
            if shapely.get_type_id(parts[0]) == GeometryType.LINESTRING
            else shapely.multipolygons
        )
        done[~single] = build(parts[many], indices=place)
    return done
