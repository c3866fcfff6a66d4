"""The detail panel of one object: everything that is known of it, in words, with its sources.

The card is plain data for JSON. It holds text only; whoever draws it must not read it as markup.
"""

from collections.abc import Callable, Mapping
from typing import Any

from geo import settings
from geo.dataset import Dataset
from geo.own.conditions import is_own
from layers import actions, facts, groups, members, objects, settlements, status
from layers.access_sheet import reach_facts
from layers.citations import sources_of
from layers.facts import Fact
from layers.locale import Translator, is_missing
from layers.own_card import own_card
from layers.place import place_of
from layers.style import BY_PARK

Record = Mapping[Any, Any]

_FACTS: Mapping[str, Callable[[Dataset, Record, Translator], list[Fact]]] = {
    "site": facts.of_site,
    "project": facts.of_project,
    "park": groups.facts_of_park,
    "organisation": facts.of_organisation,
    "cluster": groups.facts_of_cluster,
    "direction": groups.facts_of_direction,
    "action": actions.facts_of_action,
    "settlement": settlements.facts_of_settlement,
}
_LISTS: Mapping[str, Callable[[Dataset, Record, Translator], list[dict[str, Any]]]] = {
    "site": members.of_site,
    "project": members.of_project,
    "park": groups.lists_of_park,
    "organisation": members.of_organisation,
    "cluster": groups.lists_of_cluster,
    "direction": groups.lists_of_direction,
    "settlement": settlements.lists_of_settlement,
}


def card(
    dataset: Dataset,
    object_id: str,
    translator: Translator,
    *,
    kind: str = "",
    origin: str = "",
) -> dict[str, Any]:
    """Return what is known of an object of any kind.

    Parameters
    ----------
    dataset, object_id, translator
        Whose card, in which language.
    kind
        Which object is meant where kinds share the id (see `layers.objects.find`).
    origin
        Scheme and host to put before the object's address where it leaves the page (in the
        report of a mistake), such as "https://atlas.example".

    Returns
    -------
    dict
        id, type (a key of `layers.objects.TABLES`, or own), park (None without one),
        letter (of a site), kicker, title, place, facts, lists, note, sources, sources_note,
        links, translated.

    Raises
    ------
    UnknownObjectError
        If no object has this id.
    """
    if is_own(object_id):
        return own_card(dataset, object_id, translator)
    ref = objects.find(dataset, object_id, kind)
    record = objects.record_of(dataset, ref)
    title = str(translator.pick(record, "name"))
    park = _park(dataset, ref.kind, record)
    told = _FACTS[ref.kind](dataset, record, translator)
    if ref.kind == "site":
        told += reach_facts(ref.id, translator)
    lists = _LISTS[ref.kind](dataset, record, translator) if ref.kind in _LISTS else []
    sources = sources_of(_cited(dataset, ref, record), translator)
    return {
        "id": ref.id,
        "type": ref.kind,
        "park": park,
        "letter": BY_PARK[park].letter(translator.lang) if park and ref.kind == "site" else None,
        "kicker": _kicker(dataset, ref.kind, record, translator),
        "title": title,
        "place": place_of(record, translator),
        "facts": [_row(fact, record, sources, translator) for fact in told],
        "lists": lists,
        "note": translator.pick(record, "note") if "note_ru" in record else None,
        "sources": sources,
        "sources_note": translator.t("card.sources.whole") if len(sources) > 1 else "",
        "links": _links(dataset, ref, title, translator, origin),
        "translated": any(item["translated"] for one in lists for item in one["items"]),
    }


def _cited(dataset: Dataset, ref: objects.Ref, record: Record) -> Record:
    """Return the record, a park's with the sources of its sites, as it has none of its own."""
    if ref.kind != "park":
        return record
    lists = dataset.sites.loc[dataset.sites["park_id"] == ref.id, "source_urls"]
    return {**record, "source_urls": tuple(dict.fromkeys(url for urls in lists for url in urls))}


def _park(dataset: Dataset, kind: str, record: Record) -> str | None:
    if kind in ("site", "park"):
        return str(record["park_type"])
    if kind == "project" and not is_missing(record["site_id"]):
        return str(dataset.sites.loc[record["site_id"], "park_type"])
    return None


def _kicker(dataset: Dataset, kind: str, record: Record, translator: Translator) -> str:
    t = translator.t
    match kind:
        case "site":
            name, word = t(f"park.{record['park_type']}.full"), status.of_site(record, translator)
        case "project":
            name, word = t(f"kind.{record['kind']}.full"), status.of_project(record, translator)
        case "action":
            name, word = t("type.action"), t(f"status.action.{record['status']}")
        case "park":
            return t(f"park.{record['park_type']}.full")
        case "organisation":
            return t(f"organisation.{record['kind']}")
        case _:
            return t(f"type.{kind}")
    state = status.at_its_time(dataset, record, word, translator)
    return t("card.kicker", kind=name, status=state)


def _row(
    fact: Fact, record: Record, sources: list[dict[str, Any]], translator: Translator
) -> dict[str, Any]:
    sourced = fact.sourced and not fact.missing
    dated = sourced and not is_missing(record.get("as_of"))
    return {
        "key": fact.key,
        "label": fact.label,
        "value": fact.value,
        "missing": fact.missing,
        "inferred": fact.inferred,
        "detail": fact.detail,
        "refs": [source["n"] for source in sources] if sourced else [],
        "as_of": translator.t("value.as_of", date=translator.date(record["as_of"]))
        if dated
        else (translator.t("value.undated") if sourced else ""),
    }


def _links(
    dataset: Dataset, ref: objects.Ref, title: str, translator: Translator, origin: str
) -> dict[str, str]:
    own = objects.address(dataset, ref)
    return {
        "object": objects.address(dataset, ref, translator.lang),
        "report": settings.current().report_link(
            object_id=ref.id,
            title=translator.t("card.report.title", name=title),
            link=f"{origin}{own}",
        ),
        "json": objects.address(dataset, ref, translator.lang, format="json"),
    }
