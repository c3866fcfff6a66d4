"""Two states of a geometry drawn over each other: dashed what was, solid what is."""

from collections.abc import Iterable

import numpy as np
import shapely
from markupsafe import Markup
from shapely.geometry.base import BaseGeometry

WIDTH, HEIGHT = 420, 260
_MARGIN = 16
_LEAST_DEGREES = 0.0004
"""About 40 m: a point that stayed where it was needs some ground around it."""

_DOT = 4


def before_and_after(
    before: BaseGeometry | None, after: BaseGeometry | None, *, label: str
) -> Markup:
    """Return an SVG picture, north up, of two shapes in EPSG:4326; either may be missing.

    Parameters
    ----------
    before, after
        The shapes.
    label
        What is heard in place of the picture.
    """
    shapes = [shape for shape in (before, after) if shape is not None]
    place = _Plane(shapes)
    drawn = Markup("").join(
        Markup('<g class="{}">{}</g>').format(css, _parts(shape, place))
        for css, shape in (("before", before), ("after", after))
        if shape is not None
    )
    return Markup('<svg viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>').format(
        WIDTH, HEIGHT, label, drawn
    )


class _Plane:
    """From degrees to the picture: one scale in both directions, as seen from above."""

    def __init__(self, shapes: Iterable[BaseGeometry]) -> None:
        west, south, east, north = shapely.total_bounds(list(shapes))
        self._middle = np.array([(west + east) / 2, (south + north) / 2])
        self._narrow = np.array([np.cos(np.radians(self._middle[1])), 1.0])
        size = np.maximum(np.array([east - west, north - south]) * self._narrow, _LEAST_DEGREES)
        room = np.array([WIDTH, HEIGHT]) - 2 * _MARGIN
        self._scale = float((room / size).min())

    def __call__(self, shape: BaseGeometry) -> list[tuple[float, float]]:
        flat = (shapely.get_coordinates(shape) - self._middle) * self._narrow * self._scale
        drawn = flat * [1, -1] + [WIDTH / 2, HEIGHT / 2]
        return [(round(float(x), 1), round(float(y), 1)) for x, y in drawn]


def _parts(shape: BaseGeometry, place: _Plane) -> Markup:
    parts = shapely.get_parts(shape) if hasattr(shape, "geoms") else [shape]
    return Markup("").join(_part(part, place) for part in parts)


def _part(shape: BaseGeometry, place: _Plane) -> Markup:
    if hasattr(shape, "geoms"):
        return _parts(shape, place)
    if isinstance(shape, shapely.Point):
        ((x, y),) = place(shape)
        return Markup('<circle cx="{}" cy="{}" r="{}"/>').format(x, y, _DOT)
    if isinstance(shape, shapely.Polygon):
        rings = (shape.exterior, *shape.interiors)
        path = "".join(f"{_line(place(ring))}Z" for ring in rings)
        return Markup('<path class="area" d="{}"/>').format(path)
    return Markup('<path d="{}"/>').format(_line(place(shape)))


def _line(points: list[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x} {y}" for x, y in points)
