"""What the signs on the small map of an object mean: only those that are on it."""

from collections.abc import Iterator

from markupsafe import Markup

from layers.locale import Translator
from layers.locator_shapes import Locator
from layers.locator_svg import legend_sign, sign
from layers.style import PARKS


def legend(locator: Locator, title: str, translator: Translator) -> list[tuple[Markup, str]]:
    """Return sign and meaning for each kind of thing on a map; `title` names its one object."""
    return [*_subjects(locator, title, translator), *_around(locator, translator)]


def _subjects(locator: Locator, title: str, translator: Translator) -> Iterator[tuple[Markup, str]]:
    own = [mark for mark in locator.marks if mark.subject]
    if len(own) == 1:
        yield sign(own[0].kind, colour=own[0].colour, text=own[0].text), title
        return
    letters = {mark.text for mark in own if mark.kind == "site"}
    for park in PARKS:
        letter = park.letter(translator.lang)
        if letter in letters:
            words = translator.t(f"park.{park.id}.full")
            yield sign("site", colour=park.colour, text=letter), words
    if any(mark.kind == "project" for mark in own):
        yield sign("project"), translator.t("map.legend.project")


def _around(locator: Locator, translator: Translator) -> Iterator[tuple[Markup, str]]:
    others = [mark for mark in locator.marks if not mark.subject]
    plain = [mark for mark in others if not mark.text.isdigit()]
    present = {
        "circle": bool(locator.circles),
        "guess": any(one.guess for one in locator.outlines),
        "outline": any(not one.guess for one in locator.outlines),
        "number": len(plain) < len(others),
        "others": any(mark.kind == "site" for mark in plain),
        "projects": any(mark.kind == "project" for mark in plain),
    }
    signs = {"others": "site", "projects": "project"}
    for name, there in present.items():
        if there:
            yield legend_sign(signs.get(name, name)), translator.t(f"locator.legend.{name}")
