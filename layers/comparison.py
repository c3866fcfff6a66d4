"""Sites and parks side by side: the same facts in the same units, differences said in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from geo.dataset import Dataset
from layers import objects
from layers.card import card
from layers.comparison_difference import COLUMNS, Figure, difference, figure
from layers.locale import Translator

KINDS = ("site", "park")
"""Kinds of object that can stand side by side."""

MOST = 6
"""More columns than this nobody reads side by side."""

_LABELS = {"start": "fact.start", "end": "fact.end"}


@dataclass(frozen=True)
class Cell:
    """One value in words; `word` says how it differs ("largest"), empty where nothing is said.

    `number` is the same value as a number, None where it is none or not known. `as_of` tells the
    date in words, `inferred` marks what no source states for the object, and `sources` are those
    that stand behind the value: n, url and label of each. A fact that does not `apply` to the
    object is missing as well.
    """

    value: str
    missing: bool
    word: str = ""
    number: float | None = None
    as_of: str = ""
    inferred: bool = False
    sources: tuple[Mapping[str, Any], ...] = ()
    applies: bool = True


@dataclass(frozen=True)
class Row:
    """One fact of all objects, and what can be said of the difference, empty for a single one.

    `column` is the column of the dataset with its numbers, empty for what is no number.
    """

    key: str
    label: str
    cells: tuple[Cell, ...]
    note: str
    column: str = ""


@dataclass(frozen=True)
class Comparison:
    """Cards of the objects in the order asked for, and their facts row by row."""

    cards: tuple[Mapping[str, Any], ...]
    rows: tuple[Row, ...]


def compare(dataset: Dataset, refs: Sequence[objects.Ref], translator: Translator) -> Comparison:
    """Put objects side by side.

    A park of several sites has no figures of its own, as areas and sums of its sites may overlap:
    its cell lists them, and it takes no part in what is said of the difference. Of a single object
    no difference is said.
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


def _row(
    key: str,
    cards: Sequence[Mapping[str, Any]],
    records: Sequence[Mapping[Any, Any]],
    translator: Translator,
) -> Row:
    facts = [next((fact for fact in shown["facts"] if fact["key"] == key), None) for shown in cards]
    label = next(fact["label"] for fact in facts if fact)
    figures = [figure(key, record) for record in records]
    words, unlike = difference(key, figures, translator)
    cells = tuple(
        _cell(fact, shown, found, word, translator)
        for fact, shown, found, word in zip(facts, cards, figures, words, strict=True)
    )
    if key in _LABELS:
        label = translator.t(_LABELS[key])
    note = "; ".join(filter(None, [_known(cells, translator, plain=not unlike), unlike]))
    return Row(key, label, cells, note if len(cards) > 1 else "", COLUMNS.get(key, ""))


def _cell(
    fact: Mapping[str, Any] | None,
    shown: Mapping[str, Any],
    found: Figure | None,
    word: str,
    translator: Translator,
) -> Cell:
    if fact is None:
        return Cell(translator.t("compare.not_said"), missing=True, applies=False)
    return Cell(
        fact["value"],
        fact["missing"],
        word,
        found.number if found else None,
        # The status says its date itself.
        fact["as_of"] if fact["key"] != "status" else "",
        fact["inferred"],
        tuple(one for one in shown["sources"] if one["n"] in fact["refs"]),
    )


def _known(cells: Sequence[Cell], translator: Translator, *, plain: bool) -> str:
    """Return for how many objects a fact is known; of a whole row, if `plain`, whether it differs.

    Whom a fact does not apply to lacks nothing.
    """
    t, number = translator.t, translator.number
    concerned = [cell for cell in cells if cell.applies]
    said = [cell.value for cell in concerned if not cell.missing]
    parts = []
    if len(concerned) < len(cells):
        parts.append(t("compare.applies", n=number(len(concerned)), all=number(len(cells))))
    if len(said) < len(concerned):
        parts.append(t("compare.known", n=number(len(said)), all=number(len(concerned))))
    elif plain and len(said) > 1:
        parts.append(t("compare.same" if len(set(said)) == 1 else "compare.differ"))
    return "; ".join(parts)
