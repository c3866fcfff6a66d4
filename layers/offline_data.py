"""What the offline edition is told: everything that the server would answer."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

import numpy as np
import numpy.typing as npt

from geo import domains
from geo.columns import Columns, columns_of
from geo.dataset import Dataset
from geo.facets import FACETS, vocabulary
from geo.query import Query
from geo.search.document import Document
from geo.search.index import TextIndex
from layers import labels, objects, search
from layers.card import card
from layers.index import build_index
from layers.locale import LANGUAGES, Translator, messages
from layers.offline_columns import list_columns, map_columns

_PREFIXES = ("query.", "empty.title", "value.money", "value.years", "value.range", "ui.", "map.")


def offline_data(dataset: Dataset) -> dict[str, Any]:
    """Return what the script needs from the beginning, ready for JSON.

    Returns
    -------
    dict
        `release`; `index` (of `layers.index`, without its rows and with more messages); `list`,
        the columns of all that can be opened (see `layers.offline_columns`), the rows first;
        `rows`, how many rows there are; `map`, what the map shows of them beside that; `options` by
        facet; `columns`, what is filtered, one value a row, None where nobody says; `statuses`;
        `tags`, the words of each facet option when it is chosen.
    """
    index = json.loads(build_index(dataset))
    rows = index.pop("rows")
    return {
        "release": dataset.release,
        "rows": len(rows),
        "index": {
            **index,
            "messages": {
                lang: {k: v for k, v in messages(lang).items() if k.startswith(_PREFIXES)}
                for lang in LANGUAGES
            },
        },
        "list": list_columns(rows + _other_rows(dataset)),
        "map": map_columns(dataset),
        "options": vocabulary(dataset),
        "columns": _columns(columns_of(dataset), rows),
        "statuses": domains.STATUSES,
        "tags": _tags(dataset),
    }


def search_data(dataset: Dataset) -> dict[str, Any]:
    """Return what is searched: the words of all documents, and what is shown of each document.

    Returns
    -------
    dict
        `words`: each with the documents that hold it and its weights there. `documents`, the rows
        first: type, id, group, `filter` (link key and option, None unless choosing it filters),
        names, and by language what `layers.search.entry` shows of it; names and others are numbers
        of its `texts`, as most are said several times.
    """
    found = search.documents_of(dataset)
    held: dict[str, tuple[list[int], list[float]]] = {}
    for word, number, weight in TextIndex([one.fields for one in found]).entries():
        numbers, weights = held.setdefault(word, ([], []))
        numbers.append(number)
        weights.append(round(weight, 2))
    translators = [Translator(lang) for lang in LANGUAGES]
    return {
        "words": [[word, *lists] for word, lists in held.items()],
        "documents": [_document(dataset, one, translators) for one in found],
    }


def cards(dataset: Dataset, lang: str) -> Iterator[dict[str, Any]]:
    """Return the card of all that can be opened, in the order of the list's columns.

    Pages and files of the server are left out of its links.
    """
    translator = Translator(lang)
    rows = zip(dataset.rows["row_type"], dataset.rows["id"], strict=True)
    for kind, own_id in (*rows, *((ref.kind, ref.id) for ref in _others(dataset))):
        found = card(dataset, own_id, translator, kind=kind)
        address = f"#{urlencode({'sel': own_id, 'lang': lang})}"
        yield {**found, "links": {"object": address, "report": found["links"]["report"]}}


def _others(dataset: Dataset) -> list[objects.Ref]:
    """Return what a card may lead to and no list holds.

    A link knows objects by their id alone: what shares its id with a row is not among them.
    """
    known = set(dataset.rows["id"])
    found = []
    for ref in objects.everything(dataset):
        if ref.id not in known:
            known.add(ref.id)
            found.append(ref)
    return found


def _other_rows(dataset: Dataset) -> list[dict[str, Any]]:
    """Return the same as rows without a place."""
    translators = [Translator(lang) for lang in LANGUAGES]
    rows = []
    for ref in _others(dataset):
        record = objects.record_of(dataset, ref)
        words = {t.lang: [t.pick(record, "name"), t.t(f"type.{ref.kind}")] for t in translators}
        rows.append({"id": ref.id, "type": ref.kind, "park": None, "at": None, **words})
    return rows


def _columns(columns: Columns, rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    return {
        "type": [row["type"] for row in rows],
        **{key: _held(columns.facets[key].holds) for key in FACETS},
        **{
            name: [None if np.isnan(value) else _short(value) for value in values.tolist()]
            for name, values in (
                ("start", columns.start),
                ("end", columns.end),
                ("money", columns.money),
                ("jobs", columns.jobs),
                ("area", columns.area),
            )
        },
        "names": {
            lang: [_short(n) for n in columns.name_ranks[lang].tolist()] for lang in LANGUAGES
        },
    }


def _held(holds: npt.NDArray[np.bool_]) -> list[list[int]]:
    return [np.flatnonzero(row).tolist() for row in holds.T]


def _short(value: float) -> float:
    return int(value) if value == int(value) else value


def _tags(dataset: Dataset) -> dict[str, dict[str, dict[str, str]]]:
    translators = [Translator(lang) for lang in LANGUAGES]
    return {
        key: {
            option: {
                t.lang: labels.tags(Query.from_params({key: [option]}, dataset)[0], dataset, t)[
                    0
                ].text
                for t in translators
            }
            for option in options
        }
        for key, options in vocabulary(dataset).items()
    }


def _document(dataset: Dataset, one: Document, translators: Sequence[Translator]) -> dict[str, Any]:
    entries = {t.lang: search.entry(dataset, one, t) for t in translators}
    shared = entries[LANGUAGES[0]]
    texts: dict[str, int] = {}

    def numbers(found: Iterable[str]) -> list[int]:
        return [texts.setdefault(text, len(texts)) for text in found]

    return {
        "type": one.type,
        "id": one.id,
        "group": shared["group"],
        "filter": shared["action"].get("filter"),
        "names": numbers(name for name in one.names if name),
        **{
            lang: {
                "name": numbers([found["name"]])[0],
                "line": found["line"],
                "others": numbers(found["others"]),
            }
            for lang, found in entries.items()
        },
        "texts": list(texts),
    }
