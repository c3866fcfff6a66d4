"""The facts about one object in words: a row each, with what is unknown or inferred said so."""

import functools
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from geo.dataset import Dataset
from geo.domains import TRUE_OUTLINES
from geo.outlines import measured_ha
from layers import objects, status
from layers.locale import Translator, is_missing

Record = Mapping[Any, Any]

STATUS_ORDER = ("running", "planned", "completed", "suspended")
"""What goes on comes first where projects are listed for a reader."""

_ENDS = {"under_construction", "planned"}


@dataclass(frozen=True)
class Fact:
    """One row of a card.

    `missing` marks words that stand for an unknown value, `inferred` a value that no source states
    for this object. `sourced` tells whether the object's own sources stand behind it; `detail` is
    a sentence that explains the value, or empty.
    """

    key: str
    label: str
    value: str
    missing: bool = False
    inferred: bool = False
    sourced: bool = True
    detail: str = ""


def of_site(dataset: Dataset, site: Record, translator: Translator) -> list[Fact]:
    """Return the facts about a site.

    The area is that of a true outline, and otherwise the stated one: the area of a derived
    outline says nothing about the park.
    """
    t, word = translator.t, site["status_source"]
    facts = [
        _status(status.of_site_in_full(site, translator), translator),
        _area(site, translator),
        fact("start", t(f"fact.since.{word}"), translator.year(site["start_year"]), translator),
    ]
    if word in _ENDS or not is_missing(site["end_year"]):
        label = t("fact.end.planned") if word in _ENDS else t("fact.end")
        facts.append(fact("end", label, translator.year(site["end_year"]), translator))
    facts += [
        fact("residents", t("fact.residents"), translator.number(site["residents"]), translator),
        fact("jobs", t("fact.jobs"), translator.number(site["jobs"]), translator),
        fact("investment", t("fact.investment"), _investment(site, translator), translator),
        _projects_here(dataset, str(site["id"]), translator),
        _of_site_or_projects(dataset, site, "directions", translator),
        _of_site_or_projects(dataset, site, "clusters", translator),
        _access(site, translator),
    ]  # fmt: skip
    if len(objects.belonging(dataset, "site", "park_id", site["park_id"])) > 1:
        known = objects.records(dataset, "park")[site["park_id"]]
        park = str(known[f"name_{translator.lang}"])
        facts.insert(1, Fact("park", t("fact.park"), park, sourced=False))
    return facts


def of_project(dataset: Dataset, project: Record, translator: Translator) -> list[Fact]:
    """Return the facts about a project."""
    t, word = translator.t, status.of_project(project, translator)
    end = "fact.end.planned" if project["status"] in ("running", "planned") else "fact.end"
    return [
        _status(status.dated(project, word, translator), translator),
        fact("start", t("fact.start"), translator.year(project["start_year"]), translator),
        fact("end", t(end), translator.year(project["end_year"]), translator),
        fact("investment", t("fact.investment"), _investment(project, translator), translator),
        fact("jobs", t("fact.jobs"), translator.number(project["jobs"]), translator),
        membership(dataset, "directions", ids_of(project["direction_id"]), translator),
        membership(dataset, "clusters", ids_of(project["cluster_id"]), translator),
        fact(
            "organisation", t("fact.organisation"), translator.pick(project, "organisation"),
            translator,
        ),
    ]  # fmt: skip


def of_organisation(dataset: Dataset, organisation: Record, translator: Translator) -> list[Fact]:
    """Return the facts about an organisation."""
    return [
        fact(
            "kind", translator.t("fact.kind"),
            translator.t(f"organisation.{organisation['kind']}"), translator,
        ),
        membership(dataset, "clusters", ids_of(organisation["cluster_id"]), translator),
    ]  # fmt: skip


def capitalised(text: str) -> str:
    """Begin a text with a capital letter and leave the rest as it is."""
    return text[:1].upper() + text[1:]


def status_counts(projects: Iterable[Record], translator: Translator) -> str:
    """Return "3 running, 2 completed" for some projects; empty for none."""
    counts = Counter(project["status"] for project in projects)
    return ", ".join(
        translator.plural(f"count.project.{status}", counts[status])
        for status in STATUS_ORDER
        if counts[status]
    )


