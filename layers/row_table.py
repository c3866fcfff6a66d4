"""The cells of the table of sites and projects, in words; drawn and paged by a script.

Which rows are shown, in what order, comes with the answer to a link; names are in the index.
"""

import functools
import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from geo.dataset import Dataset
from layers import objects, status, sublines
from layers.facts import capitalised
from layers.locale import Translator, is_missing
from layers.place import place_of

Record = Mapping[Any, Any]
Cell = str | list[list[str]] | None
"""A text, or links as [text, address]; None stands for an unknown value."""

COLUMNS = (
    "kind", "home", "direction", "cluster", "status", "years", "money", "jobs", "area",
    "organisation", "place",
)  # fmt: skip
"""Columns after the name, in the order of the table. `money` is in million roubles."""


@functools.lru_cache(maxsize=4)
def build_row_table(dataset: Dataset, lang: str) -> bytes:
    """Return JSON {columns, rows}: the cells of each row of `dataset.rows`, beside `COLUMNS`.

    Parameters
    ----------
    dataset
        The shipped dataset.
    lang
        Language of the texts, ru or en.
    """
    translator = Translator(lang)
    records = {
        "site": dict(zip(dataset.sites.index, _records(dataset.sites), strict=True)),
        "project": dict(zip(dataset.projects.index, _records(dataset.projects), strict=True)),
    }
    rows = [
        _cells(dataset, row, records[row["row_type"]][row["id"]], translator)
        for row in _records(dataset.rows)
    ]
    table = {"columns": COLUMNS, "rows": rows}
    return json.dumps(table, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def _records(frame: Any) -> list[Record]:
    found: list[Record] = frame.drop(columns="geometry").reset_index().to_dict("records")
    return found


def _cells(dataset: Dataset, row: Record, record: Record, translator: Translator) -> list[Cell]:
    site = row["row_type"] == "site"
    by_column: dict[str, Callable[[], Cell]] = {
        "kind": lambda: translator.t("projects.site") if site
        else translator.t(f"kind.{record['kind']}"),
        "home": lambda: _home(dataset, row, translator),
        "direction": lambda: _named(dataset, "directions", row["directions"], translator),
        "cluster": lambda: _named(dataset, "clusters", row["clusters"], translator),
        "status": lambda: _status(record, translator, site=site),
        "years": lambda: sublines.years(record, translator),
        "money": lambda: _money(record, translator),
        "jobs": lambda: _number(record["jobs"], translator),
        "area": lambda: _number(record["area_ha"], translator) if site else None,
        "organisation": lambda: None if site else _organisations(dataset, record, translator),
        "place": lambda: capitalised(place_of(record, translator)["precision"]),
    }  # fmt: skip
    return [by_column[column]() for column in COLUMNS]


def _home(dataset: Dataset, row: Record, translator: Translator) -> Cell:
    """Return the park of a site, or the site of a project."""
    if is_missing(row["site_id"]):
        return None
    site = dataset.sites.loc[row["site_id"]]
    if row["row_type"] == "project":
        return [_link(dataset, "site", row["site_id"], translator.pick(site, "name"))]
    return translator.t(f"park.{site['park_type']}.full")


def _named(dataset: Dataset, facet: str, ids: Iterable[str], translator: Translator) -> Cell:
    table, field = getattr(dataset, facet), "name" if facet == "directions" else "short"
    return [
        _link(dataset, facet.removesuffix("s"), key, table.loc[key, f"{field}_{translator.lang}"])
        for key in ids
    ] or None


def _status(record: Record, translator: Translator, *, site: bool) -> str:
    if site:
        return capitalised(status.of_site_in_full(record, translator))
    return capitalised(status.dated(record, status.of_project(record, translator), translator))


def _money(record: Record, translator: Translator) -> str | None:
    number, bound = _number(record["investment_mln_rub"], translator), record["investment_bound"]
    if number is None or is_missing(bound):
        return number
    return translator.t(f"bound.{bound}", money=number)


def _number(value: float, translator: Translator) -> str | None:
    return None if is_missing(value) else translator.number(value)


def _organisations(dataset: Dataset, record: Record, translator: Translator) -> Cell:
    """Return who does a project in the words of the source; where all are known, as links."""
    names = translator.pick(record, "organisation")
    ids = record["organisation_ids"]
    if names is None or len(ids) != len(names.split("; ")):
        return names
    table = dataset.organisations
    return [
        _link(dataset, "organisation", key, table.loc[key, f"name_{translator.lang}"])
        for key in ids
    ]


def _link(dataset: Dataset, kind: str, key: str, name: object) -> list[str]:
    return [str(name), objects.address(dataset, objects.Ref(kind, key))]
