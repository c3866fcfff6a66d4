"""Parks, clusters and directions: what they hold. Nothing that may overlap is added up."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from geo.dataset import Dataset
from layers import members, sublines
from layers.facts import (
    Fact,
    capitalised,
    facets_of_sites,
    fact,
    ids_of,
    membership,
    status_counts,
)
from layers.locale import Translator, is_missing
from layers.objects import belonging, records
from layers.status import of_site_in_full

Record = Mapping[Any, Any]
Lists = list[dict[str, Any]]


def facts_of_park(dataset: Dataset, park: Record, translator: Translator) -> list[Fact]:
    """Return the facts about a park of several sites, site by site where they are measured."""
    t = translator.t
    sites = _sites_of_park(dataset, park)
    facets = [facets_of_sites(dataset)[site["id"]] for site in sites]

    def measured(key: str, column: str, say: Callable[[Any], str]) -> Fact:
        return _by_site(key, t(f"fact.{key}"), sites, column, say, translator)

    return [
        Fact("kind", t("fact.kind"), t(f"park.{park['park_type']}.full"), sourced=False),
        _count("sites", "count.site", len(sites), translator),
        Fact(
            "status", t("fact.status"),
            "; ".join(
                f"{translator.pick(site, 'name')}: {of_site_in_full(site, translator)}"
                for site in sites
            ),
            sourced=False,
        ),
        measured("area", "area_ha", translator.area),
        measured("residents", "residents", translator.number),
        measured("jobs", "jobs", translator.number),
        measured("investment", "investment_mln_rub", translator.money),
        _projects(_projects_of(dataset, sites), translator),
        *(
            membership(
                dataset,
                facet,
                _union(one[facet] for one in facets),
                translator,
                detail="card.from_projects",
            )
            for facet in ("directions", "clusters")
        ),
    ]  # fmt: skip


def lists_of_park(dataset: Dataset, park: Record, translator: Translator) -> Lists:
    """Return the sites of a park with all that belongs to them."""
    sites = _sites_of_park(dataset, park)
    projects = members.by_status(_projects_of(dataset, sites))
    involved = members.involved_in(projects)
    actions = belonging(dataset, "action", "site_id", *(site["id"] for site in sites))
    return members.filled(
        translator,
        sites=members.listed(dataset, sites, "site", sublines.of_site, translator),
        projects_of_park=members.listed(
            dataset, projects, "project", sublines.of_project, translator
        ),
        organisations=members.organisations(dataset, involved, translator),
        roadmap=members.listed(dataset, actions, "action", sublines.of_action, translator),
        summaries={"projects_of_park": status_counts(projects, translator)},
    )


def facts_of_cluster(dataset: Dataset, cluster: Record, translator: Translator) -> list[Fact]:
    """Return the facts about a cluster."""
    t, key = translator.t, cluster["id"]
    direction = ids_of(cluster["direction_id"])
    names = dataset.directions.loc[list(direction), f"name_{translator.lang}"]
    return [
        fact("directions", translator.plural("fact.directions", 1), "; ".join(names), translator),
        fact("anchors", t("fact.anchors"), translator.pick(cluster, "anchor_organisations"),
             translator),
        _count(
            "organisations", "count.organisation",
            len(belonging(dataset, "organisation", "cluster_id", key)), translator,
        ),
        _projects(belonging(dataset, "project", "cluster_id", key), translator),
        _count("sites", "count.site", len(_sites_with(dataset, "clusters", key)), translator,
               detail="card.from_projects"),
    ]  # fmt: skip


def lists_of_cluster(dataset: Dataset, cluster: Record, translator: Translator) -> Lists:
    """Return the members, projects, sites and road-map actions of a cluster."""
    key = cluster["id"]
    found = belonging(dataset, "organisation", "cluster_id", key)
    organisations = [one["id"] for one in found]
    return members.filled(
        translator,
        organisations_of_cluster=members.organisations(dataset, organisations, translator),
        summaries={},
        **_projects_sites_actions(dataset, "cluster", key, translator),
    )


def facts_of_direction(dataset: Dataset, direction: Record, translator: Translator) -> list[Fact]:
    """Return the facts about a direction of the concept."""
    key = direction["id"]
    return [
        _count("clusters", "count.cluster", len(belonging(dataset, "cluster", "direction_id", key)),
               translator),
        _projects(belonging(dataset, "project", "direction_id", key), translator),
        _count("sites", "count.site", len(_sites_with(dataset, "directions", key)), translator,
               detail="card.from_projects"),
        _count("actions", "count.action", len(belonging(dataset, "action", "direction_id", key)),
               translator, detail="list.roadmap.note"),
    ]  # fmt: skip


def lists_of_direction(dataset: Dataset, direction: Record, translator: Translator) -> Lists:
    """Return the clusters, projects, sites and road-map actions of a direction."""
    key = direction["id"]
    clusters = belonging(dataset, "cluster", "direction_id", key)
    return members.filled(
        translator,
        clusters=members.listed(dataset, clusters, "cluster", members.no_subline, translator),
        summaries={},
        **_projects_sites_actions(dataset, "direction", key, translator),
    )


def _projects_sites_actions(
    dataset: Dataset, group: str, key: str, translator: Translator
) -> dict[str, members.Items]:
    projects = members.by_status(belonging(dataset, "project", f"{group}_id", key))
    sites = _sites_with(dataset, f"{group}s", key)
    actions = belonging(dataset, "action", f"{group}_id", key)
    return {
        "projects_of_group": members.listed(
            dataset, projects, "project", sublines.of_project, translator
        ),
        "sites_of_group": members.listed(dataset, sites, "site", sublines.of_site, translator),
        "roadmap": members.listed(dataset, actions, "action", sublines.of_action, translator),
    }


def _sites_of_park(dataset: Dataset, park: Record) -> list[Record]:
    return belonging(dataset, "site", "park_id", park["id"])


def _projects_of(dataset: Dataset, sites: Sequence[Record]) -> list[Record]:
    return belonging(dataset, "project", "site_id", *(site["id"] for site in sites))


def _sites_with(dataset: Dataset, facet: str, key: str) -> list[Record]:
    facets, known = facets_of_sites(dataset), records(dataset, "site")
    return [site for own_id, site in known.items() if key in facets[own_id][facet]]


def _union(tuples: Iterable[Sequence[str]]) -> tuple[str, ...]:
    return tuple(sorted({one for found in tuples for one in found}))


def _by_site(
    key: str,
    label: str,
    sites: Sequence[Record],
    column: str,
    say: Callable[[Any], str],
    translator: Translator,
) -> Fact:
    """Return a measure of each site: sums of areas and money that overlap would mean nothing."""
    if all(is_missing(site[column]) for site in sites):
        return fact(key, label, None, translator)
    value = "; ".join(f"{translator.pick(s, 'name')}: {say(s[column])}" for s in sites)
    detail = translator.t("object.not_added") if len(sites) > 1 else ""
    return Fact(key, label, value, sourced=False, detail=detail)


def _count(
    key: str, message: str, number: int, translator: Translator, *, detail: str = ""
) -> Fact:
    label = translator.t(f"fact.{key}")
    if not number:
        none = translator.t("fact.projects.none")
        return Fact(key, label, none, missing=True, sourced=False)
    return Fact(
        key,
        label,
        capitalised(translator.plural(message, number)),
        sourced=False,
        detail=translator.t(detail) if detail else "",
    )


def _projects(projects: Sequence[Record], translator: Translator) -> Fact:
    if not projects:
        return _count("projects_in_set", "count.project", 0, translator)
    value = translator.t(
        "fact.projects.counts",
        n=translator.number(len(projects)),
        statuses=status_counts(projects, translator),
    )
    return Fact("projects_in_set", translator.t("fact.projects_in_set"), value, sourced=False)
