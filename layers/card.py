"""The detail panel of one object: everything that is known of it, in words, with its sources.

The card is plain data for JSON. It holds text only; whoever draws it must not read it as markup.
"""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlsplit

from geo import settings
from geo.dataset import Dataset
from geo.domains import DERIVED_OUTLINES
from geo.errors import GeoError
from geo.quality import website
from layers import facts, members, status
from layers.locale import Translator, is_missing
from layers.style import BY_PARK

Record = Mapping[Any, Any]

PRECISE_M = 100
"""Up to this accuracy a point stands at the right building; beyond it, it is a guess."""

_VAGUE = {"street", "settlement", *DERIVED_OUTLINES}
_DATE_IN_ADDRESS = (
    re.compile(r"/(20[0-3]\d)[/-](0[1-9]|1[0-2])[/-](0[1-9]|[12]\d|3[01])(?!\d)"),
    re.compile(r"/(20[0-3]\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)"),
    re.compile(r"/(20[0-3]\d)/(0[1-9]|1[0-2])/"),
    re.compile(r"/(20[0-3]\d)/"),
)


class UnknownObjectError(GeoError, KeyError):
    """No site, project or organisation with this id."""


def card(
    dataset: Dataset, object_id: str, translator: Translator, *, origin: str = ""
) -> dict[str, Any]:
    """Return what the panel shows of a site, project or organisation.

    Parameters
    ----------
    dataset, object_id, translator
        Whose card, in which language.
    origin
        Scheme and host to put before the object's address where it leaves the page (in the
        report of a mistake), such as "https://atlas.example".

    Returns
    -------
    dict
        id, type (site, project, organisation), park (None without a site), letter (of a site),
        kicker, title, place, facts, lists, note, sources, sources_note, links, translated.

    Raises
    ------
    UnknownObjectError
        If no object has this id.
    """
    kind, record = _find(dataset, object_id)
    title = str(translator.pick(record, "name"))
    park = _park(dataset, kind, record)
    found = {"site": facts.of_site, "project": facts.of_project}.get(kind, facts.of_organisation)
    lists = {"site": members.of_site, "project": members.of_project}.get(
        kind, members.of_organisation
    )(dataset, record, translator)
    sources = _sources(record, translator)
    return {
        "id": object_id,
        "type": kind,
        "park": park,
        "letter": BY_PARK[park].letter(translator.lang) if park and kind == "site" else None,
        "kicker": _kicker(dataset, kind, record, translator),
        "title": title,
        "place": _place(record, translator),
        "facts": [
            _row(fact, record, sources, translator) for fact in found(dataset, record, translator)
        ],
        "lists": lists,
        "note": translator.pick(record, "note") if "note_ru" in record else None,
        "sources": sources,
        "sources_note": translator.t("card.sources.whole") if len(sources) > 1 else "",
        "links": _links(kind, record, title, translator, origin),
        "translated": any(item["translated"] for one in lists for item in one["items"]),
    }


def _find(dataset: Dataset, object_id: str) -> tuple[str, Record]:
    tables = {
        "site": dataset.sites,
        "project": dataset.projects,
        "organisation": dataset.organisations,
    }
    for kind, table in tables.items():
        if object_id in table.index:
            return kind, {"id": object_id, **table.loc[object_id].to_dict()}
    raise UnknownObjectError(object_id)


def _park(dataset: Dataset, kind: str, record: Record) -> str | None:
    if kind == "site":
        return str(record["park_type"])
    if kind == "project" and not is_missing(record["site_id"]):
        return str(dataset.sites.loc[record["site_id"], "park_type"])
    return None


def _kicker(dataset: Dataset, kind: str, record: Record, translator: Translator) -> str:
    t = translator.t
    if kind == "site":
        name, word = t(f"park.{record['park_type']}.full"), status.of_site(record, translator)
    elif kind == "project":
        name, word = t(f"kind.{record['kind']}.full"), status.of_project(record, translator)
    else:
        return t(f"organisation.{record['kind']}")
    state = status.at_its_time(dataset, record, word, translator)
    return t("card.kicker", kind=name, status=state)


def _place(record: Record, translator: Translator) -> dict[str, Any]:
    method, accuracy_m = str(record["geometry_method"]), record["position_accuracy_m"]
    guess = method in _VAGUE or is_missing(accuracy_m) or accuracy_m > PRECISE_M
    accuracy = translator.distance(accuracy_m)
    if method == "unknown":
        guess, precision = False, translator.t("card.place.unknown")
    elif method == "position_of_site":
        guess, precision = True, translator.t("card.place.of_site", accuracy=accuracy)
    elif is_missing(accuracy_m):
        precision = translator.t("card.place.guess.unstated")
    elif guess:
        precision = translator.t("card.place.guess", accuracy=accuracy)
    else:
        precision = translator.t("card.place.precise", accuracy=accuracy)
    return {
        "text": _address(record, translator),
        "precision": precision,
        "placed": method != "unknown",
        "guess": guess,
        "method": translator.t(f"method.{method}.explain"),
        "basis": translator.pick(record, "position_basis") or "",
    }


def _address(record: Record, translator: Translator) -> str:
    address = translator.pick(record, "address") or ""
    town = translator.pick(record, "municipality") if "municipality_ru" in record else None
    parts = [address, town if town and town not in address else ""]
    return facts.capitalised(", ".join(part for part in parts if part))


def _sources(record: Record, translator: Translator) -> list[dict[str, Any]]:
    return [
        {"n": n, "url": url, "label": _label(url, translator)}
        for n, url in enumerate(filter(_is_web, record["source_urls"]), start=1)
    ]


def _is_web(url: str) -> bool:
    return urlsplit(url).scheme in ("http", "https") and bool(website(url))


def _label(url: str, translator: Translator) -> str:
    for pattern in _DATE_IN_ADDRESS:
        if found := pattern.search(urlsplit(url).path):
            date = translator.date("-".join(found.groups()))
            return translator.t("card.source", host=website(url), date=date)
    return website(url)


def _row(
    fact: facts.Fact, record: Record, sources: list[dict[str, Any]], translator: Translator
) -> dict[str, Any]:
    sourced = fact.sourced and not fact.missing
    dated = sourced and not is_missing(record["as_of"])
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
    kind: str, record: Record, title: str, translator: Translator, origin: str
) -> dict[str, str]:
    own = f"/object?id={quote(str(record['id']))}"
    layer = record["park_type"] if kind == "site" else f"{kind}s"
    return {
        "object": own,
        "report": settings.current().report_link(
            object_id=str(record["id"]),
            title=translator.t("card.report.title", name=title),
            link=f"{origin}{own}",
        ),
        "json": f"/layers/{layer}.geojson",
    }
