"""The small map of an object as SVG: works without a script, prints, and scales.

Colours are attributes, which a style sheet may overrule for the dark theme; text is escaped.
"""

import functools
from collections.abc import Iterable

from markupsafe import Markup

from layers import assets
from layers.locale import Translator
from layers.locator_shapes import GridLine, Label, Locator, Mark, Outline, Point
from layers.style import LIGHT

_DARK = "plain/locator-dark.css"
_GREY = "#7b858d"
_BAR_INSET_PX = 16.0
_CORNER_PX = 92.0
_DEGREES_LETTER_PX = 5.6
_ROW_PX = 13.0
_DISC_PX = {"site": 13.0, "project": 6.5, "organisation": 8.0, "settlement": 6.0}
_NEIGHBOUR_PX = {"site": 9.0, "project": 3.2}
_NUMBER_PX = 8.5


def draw(locator: Locator, translator: Translator, *, label: str, alone: bool = False) -> Markup:
    """Return the map as an SVG element.

    Parameters
    ----------
    locator, translator
        What to draw, and the language of its words.
    label
        What the picture shows, for those who do not see it.
    alone
        True for a file of its own, which has to bring its style sheet and to name the typeface
        and the name space.
    """
    body = Markup("").join(
        [
            Markup('<rect class="ground" width="{}" height="{}" fill="{}"/>').format(
                _n(locator.width), _n(locator.height), LIGHT["ground"]
            ),
            *(_grid(line, locator) for line in locator.grid),
            *(_outline(outline) for outline in locator.outlines),
            *(_circle(*circle) for circle in locator.circles),
            *(_town(one) for one in locator.labels),
            *(_mark(mark) for mark in locator.marks),
            *(_name(one) for one in locator.labels),
            _bar(locator, translator),
            _north(locator),
        ]
    )
    return Markup(
        '<svg class="locator" role="img" aria-label="{}" viewBox="0 0 {} {}" {}>{}{}<g>{}</g></svg>'
    ).format(
        label,
        _n(locator.width),
        _n(locator.height),
        _file(locator) if alone else "",
        Markup("<style>{}</style>").format(Markup(style())) if alone else "",  # noqa: S704 - ours
        _HATCH,
        body,
    )


@functools.cache
def style() -> str:
    """Return the style sheet of a map that is a file of its own: how it looks in the dark."""
    return f"@media (prefers-color-scheme: dark) {{\n{assets.text(_DARK)}}}"


def sign(kind: str, *, colour: str = "", text: str = "") -> Markup:
    """Return the sign of a kind of object as a small SVG, for headings, lists and the legend."""
    mark = Mark(kind, (15.0, 15.0), text, colour, subject=True)
    return Markup(
        '<svg class="sign" viewBox="-3 -3 36 36" width="24" height="24" aria-hidden="true">{}</svg>'
    ).format(_mark(mark))


def legend_sign(name: str) -> Markup:
    """Return the sign of a line of the legend: circle, guess, outline, site, project, number."""
    shapes = {
        "circle": _circle((15.0, 15.0), 11.0),
        "guess": _outline(Outline((((4, 4), (26, 4), (26, 26), (4, 26)),), True, "")),
        "outline": _outline(Outline((((4, 4), (26, 4), (26, 26), (4, 26)),), False, "")),
        "site": _mark(Mark("site", (15.0, 15.0), "", "", subject=False)),
        "project": _mark(Mark("project", (15.0, 15.0), "", "", subject=False)),
        "number": _mark(Mark("project", (15.0, 15.0), "1", "", subject=False)),
    }
    return Markup(
        '<svg class="sign" viewBox="-3 -3 36 36" width="24" height="24" aria-hidden="true">{}</svg>'
    ).format(shapes[name])


_HATCH = Markup(
    '<defs><pattern id="hatch" width="7" height="7" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><path class="hatch" d="M0 0V7" stroke="{}" stroke-width="1.6"/>'
    "</pattern></defs>"
).format(_GREY)


