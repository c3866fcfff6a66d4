"""Sites and parks side by side: the same facts in the same units, differences said in words."""

import csv
import io
from codecs import BOM_UTF8
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from geo.dataset import Dataset
from geo.export.formulas import guard
from layers import objects
from layers.card import card
from layers.locale import Translator, is_missing

KINDS = ("site", "park")
"""Kinds of object that can stand side by side."""

MOST = 6
"""More columns than this nobody reads side by side."""

_MEASURES = {
    "area": "area_ha",
    "residents": "residents",
    "jobs": "jobs",
    "investment": "investment_mln_rub",
    "start": "start_year",
    "end": "end_year",
}
_LABELS = {"start": "fact.start", "end": "fact.end"}
_RATIO = ("area", "residents", "jobs", "investment")


@dataclass(frozen=True)
class Cell:
    """One value in words; `word` says how it differs ("largest"), empty where nothing is said."""

    value: str
    missing: bool
    word: str = ""


@dataclass(frozen=True)
class Row:
    """One fact of all objects, and what can be said of the difference."""

    key: str
    label: str
    cells: tuple[Cell, ...]
    note: str


@dataclass(frozen=True)
class Comparison:
    """Cards of the objects in the order asked for, and their facts row by row."""

    cards: tuple[Mapping[str, Any], ...]
    rows: tuple[Row, ...]


def compare(dataset: Dataset, refs: Sequence[objects.Ref], translator: Translator) -> Comparison:
    """Put objects side by side.

    A park of several sites has no figures of its own, as areas and sums of its sites may overlap:
    its cell lists them, and it takes no part in what is said of the difference.
    """
    cards = tuple(card(dataset, ref.id, translator, kind=ref.kind) for ref in refs)
    records = [objects.record_of(dataset, ref) for ref in refs]
    keys = dict.fromkeys(fact["key"] for shown in cards for fact in shown["facts"])
    place = Row(
        "place",
        translator.t("compare.place"),
        tuple(
            Cell(
                "; ".join(filter(None, [shown["place"]["text"], shown["place"]["precision"]])),
                not shown["place"]["placed"] and shown["type"] == "site",
            )
            for shown in cards
        ),
        "",
    )
    rows = tuple(_row(key, cards, records, translator) for key in keys)
    return Comparison(cards, (*rows, place))


def to_csv(compared: Comparison, translator: Translator) -> bytes:
    """Return a comparison as CSV for spreadsheets: a row a fact, formulas made harmless."""
    text = io.StringIO()
    writer = csv.writer(text)
    titles = [shown["title"] for shown in compared.cards]
    writer.writerow(
        [guard(one) for one in (translator.t("compare.fact"), *titles,
                                      translator.t("compare.difference"))]
    )  # fmt: skip
    for row in compared.rows:
        values = [row.label, *(cell.value for cell in row.cells), row.note]
        writer.writerow([guard(value) for value in values])
    return BOM_UTF8 + text.getvalue().encode()


def _row(
    key: str,
    cards: Sequence[Mapping[str, Any]],
    records: Sequence[Mapping[Any, Any]],
    translator: Translator,
) -> Row:
    facts = [next((fact for fact in shown["facts"] if fact["key"] == key), None) for shown in cards]
    label = next(fact["label"] for fact in facts if fact)
    numbers = [_number(key, record) for record in records]
    words, note = _difference(key, facts, numbers, translator)
    cells = tuple(
        Cell(fact["value"], fact["missing"], word)
        if fact
        else Cell(translator.t("compare.not_said"), missing=True)
        for fact, word in zip(facts, words, strict=True)
    )
    return Row(key, translator.t(_LABELS[key]) if key in _LABELS else label, cells, note)


def _number(key: str, record: Mapping[Any, Any]) -> float | None:
    value = record.get(_MEASURES.get(key, ""))
    return None if value is None or is_missing(value) else float(value)


def _difference(
    key: str,
    facts: Sequence[Mapping[str, Any] | None],
    numbers: Sequence[float | None],
    translator: Translator,
) -> tuple[list[str], str]:
    """Return a word for each cell, and a sentence for the row."""
    t, nothing = translator.t, [""] * len(facts)
    said = [fact["value"] for fact in facts if fact and not fact["missing"]]
    if len(said) < len(facts):
        known = t(
            "compare.known", n=translator.number(len(said)), all=translator.number(len(facts))
        )
    else:
        known = t("compare.same") if len(set(said)) == 1 else t("compare.differ")
    found = [number for number in numbers if number is not None]
    if key not in _RATIO or len(found) < 2 or min(found) == max(found):
        return nothing, known
    words = [
        ""
        if number is None
        else t("compare.largest")
        if number == max(found)
        else t("compare.smallest")
        if number == min(found)
        else ""
        for number in numbers
    ]
    if min(found) <= 0:
        return words, known
    times = t("compare.times", ratio=translator.number(max(found) / min(found)))
    return words, times if len(said) == len(facts) else f"{known}; {times}"
