"""The picture of a state of the map: where lies what a link shows, as an image beside a text."""

from urllib.parse import urlencode

from markupsafe import Markup

from geo.dataset import Dataset
from geo.view import View
from layers import objects
from layers.locale import Translator
from layers.locator import locate
from layers.locator_svg import draw
from layers.place import place_of
from layers.subjects import subjects_shown

SIZE = (340.0, 212.0)
"""Width and height in pixels: those of a card, so that its letters are as large as they are said
to be."""

PATH = "/map/picture"
"""Where it is served, followed by the link and `lang`."""


def map_picture(dataset: Dataset, view: View, translator: Translator) -> Markup | None:
    """Return the picture as an SVG file; None if no place of what is shown is known."""
    width, height = SIZE
    found = subjects_shown(dataset, view)
    chart = locate(dataset, found, translator, width=width, height=height)
    if chart is None:
        return None
    return draw(chart, translator, label=label(dataset, view, translator), alone=True)


def label(dataset: Dataset, view: View, translator: Translator) -> str:
    """Return what the picture shows, for those who do not see it."""
    t, selected = translator.t, view.query.selected
    if selected:
        record = objects.record_of(dataset, objects.find(dataset, selected))
        return t(
            "object.map.label",
            title=translator.pick(record, "name"),
            precision=place_of(record, translator)["precision"],
        )
    totals = view.totals
    return t(
        "picture.shown",
        sites=translator.plural("count.site", totals.sites),
        projects=translator.plural("count.project", totals.projects),
    )


def address(link: str, translator: Translator, release: str) -> str:
    """Return where the picture of a link is, from the root of the server.

    Parameters
    ----------
    link
        Query string without language.
    translator, release
        Language of its words; the release of the dataset, which lets the picture be kept.
    """
    return f"{PATH}?{link}&{urlencode({'lang': translator.lang, 'v': release})}"
