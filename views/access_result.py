"""The answer for one place: map, slider and curve in one component; tables, assumptions, files."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

import streamlit as st
from markupsafe import Markup

from geo.access import (
    PREPARED,
    STOP,
    STOPS_WITHIN_M,
    Access,
    Place,
    Prepared,
    at_minutes,
    content_of,
)
from geo.export import FORMATS, bundle, to_bytes
from geo.network import WALK_M_S
from layers.access_link import COUNTED, LEAST_MINUTES, AccessLink
from layers.access_map import drawn, position_at
from layers.access_words import count_text, minutes_text
from layers.locale import Translator
from views import markup
from views.linked import component
from views.tables import Column, table

_KEY = "access-view"
_FIRST_KINDS = ("clinic", "hospital", "university", "railway_station", STOP, "school")
_view = component("atlas_access", "access/index.js")
Go = Callable[[AccessLink], None]


def draw_result(
    asked: AccessLink,
    prepared: Prepared,
    places: Mapping[str, Place],
    translator: Translator,
    *,
    go: Go,
) -> None:
    """Draw the answer; `go` is called with the link that the viewer's next step asks for."""
    t, answer = translator.t, prepared.answer
    told = {
        **drawn(prepared, dict(places), asked, translator),
        "lang": translator.lang,
        "words": words(answer, translator),
        "least": LEAST_MINUTES,
        "n": (_step() or {}).get("n"),
    }
    _view(
        key=_KEY,
        data=json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode(),
        on_step_change=partial(_follow, asked, answer, go),
    )
    markup.add(
        Markup('<section id="reach"><h2>{}</h2>{}</section>').format(
            t("access.reach"), reach_table(answer, translator)
        ),
        Markup('<section id="nearest"><h2>{}</h2>{}</section>').format(
            t("access.nearest"), nearest_table(answer, translator)
        ),
        assumptions(answer, translator),
    )
    _files(asked, answer, translator)


def words(answer: Access, translator: Translator) -> dict[str, Any]:
    """Return the texts of the script; it fills the placeholders itself."""
    names = (
        "map", "keys", "zoom_in", "zoom_out", "all", "minutes", "here", "ring", "uncertain",
        "curve.people", "curve.buildings", "share", "between", "not_reached", "equity", "equity.text",
        "counted", "legend.high", "legend.low", "legend.stop", "legend.poi", "legend.site", "left_out",
        "place",
    )  # fmt: skip
    blank = {name: f"{{{name}}}" for name in ("n", "low", "high", "share", "what", "mode")}
    return {
        **{name: translator.t(f"access.ui.{name}", **blank) for name in names},
        "estimate": translator.t("access.estimate"),
        "mode": translator.t(f"access.mode.{answer.network.mode}.by"),
        "of": {one: translator.t(f"access.of.{one}") for one in COUNTED if one in answer.reach},
    }


def reach_table(answer: Access, translator: Translator) -> Markup:
    """Return how much is reached at the minutes that are prepared."""
    t = translator.t
    if not answer.reach:
        return Markup('<p class="missing">{}</p>').format(t("access.not_computed.people"))
    columns = [Column(t("access.column.minutes"))]
    columns += [Column(t(f"access.of.{name}"), "number") for name in answer.reach]
    columns.append(Column(t("access.column.area"), "number"))
    areas = {
        (int(minutes), bound): shape.area / 1e6
        for minutes, bound, shape in zip(
            answer.ground["minutes"], answer.ground["bound"], answer.ground.geometry, strict=True
        )
    }

    def area(minutes: int) -> str:
        high = areas[minutes, "high"]
        ends = [translator.number(one, 2) for one in (areas.get((minutes, "low"), high), high)]
        low, high_text = ends
        return low if low == high_text else t("access.between", low=low, high=high_text)

    rows = [
        (
            t("access.minutes", n=minutes),
            *(
                count_text(*curve.loc[minutes, ["low", "high"]], translator)
                for curve in answer.reach.values()
            ),
            area(minutes),
        )
        for minutes in PREPARED
    ]
    return table(t("access.reach"), columns, rows, css="stack")


def nearest_table(answer: Access, translator: Translator) -> Markup:
    """Return the nearest of each kind with minutes, and the stops around."""
    t = translator.t
    kinds = sorted(answer.nearest, key=lambda kind: (_rank(kind), kind))
    rows = [
        (
            kind_name(kind, translator),
            Markup("<bdi>{}</bdi>").format(_name(answer, kind, translator)),
            minutes_text(answer.nearest[kind][1], translator),
        )
        for kind in kinds
    ]
    columns = [
        Column(t("access.column.kind")),
        Column(t("access.column.name"), "wide"),
        Column(t("access.column.minutes_to"), "number"),
    ]
    pieces = [
        table(t("access.nearest"), columns, rows, css="stack")
        if rows
        else Markup('<p class="missing">{}</p>').format(t("access.not_computed.nearest"))
    ]
    if answer.stops is not None:
        found = count_text(answer.stops.low, answer.stops.high, translator)
        within = translator.length(STOPS_WITHIN_M)
        pieces.append(
            Markup('<p class="aside">{}</p>').format(t("access.stops", n=found, within=within))
        )
    return Markup("").join(pieces)


