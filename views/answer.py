"""What the explorer's script is told about a view; the script draws and decides nothing.

Labels of rows and options are not in it: the script has them from the index, in both languages.
"""

import base64
from collections.abc import Sequence
from dataclasses import asdict, astuple
from typing import Any

import numpy as np
import numpy.typing as npt

from geo.around import Around, around
from geo.dataset import Dataset
from geo.extent import extent
from geo.facets import Facet
from geo.histograms import Histogram
from geo.link import Note
from geo.places import Near, Place
from geo.recent import recent
from geo.view import View
from layers import labels
from layers.card import card
from layers.index import build_index
from layers.locale import Translator
from layers.own import OwnLayer
from layers.published import digest
from layers.search import suggestions
from views import nearness

_MOST_MEANT = 3


def build_answer(
    dataset: Dataset,
    view: View,
    notes: Sequence[Note],
    translator: Translator,
    *,
    origin: str = "",
    own: OwnLayer | None = None,
) -> dict[str, Any]:
    """Return the data of the component.

    Parameters
    ----------
    dataset, view, notes
        What was asked for and what came of it.
    translator
        Says everything in the language of the viewer.
    origin
        Scheme and host of the page, for the address that a reported mistake names.
    own
        The layer of the viewer, whose rows `dataset` has; its token goes to this viewer alone.
    """
    query, found = view.query, around(view, dataset)
    return {
        "lang": translator.lang,
        "n": None,
        "index": digest(build_index(dataset.shipped)),
        "params": query.to_string(),
        "sort": query.sort,
        "order": encode_order(view.positions, len(dataset.rows)),
        "counts": {key: _counts(facet) for key, facet in view.facets.items()},
        "years": _counts(view.years),
        "years_open": list(view.years.open_counts),
        "not_applicable": {key: facet.not_applicable for key, facet in view.facets.items()},
        "recent": asdict(recent(view, dataset)),
        "money": _counts(view.money),
        "undated": None
        if view.dates is None
        else encode_order(view.dates.undated, len(dataset.rows)),
        "totals": _totals(view),
        "own": None if own is None else _own(own, view),
        "tags": [
            {"text": tag.text, "params": tag.query.to_string()}
            for tag in labels.tags(query, dataset, translator)
        ],
        "notes": [
            *labels.notes(notes, translator),
            *_meant(notes, dataset, translator),
            *_not_placed(view, translator),
            *_unclear(view, translator),
            *_nearby(found, query.place, translator),
        ],
        "area": _area(query.place, dataset),
        "near": None if found is None else nearness.nearness(found, view, dataset),
        "empty": _empty(view, found, dataset, translator),
        "card": card(dataset, query.selected, translator, origin=origin)
        if query.selected
        else None,
        "failure": {"text": translator.t("ui.index.failed"), "retry": translator.t("ui.retry")},
    }


def encode_order(positions: npt.NDArray[np.intp], rows: int) -> dict[str, Any]:
    """Return row numbers in list order as base64 text, in the shortest of three widths.

    Width 1: data order, one bit a row of the dataset, least significant first. Width 16 or 32: the
    numbers themselves, little-endian.

    Parameters
    ----------
    positions
        Row numbers in list order.
    rows
        Number of rows of the dataset.
    """
    if np.all(np.diff(positions) > 0):
        shown = np.zeros(rows, dtype=bool)
        shown[positions] = True
        return _encoded(1, np.packbits(shown, bitorder="little"))
    width = 16 if rows <= np.iinfo(np.uint16).max else 32
    return _encoded(width, positions.astype(f"<u{width // 8}"))


def _encoded(width: int, numbers: npt.NDArray[Any]) -> dict[str, Any]:
    return {"width": width, "rows": base64.b64encode(numbers.tobytes()).decode("ascii")}


def _totals(view: View) -> dict[str, Any]:
    """Return the totals; who brought no layer need not hear of it with every click."""
    return {name: n for name, n in asdict(view.totals).items() if name != "own" or n}


def _area(place: Place | None, dataset: Dataset) -> tuple[float, ...] | None:
    box = extent(place, dataset)
    return None if box is None else astuple(box)


def _own(own: OwnLayer, view: View) -> dict[str, Any]:
    """Return where the layer is fetched, and the counts of its filters in their order."""
    counts = [_counts(view.own[field.name]) for field in own.layer.filters]
    return {"url": f"/own/{own.token}/", "counts": counts}


def _counts(counted: Facet | Histogram) -> list[int]:
    return [*counted.counts, counted.no_data]


def _meant(notes: Sequence[Note], dataset: Dataset, translator: Translator) -> list[str]:
    """Name the sites and projects that an unknown selection may mean."""
    asked = next((n.value for n in notes if (n.key, n.code) == ("sel", "unknown_value")), None)
    if asked is None:
        return []
    found = suggestions(dataset.shipped, asked.replace("-", " "), translator)["results"]
    names = [one["name"][0] for one in found if "select" in one][:_MOST_MEANT]
    return [translator.t("query.note.meant", names="; ".join(names))] if names else []


def _not_placed(view: View, translator: Translator) -> list[str]:
    """Say what a place filter leaves out only because nobody knows where it is."""
    n = view.totals.not_placed
    if view.query.place is None or not n:
        return []
    return [translator.t("note.not_placed", n=translator.number(n))]


def _unclear(view: View, translator: Translator) -> list[str]:
    """Say what a date filter leaves out only because nobody can tell."""
    if view.dates is None:
        return []
    counts = {"undated": len(view.dates.undated), "unclear": view.dates.unclear}
    return [
        translator.t(f"note.dates.{name}", n=translator.number(n))
        for name, n in counts.items()
        if n
    ]


def _nearby(found: Around | None, place: Place | None, translator: Translator) -> list[str]:
    if found is None or not isinstance(place, Near):
        return []
    return nearness.notes(found, place, translator)


def _empty(
    view: View, found: Around | None, dataset: Dataset, translator: Translator
) -> dict[str, str | None] | None:
    if len(view.positions):
        return None
    near = view.query.place
    if found is not None and isinstance(near, Near):
        nearer = nearness.empty(found, view, near, dataset, translator)
        if nearer is not None:
            return nearer
    title = translator.t("empty.title")
    if view.suggestion is None:
        return {"title": title, "text": None, "params": None}
    return {
        "title": title,
        "text": labels.suggestion(view.suggestion, dataset, translator),
        "params": view.suggestion.query.to_string(),
    }
