"""The numbers of access on the sheet of a site, in words; or why there are none."""

import math
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from geo import snapshot as snapshots
from geo.access import kept
from geo.access.sheets import MODES, Sheet
from geo.errors import SnapshotError
from geo.indicators.estimate import Interval
from layers.access_words import (
    count_text,
    doubt_texts,
    kind_name,
    kind_order,
    lost_positions,
    nearest_name,
    refusal_text,
    stops_text,
    ways_texts,
)
from layers.facts import Fact
from layers.locale import Translator, is_missing
from layers.snapshot_words import broken_files

Record = Mapping[Any, Any]
_COUNTED = ("people", "buildings")
_ON_CARD = 15
"""Minutes on foot of the one line in a card."""


def access_part(site: Record, translator: Translator) -> dict[str, Any]:
    """Return what the sheet of a site says of access.

    Returns
    -------
    dict
        `state` (ready, preparing, outside, failed or unplaced), `says` (sentences why there are
        no numbers), `links` (`text`, `address`), `counted` (heads of the columns), `reach` (a group
        by mode: `mode`, `rows` of minutes and texts, `refused`), `modes` (heads), `nearest`
        (`kind`, `name`, and `ways`: a list of texts by mode), `stops` and `rests` (sentences), and
        for programs `numbers`.
    """
    unplaced = site["geometry"] is None or is_missing(site["geometry"])
    found = kept.Found("outside") if unplaced else kept.shared().of(str(site["id"]))
    part: dict[str, Any] = {
        "state": "unplaced" if unplaced else found.state,
        "says": [],
        "links": [],
        "numbers": found.sheet,
    }
    if found.sheet is not None:
        return {**part, **in_words(found.sheet, str(site["id"]), translator)}
    part["says"].append(translator.t(f"object.access.{part['state']}"))
    if found.faulty is not None:
        part["says"].append(broken_files(found.faulty, translator))
    if part["state"] == "outside":
        part["says"].append(translator.t("object.access.how"))
        part["links"] = _example(translator)
    return part


def in_words(sheet: Sheet, site_id: str, translator: Translator) -> dict[str, Any]:
    """Return the numbers of a sheet in words, as `access_part` describes them."""
    t = translator.t
    measured: dict[str, Any] = {mode: sheet[mode] for mode in MODES if "refused" not in sheet[mode]}
    counted = [one for one in _COUNTED if any(one in m["reach"] for m in measured.values())]
    return {
        "says": [t("access.estimate"), _source(sheet, translator)],
        "links": [_link(t("object.access.compare"), translator, site=site_id)],
        "counted": [t(f"access.of.{one}") for one in counted],
        "reach": [_group(sheet, mode, counted, translator) for mode in MODES],
        "modes": [t(f"access.mode.{mode}") for mode in measured],
        "nearest": _nearest(measured, translator),
        "stops": _stops(measured, translator),
        "rests": _rests(sheet, measured, translator),
    }


def reach_facts(site_id: str, translator: Translator) -> list[Fact]:
    """Return who gets to a site on foot in a quarter of an hour, for its card.

    No fact where that was not computed: the sheet of the site says why.
    """
    sheet = kept.shared().of(site_id).sheet
    reach = {} if sheet is None else sheet["walk"].get("reach", {})
    counts = [
        translator.t(f"access.count.{one}", n=count_text(row["low"], row["high"], translator))
        for one in _COUNTED
        for row in reach.get(one, ())
        if row["minutes"] == _ON_CARD
    ]
    if sheet is None or not counts:
        return []
    label = translator.t("fact.reach", n=_ON_CARD)
    detail = f"{translator.t('access.estimate')} {_source(sheet, translator)}"
    return [Fact("reach", label, ", ".join(counts), sourced=False, detail=detail)]


