"""Distances and areas on the ellipsoid, for layers that are wider than a zone of the projection.

Between points the distance is exact. Of lines and outlines the two nearest points are found in a
plane whose degrees of longitude are as long as at the pair, and their distance is taken on the
ellipsoid; over hundreds of kilometres it can come out a little too long, never too short. Edges
are straight in degrees, as GeoJSON (RFC 7946) has them. Nothing is looked for across the 180th
meridian.
"""

import numpy as np
import pyproj
import shapely

from geo.join.engine import Found, Metres, Positions, Shapes
from geo.join.neighbours import expanded
from geo.join.spec import JoinSpec

GEOD = pyproj.Geod(ellps="WGS84")

_LEAST_DEGREE_M = 110_500.0
"""Shorter than any degree of latitude, so that a box of so many degrees leaves nothing out."""

_LARGEST_M = 2.1e7
_FIRST_M = 1_000.0


def distances(left: Shapes, right: Shapes) -> Metres:
    """Return the distance in metres of each pair of geometries in degrees."""
    if not len(left):
        return np.zeros(0)
    middle = (_latitudes(left) + _latitudes(right)) / 2
    factors = np.maximum(np.cos(np.radians(middle)), 1e-6)
    lines = shapely.shortest_line(_scaled(left, factors), _scaled(right, factors))
    ends = shapely.get_coordinates(lines).reshape(-1, 2, 2)
    found = GEOD.inv(
        ends[:, 0, 0] / factors, ends[:, 0, 1], ends[:, 1, 0] / factors, ends[:, 1, 1]
    )[2]
    return np.where(shapely.intersects(left, right), 0.0, found)


def areas(shapes: Shapes) -> Metres:
    """Return the area in square metres of geometries in degrees; 0 of what has none."""
    surfaces = shapely.get_dimensions(shapes) == 2
    return np.array(
        [
            abs(GEOD.geometry_area_perimeter(shape)[0]) if surface else 0.0
            for shape, surface in zip(shapely.orient_polygons(shapes), surfaces, strict=True)
        ],
        dtype=float,
    )


def lengths(shapes: Shapes) -> Metres:
    """Return the length in metres of lines in degrees; 0 of what is no line."""
    lines = shapely.get_dimensions(shapes) == 1
    return np.array(
        [
            GEOD.geometry_length(shape) if line else 0.0
            for shape, line in zip(shapes, lines, strict=True)
        ],
        dtype=float,
    )


def find_pairs(left: Shapes, right: Shapes, spec: JoinSpec) -> Found:
    """Answer `dwithin` and `nearest` for geometries in degrees."""
    limit = np.inf if spec.distance_m is None else float(spec.distance_m)
    tree = shapely.STRtree(right)
    asked = np.flatnonzero(~(shapely.is_missing(left) | shapely.is_empty(left)))

    def within(rows: Positions, radius: Metres) -> tuple[Positions, Positions, Metres]:
        n, found = tree.query(_boxes(left[rows], radius), predicate="intersects")
        apart = distances(left[rows[n]], right[found])
        near = apart <= radius[n]
        return rows[n[near]], found[near], apart[near]

    if spec.predicate == "dwithin":
        pairs = within(asked, np.full(len(asked), limit))
        order = np.lexsort((pairs[1], pairs[0]))
        return Found(pairs[0][order], pairs[1][order], pairs[2][order])
    there = int((~(shapely.is_missing(right) | shapely.is_empty(right))).sum())
    return expanded(
        within,
        asked if there else asked[:0],
        np.full(len(asked) if there else 0, _FIRST_M),
        k=min(spec.k, there),
        limit=min(limit, _LARGEST_M),
    )


def _boxes(shapes: Shapes, radius: Metres) -> Shapes:
    """Return boxes in degrees that hold everything within a radius of each geometry."""
    west, south, east, north = shapely.bounds(shapes).T
    tall = radius / _LEAST_DEGREE_M
    low, high = np.maximum(south - tall, -90), np.minimum(north + tall, 90)
    highest = np.maximum(np.abs(low), np.abs(high))
    wide = np.minimum(tall / np.maximum(np.cos(np.radians(highest)), 1e-6), 360.0)
    return np.asarray(shapely.box(west - wide, low, east + wide, high), dtype=object)


def _latitudes(shapes: Shapes) -> Metres:
    boxes = shapely.bounds(shapes)
    return (boxes[:, 1] + boxes[:, 3]) / 2


def _scaled(shapes: Shapes, factors: Metres) -> Shapes:
    """Return copies whose longitudes are multiplied, by one factor a geometry."""
    points, owners = shapely.get_coordinates(shapes, return_index=True)
    points[:, 0] *= factors[owners]
    scaled: Shapes = shapely.set_coordinates(shapely.force_2d(shapes.copy()), points)
    return scaled
