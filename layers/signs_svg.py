"""The signs of the map as small SVG pictures, for whoever explains them."""

from markupsafe import Markup

from layers.style import LIGHT, PARKS

_SIZE = 44
_MIDDLE = _SIZE / 2


def sign(name: str, lang: str) -> Markup:
    """Return a sign as it looks on the light map, a file of its own.

    Parameters
    ----------
    name
        site, project, number, circle, guess, outline, selected or own.
    lang
        Language of the letter on a disc (ru, en).

    Raises
    ------
    KeyError
        If there is no such sign.
    """
    disc = _disc(lang)
    drawn = {
        "site": disc,
        "project": _dot(_MIDDLE, _MIDDLE, 5),
        "number": disc + _dot(31, 13, 7.5) + _text("3", 31, 13, 10, LIGHT["text"]),
        "circle": _ring(18, 1, dash="4 4") + _disc(lang, 9),
        "guess": _square(0.07, 1.5, dash="7 5"),
        "outline": _square(0.16, 2),
        "selected": _ring(17, 3, LIGHT["selection_ring"]) + disc,
        "own": _diamond(),
    }[name]
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" font-family="sans-serif">'
        '<rect width="{}" height="{}" rx="9" fill="{}"/>{}</svg>'
    ).format(_SIZE, _SIZE, _SIZE, _SIZE, LIGHT["ground"], drawn)


def _disc(lang: str, radius: float = 12) -> Markup:
    park = PARKS[0]
    return Markup(
        '<circle cx="{}" cy="{}" r="{}" fill="{}" stroke="{}" stroke-width="2"/>{}'
    ).format(
        _MIDDLE, _MIDDLE, radius, park.colour, LIGHT["disc_outline"],
        _text(park.letter(lang), _MIDDLE, _MIDDLE, radius + 1, LIGHT["disc_letter"]),
    )  # fmt: skip


def _dot(x: float, y: float, radius: float) -> Markup:
    return Markup(
        '<circle cx="{}" cy="{}" r="{}" fill="{}" stroke="{}" stroke-width="1.8"/>'
    ).format(x, y, radius, LIGHT["dot_fill"], LIGHT["dot_line"])


def _ring(radius: float, width: float, colour: str = PARKS[0].line, dash: str = "none") -> Markup:
    return Markup(
        '<circle cx="{}" cy="{}" r="{}" fill="none" stroke="{}" stroke-width="{}" '
        'stroke-dasharray="{}"/>'
    ).format(_MIDDLE, _MIDDLE, radius, colour, width, dash)


def _square(opacity: float, width: float, dash: str = "none") -> Markup:
    return Markup(
        '<path d="M9 12L34 8L36 33L12 36Z" fill="{}" fill-opacity="{}" stroke="{}" '
        'stroke-width="{}" stroke-dasharray="{}"/>'
    ).format(PARKS[0].colour, opacity, PARKS[0].line, width, dash)


def _diamond() -> Markup:
    return Markup(
        '<path d="M22 14L30 22L22 30L14 22Z" fill="{}" stroke="{}" stroke-width="1.5"/>'
    ).format(LIGHT["own"], LIGHT["own_line"])


def _text(text: str, x: float, y: float, size: float, colour: str) -> Markup:
    return Markup(
        '<text x="{}" y="{}" font-size="{}" font-weight="700" text-anchor="middle" fill="{}">{}'
        "</text>"
    ).format(x, round(y + 0.36 * size, 1), size, colour, text)
