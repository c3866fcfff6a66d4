"""What an object is part of, as lists of links: park, site, cluster, direction, settlement."""

from collections.abc import Mapping, Sequence
from typing import Any

from geo.dataset import Dataset
from geo.nearest import settlement_of
from layers import members, objects, sublines
from layers.distances import between
from layers.facts import ids_of
from layers.locale import Translator

Record = Mapping[Any, Any]


def relations(
    dataset: Dataset, ref: objects.Ref, record: Record, translator: Translator
) -> list[dict[str, Any]]:
    """Return the lists of what an object belongs to, the smallest first.

    Clusters and directions of a site are its own and those of its projects, as in the filters.
    """
    row = _row(dataset, ref)

    def ids(field: str, facet: str) -> Sequence[str]:
        return row[facet] if row is not None else ids_of(record.get(field))

    def named(kind: str, found: Sequence[str]) -> members.Items:
        if not found:
            return []
        frame = objects.table(dataset, kind)
        frame = frame.loc[frame.index.isin(list(found))]
        subline = sublines.of_site if kind == "site" else members.no_subline
        return members.items(dataset, frame, kind, subline, translator)

    return members.filled(
        translator,
        # The site of a project is a member of its own card.
        site=named("site", ids_of(record.get("site_id"))) if ref.kind == "action" else [],
        park=named("park", _park(dataset, ref, record)),
        cluster=named("cluster", ids("cluster_id", "clusters")),
        direction=named("direction", ids("direction_id", "directions")),
        settlement=_settlement(dataset, ref, translator),
    )


def alike(
    dataset: Dataset, ref: objects.Ref, record: Record, translator: Translator
) -> list[dict[str, Any]]:
    """Return the other objects of the same kind, where few things lead from one to another.

    That is: sites of other parks of the kind, settlements, and organisations of the kind of one
    that no project names.
    """
    frame = objects.table(dataset, ref.kind)
    match ref.kind:
        case "site":
            other = frame["park_id"] != record["park_id"]
            frame = frame[(frame["park_type"] == record["park_type"]) & other]
        case "organisation":
            named = {one for ids in dataset.projects["organisation_ids"] for one in ids}
            frame = frame[(frame["kind"] == record["kind"]) & (ref.id not in named)]
        case "settlement":
            pass
        case _:
            return []
    subline = sublines.of_site if ref.kind == "site" else members.no_subline
    found = frame[frame.index != ref.id]
    return members.filled(
        translator, alike=members.items(dataset, found, ref.kind, subline, translator)
    )


def _row(dataset: Dataset, ref: objects.Ref) -> Record | None:
    """Return the row of a site in the one list, whose clusters and directions are complete."""
    if ref.kind != "site":
        return None
    rows = dataset.rows
    row = rows[(rows["row_type"] == "site") & (rows["id"] == ref.id)].iloc[0]
    return dict(row.to_dict())


def _park(dataset: Dataset, ref: objects.Ref, record: Record) -> tuple[str, ...]:
    """Return the park that a site or the site of a project is a part of, if it is another page."""
    site = ref.id if ref.kind == "site" else next(iter(ids_of(record.get("site_id"))), None)
    if site is None:
        return ()
    park = str(dataset.sites.loc[site, "park_id"])
    return () if park in objects.single_parks(dataset) else (park,)


def _settlement(dataset: Dataset, ref: objects.Ref, translator: Translator) -> members.Items:
    layer = objects.TABLES[ref.kind]
    if layer not in ("sites", "projects", "organisations"):
        return []
    town = settlement_of(dataset, layer).get(ref.id)
    if town is None:
        return []

    def far(_: Dataset, __: Record, translator: Translator) -> str:
        return between(town, translator)

    frame = dataset.settlements.loc[[town.id]]
    return members.items(dataset, frame, "settlement", far, translator)
