"""Road-map actions: facts. What they are tied to is in `layers.relations`."""

from collections.abc import Mapping
from typing import Any

from geo.dataset import Dataset
from layers import sublines
from layers.facts import Fact, capitalised, fact, ids_of, membership
from layers.locale import Translator, is_missing
from layers.status import dated

Record = Mapping[Any, Any]


def facts_of_action(dataset: Dataset, action: Record, translator: Translator) -> list[Fact]:
    """Return the facts about an action of the road map."""
    t = translator.t
    word = t(f"status.action.{action['status']}")
    return [
        fact("status", t("fact.status"), capitalised(dated(action, word, translator)), translator),
        fact("term", t("fact.term"), _term(action, translator), translator),
        fact("document", t("fact.document"), translator.pick(action, "document_type"), translator),
        fact("performer", t("fact.performer"), translator.pick(action, "performer"), translator),
        membership(dataset, "directions", ids_of(action["direction_id"]), translator),
        membership(dataset, "clusters", ids_of(action["cluster_id"]), translator),
    ]


def _term(action: Record, translator: Translator) -> str | None:
    """Return "2013–2017", or "4th quarter of 2015" where the source gives a quarter."""
    if is_missing(action["quarter"]) or is_missing(action["end_year"]):
        return sublines.years(action, translator)
    return translator.t(
        "fact.term.quarter",
        quarter=translator.number(action["quarter"], 0),
        year=translator.year(action["end_year"]),
    )
