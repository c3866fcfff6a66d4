"""The actions of the road map as rows of a time axis. What is not known of a term is left open."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from geo import domains
from geo.dataset import Dataset
from layers import actions, objects
from layers.facts import Fact, capitalised, ids_of
from layers.locale import Translator, is_missing
from layers.status import dated

Record = Mapping[Any, Any]

GROUPS = ("direction", "cluster", "status")
"""What rows may be grouped by."""

SIGNS = {"completed": "✓", "running": "▸", "planned": "○", "suspended": "‖"}
"""Sign of a state, beside its colour and pattern."""

_QUARTERS = 4


@dataclass(frozen=True)
class Span:
    """A term in years; None is an end that no source gives. A year ends where the next begins."""

    start: float | None
    end: float | None


@dataclass(frozen=True)
class Row:
    """One action: what it is called, its state with date, its term, and where it leads."""

    id: str
    title: str
    state: str
    state_dated: str
    term: str
    span: Span | None
    performer: str
    direction: str | None
    cluster: str | None
    site: str | None


def rows(dataset: Dataset, ids: Iterable[str], translator: Translator) -> tuple[Row, ...]:
    """Return some actions, the earliest first, those without a date last."""
    table = dataset.roadmap.loc[list(ids)].reset_index()
    found = [_row(dataset, record, translator) for record in table.to_dict("records")]
    return tuple(sorted(found, key=_order))


def grouped(
    found: Sequence[Row], by: str, dataset: Dataset, translator: Translator
) -> list[tuple[str, str, list[Row]]]:
    """Return rows by direction, cluster or state (one of GROUPS): id (empty for none), title, rows.

    Groups stand in the order of their table, the one of rows that have none last.
    """
    match by:
        case "status":
            titles = {one: _state(one, translator) for one in domains.STATUSES}
            members = {one: [row for row in found if row.state == one] for one in titles}
        case _:
            table = dataset.directions if by == "direction" else dataset.clusters
            names = table[f"name_{translator.lang}"]
            titles = {str(key): str(name) for key, name in names.items()}
            titles |= {"": translator.t("roadmap.without_cluster")}
            members = {
                key: [row for row in found if (getattr(row, by) or "") == key] for key in titles
            }
    return [(key, titles[key], rows) for key, rows in members.items() if rows]


def _state(status: str, translator: Translator) -> str:
    return capitalised(translator.t(f"status.action.{status}"))


def axis(found: Iterable[Row]) -> tuple[int, int]:
    """Return the first year and the year after the last of all known ends; (0, 1) for none."""
    ends = [
        end
        for row in found
        if row.span
        for end in (row.span.start, row.span.end)
        if end is not None
    ]
    return (math.floor(min(ends)), math.ceil(max(ends))) if ends else (0, 1)


def _order(row: Row) -> tuple[bool, float, float]:
    span = row.span
    if span is None:
        return (True, 0.0, 0.0)
    start = span.start if span.start is not None else span.end
    return (False, start or 0.0, span.end if span.end is not None else math.inf)


def _row(dataset: Dataset, record: Record, translator: Translator) -> Row:
    facts = {fact.key: fact for fact in actions.facts_of_action(dataset, record, translator)}
    word = translator.t(f"status.action.{record['status']}")
    return Row(
        id=record["id"],
        title=str(translator.pick(record, "name")),
        state=record["status"],
        state_dated=dated(record, word, translator),
        term=_value(facts["term"]),
        span=_span(record),
        performer=_value(facts["performer"]),
        direction=_one(record["direction_id"]),
        cluster=_one(record["cluster_id"]),
        site=_one(record["site_id"]),
    )


def _value(fact: Fact) -> str:
    return "" if fact.missing else fact.value


def _span(record: Record) -> Span | None:
    start, end, quarter = record["start_year"], record["end_year"], record["quarter"]
    if is_missing(start) and is_missing(end):
        return None
    last = None
    if not is_missing(end):
        # A term of the third quarter ends with it, any other with the year.
        last = end + (1.0 if is_missing(quarter) else quarter / _QUARTERS)
    return Span(None if is_missing(start) else float(start), last)


def _one(value: object) -> str | None:
    return next(iter(ids_of(value)), None)


def place_address(row: Row, translator: Translator) -> str:
    """Return the query string of the map with the site of an action selected; empty for none."""
    return f"sel={row.site}&lang={translator.lang}" if row.site else ""


def page_of(dataset: Dataset, kind: str, key: str, translator: Translator) -> str:
    """Return the permanent address of an action, a direction, a cluster or a site."""
    return objects.address(dataset, objects.Ref(kind, key), translator.lang)
