"""The objects that belong to an object, as lists of a card."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pandas as pd

from geo.dataset import Dataset
from layers import sublines
from layers.facts import STATUS_ORDER, status_counts
from layers.locale import Translator, is_missing
from layers.objects import TABLES, belonging, records

Record = Mapping[Any, Any]
Items = list[dict[str, Any]]
Subline = Callable[[Dataset, Record, Translator], str]


def of_site(dataset: Dataset, site: Record, translator: Translator) -> list[dict[str, Any]]:
    """Return the projects, organisations and road-map actions of a site, and its sister sites."""
    projects = by_status(belonging(dataset, "project", "site_id", site["id"]))
    sites = belonging(dataset, "site", "park_id", site["park_id"])
    sisters = [one for one in sites if one["id"] != site["id"]]
    actions = belonging(dataset, "action", "site_id", site["id"])
    return filled(
        translator,
        projects=listed(dataset, projects, "project", sublines.of_member, translator),
        organisations=organisations(dataset, involved_in(projects), translator),
        sites_of_park=listed(dataset, sisters, "site", sublines.of_site, translator),
        roadmap=listed(dataset, actions, "action", sublines.of_action, translator),
        summaries={"projects": status_counts(projects, translator)},
    )


def of_project(dataset: Dataset, project: Record, translator: Translator) -> list[dict[str, Any]]:
    """Return the site and the organisations of a project."""
    home = project["site_id"]
    site = [] if is_missing(home) else [records(dataset, "site")[home]]
    return filled(
        translator,
        site=listed(dataset, site, "site", sublines.of_site, translator),
        organisations=organisations(dataset, project["organisation_ids"], translator),
    )


def of_organisation(
    dataset: Dataset, organisation: Record, translator: Translator
) -> list[dict[str, Any]]:
    """Return the projects that certainly name an organisation."""
    named = belonging(dataset, "project", "organisation_ids", organisation["id"])
    projects = by_status(named)
    return filled(
        translator,
        projects_of_organisation=listed(
            dataset, projects, "project", sublines.of_project, translator
        ),
        summaries={"projects_of_organisation": status_counts(projects, translator)},
    )


def by_status(projects: Iterable[Record]) -> list[Record]:
    """Sort projects: what goes on comes first."""
    return sorted(projects, key=lambda project: STATUS_ORDER.index(project["status"]))


def involved_in(projects: Iterable[Record]) -> list[str]:
    """Return the ids of the organisations that projects name, each once."""
    return list(dict.fromkeys(one for project in projects for one in project["organisation_ids"]))


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
    subline: Subline,
    translator: Translator,
) -> Items:
    """Return the rows of a frame as items, see `listed`."""
    if kind in TABLES:
        known = records(dataset, kind)
        found: Iterable[Record] = [known[own_id] for own_id in frame.index]
    else:
        # Without shapes, which make each step on a frame slow.
        plain = pd.DataFrame(frame).drop(columns="geometry", errors="ignore")
        found = plain.reset_index().to_dict("records")
    return listed(dataset, found, kind, subline, translator)


def listed(
    dataset: Dataset,
    found: Iterable[Record],
    kind: str,
    subline: Subline,
    translator: Translator,
) -> Items:
    """Return records as items: id, type, title, second line, our translation or not."""
    return [
        {
            "id": record["id"],
            "type": kind,
            "title": translator.pick(record, "name"),
            "sub": subline(dataset, record, translator),
            "translated": f"name_{translator.lang}" in _translated_fields(record),
        }
        for record in found
    ]


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

    known = records(dataset, "organisation")
    return listed(dataset, [known[own_id] for own_id in ids], "organisation", kind, translator)