def fact(
    key: str, label: str, value: str | None, translator: Translator, *, detail: str | None = None
) -> Fact:
    """Return a fact that the object's own sources state; None stands for an unknown value."""
    unknown = value is None or value == translator.missing
    shown = translator.missing if value is None else value
    return Fact(key, label, shown, missing=unknown, detail=detail or "")


def _status(words: str, translator: Translator) -> Fact:
    return fact("status", translator.t("fact.status"), capitalised(words), translator)


def _area(site: Record, translator: Translator) -> Fact:
    label = translator.t("fact.area")
    if site["geometry_method"] not in TRUE_OUTLINES:
        return fact("area", label, translator.area(site["area_ha"]), translator)
    measured = translator.area(measured_ha(site["geometry"]))
    stated = translator.area(site["area_ha"])
    # Whoever drew the outline by hand may have left the source's area in the row.
    said = "fact.area.measured" if stated in (measured, translator.missing) else "fact.area.stated"
    return Fact("area", label, measured, sourced=False, detail=translator.t(said, area=stated))


def _investment(record: Record, translator: Translator) -> str | None:
    if is_missing(record["investment_mln_rub"]):
        return None
    money = translator.money(record["investment_mln_rub"])
    bound = record["investment_bound"]
    return money if is_missing(bound) else translator.t(f"bound.{bound}", money=money)


def _projects_here(dataset: Dataset, site_id: str, translator: Translator) -> Fact:
    members = objects.belonging(dataset, "project", "site_id", site_id)
    label = translator.t("fact.projects")
    if not members:
        none = translator.t("fact.projects.none")
        return Fact("projects", label, none, missing=True, sourced=False)
    value = status_counts(members, translator)
    if len({project["status"] for project in members}) > 1:
        value = translator.t(
            "fact.projects.counts", n=translator.number(len(members)), statuses=value
        )
    return Fact("projects", label, value, sourced=False)


def _of_site_or_projects(
    dataset: Dataset, site: Record, facet: str, translator: Translator
) -> Fact:
    """Return the directions or clusters of a site, which mostly are those of its projects."""
    found = facets_of_sites(dataset)[site["id"]][facet]
    own = ids_of(site["direction_id" if facet == "directions" else "cluster_id"])
    detail = "card.membership" if found == own else "card.from_projects"
    return membership(dataset, facet, found, translator, detail=detail)


def facets_of_sites(dataset: Dataset) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Return `directions` and `clusters` of each site by its id: its own and its projects'."""
    return _facets_of_sites(dataset.shipped)


@functools.lru_cache(maxsize=2)
def _facets_of_sites(dataset: Dataset) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    rows = dataset.rows[dataset.rows["row_type"] == "site"]
    return {
        own_id: {"directions": directions, "clusters": clusters}
        for own_id, directions, clusters in zip(
            rows["id"], rows["directions"], rows["clusters"], strict=True
        )
    }


def membership(
    dataset: Dataset,
    facet: str,
    ids: Sequence[str],
    translator: Translator,
    *,
    detail: str = "card.membership",
) -> Fact:
    """Return directions or clusters, of which the sources state only a part.

    `facet` is "directions" or "clusters", `detail` the message that says where they come from.
    """
    label = translator.plural(f"fact.{facet}", max(len(ids), 1))
    if not ids:
        return fact(facet, label, None, translator)
    kind, field = ("direction", "name") if facet == "directions" else ("cluster", "short")
    known = objects.records(dataset, kind)
    names = [known[one][f"{field}_{translator.lang}"] for one in known if one in ids]
    return Fact(
        facet, label, "; ".join(names), inferred=True, sourced=False, detail=translator.t(detail)
    )


def ids_of(value: object) -> tuple[str, ...]:
    """Return the id in a cell as a tuple; empty for none."""
    return () if is_missing(value) else (str(value),)


def _access(site: Record, translator: Translator) -> Fact:
    known = site["public_access"] != "unknown"
    value = capitalised(translator.t(f"access.{site['public_access']}")) if known else None
    evidence = translator.pick(site, "public_access_evidence")
    return fact("access", translator.t("fact.access"), value, translator, detail=evidence)