def assumptions(answer: Access, translator: Translator) -> Markup:
    """Return on what the numbers rest, and what is not computed."""
    t, number, about = translator.t, translator.number, answer.snapshot.about
    network = answer.network
    said = [
        t(f"access.basis.{answer.basis}", n=number(answer.candidates), used=number(answer.used)),
        t("access.speed.walk", kmh=number(WALK_M_S * 3.6))
        if network.mode == "walk"
        else t(
            "access.speed.drive",
            stated=number(network.stated_limits),
            all=number(network.streets),
        ),
        t("access.main_part", share=translator.percent(network.main_share)),
        t(
            "access.snapshot",
            title=about.title_ru if translator.lang == "ru" else about.title_en,
            date=about.retrieved,
            attribution=about.attribution_ru if translator.lang == "ru" else about.attribution_en,
            licence=about.licence,
        ),
    ]
    said += [
        t("access.not_computed", what=t(f"access.layer.{text.partition(':')[0]}"))
        for text in answer.not_computed
    ]
    return Markup('<section id="method"><h2>{}</h2><ul class="points">{}</ul></section>').format(
        t("access.method"), markup.each("<li><bdi>{}</bdi></li>", ((one,) for one in said))
    )


def kind_name(kind: str, translator: Translator) -> str:
    """Return a kind of institution in words; one of a snapshot that has none, as it is written."""
    return (
        translator.t(f"access.kind.{kind}")
        if kind in (*_FIRST_KINDS, "marketplace")
        else kind.replace("_", " ")
    )


def _rank(kind: str) -> int:
    return _FIRST_KINDS.index(kind) if kind in _FIRST_KINDS else len(_FIRST_KINDS)


def _name(answer: Access, kind: str, translator: Translator) -> str:
    """Return the name of what is nearest, in the language of the viewer where it has one."""
    found = answer.nearest[kind][0]
    layer = answer.snapshot.layer("stops" if kind == STOP else "pois")
    same = layer[layer["name_ru"].astype(str) == found]
    name = str(same["name_en"].iloc[0]) if translator.lang == "en" and len(same) else found
    return name or translator.missing


def _files(asked: AccessLink, answer: Access, translator: Translator) -> None:
    t = translator.t
    markup.add(
        Markup('<h2>{}</h2><p class="aside">{}</p>').format(
            t("access.export"), t("access.export.text", n=asked.minutes)
        )
    )
    stem = f"access-{answer.network.mode}-{asked.minutes}min"

    with st.container(horizontal=True, vertical_alignment="bottom", key="access-files"):
        chosen = st.selectbox(
            t("access.export.format"),
            list(FORMATS),
            format_func=lambda one: f"{t(f'ui.export.{one}')} — {t(f'ui.export.{one}.use')}",
            key="access-format",
        )
        name = f"{stem}.{FORMATS[chosen].extension}"

        def made() -> Any:
            content = content_of(at_minutes(answer, asked.minutes))
            return to_bytes(content, chosen, name=name)

        # Made when it is asked for: most who look at a result take no file, or one.
        st.download_button(
            t("access.export.file"),
            lambda: made().content,
            file_name=name,
            mime=FORMATS[chosen].media_type,
            key="access-file",
            icon=":material/download:",
            on_click="ignore",
        )
        st.download_button(
            t("access.export.bundle"),
            lambda: bundle(made()),
            file_name=f"{name}.zip",
            mime="application/zip",
            key="access-bundle",
            icon=":material/folder_zip:",
            on_click="ignore",
        )


def _step() -> dict[str, Any] | None:
    """Return what the viewer did in the component, if that is what caused this run."""
    state = st.session_state.get(_KEY)
    step: dict[str, Any] | None = None if state is None else state.get("step")
    return step


def _follow(asked: AccessLink, answer: Access, go: Go) -> None:
    """Make the link of what was done: a place on the map, a site, minutes, what is counted."""
    step = _step() or {}
    wanted = asked
    if step.get("at"):
        east, south = (float(value) for value in step["at"])
        wanted = replace(wanted, place=position_at(answer.snapshot, east, south) or asked.place)
    if step.get("site"):
        wanted = replace(wanted, place=str(step["site"]))
    if step.get("minutes"):
        wanted = replace(wanted, minutes=int(step["minutes"]))
    if step.get("of") in COUNTED:
        wanted = replace(wanted, of=step["of"])
    go(wanted)
