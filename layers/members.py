"""The objects that belong to an object, as lists of a card."""

import functools
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from geo.dataset import Dataset
from layers import sublines
from layers.facts import STATUS_ORDER, status_counts
from layers.locale import Translator, is_missing
from layers.objects import TABLES, table

Record = Mapping[Any, Any]
Items = list[dict[str, Any]]


def of_site(dataset: Dataset, site: Record, translator: Translator) -> list[dict[str, Any]]:
    """Return the projects, organisations and road-map actions of a site, and its sister sites."""
    projects = by_status(dataset.projects[dataset.projects["site_id"] == site["id"]])
    involved = dict.fromkeys(one for ids in projects["organisation_ids"] for one in ids)
    sites = dataset.sites
    sisters = sites[(sites["park_id"] == site["park_id"]) & (sites.index != site["id"])]
    actions = dataset.roadmap[dataset.roadmap["site_id"] == site["id"]]
    return filled(
        translator,
        projects=items(dataset, projects, "project", sublines.of_member, translator),
        organisations=organisations(dataset, involved, translator),
        sites_of_park=items(dataset, sisters, "site", sublines.of_site, translator),
        roadmap=items(dataset, actions, "action", sublines.of_action, translator),
        summaries={"projects": status_counts(projects, translator)},
    )


def of_project(dataset: Dataset, project: Record, translator: Translator) -> list[dict[str, Any]]:
    """Return the site and the organisations of a project."""
    home = project["site_id"]
    site = dataset.sites.loc[[] if is_missing(home) else [home]]
    return filled(
        translator,
        site=items(dataset, site, "site", sublines.of_site, translator),
        organisations=organisations(dataset, project["organisation_ids"], translator),
    )


def of_organisation(
    dataset: Dataset, organisation: Record, translator: Translator
) -> list[dict[str, Any]]:
    """Return the projects that certainly name an organisation."""
    named = dataset.projects["organisation_ids"].map(lambda ids: organisation["id"] in ids)
    projects = by_status(dataset.projects[named.astype(bool)])
    return filled(
        translator,
        projects_of_organisation=items(
            dataset, projects, "project", sublines.of_project, translator
        ),
        summaries={"projects_of_organisation": status_counts(projects, translator)},
    )


def by_status(projects: pd.DataFrame) -> pd.DataFrame:
    """Sort projects: what goes on comes first."""
    return projects.sort_values(
        "status", key=lambda column: column.map(STATUS_ORDER.index), kind="stable"
    )


def filled(
    translator: Translator, *, summaries: Mapping[str, str] | None = None, **lists: Items
) -> list[dict[str, Any]]:
    """Return the lists that have items, each with its title.

    The key of a list names its title; `summaries` has a line for some of the keys.
    """
    notes = {"roadmap": translator.t("list.roadmap.note")}
    return [
        {
            "key": key,
            "label": translator.t(f"list.{key}"),
            "summary": (summaries or {}).get(key, ""),
            "note": notes.get(key, ""),
            "items": found,
        }
        for key, found in lists.items()
        if found
    ]


def items(
    dataset: Dataset,
    frame: pd.DataFrame,
    kind: str,
    subline: Callable[[Dataset, Record, Translator], str],
    translator: Translator,
) -> Items:
    """Return the rows of a frame as items: id, type, title, second line, our translation or not."""
    return [
        {
            "id": record["id"],
            "type": kind,
            "title": translator.pick(record, "name"),
            "sub": subline(dataset, record, translator),
            "translated": f"name_{translator.lang}" in _translated_fields(record),
        }
        for record in _records(dataset, frame, kind)
    ]


def _records(dataset: Dataset, frame: pd.DataFrame, kind: str) -> Sequence[Record]:
    """Return the rows as records; those of a table of the dataset are made once."""
    if kind in TABLES:
        known = _known(dataset.shipped, kind)
        return [known[own_id] for own_id in frame.index]
    return _made(frame)


@functools.lru_cache(maxsize=2 * len(TABLES))
def _known(dataset: Dataset, kind: str) -> dict[Any, Record]:
    frame = table(dataset, kind)
    return dict(zip(frame.index, _made(frame), strict=True))


def _made(frame: pd.DataFrame) -> list[Record]:
    # Without shapes, which make each step on a frame slow.
    plain = pd.DataFrame(frame).drop(columns="geometry", errors="ignore")
    return list(plain.reset_index().to_dict("records"))


def no_subline(_: Dataset, __: Record, ___: Translator) -> str:
    """Return nothing: what needs no second line."""
    return ""


def _translated_fields(record: Record) -> list[str]:
    fields = record.get("translated_fields")
    return [] if is_missing(fields) else str(fields).split()


def organisations(dataset: Dataset, ids: Iterable[str], translator: Translator) -> Items:
    """Return organisations as items, in the order of their ids."""

    def kind(_: Dataset, record: Record, translator: Translator) -> str:
        return translator.t(f"organisation.{record['kind']}")

    involved = dataset.organisations.loc[list(ids)]
    return items(dataset, involved, "organisation", kind, translator)
