"""A query in words: its conditions as tags, the notes about a link, the way out of nothing."""

from collections.abc import Sequence
from dataclasses import dataclass

from geo.dataset import Dataset
from geo.link import FIELDS, UNKNOWN, is_own_key
from geo.own.conditions import BETWEEN, PREFIX
from geo.own.fields import BOOLEAN
from geo.query import Note, Query
from geo.suggestions import Suggestion
from layers.facts import capitalised
from layers.findings import plain
from layers.locale import Translator


@dataclass(frozen=True)
class Tag:
    """One condition in words, and the query without it."""

    text: str
    query: Query


def tags(query: Query, dataset: Dataset, translator: Translator) -> tuple[Tag, ...]:
    """Return a tag for each condition of a query, in the order of the link."""
    return tuple(
        Tag(_tag(key, value, dataset, translator), query.without(key, value))
        for key, value in query.conditions()
    )


def notes(found: Sequence[Note], translator: Translator) -> tuple[str, ...]:
    """Return a sentence for each thing in a link that was not used as written.

    The value of a note comes from whoever made the link: draw it as text, never as markup.
    """
    return tuple(_note(note, translator) for note in found)


def suggestion(found: Suggestion, dataset: Dataset, translator: Translator) -> str:
    """Return the sentence that offers the smallest change: "Without … there are 7."."""
    conditions = [
        translator.t("query.text", text=_condition(key, value, dataset, translator))
        for key, value in found.dropped
    ]
    message = "query.without" if len(conditions) == 1 else "query.without_several"
    return translator.plural(message, found.count, conditions=translator.join(conditions))


def _note(note: Note, translator: Translator) -> str:
    """Say what was left out, whether it came with a link or was typed."""
    key = note.key
    if note.code == "needs_layer" and not note.value:
        return translator.t("query.note.needs_layer.unnamed")
    if key.startswith(PREFIX):
        key = f"«{plain(key.removeprefix(PREFIX))}»"
    if key in (*FIELDS, "sel", "sort"):
        key = capitalised(translator.t(f"query.key.{key}"))
    whole = note.code == "shortened" and not key
    return translator.t(
        "query.note.shortened_link" if whole else f"query.note.{note.code}",
        key=key,
        value=note.value,
    )


def _condition(key: str, value: str, dataset: Dataset, translator: Translator) -> str:
    if is_own_key(key):
        return _own(key, value, dataset, translator)
    return translator.t(
        "query.condition",
        key=translator.t(f"query.key.{key}"),
        value=_value(key, value, dataset, translator),
    )


def _tag(key: str, value: str, dataset: Dataset, translator: Translator) -> str:
    """Return what a tag says: the value, and what it is a value of where that is not plain."""
    if is_own_key(key):
        return _own(key, value, dataset, translator)
    text = _value(key, value, dataset, translator)
    if key == "cluster":
        return translator.t("query.cluster", name=text)
    if key == "in":
        return translator.t("query.site", name=text)
    if key in ("park", "kind"):
        return translator.t(f"{key}.{value}.full")
    if key in ("known", "since"):
        return translator.t(f"query.{key}", date=text)
    return translator.t("query.text", text=text) if key == "q" else text


def _value(key: str, value: str, dataset: Dataset, translator: Translator) -> str:
    t, lang = translator.t, translator.lang
    match key:
        case "park" | "kind" | "status":
            return t(f"{key}.{value}")
        case "direction":
            return str(dataset.directions.loc[value, f"name_{lang}"])
        case "cluster":
            return str(dataset.clusters.loc[value, f"short_{lang}"])
        case "in":
            return str(dataset.sites.loc[value, f"name_{lang}"])
        case "years":
            return translator.years(*_ends(value))
        case "money":
            if value == UNKNOWN:
                return t("query.money.unknown")
            return _money(*_ends(value), translator)
        case "known" | "since":
            return translator.date(value)
        case "near":
            metres = float(value.split(",")[2])
            return t("query.near", distance=translator.length(metres))
        case "bbox":
            return t("query.bbox")
        case _:
            return value


def _own(key: str, value: str, dataset: Dataset, translator: Translator) -> str:
    """Return a condition on a column of the viewer's layer; both are text of whoever made it."""
    column = key.removeprefix(PREFIX)
    field = None if dataset.own is None else dataset.own.field(column)
    if field is not None and not field.options:
        least, _, most = value.partition(BETWEEN)
        shown = _span(least, most, translator)
    elif field is not None and field.options == BOOLEAN:
        shown = translator.t(f"query.own.{value}")
    else:
        shown = plain(value)
    return translator.t("query.own", column=plain(column), value=shown)


def _span(least: str, most: str, translator: Translator) -> str:
    if not most:
        return translator.t("query.own.from", least=least)
    if not least:
        return translator.t("query.own.to", most=most)
    return translator.t("value.range", first=least, last=most)


def _ends(value: str) -> tuple[float, float | None]:
    """Split "2012,2026" into its ends; the second is None where the span is open."""
    least, *most = value.split(",")
    return float(least), float(most[0]) if most else None


def _money(least: float, most: float | None, translator: Translator) -> str:
    if most is None:
        return translator.t("query.money.from", money=translator.money(least))
    if least == 0:
        return translator.t("query.money.to", money=translator.money(most))
    return translator.t(
        "query.money.between", least=translator.money(least), most=translator.money(most)
    )
