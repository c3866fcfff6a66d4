"""The objects that belong to an object, as lists of a card."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pandas as pd

from geo.dataset import Dataset
from layers import sublines
from layers.facts import STATUS_ORDER, status_counts
from layers.locale import Translator, is_missing

Record = Mapping[Any, Any]
Items = list[dict[str, Any]]


def of_site(dataset: Dataset, site: Record, translator: Translator) -> list[dict[str, Any]]:
    """Return the projects, organisations and road-map actions of a site, and its sister sites."""
    projects = _by_status(dataset.projects[dataset.projects["site_id"] == site["id"]])
    involved = dict.fromkeys(one for ids in projects["organisation_ids"] for one in ids)
    sites = dataset.sites
    sisters = sites[(sites["park_id"] == site["park_id"]) & (sites.index != site["id"])]
    actions = dataset.roadmap[dataset.roadmap["site_id"] == site["id"]]
    return _filled(
        translator,
        projects=_items(dataset, projects, "project", sublines.of_member, translator),
        organisations=_organisations(dataset, involved, translator),
        sites_of_park=_items(dataset, sisters, "site", sublines.of_site, translator),
        roadmap=_items(dataset, actions, "action", sublines.of_action, translator),
        summaries={"projects": status_counts(projects, translator)},
    )


def of_project(dataset: Dataset, project: Record, translator: Translator) -> list[dict[str, Any]]:
    """Return the site and the organisations of a project."""
    home = project["site_id"]
    site = dataset.sites.loc[[] if is_missing(home) else [home]]
    return _filled(
        translator,
        site=_items(dataset, site, "site", sublines.of_site, translator),
        organisations=_organisations(dataset, project["organisation_ids"], translator),
    )


def of_organisation(
    dataset: Dataset, organisation: Record, translator: Translator
) -> list[dict[str, Any]]:
    """Return the projects that certainly name an organisation."""
    named = dataset.projects["organisation_ids"].map(lambda ids: organisation["id"] in ids)
    projects = _by_status(dataset.projects[named.astype(bool)])
    return _filled(
        translator,
        projects_of_organisation=_items(
            dataset, projects, "project", sublines.of_project, translator
        ),
        summaries={"projects_of_organisation": status_counts(projects, translator)},
    )


def _by_status(projects: pd.DataFrame) -> pd.DataFrame:
    return projects.sort_values(
        "status", key=lambda column: column.map(STATUS_ORDER.index), kind="stable"
    )


def _filled(
    translator: Translator, *, summaries: Mapping[str, str] | None = None, **lists: Items
) -> list[dict[str, Any]]:
    """Return the lists that have items, each with its title."""
    notes = {"roadmap": translator.t("list.roadmap.note")}
    return [
        {
            "key": key,
            "label": translator.t(f"list.{key}"),
            "summary": (summaries or {}).get(key, ""),
            "note": notes.get(key, ""),
            "items": items,
        }
        for key, items in lists.items()
        if items
    ]


def _items(
    dataset: Dataset,
    frame: pd.DataFrame,
    kind: str,
    subline: Callable[[Dataset, Record, Translator], str],
    translator: Translator,
) -> Items:
    return [
        {
            "id": record["id"],
            "type": kind,
            "title": translator.pick(record, "name"),
            "sub": subline(dataset, record, translator),
            "translated": f"name_{translator.lang}" in _translated_fields(record),
        }
        for record in frame.reset_index().to_dict("records")
    ]


def _translated_fields(record: Record) -> list[str]:
    fields = record.get("translated_fields")
    return [] if is_missing(fields) else str(fields).split()


def _organisations(dataset: Dataset, ids: Iterable[str], translator: Translator) -> Items:
    def kind(_: Dataset, record: Record, translator: Translator) -> str:
        return translator.t(f"organisation.{record['kind']}")

    involved = dataset.organisations.loc[list(ids)]
    return _items(dataset, involved, "organisation", kind, translator)
