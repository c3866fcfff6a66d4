"""Maps of indicators as SVG: streets, water, borders, and the ground within reach.

No text is drawn, so that one picture serves both languages, screen and print; it keeps the colours
of a map on paper also on a dark page.
"""

import base64
import functools
from collections.abc import Mapping
from typing import Any

import numpy as np
import shapely
from markupsafe import Markup

from geo.crs import to_metres
from geo.indicators import Assessment, openness
from geo.indicators.ground import Bounds, spaces_ground, stops_ground
from geo.network import Network
from layers.style import LIGHT

MOST_STREETS = 6_000
"""Beyond it the smaller streets are not drawn."""

MAPS: Mapping[str, str] = {"11.2.1": "transport", "11.7.1": "space"}
"""Indicator -> kind of its map."""

_WIDTH = 720.0
_MARGIN = 0.03
_BAR_PX = 150.0
_MAJOR = ("motorway", "trunk", "primary", "secondary", "tertiary")

STYLES: Mapping[str, str] = {
    "ground": f'fill="{LIGHT["ground"]}"',
    "water": f'fill="{LIGHT["snapshot_water"]}"',
    "open": 'fill="#4f8a3c"',
    "unknown": 'fill="#bcd6a8" stroke="#4f8a3c" stroke-width="1.5" stroke-dasharray="4 3"',
    "closed": 'fill="#dcd8cf" stroke="#8b8577" stroke-width="1"',
    "low": f'fill="{LIGHT["accent"]}" fill-opacity="0.34"',
    "high": f'fill="{LIGHT["accent"]}" fill-opacity="0.12"',
    "minor": 'fill="none" stroke="#b9b2a3" stroke-width="0.9"',
    "major": 'fill="none" stroke="#8b8577" stroke-width="2"',
    "border": 'fill="none" stroke="#5c6872" stroke-width="1.4" stroke-dasharray="2 4"',
    "chosen": 'fill="none" stroke="#1d2b36" stroke-width="2.6" stroke-dasharray="9 4"',
    "stop": f'fill="#ffffff" stroke="{LIGHT["accent"]}" stroke-width="2"',
    "bar": 'fill="none" stroke="#1d2b36" stroke-width="2"',
}
"""Name -> how it is drawn; the same in the key."""


class MapPlane:
    """Metres of EPSG:32645 on a picture whose sides have the shape of the ground."""

    def __init__(self, bounds: tuple[float, float, float, float]) -> None:
        west, south, east, north = bounds
        margin = _MARGIN * max(east - west, north - south)
        self.west, self.north = west - margin, north + margin
        self.metres_a_px = max(1e-9, (east - west + 2 * margin) / _WIDTH)
        self.height = round((north - south + 2 * margin) / self.metres_a_px)
        self.box = shapely.box(west - margin, south - margin, east + margin, north + margin)

    def lines(self, shapes: Any, *, closed: bool) -> str:
        """Return lines or rings as the `d` of a path."""
        return "".join(
            f"M{'L'.join(f'{x:g} {y:g}' for x, y in self.at(line))}{'Z' if closed else ''}"
            for line in shapes
        )

    def areas(self, shapes: Any) -> str:
        """Return areas as the `d` of a path, details below a pixel left out; holes turn back."""
        simple = shapely.simplify(np.asarray(shapes, dtype=object), self.metres_a_px)
        parts = shapely.get_parts(simple)
        parts = parts[(shapely.get_dimensions(parts) == 2) & ~shapely.is_empty(parts)]
        return self.lines(shapely.get_rings(shapely.orient_polygons(parts)), closed=True)

    def at(self, shape: Any) -> Any:
        """Return positions on the picture, to a tenth of a pixel."""
        xy = shapely.get_coordinates(shape)
        moved = (xy - (self.west, self.north)) * (1 / self.metres_a_px, -1 / self.metres_a_px)
        return np.round(moved, 1)

    @property
    def bar_m(self) -> float:
        """A round length that fits the scale bar."""
        most = _BAR_PX * self.metres_a_px
        step = 10 ** np.floor(np.log10(most))
        return float(max(step * k for k in (1, 2, 5) if step * k <= most))


def plane_of(assessment: Assessment) -> MapPlane:
    """Return the picture that holds all borders, or the streets where there is none."""
    shapes = [border.shape for border in assessment.borders.values()]
    bounds = shapely.total_bounds(shapes or assessment.variants.network().geometry)
    west, south, east, north = (float(value) for value in bounds)
    return MapPlane((west, south, east, north))


@functools.lru_cache(maxsize=8)
def reach_of(assessment: Assessment, kind: str) -> Bounds:
    """Return the ground within reach, of stops (transport) or open spaces (space)."""
    network = assessment.variants.network()
    if kind == "transport":
        return stops_ground(network, assessment.snapshot.layer("stops"))
    return spaces_ground(network, assessment.snapshot.layer("open_space"))


