"""The picture that other sites show beside a link to an object: its name, facts and map."""

import functools
import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from PIL import Image, ImageDraw, ImageFont

from layers.locale import Translator
from layers.locator_shapes import Locator, Mark, Point
from layers.style import LIGHT
from layers.typeface import faces

SIZE = (1200, 630)
"""Width and height in pixels: what sites ask for."""

MAP_SIZE = (600.0, 630.0)
_TEXT_LEFT = 56
_TEXT_RIGHT = SIZE[0] - int(MAP_SIZE[0]) - 36
_FACTS = 4
_TITLE_LINES = 4
# Pillow draws circles without smoothing: drawn twice as large and made smaller they are smooth.
_SCALE = 2
_GREY = "#7b858d"
_DISC_PX: Mapping[str, float] = {"site": 15, "project": 8, "organisation": 10, "settlement": 8}
_OTHER_PX: Mapping[str, float] = {"site": 10, "project": 4}


class _Pen:
    """Draws text, lines and discs in the measures of the finished picture."""

    def __init__(self, image: Image.Image) -> None:
        self._draw = ImageDraw.Draw(image)

    def text(self, at: Point, text: str, size: float, weight: int, colour: str) -> float:
        """Write a line from its left end, `at` being on its base line; return its right end."""
        x = at[0]
        for run, font in _runs(text, size, weight):
            self._draw.text((x * _SCALE, at[1] * _SCALE), run, fill=colour, font=font, anchor="ls")
            x += font.getlength(run) / _SCALE
        return x

    def line(self, points: Sequence[Point], colour: str, width: float) -> None:
        """Draw a line through points."""
        scaled = [(x * _SCALE, y * _SCALE) for x, y in points]
        self._draw.line(scaled, fill=colour, width=round(width * _SCALE), joint="curve")

    def disc(self, at: Point, radius: float, fill: str, line: str, width: float) -> None:
        """Draw a filled circle."""
        self._draw.circle(
            (at[0] * _SCALE, at[1] * _SCALE), radius * _SCALE, fill=fill, outline=line,
            width=round(width * _SCALE),
        )  # fmt: skip

    def dashes(self, at: Point, radius: float, colour: str) -> None:
        """Draw a circle in dashes of about ten pixels."""
        steps = max(8, round(radius * 0.6))
        box = [(v + s * radius) * _SCALE for s in (-1, 1) for v in at]
        for n in range(steps):
            start = 360 * n / steps
            self._draw.arc(box, start, start + 200 / steps, fill=colour, width=2 * _SCALE)

    def polygon(self, points: Sequence[Point], fill: str, line: str) -> None:
        """Draw a filled polygon."""
        scaled = [(x * _SCALE, y * _SCALE) for x, y in points]
        self._draw.polygon(scaled, fill=fill, outline=line, width=2 * _SCALE)


def share_picture(
    whole: Mapping[str, Any], locator: Locator | None, translator: Translator
) -> bytes:
    """Return the picture of an object as PNG.

    Parameters
    ----------
    whole
        The sheet of the object (see `layers.sheet.sheet`).
    locator
        Its map in `MAP_SIZE`, None without a place.
    translator
        Says everything in one language.
    """
    image = Image.new("RGB", (SIZE[0] * _SCALE, SIZE[1] * _SCALE), LIGHT["surface"])
    _words(_Pen(image), whole, translator)
    chart = Image.new("RGB", (int(MAP_SIZE[0]) * _SCALE, SIZE[1] * _SCALE), LIGHT["ground"])
    if locator is None:
        _Pen(chart).text((60, 320), translator.t("card.place.unknown"), 26, 500, LIGHT["warning"])
    else:
        _map(_Pen(chart), locator, translator)
    image.paste(chart, (image.width - chart.width, 0))
    written = io.BytesIO()
    small = image.resize(SIZE, Image.Resampling.LANCZOS)
    # Few colours are on it: a palette makes a third of the bytes.
    small.quantize(128, dither=Image.Dither.NONE).save(written, "PNG", optimize=True)
    return written.getvalue()