def _file(locator: Locator) -> Markup:
    return Markup(
        'xmlns="http://www.w3.org/2000/svg" width="{}" height="{}" font-family="{}"'
    ).format(_n(locator.width), _n(locator.height), "Golos Text, Arial, sans-serif")


def _grid(line: GridLine, locator: Locator) -> Markup:
    """Draw a line of the grid, with its degrees at the top or at the left edge."""
    inside = [p for p in line.points if 0 <= p[0] <= locator.width and 0 <= p[1] <= locator.height]
    drawn = Markup('<path class="graticule" d="{}" fill="none" stroke="{}"/>').format(
        _path(line.points), LIGHT["graticule"]
    )
    if not inside:
        return drawn
    x, y = min(inside, key=lambda p: p[1] if line.meridian else p[0])
    at = (x + 4, 13.0) if line.meridian else (5.0, y - 4)
    if not _free(at, line, locator):
        return drawn
    text = Markup('<text class="degrees" x="{}" y="{}" font-size="10" fill="{}">{}</text>').format(
        _n(at[0]), _n(at[1]), LIGHT["graticule_text"], line.text
    )
    return drawn + text


def _free(at: Point, line: GridLine, locator: Locator) -> bool:
    """Tell whether degrees would keep clear of all else: arrow, scale, signs and names."""
    if line.meridian:
        inside = at[0] < locator.width - _CORNER_PX
    else:
        inside = _BAR_INSET_PX * 1.5 < at[1] < locator.height - _BAR_INSET_PX * 2.5
    right = at[0] + len(line.text) * _DEGREES_LETTER_PX
    spans = [
        *((x - 12, x + 12, y) for x, y in (mark.at for mark in locator.marks)),
        *((one.at[0] - 8 - one.long * one.end, one.at[0] + 8 + one.long * (not one.end), one.at[1])
          for one in locator.labels),
    ]  # fmt: skip
    return inside and not any(
        start < right and at[0] < end and abs(y - at[1] + 4) < _ROW_PX for start, end, y in spans
    )


def _outline(outline: Outline) -> Markup:
    path = " ".join(f"{_path(ring)}Z" for ring in outline.rings)
    if outline.guess:
        return Markup(
            '<path class="guess" d="{}" fill="url(#hatch)" fill-opacity="0.55" fill-rule="evenodd" '
            'stroke="{}" stroke-width="1.6" stroke-dasharray="5 4"/>'
        ).format(path, LIGHT["disc_outline"])
    return Markup(
        '<path class="outline" d="{}" fill="{}" fill-opacity="0.25" fill-rule="evenodd" '
        'stroke="{}" stroke-width="2"/>'
    ).format(path, outline.colour or _GREY, LIGHT["disc_outline"])


def _circle(at: Point, radius: float) -> Markup:
    return Markup(
        '<circle class="accuracy" cx="{}" cy="{}" r="{}" fill="none" stroke="{}" '
        'stroke-width="1.5" stroke-dasharray="6 5"/>'
    ).format(_n(at[0]), _n(at[1]), _n(radius), LIGHT["disc_outline"])


def _mark(mark: Mark) -> Markup:
    if not mark.subject:
        return _other(mark)
    radius = _DISC_PX[mark.kind]
    halo = _disc(mark.at, radius + 4, "halo", "#ffffff", "#12202b", 1.5)
    if mark.kind == "site":
        disc = _disc(mark.at, radius, "kind", mark.colour or _GREY, LIGHT["disc_outline"], 1.2)
        return halo + disc + _letter(mark, 14, "#ffffff")
    if mark.kind == "organisation":
        x, y = mark.at
        corners = ((x, y - radius), (x + radius, y), (x, y + radius), (x - radius, y))
        return halo + Markup(
            '<path class="kind" d="{}Z" fill="{}" stroke="{}" stroke-width="1.2"/>'
        ).format(_path(corners), LIGHT["accent"], LIGHT["disc_outline"])
    return halo + _disc(mark.at, radius, "dot", LIGHT["dot_fill"], LIGHT["dot_line"], 3)


