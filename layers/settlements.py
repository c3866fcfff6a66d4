"""Settlements: facts, and what lies nearest to each of them."""

from collections.abc import Mapping
from typing import Any

from geo.dataset import Dataset
from geo.nearest import settlement_of
from layers import members, sublines
from layers.facts import Fact
from layers.locale import Translator
from layers.objects import records

Record = Mapping[Any, Any]


def facts_of_settlement(
    _dataset: Dataset, settlement: Record, translator: Translator
) -> list[Fact]:
    """Return the facts about a settlement: it is there for orientation, so they are few."""
    t = translator.t
    rank = int(settlement["rank"])
    return [
        Fact("kind", t("fact.kind"), t(f"settlement.rank.{rank}"), sourced=False),
        Fact("origin", t("fact.origin"), str(settlement["source"]), sourced=False),
        Fact("licence", t("sources.column.licence"), t(f"licence.{settlement['licence']}.short"),
             sourced=False),
    ]  # fmt: skip


def lists_of_settlement(
    dataset: Dataset, settlement: Record, translator: Translator
) -> list[dict[str, Any]]:
    """Return the sites, projects and organisations that lie nearer to it than to any other."""
    near = {
        layer: [
            own_id
            for own_id, town in settlement_of(dataset, layer).items()
            if town.id == settlement["id"]
        ]
        for layer in ("sites", "projects", "organisations")
    }
    projects = members.by_status(records(dataset, "project")[one] for one in near["projects"])
    lists = members.filled(
        translator,
        sites_nearest=members.items(
            dataset, dataset.sites.loc[near["sites"]], "site", sublines.of_site, translator
        ),
        projects_nearest=members.listed(
            dataset, projects, "project", sublines.of_project, translator
        ),
        organisations_nearest=members.organisations(dataset, near["organisations"], translator),
    )
    return [{**one, "note": translator.t("list.nearest.note")} for one in lists]
