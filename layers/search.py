"""What the search offers while one types, in the language of the page."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode
from weakref import WeakKeyDictionary

from geo.dataset import Dataset
from geo.domains import PROJECT_KINDS
from geo.link import written
from geo.search.document import Document
from geo.search.documents import documents
from geo.search.marks import marks
from geo.search.ranking import SearchIndex
from layers import objects, sublines
from layers.locale import LANGUAGES, Translator, is_missing

MOST = 10
"""How many are offered at once."""

NEAR_SETTLEMENT_M, NEAR_ADDRESS_M = 5_000, 3_000
"""How far round a place to look first; most places of the dataset are not known much better."""

_GROUPS = {
    "site": "sites", "park": "sites", "project": "projects", "organisation": "organisations",
    "cluster": "clusters", "direction": "clusters", "park_type": "clusters",
    "project_kind": "clusters", "action": "actions", "settlement": "places", "address": "places",
}  # fmt: skip
_FILTERS = {
    "cluster": "cluster", "direction": "direction", "park_type": "park", "project_kind": "kind",
}  # fmt: skip


def suggestions(dataset: Dataset, text: str, translator: Translator) -> dict[str, Any]:
    """Return what a text may mean, as plain data for JSON.

    Parameters
    ----------
    dataset, text, translator
        Where to search, for what, in which language to answer. The text may be anything.

    Returns
    -------
    dict
        `found`: whether the results hold every word asked for; otherwise they are what comes near.
        `results`, best first: type, id, group (a value of `_GROUPS`),
        `name` and `line` ([text, spans that answer the question]), and one of `select` (id of a
        row), `filter` ([link key, option]), `open` (address) and `near` (value of the link).
    """
    index = index_of(dataset)
    best = index.best(text, MOST)
    shown = best or index.nearest(text)
    return {
        "found": bool(best),
        "results": [_suggestion(dataset, one.document, text, translator) for one in shown],
    }


def documents_of(dataset: Dataset) -> list[Document]:
    """Return everything that can be offered: the dataset's own, and the kinds of project."""
    return [*documents(dataset), *_kinds()]


def _kinds() -> tuple[Document, ...]:
    """Kinds of project have names in the language files alone, the dataset has their ids."""
    names = {lang: Translator(lang).t for lang in LANGUAGES}
    return tuple(
        Document(
            "project_kind",
            kind,
            name_ru=names["ru"](f"projects.of_kind.{kind}"),
            name_en=names["en"](f"projects.of_kind.{kind}"),
        )
        for kind in PROJECT_KINDS
    )


def index_of(dataset: Dataset) -> SearchIndex:
    """Return the search of all that can be offered: built at the first call, dropped with its data.

    It is another than that of the text filter, which knows no names from the language files.
    """
    index = _built.get(dataset)
    if index is None:
        index = _built[dataset] = SearchIndex(dataset, _kinds())
    return index


_built: WeakKeyDictionary[Dataset, SearchIndex] = WeakKeyDictionary()


def _suggestion(
    dataset: Dataset, document: Document, text: str, translator: Translator
) -> dict[str, Any]:
    one = entry(dataset, document, translator)
    in_name = marks(one["name"], text)
    answering = (other for other in one["others"] if marks(other, text))
    reason = "" if in_name else next(answering, "")
    line = "\u00a0· ".join(part for part in (reason, one["line"]) if part)
    return {
        "type": document.type,
        "id": document.id,
        "group": one["group"],
        "name": [one["name"], in_name],
        "line": [line, marks(reason, text)],
        **one["action"],
    }


def entry(dataset: Dataset, document: Document, translator: Translator) -> dict[str, Any]:
    """Return what is shown of a document whatever the question.

    Returns
    -------
    dict
        `group`, `name`, `line` (what it is), `others` (texts that may answer in place of the name)
        and `action`, see `suggestions`.
    """
    return {
        "group": _GROUPS[document.type],
        "name": document.name_ru if translator.lang == "ru" else document.name_en,
        "line": _what(dataset, document, translator),
        "others": _others(dataset, document, translator),
        "action": _action(dataset, document, translator),
    }


def _others(dataset: Dataset, document: Document, translator: Translator) -> list[str]:
    in_order = LANGUAGES if translator.lang == "ru" else LANGUAGES[::-1]
    candidates = [
        *document.further,
        *(getattr(document, f"name_{lang}") for lang in in_order[1:]),
        *(getattr(document, f"address_{lang}") for lang in in_order),
        *_organisations(dataset, document, in_order),
        *document.related,
    ]
    return [one for one in candidates if one]


def _organisations(dataset: Dataset, document: Document, languages: Iterable[str]) -> list[str]:
    if document.type != "project":
        return []
    record = dataset.projects.loc[document.id]
    texts = [record[f"organisation_{lang}"] for lang in languages]
    return [text for text in texts if not is_missing(text)]


def _what(dataset: Dataset, document: Document, translator: Translator) -> str:
    """Return what kind of thing this is, and what a list says of it."""
    match document.type:
        case "site" | "project":
            ref = objects.Ref(document.type, document.id)
            record = objects.record_of(dataset, ref)
            tell = sublines.of_site if document.type == "site" else sublines.of_project
            return tell(dataset, record, translator)
        case "organisation":
            return translator.t(f"organisation.{dataset.organisations.loc[document.id, 'kind']}")
        case "action":
            record = objects.record_of(dataset, objects.Ref("action", document.id))
            status = translator.t(f"status.action.{record['status']}")
            return translator.t("search.type.action", status=status)
        case kind:
            return translator.t(f"search.type.{kind}")


def _action(dataset: Dataset, document: Document, translator: Translator) -> dict[str, Any]:
    if document.type in ("site", "project"):
        return {"select": document.id}
    if document.type in _FILTERS:
        return {"filter": [_FILTERS[document.type], document.id]}
    if document.at is not None:
        metres = NEAR_SETTLEMENT_M if document.type == "settlement" else NEAR_ADDRESS_M
        return {"near": ",".join(map(written, (*document.at, metres)))}
    if document.type == "action":
        return {"open": f"/roadmap?{urlencode({'action': document.id, 'lang': translator.lang})}"}
    ref = objects.Ref(document.type, document.id)
    return {"open": objects.address(dataset, ref, translator.lang)}
