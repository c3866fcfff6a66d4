"""Two states of a geometry drawn over each other: dashed what was, solid what is."""

import math
from collections.abc import Callable, Iterable

import numpy as np
import shapely
from markupsafe import Markup
from shapely.geometry.base import BaseGeometry

WIDTH, HEIGHT = 420, 260
_MARGIN = 16
_LEAST_DEGREES = 0.0004
"""About 40 m: a point that stayed where it was needs some ground around it."""

_DOT = 4
_BAR_SHARE = 0.3
_BAR_INSET = 12
_STEPS = (5, 2, 1)


def before_and_after(
    before: BaseGeometry | None,
    after: BaseGeometry | None,
    *,
    label: str,
    length: Callable[[float], str] | None = None,
) -> Markup:
    """Return an SVG picture, north up, of two shapes in EPSG:4326; either may be missing.

    Parameters
    ----------
    before, after
        The shapes.
    label
        What is heard in place of the picture.
    length
        Writes a length in metres; with it there is a scale bar.
    """
    shapes = [shape for shape in (before, after) if shape is not None]
    place = _Plane(shapes)
    drawn = Markup("").join(
        Markup('<g class="{}">{}</g>').format(css, _parts(shape, place))
        for css, shape in (("before", before), ("after", after))
        if shape is not None
    )
    bar = Markup("") if length is None else _bar(place, length)
    return Markup('<svg viewBox="0 0 {} {}" role="img" aria-label="{}">{}{}</svg>').format(
        WIDTH, HEIGHT, label, drawn, bar
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

    @property
    def metres_per_px(self) -> float:
        """Scale in the middle of the picture."""
        twice = 2 * math.radians(self._middle[1])
        # Length of a degree of latitude on WGS 84: first terms of the series of the meridian arc.
        per_degree = 111_132.95 - 559.85 * math.cos(twice) + 1.17 * math.cos(2 * twice)
        return per_degree / self._scale

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


def _bar(place: _Plane, length: Callable[[float], str]) -> Markup:
    """Draw the longest bar of 1, 2 or 5 times a power of ten metres that leaves room."""
    most_m = _BAR_SHARE * WIDTH * place.metres_per_px
    power = 10 ** math.floor(math.log10(most_m))
    metres = next(step * power for step in _STEPS if step * power <= most_m)
    right = round(_BAR_INSET + metres / place.metres_per_px, 1)
    foot = HEIGHT - _BAR_INSET
    return Markup('<path class="bar" d="M{} {}V{}H{}V{}"/><text x="{}" y="{}">{}</text>').format(
        _BAR_INSET, foot - 6, foot, right, foot - 6, _BAR_INSET, foot - 10, length(metres)
    )
