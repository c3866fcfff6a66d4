"""What the offline edition is told: everything that the server would answer."""

import json
from collections.abc import Iterator, Mapping, Sequence
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
from geo.search.documents import documents
from geo.search.index import TextIndex
from layers import labels, objects, search
from layers.card import card
from layers.index import build_index
from layers.locale import LANGUAGES, Translator, messages

_PREFIXES = ("query.", "empty.title", "value.money", "value.years", "value.range", "ui.")


def offline_data(dataset: Dataset) -> dict[str, Any]:
    """Return what the script needs from the beginning, ready for JSON.

    Returns
    -------
    dict
        `release`; `index` (of `layers.index`, behind its rows all other objects that have a card);
        `rows`, how many rows there are without those; `options` by facet; `columns`, one value a
        row, None where nobody says; `statuses`; `tags`, the words of each facet option when it is
        chosen; `messages` by language.
    """
    columns = columns_of(dataset)
    index = json.loads(build_index(dataset))
    return {
        "release": dataset.release,
        "rows": len(index["rows"]),
        "index": {**index, "rows": index["rows"] + _other_rows(dataset)},
        "options": vocabulary(dataset),
        "columns": _columns(columns, index),
        "statuses": domains.STATUSES,
        "tags": _tags(dataset),
        "messages": {
            lang: {k: v for k, v in messages(lang).items() if k.startswith(_PREFIXES)}
            for lang in LANGUAGES
        },
    }


def search_data(dataset: Dataset) -> dict[str, Any]:
    """Return what is searched: the words of all documents, and what is shown of each document.

    Returns
    -------
    dict
        `words`: each with the documents that hold it and its weights there. `documents`, the rows
        first: type, id, group, `filter` (link key and option, None unless choosing it filters),
        names, and by language what `layers.search.entry` shows of it.
    """
    found = documents(dataset)
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


def cards(dataset: Dataset, lang: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Return the card of every object under its kind and id, such as "site:lagerny-sad".

    Pages and files of the server are left out of its links.
    """
    translator = Translator(lang)
    for ref in objects.everything(dataset):
        found = card(dataset, ref.id, translator, kind=ref.kind)
        address = f"#{urlencode({'sel': ref.id, 'lang': lang})}"
        links = {"object": address, "report": found["links"]["report"]}
        yield f"{ref.kind}:{ref.id}", {**found, "links": links}


def _other_rows(dataset: Dataset) -> list[dict[str, Any]]:
    """Return what a card may lead to and no list holds, as rows without a place.

    A link knows objects by their id alone: what shares its id with a row is not among them.
    """
    known = set(dataset.rows["id"])
    rows = []
    for ref in objects.everything(dataset):
        if ref.id in known:
            continue
        known.add(ref.id)
        record = objects.record_of(dataset, ref)
        names = {lang: Translator(lang).pick(record, "name") for lang in LANGUAGES}
        kinds = {lang: Translator(lang).t(f"type.{ref.kind}") for lang in LANGUAGES}
        rows.append(
            {
                "id": ref.id,
                "type": ref.kind,
                "park": None,
                **{lang: [names[lang], kinds[lang]] for lang in LANGUAGES},
                "at": None,
            }
        )
    return rows


def _columns(columns: Columns, index: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "type": [row["type"] for row in index["rows"]],
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
    return {
        "type": one.type,
        "id": one.id,
        "group": shared["group"],
        "filter": shared["action"].get("filter"),
        "names": [name for name in one.names if name],
        **{
            lang: {key: found[key] for key in ("name", "line", "others")}
            for lang, found in entries.items()
        },
    }
