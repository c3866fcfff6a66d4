"""What the explorer's script is told about a view; the script draws and decides nothing.

Labels of rows and options are not in it: the script has them from the index, in both languages.
"""

import base64
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import numpy as np
import numpy.typing as npt

from geo.dataset import Dataset
from geo.facets import Facet
from geo.histograms import Histogram
from geo.link import Note
from geo.view import View
from layers import labels
from layers.card import card
from layers.index import build_index
from layers.locale import Translator
from layers.published import digest


def build_answer(
    dataset: Dataset,
    view: View,
    notes: Sequence[Note],
    translator: Translator,
    *,
    origin: str = "",
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
    """
    query = view.query
    return {
        "lang": translator.lang,
        "n": None,
        "index": digest(build_index(dataset)),
        "params": query.to_string(),
        "sort": query.sort,
        "order": encode_order(view.positions, len(dataset.rows)),
        "counts": {key: _counts(facet) for key, facet in view.facets.items()},
        "years": _counts(view.years),
        "money": _counts(view.money),
        "totals": asdict(view.totals),
        "tags": [
            {"text": tag.text, "params": tag.query.to_string()}
            for tag in labels.tags(query, dataset, translator)
        ],
        "notes": [*labels.notes(notes, translator), *_not_placed(view, translator)],
        "empty": _empty(view, dataset, translator),
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


def _counts(counted: Facet | Histogram) -> list[int]:
    return [*counted.counts, counted.no_data]


def _not_placed(view: View, translator: Translator) -> list[str]:
    """Say what a place filter leaves out only because nobody knows where it is."""
    n = view.totals.not_placed
    if view.query.place is None or not n:
        return []
    return [translator.t("note.not_placed", n=translator.number(n))]


def _empty(view: View, dataset: Dataset, translator: Translator) -> dict[str, str | None] | None:
    if len(view.positions):
        return None
    title = translator.t("empty.title")
    if view.suggestion is None:
        return {"title": title, "text": None, "params": None}
    return {
        "title": title,
        "text": labels.suggestion(view.suggestion, dataset, translator),
        "params": view.suggestion.query.to_string(),
    }
