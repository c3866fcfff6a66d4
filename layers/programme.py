"""The programme's ten statements in words: what sources say, and what the dataset holds of each.

Figures are those of the sources. Counts are made from the dataset; sums of money and jobs are not,
because rows overlap.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from geo.dataset import Dataset
from geo.domains import ORGANISATION_KINDS, PARK_TYPES, PROJECT_KINDS, STATUSES
from geo.query import Query, apply
from layers.facts import capitalised
from layers.locale import Translator

Record = Mapping[Any, Any]

_WITHOUT_UNIT = {"count", "year", "document"}
_MLN_RUB = {"RUB mln": 1, "RUB bln": 1000}


@dataclass(frozen=True)
class Figure:
    """One figure of the programme: what, how much, for what date, by whom."""

    label: str
    value: str
    as_of: str
    urls: tuple[str, ...]
    translated: bool


@dataclass(frozen=True)
class Count:
    """How much the dataset holds of something; `park` gives it the sign of a kind of park.

    `link` is the query string of the map that shows just that, empty where there is none; a count
    with a link is the number of rows behind it.
    """

    label: str
    value: str
    link: str = ""
    park: str = ""


@dataclass(frozen=True)
class Holding:
    """What the dataset holds of one statement: counts, and what must be said beside them."""

    counts: tuple[Count, ...] = ()
    summary: str = ""
    note: str = ""


def figures(dataset: Dataset, statement: str, translator: Translator) -> tuple[Figure, ...]:
    """Return the figures of a statement (or of `context`) in the order of the table."""
    table = dataset.programme
    chosen = table[table["statement"] == statement].reset_index()
    return tuple(_figure(record, translator) for record in chosen.to_dict("records"))


def holding(dataset: Dataset, statement: str, translator: Translator) -> Holding:
    """Return what the dataset holds of a statement.

    Raises
    ------
    KeyError
        If `statement` is not one of `geo.domains.STATEMENTS`.
    """
    return _HOLDINGS[statement](dataset, translator)


def _figure(record: Record, translator: Translator) -> Figure:
    return Figure(
        label=capitalised(str(translator.pick(record, "figure"))),
        value=_value(record, translator),
        as_of=translator.date(record["as_of"]),
        urls=record["source_urls"],
        translated=f"figure_{translator.lang}" in str(record["translated_fields"]).split(),
    )


def _value(record: Record, translator: Translator) -> str:
    unit = record["unit_en"]
    if unit == "document":
        return translator.t(f"programme.value.{record['id']}")
    number = float(record["value"])
    if unit in _MLN_RUB:
        return translator.money(number * _MLN_RUB[unit])
    if unit == "year":
        return translator.year(number)
    if unit in _WITHOUT_UNIT:
        return translator.number(number)
    return translator.t(
        "value.with_unit", number=translator.number(number), unit=translator.pick(record, "unit")
    )


def _goal(dataset: Dataset, translator: Translator) -> Holding:
    layers = {
        "sites": dataset.sites,
        "projects": dataset.projects,
        "organisations": dataset.organisations,
    }
    return Holding(
        tuple(
            Count(
                translator.t(f"layer.{name}"),
                translator.t(
                    "holding.placed",
                    placed=translator.number(int(frame.geometry.notna().sum())),
                    all=translator.number(len(frame)),
                ),
            )
            for name, frame in layers.items()
        )
    )


def _directions(dataset: Dataset, translator: Translator) -> Holding:
    return Holding(_rows_by(dataset, "direction", dataset.directions, "name", translator))


def _clusters(dataset: Dataset, translator: Translator) -> Holding:
    counts = _rows_by(dataset, "cluster", dataset.clusters, "short", translator)
    return Holding(counts, note=translator.t("holding.clusters.note"))


def _rows_by(
    dataset: Dataset, key: str, table: pd.DataFrame, field: str, translator: Translator
) -> tuple[Count, ...]:
    return tuple(
        _rows(
            dataset, key, option, str(table.loc[option, f"{field}_{translator.lang}"]), translator
        )
        for option in table.index
    )


def _rows(
    dataset: Dataset, key: str, option: str, label: str, translator: Translator, *, park: str = ""
) -> Count:
    """Count what the map shows for one option of a filter: sites and projects."""
    query, _ = Query.from_params({key: [option]}, dataset)
    totals = apply(query, dataset).totals
    numbers = {"site": totals.sites, "project": totals.projects}
    parts = [translator.plural(f"count.{row}", n) for row, n in numbers.items() if n]
    value = ", ".join(parts) or translator.plural("count.row", 0)
    if len(parts) > 1:
        rows = translator.plural("count.row", totals.shown)
        value = translator.t("holding.rows", rows=rows, parts=value)
    return Count(label, value, query.to_string() if parts else "", park)


def _money(dataset: Dataset, translator: Translator) -> Holding:
    known = dataset.projects["investment_mln_rub"].notna()
    return Holding(
        summary=_known(known, "holding.money", translator),
        note=translator.t("holding.money.note"),
    )


def _participants(dataset: Dataset, translator: Translator) -> Holding:
    numbers = dataset.organisations["kind"].value_counts()
    return Holding(
        tuple(
            Count(
                translator.t(f"organisations.{kind}"), translator.number(int(numbers.get(kind, 0)))
            )
            for kind in ORGANISATION_KINDS
        ),
        summary=translator.plural("count.organisation", len(dataset.organisations)),
    )


def _instruments(dataset: Dataset, translator: Translator) -> Holding:  # noqa: ARG001 - one shape for all
    return Holding(note=translator.t("holding.none"))


def _roadmap(dataset: Dataset, translator: Translator) -> Holding:
    first, later = (
        float(str(dataset.programme.loc[key, "value"]))
        for key in ("roadmap-actions-2015", "roadmap-actions-2016")
    )
    summary = translator.t(
        "holding.roadmap",
        found=translator.number(len(dataset.roadmap)),
        official=translator.number(first),
        later=translator.number(later),
    )
    return Holding(
        _by_status(dataset.roadmap["status"], "status.action", translator),
        summary,
        translator.t("holding.roadmap.note"),
    )


def _areas(dataset: Dataset, translator: Translator) -> Holding:
    return Holding(
        tuple(
            _rows(dataset, "park", kind, translator.t(f"park.{kind}.full"), translator, park=kind)
            for kind in PARK_TYPES
        )
    )


def _workplaces(dataset: Dataset, translator: Translator) -> Holding:
    return Holding(
        summary=_known(dataset.projects["jobs"].notna(), "holding.jobs.projects", translator),
        counts=(),
        note=" ".join(
            [
                f"{_known(dataset.sites['jobs'].notna(), 'holding.jobs.sites', translator)}.",
                translator.t("holding.jobs.note"),
            ]
        ),
    )


def _projects(dataset: Dataset, translator: Translator) -> Holding:
    kinds = tuple(
        _rows(dataset, "kind", kind, translator.t(f"kind.{kind}"), translator)
        for kind in PROJECT_KINDS
    )
    statuses = _by_status(dataset.projects["status"], "status.project", translator)
    unplaced = int(dataset.projects.geometry.isna().sum())
    return Holding(
        kinds + statuses,
        summary=translator.plural("count.project", len(dataset.projects)),
        note=capitalised(
            translator.t("holding.projects.unplaced", n=translator.number(unplaced)) + "."
        ),
    )


def _by_status(statuses: pd.Series, words: str, translator: Translator) -> tuple[Count, ...]:
    numbers = statuses.value_counts()
    return tuple(
        Count(
            capitalised(translator.t(f"{words}.{status}")), translator.number(int(numbers[status]))
        )
        for status in STATUSES
        if status in numbers
    )


def _known(known: Iterable[bool], message: str, translator: Translator) -> str:
    values = list(known)
    return translator.t(
        message, known=translator.number(sum(values)), all=translator.number(len(values))
    )


_HOLDINGS = {
    "goal": _goal,
    "directions": _directions,
    "money": _money,
    "participants": _participants,
    "instruments": _instruments,
    "roadmap": _roadmap,
    "areas": _areas,
    "clusters": _clusters,
    "workplaces": _workplaces,
    "projects": _projects,
}