def _words(pen: _Pen, whole: Mapping[str, Any], translator: Translator) -> None:
    width = _TEXT_RIGHT - _TEXT_LEFT
    y = 92.0
    pen.text((_TEXT_LEFT, y), _cut(whole["kicker"], 22, 400, width), 22, 400, LIGHT["secondary"])
    y += 16
    for line in _wrapped(whole["title"], 40, 650, width, _TITLE_LINES):
        y += 48
        pen.text((_TEXT_LEFT, y), line, 40, 650, LIGHT["text"])
    y += 22
    for fact in [f for f in whole["facts"] if f["key"] != "status"][:_FACTS]:
        y += 40
        if y > SIZE[1] - 96:
            break
        colour = LIGHT["warning"] if fact["missing"] else LIGHT["text"]
        label = f"{fact['label']}: "
        end = pen.text((_TEXT_LEFT, y), label, 22, 400, LIGHT["secondary"])
        pen.text((end, y), _cut(fact["value"], 22, 600, _TEXT_RIGHT - end), 22, 600, colour)
    pen.text((_TEXT_LEFT, SIZE[1] - 48), translator.t("shell.name"), 20, 650, LIGHT["accent"])


def _map(pen: _Pen, locator: Locator, translator: Translator) -> None:
    for grid in locator.grid:
        pen.line(grid.points, LIGHT["graticule"], 1)
    for outline in locator.outlines:
        pen.polygon(outline.rings[0], "#dcdad5", LIGHT["disc_outline"])
    for at, radius in locator.circles:
        pen.dashes(at, radius, LIGHT["disc_outline"])
    for label in locator.labels:
        pen.disc(label.at, 3, LIGHT["settlement"], LIGHT["settlement"], 1)
    for mark in locator.marks:
        _mark(pen, mark)
    for label in locator.labels:
        x = label.at[0] + (-10 - _length(label.text, 18, 600) if label.end else 10)
        pen.text((x, label.at[1] + 6), label.text, 18, 600, LIGHT["settlement"])
    left, foot = 24.0, locator.height - 26.0
    right = left + locator.bar_m / locator.metres_per_px
    pen.line([(left, foot - 8), (left, foot), (right, foot), (right, foot - 8)], LIGHT["text"], 2)
    pen.text((left + 6, foot - 8), translator.length(locator.bar_m), 16, 600, LIGHT["text"])


def _mark(pen: _Pen, mark: Mark) -> None:
    x, y = mark.at
    if not mark.subject:
        pen.disc(mark.at, _OTHER_PX[mark.kind], "#ffffff", _GREY, 1)
        return
    radius = _DISC_PX[mark.kind]
    pen.disc(mark.at, radius + 5, "#ffffff", "#12202b", 1.5)
    if mark.kind == "organisation":
        corners = ((x, y - radius), (x + radius, y), (x, y + radius), (x - radius, y))
        pen.polygon(corners, LIGHT["accent"], LIGHT["disc_outline"])
    elif mark.kind == "site":
        pen.disc(mark.at, radius, mark.colour or _GREY, LIGHT["disc_outline"], 1)
        pen.text((x - _length(mark.text, 17, 700) / 2, y + 6), mark.text, 17, 700, "#ffffff")
    else:
        pen.disc(mark.at, radius, LIGHT["dot_fill"], LIGHT["dot_line"], 3)


def _wrapped(text: str, size: float, weight: int, width: float, most: int) -> list[str]:
    """Break a text into lines; what does not fit into the last one ends in an ellipsis."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and _length(longer, size, weight) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    kept = lines[: most - 1]
    return [
        _cut(line, size, weight, width) for line in [*kept, " ".join(lines[most - 1 :])] if line
    ]


def _cut(text: str, size: float, weight: int, width: float) -> str:
    if _length(text, size, weight) <= width:
        return text
    while text and _length(f"{text}…", size, weight) > width:
        text = text[:-1]
    return f"{text.rstrip()}…"


def _length(text: str, size: float, weight: int) -> float:
    return sum(float(font.getlength(run)) for run, font in _runs(text, size, weight)) / _SCALE


def _runs(text: str, size: float, weight: int) -> Iterator[tuple[str, ImageFont.FreeTypeFont]]:
    """Cut a text where the file of the typeface changes: each holds one script."""
    start, current = 0, None
    for n, character in enumerate(text):
        path = _face_of(character)
        if current is not None and path != current:
            yield text[start:n], _font(current, size, weight)
            start = n
        current = path
    if current is not None:
        yield text[start:], _font(current, size, weight)


def _face_of(character: str) -> str:
    return str(next((f for f in faces() if character in f), faces()[-1]).path)


@functools.lru_cache(maxsize=64)
def _font(path: str, size: float, weight: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(path, size * _SCALE)
    font.set_variation_by_axes([weight])
    return font
