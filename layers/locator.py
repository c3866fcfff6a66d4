"""A small map of a few objects as shapes in pixels: drawn as SVG on a page and as a picture.

North is up by the grid of EPSG:32645, in which all of it is measured; the meridians show by how
little true north differs.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely
from shapely import LineString

from geo.columns import columns_of
from geo.crs import DEGREES, METRES, to_degrees, to_metres
from geo.dataset import Dataset
from geo.domains import TRUE_OUTLINES
from layers.locale import Translator
from layers.locator_shapes import GridLine, Label, Locator, Mark, Outline, Point
from layers.style import BY_PARK
from layers.subjects import Subject
from layers.towns import towns_in_metres

LEAST_WIDTH_M = 6_000.0
"""A map shows at least this much from west to east, so that something known is near."""

MOST_CIRCLES = 4
"""Of more objects than this the accuracy circles are left out: they would hide everything."""

_PADDING = 1.16
# Room for a sign and the scale bar, however small the picture.
_EDGE_PX = 32.0
_BAR_SHARE = 0.3
_LINES = 4
# The last one, because the logarithm of a number just below a power of ten may be that of it.
_ROUND = (5.0, 2.0, 1.0, 0.5)
_STEPS_DEG = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0)
_LETTER_PX = 7.6
_LABEL_HEIGHT_PX = 18.0


@dataclass(frozen=True)
class _Window:
    """Where the corner of the picture lies, in metres, and its scale."""

    west: float
    north: float
    metres_per_px: float
    width: float
    height: float

    def px(self, xy: npt.NDArray[np.float64]) -> list[Point]:
        x = (xy[:, 0] - self.west) / self.metres_per_px
        y = (self.north - xy[:, 1]) / self.metres_per_px
        return [(round(float(a), 1), round(float(b), 1)) for a, b in zip(x, y, strict=True)]

    def holds(self, point: Point, margin: float = 0.0) -> bool:
        inside_x = -margin <= point[0] <= self.width + margin
        return inside_x and -margin <= point[1] <= self.height + margin


def locate(
    dataset: Dataset,
    found: Sequence[Subject],
    translator: Translator,
    *,
    width: float,
    height: float,
    numbers: Mapping[str, int] | None = None,
) -> Locator | None:
    """Return the map of some places; None if there are none.

    Parameters
    ----------
    dataset, found, translator
        Of which places (see `layers.subjects`), and in which language.
    width, height
        Size in pixels.
    numbers
        Ids of rows that stand on the map with a number, as in a list beside it.
    """
    if not found:
        return None
    towns = towns_in_metres(dataset)
    window = _window(found, towns, width, height)
    circles = found if len(found) <= MOST_CIRCLES else ()
    signs = [
        *_neighbours(dataset, window, {one.id for one in found}, numbers or {}, translator),
        *(_sign(one, window, translator) for one in found),
    ]
    labels = list(_labels(dataset, towns, window, signs, translator))
    return Locator(
        width=width,
        height=height,
        metres_per_px=window.metres_per_px,
        bar_m=nice(_BAR_SHARE * width * window.metres_per_px),
        outlines=tuple(_outlines(found, window)),
        circles=tuple(
            (_centre(one, window), round(one.accuracy_m / window.metres_per_px, 1))
            for one in circles
            # A true outline is the place itself; its error is that of the line.
            if one.accuracy_m > 0 and one.method not in TRUE_OUTLINES
        ),
        marks=tuple(signs),
        labels=tuple(labels),
        grid=tuple(_grid(window, translator)),
    )


def nice(most: float) -> float:
    """Return the largest of 1, 2, 5, 10, 20, 50 … that is not above a number.

    Examples
    --------
    >>> nice(999.0), nice(1000.0), nice(4999.0)
    (500.0, 1000.0, 2000.0)
    """
    power = 10.0 ** np.floor(np.log10(most))
    return float(next(step * power for step in _ROUND if step * power <= most))


def _window(
    found: Sequence[Subject], towns: "gpd.GeoSeries", width: float, height: float
) -> _Window:
    """Fit the objects, how far they may lie off, and the nearest settlement."""
    shown = [*(one.reach for one in found)]
    if not towns.empty:
        middle = shapely.GeometryCollection([one.shape for one in found]).envelope.centroid
        shown.append(towns.iloc[int(towns.distance(middle).to_numpy().argmin())])
    west, south, east, north = shapely.GeometryCollection(shown).bounds
    wide = max((east - west) * _PADDING, LEAST_WIDTH_M)
    metres_per_px = max(
        wide / width,
        (east - west) / (width - 2 * _EDGE_PX),
        (north - south) * _PADDING / height,
        (north - south) / (height - 2 * _EDGE_PX),
    )
    return _Window(
        west=(west + east) / 2 - metres_per_px * width / 2,
        north=(south + north) / 2 + metres_per_px * height / 2,
        metres_per_px=metres_per_px,
        width=width,
        height=height,
    )


def _centre(one: Subject, window: _Window) -> Point:
    return window.px(shapely.get_coordinates(shapely.centroid(one.shape)))[0]


def _sign(one: Subject, window: _Window, translator: Translator) -> Mark:
    park = BY_PARK.get(one.park or "")
    text = park.letter(translator.lang) if park and one.kind == "site" else ""
    return Mark(one.kind, _centre(one, window), text, park.colour if park else "", subject=True)


def _neighbours(
    dataset: Dataset,
    window: _Window,
    own: set[str],
    numbers: Mapping[str, int],
    translator: Translator,
) -> Iterator[Mark]:
    """Yield the other rows on the map, the numbered ones last and so on top."""
    columns, parks = columns_of(dataset), dataset.rows["park_type"].to_numpy()
    wanted = np.flatnonzero(columns.placed & ~columns.borrowed)
    later = []
    for n in wanted:
        own_id = str(columns.ids[n])
        if own_id in own:
            continue
        at = window.px(shapely.get_coordinates(columns.metres[n].centroid))[0]
        if not window.holds(at):
            continue
        kind = "site" if columns.is_site[n] else "project"
        if own_id in numbers:
            later.append(Mark(kind, at, str(numbers[own_id]), "", subject=False))
            continue
        letter = BY_PARK[parks[n]].letter(translator.lang) if kind == "site" else ""
        yield Mark(kind, at, letter, "", subject=False)
    yield from later


def _outlines(found: Sequence[Subject], window: _Window) -> Iterator[Outline]:
    for one in found:
        for part in shapely.get_parts(one.shape):
            if part.geom_type != "Polygon":
                continue
            rings = (part.exterior, *part.interiors)
            park = BY_PARK.get(one.park or "")
            yield Outline(
                tuple(tuple(window.px(shapely.get_coordinates(ring))) for ring in rings),
                one.method not in TRUE_OUTLINES,
                park.colour if park else "",
            )


def _labels(
    dataset: Dataset,
    towns: "gpd.GeoSeries",
    window: _Window,
    signs: list[Mark],
    translator: Translator,
) -> Iterator[Label]:
    """Yield names, larger settlements first, where they lie over no other and no object."""
    taken = [
        # The scale bar and the arrow to the north
        (0.0, window.height - 44, _BAR_SHARE * window.width + 24, window.height),
        (window.width - 34, 0.0, window.width, 52.0),
        *((x - 12, y - 12, x + 12, y + 12) for x, y in (one.at for one in signs if one.subject)),
    ]
    for town, point in towns.items():
        x, y = window.px(shapely.get_coordinates(point))[0]
        if not window.holds((x, y), -_LABEL_HEIGHT_PX / 2):
            continue
        text = str(dataset.settlements.loc[town, f"name_{translator.lang}"])
        long = len(text) * _LETTER_PX
        for end in (x + long + 12 > window.width, x - long - 12 > 0):
            left = x - 8 - long if end else x + 8
            box = (left, y - _LABEL_HEIGHT_PX / 2, left + long, y + _LABEL_HEIGHT_PX / 2)
            if not any(_overlap(box, other) for other in taken):
                taken.append(box)
                yield Label((x, y), text, end, long)
                break


def _overlap(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _grid(window: _Window, translator: Translator) -> Iterator[GridLine]:
    """Yield meridians and parallels at round degrees, as lines that are straight on the globe."""
    east = window.west + window.width * window.metres_per_px
    south = window.north - window.height * window.metres_per_px
    frame = shapely.box(window.west, south, east, window.north)
    west, low, right, top = to_degrees(gpd.GeoSeries([frame], crs=METRES)).total_bounds
    found = [
        (meridian, float(value), pairs)
        for meridian, span, ends in (
            (True, (west, right), (low, top)),
            (False, (low, top), (west, right)),
        )
        for value, pairs in _round_degrees(meridian, span, ends)
    ]
    lines = to_metres(gpd.GeoSeries([LineString(pairs) for *_, pairs in found], crs=DEGREES))
    for (meridian, value, _), line in zip(found, lines, strict=True):
        axis = "lon" if meridian else "lat"
        text = translator.t(f"locator.{axis}", degrees=translator.number(value, 2))
        yield GridLine(tuple(window.px(shapely.get_coordinates(line))), text, meridian)


def _round_degrees(
    meridian: bool, span: tuple[float, float], ends: tuple[float, float]
) -> Iterator[tuple[float, npt.NDArray[np.float64]]]:
    """Yield round degrees within a span, each with the line between the ends of the other axis."""
    least, most = span
    step = next((s for s in _STEPS_DEG if (most - least) / s <= _LINES), _STEPS_DEG[-1])
    along = np.linspace(*ends, 17)
    for value in np.arange(np.ceil(least / step), np.floor(most / step) + 1) * step:
        across = np.full_like(along, value)
        yield value, np.column_stack([across, along] if meridian else [along, across])