def _group(sheet: Sheet, mode: str, counted: list[str], translator: Translator) -> dict[str, Any]:
    t, found = translator.t, sheet[mode]
    group: dict[str, Any] = {"mode": t(f"access.mode.{mode}"), "rows": [], "refused": ""}
    if "refused" in found:
        reason = refusal_text(found["refused"], translator)
        group["refused"] = t("object.access.mode_refused", reason=reason)
        return group
    curves = [found["reach"][one] for one in counted]
    for rows in zip(*curves, strict=True):
        texts = [count_text(row["low"], row["high"], translator) for row in rows]
        group["rows"].append([t("access.minutes", n=rows[0]["minutes"]), *texts])
    return group


def _nearest(measured: Mapping[str, Any], translator: Translator) -> list[dict[str, Any]]:
    kinds = sorted({kind for m in measured.values() for kind in m["nearest"]}, key=kind_order)
    rows = []
    for kind in kinds:
        of_modes = [m["nearest"][kind] for m in measured.values()]
        names = {nearest_name(one, one["certain"], translator): None for one in of_modes}
        ways = [
            ways_texts(_interval(one["minutes"]), _interval(one["minutes_back"]), translator)
            for one in of_modes
        ]
        rows.append({"kind": kind_name(kind, translator), "name": " / ".join(names), "ways": ways})
    return rows


def _stops(measured: Mapping[str, Any], translator: Translator) -> str:
    stops = measured.get("walk", {}).get("stops_within_500_m")
    if stops is None:
        return ""
    points = measured["walk"]["stop_points_within_500_m"]
    return stops_text(Interval(**stops), Interval(**points), translator)


def _rests(sheet: Sheet, measured: Mapping[str, Any], translator: Translator) -> list[str]:
    t, number = translator.t, translator.number
    said = []
    for mode, found in measured.items():
        position, speed = found["position"], found["assumptions"]
        words = {
            "n": number(position["candidates"]),
            "used": number(position["candidates_near_a_street"]),
        }
        said.append(t(f"access.basis.{position['basis']}", **words))
        near = position["candidates_near_a_street"]
        said += lost_positions(position["candidates"], near, translator)
        stated = number(speed["streets_with_stated_limit"])
        said.append(
            t("access.speed.walk", kmh=number(speed["walk_m_s"] * 3.6))
            if mode == "walk"
            else t("access.speed.drive", stated=stated, all=number(speed["streets"]))
        )
        far = found["share_over_200_m_from_a_street"]
        said += doubt_texts(found["doubts"], far, translator)
        said += [
            t("access.not_computed", what=t(f"access.layer.{text.partition(':')[0]}"))
            for text in found["not_computed"]
        ]
    accuracies = [found["position"]["accuracy_m"] or 0 for found in measured.values()]
    if max(accuracies, default=0) > sheet["edge_km"] * 1000:
        said.append(t("access.beyond_edge"))
    said += [
        t("access.direction"),
        t("access.edge", far=translator.length(sheet["edge_km"] * 1000)),
    ]
    return list(dict.fromkeys(filter(None, said)))


def _source(sheet: Sheet, translator: Translator) -> str:
    about, lang = sheet["snapshot"], translator.lang
    source = translator.t(
        "access.snapshot",
        title=about["title"][lang],
        date=translator.date(about["retrieved"]),
        attribution=about["attribution"][lang],
        licence=about["licence"],
    )
    return f"{source} {about['notice'][lang]}".strip()


def _interval(ends: Mapping[str, float | None]) -> Interval:
    """Return an interval of JSON, where null stands for no way."""
    low, high = (math.inf if ends[name] is None else float(ends[name] or 0) for name in ends)
    return Interval(low, high)


def _example(translator: Translator) -> list[dict[str, str]]:
    try:
        example = snapshots.shared().about.is_example
    except SnapshotError:
        return []
    return [_link(translator.t("object.access.example"), translator)] if example else []


def _link(text: str, translator: Translator, **params: str) -> dict[str, str]:
    return {"text": text, "address": f"/access?{urlencode({**params, 'lang': translator.lang})}"}