def _other(mark: Mark) -> Markup:
    """Draw a neighbour: grey, with its letter, or with its number in the list."""
    numbered = mark.text.isdigit()
    radius = _NUMBER_PX if numbered else _NEIGHBOUR_PX[mark.kind]
    disc = _disc(mark.at, radius, "other", "#ffffff", "#3c4851" if numbered else _GREY,
                 1.6 if numbered else 1.1)  # fmt: skip
    return disc + _letter(mark, 10.5, "#1d2b36" if numbered else "#5c6872")


def _letter(mark: Mark, size: float, colour: str) -> Markup:
    if not mark.text:
        return Markup("")
    return Markup(
        '<text class="letter" x="{}" y="{}" font-size="{}" font-weight="700" '
        'text-anchor="middle" fill="{}">{}</text>'
    ).format(_n(mark.at[0]), _n(mark.at[1] + 0.36 * size), _n(size), colour, mark.text)


def _disc(at: Point, radius: float, css: str, fill: str, stroke: str, width: float) -> Markup:
    return Markup(
        '<circle class="{}" cx="{}" cy="{}" r="{}" fill="{}" stroke="{}" stroke-width="{}"/>'
    ).format(css, _n(at[0]), _n(at[1]), _n(radius), fill, stroke, _n(width))


def _town(one: Label) -> Markup:
    return _disc(one.at, 2.4, "town", LIGHT["settlement"], LIGHT["settlement"], 0)


def _name(one: Label) -> Markup:
    return Markup(
        '<text class="place" x="{}" y="{}" font-size="13" font-weight="600" text-anchor="{}" '
        'fill="{}" stroke="{}" stroke-width="3" paint-order="stroke" stroke-linejoin="round">{}'
        "</text>"
    ).format(
        _n(one.at[0] + (-8 if one.end else 8)), _n(one.at[1] + 4.5),
        "end" if one.end else "start", LIGHT["settlement"], LIGHT["ground"], one.text,
    )  # fmt: skip


def _bar(locator: Locator, translator: Translator) -> Markup:
    """Draw the scale bar: exactly so many metres of the projection, its ends marked."""
    left, foot = _BAR_INSET_PX, locator.height - _BAR_INSET_PX
    right = left + locator.bar_m / locator.metres_per_px
    return Markup(
        '<rect class="ground" x="{}" y="{}" width="{}" height="29" fill="{}" fill-opacity="0.85"/>'
        '<path class="bar" d="M{} {}V{}H{}V{}" fill="none" stroke="{}" stroke-width="2"/>'
        '<text class="bar-text" x="{}" y="{}" font-size="12" font-weight="600" fill="{}" '
        'stroke="{}" stroke-width="3" paint-order="stroke">{}</text>'
    ).format(
        _n(left - 5), _n(foot - 23), _n(right - left + 10), LIGHT["ground"],
        _n(left), _n(foot - 7), _n(foot), round(right, 3), _n(foot - 7), LIGHT["text"],
        _n(left + 5), _n(foot - 6), LIGHT["text"], LIGHT["ground"],
        translator.length(locator.bar_m),
    )  # fmt: skip


def _north(locator: Locator) -> Markup:
    x, y = locator.width - 20.0, 16.0
    return Markup(
        '<path class="north" d="M{} {}l7 20l-7 -5l-7 5Z" fill="{}"/>'
        '<text class="north" x="{}" y="{}" font-size="11" font-weight="700" '
        'text-anchor="middle" fill="{}">N</text>'
    ).format(_n(x), _n(y), LIGHT["text"], _n(x), _n(y + 33), LIGHT["text"])


def _path(points: Iterable[Point]) -> str:
    return "M" + "L".join(f"{_n(x)} {_n(y)}" for x, y in points)


def _n(value: float) -> str:
    """Write a number in pixels, shortly."""
    return f"{value:.1f}".removesuffix(".0")
