"""The shapes of the small map of an object, in pixels: what `layers.locator` places."""

from dataclasses import dataclass

Point = tuple[float, float]
"""x to the right, y down."""


@dataclass(frozen=True)
class Mark:
    """One sign: `kind` is site, project, organisation or settlement; `text` stands in it."""

    kind: str
    at: Point
    text: str
    colour: str
    subject: bool


@dataclass(frozen=True)
class Outline:
    """A polygon by its rings; `guess` where it is not the true boundary."""

    rings: tuple[tuple[Point, ...], ...]
    guess: bool
    colour: str


@dataclass(frozen=True)
class Label:
    """The name of a settlement beside its point, about `long` pixels; `end`: to its left."""

    at: Point
    text: str
    end: bool
    long: float


@dataclass(frozen=True)
class GridLine:
    """A meridian or a parallel with its degrees."""

    points: tuple[Point, ...]
    text: str
    meridian: bool


@dataclass(frozen=True)
class Locator:
    """A map of `width` by `height` pixels, x to the right and y down.

    Parameters
    ----------
    width, height
        Size in pixels.
    metres_per_px
        Metres of EPSG:32645 a pixel stands for.
    bar_m
        Length of the scale bar in metres: 1, 2 or 5 times a power of ten.
    outlines, circles, marks, labels, grid
        What to draw, in pixels; a circle is its centre and its radius.
    """

    width: float
    height: float
    metres_per_px: float
    bar_m: float
    outlines: tuple[Outline, ...]
    circles: tuple[tuple[Point, float], ...]
    marks: tuple[Mark, ...]
    labels: tuple[Label, ...]
    grid: tuple[GridLine, ...]