@functools.lru_cache(maxsize=16)
def map_svg(assessment: Assessment, border: str, kind: str) -> str:
    """Return the map of 11.2.1 (kind `transport`) or 11.7.1 (`space`) with a border marked."""
    plane = plane_of(assessment)
    snapshot, network = assessment.snapshot, assessment.variants.network()
    pieces = [("water", _areas_of(assessment, "water", plane))]
    reach = reach_of(assessment, kind)
    maybe = shapely.difference(reach["high"], reach["low"])
    pieces += [("high", plane.areas([maybe])), ("low", plane.areas([reach["low"]]))]
    # Above the ground within reach, so that the colours are those of the key.
    if kind == "space":
        spaces = snapshot.layer("open_space")
        state = openness(spaces["public_access"], spaces["evidence"], spaces.get("park_type"))
        shapes = to_metres(spaces.geometry)
        pieces += [
            (name, plane.areas(shapes[state == name])) for name in ("closed", "unknown", "open")
        ]
    pieces += list(_streets(network, plane).items())
    pieces += [
        ("chosen" if one == border else "border", plane.areas([other.shape]))
        for one, other in assessment.borders.items()
    ]
    drawn = [_path(name, d) for name, d in pieces if d]
    if kind == "transport":
        stops = to_metres(snapshot.layer("stops").geometry)
        drawn += [_disc("stop", x, y) for x, y in plane.at(shapely.multipoints(stops.to_numpy()))]
    foot, end = plane.height - 14, 14 + plane.bar_m / plane.metres_a_px
    drawn.append(_path("bar", f"M14 {foot - 6}V{foot}H{end:.1f}V{foot - 6}"))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH:g} {plane.height}">'
        f'<rect width="{_WIDTH:g}" height="{plane.height}" {STYLES["ground"]}/>'
        f"{''.join(drawn)}</svg>"
    )


def swatch_svg(style: str) -> str:
    """Return a small sample of a style, for a key."""
    if style == "stop":
        inner = _disc("stop", 14, 7)
    elif style in ("chosen", "border"):
        inner = _path(style, "M1 7H27")
    else:
        inner = _path(style, "M1 1H27V13H1Z")
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 28 14">{inner}</svg>'


def bar_svg(low: float, high: float, base: float) -> str:
    """Return the plot of a row of sensitivity: an interval and the line of the published value.

    All are shares (0 to 1) of the width. The colours part from a light and from a dark ground.
    """
    wide = 200.0
    left, right, line = (round(value * wide, 1) for value in (low, high, base))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-3 0 {wide + 6:g} 18">'
        f'<path d="M0 9H{wide:g}" fill="none" stroke="#8b949c" stroke-width="1"/>'
        f'<rect x="{left}" y="4" width="{max(1.5, right - left):g}" height="10" fill="#3d8fb5"/>'
        f'<path d="M{line} 0V18" fill="none" stroke="#c77700" stroke-width="2.5"/></svg>'
    )


def image(svg: str, alt: str, css: str) -> Markup:
    """Return a picture of ours for a page, with what is heard in its place; empty for decoration.

    As an image of its own: what cleans the HTML of a page may take SVG out of it.
    """
    content = base64.b64encode(svg.encode()).decode()
    return Markup('<img class="{}" alt="{}" src="data:image/svg+xml;base64,{}">').format(
        css, alt, content
    )


def _areas_of(assessment: Assessment, layer: str, plane: MapPlane) -> str:
    if layer not in assessment.snapshot:
        return ""
    shapes = to_metres(assessment.snapshot.layer(layer).geometry).to_numpy()
    return plane.areas(shapely.intersection(shapely.make_valid(shapes), plane.box))


def _streets(network: Network, plane: MapPlane) -> dict[str, str]:
    kinds = np.array([str(kind).removesuffix("_link") for kind in network.highway])
    major = np.isin(kinds, _MAJOR)
    near = shapely.intersects(network.geometry, plane.box)
    lines = shapely.simplify(network.geometry, plane.metres_a_px)
    minor = np.flatnonzero(~major & near)[: max(0, MOST_STREETS - int((major & near).sum()))]
    found = {"minor": lines[minor], "major": lines[major & near]}
    clipped = {
        name: shapely.get_parts(shapely.intersection(those, plane.box))
        for name, those in found.items()
    }
    return {
        name: plane.lines(parts[shapely.get_dimensions(parts) == 1], closed=False)
        for name, parts in clipped.items()
    }


def _path(name: str, d: str) -> str:
    return f'<path d="{d}" {STYLES[name]}/>'


def _disc(name: str, x: float, y: float) -> str:
    return f'<circle cx="{x:g}" cy="{y:g}" r="3.6" {STYLES[name]}/>'
