"""What an object is part of, as lists of links: park, site, cluster, direction, settlement."""

from collections.abc import Mapping, Sequence
from typing import Any

from geo.dataset import Dataset
from geo.nearest import settlement_of
from layers import members, objects, sublines
from layers.distances import between
from layers.facts import facets_of_sites, ids_of
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

    town, inside = _settlement(dataset, ref, record, translator)
    return members.filled(
        translator,
        # The site of a project is a member of its own card.
        site=named("site", ids_of(record.get("site_id"))) if ref.kind == "action" else [],
        park=named("park", _park(dataset, ref, record)),
        cluster=named("cluster", ids("cluster_id", "clusters")),
        direction=named("direction", ids("direction_id", "directions")),
        settlement=[] if inside else town,
        settlement_stated=town if inside else [],
    )


def alike(
    dataset: Dataset, ref: objects.Ref, record: Record, translator: Translator
) -> list[dict[str, Any]]:
    """Return the other objects of the same kind, where few things lead from one to another.

    That is: sites of other parks of the kind, settlements, and organisations of the kind of one
    that no project names.
    """
    match ref.kind:
        case "site":
            found = objects.belonging(dataset, "site", "park_type", record["park_type"])
            found = [one for one in found if one["park_id"] != record["park_id"]]
        case "organisation":
            if objects.belonging(dataset, "project", "organisation_ids", ref.id):
                return []
            found = objects.belonging(dataset, "organisation", "kind", record["kind"])
        case "settlement":
            found = list(objects.records(dataset, "settlement").values())
        case _:
            return []
    subline = sublines.of_site if ref.kind == "site" else members.no_subline
    others = [one for one in found if one["id"] != ref.id]
    return members.filled(
        translator, alike=members.listed(dataset, others, ref.kind, subline, translator)
    )


def _row(dataset: Dataset, ref: objects.Ref) -> Record | None:
    """Return the row of a site in the one list, whose clusters and directions are complete."""
    if ref.kind != "site":
        return None
    return facets_of_sites(dataset)[ref.id]


def _park(dataset: Dataset, ref: objects.Ref, record: Record) -> tuple[str, ...]:
    """Return the park that a site or the site of a project is a part of, if it is another page."""
    site = ref.id if ref.kind == "site" else next(iter(ids_of(record.get("site_id"))), None)
    if site is None:
        return ()
    park = str(objects.records(dataset, "site")[site]["park_id"])
    return () if park in objects.single_parks(dataset) else (park,)


def _settlement(
    dataset: Dataset, ref: objects.Ref, record: Record, translator: Translator
) -> tuple[members.Items, bool]:
    """Return the nearest settlement, and whether the object is stated to lie in it.

    Distances are to the middle of a settlement, so they tell nothing of what lies inside it.
    """
    layer = objects.TABLES[ref.kind]
    if layer not in ("sites", "projects", "organisations"):
        return [], False
    town = settlement_of(dataset, layer).get(ref.id)
    if town is None:
        return [], False

    def far(_: Dataset, __: Record, translator: Translator) -> str:
        return translator.t("list.settlement.centre", distance=between(town, translator))

    frame = dataset.settlements.loc[[town.id]]
    inside = _stated(dataset, record, str(frame["name_ru"].iloc[0]))
    return members.items(dataset, frame, "settlement", far, translator), inside


def _stated(dataset: Dataset, record: Record, town: str) -> bool:
    """Tell whether the municipality or the end of the address of an object is a settlement."""
    if record.get("geometry_method") == "position_of_site":
        record = dataset.sites.loc[record["site_id"]].to_dict()
    fields = (record.get(field) for field in ("municipality_ru", "address_ru"))
    said = (text.rpartition(", ")[2] for text in fields if isinstance(text, str))
    return town in {text.removeprefix("город ") for text in said}
