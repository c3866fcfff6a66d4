"""The answer for one place: map, slider and curve in one component; tables, assumptions, files."""

import json
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import streamlit as st
from markupsafe import Markup

from geo.access import (
    Access,
    Prepared,
    at_minutes,
    content_of,
)
from geo.export import FORMATS, bundle, to_bytes
from layers.access_ground import position_at
from layers.access_link import COUNTED, LEAST_MINUTES, AccessLink
from layers.access_map import drawn, key
from layers.access_words import place_name
from layers.locale import Translator
from views import markup
from views.access_tables import assumptions, compare_table, nearest_table, reach_table
from views.linked import component

_KEY = "access-view"
_view = component("atlas_access", "access/index.js")
_TEXTS = (
    *("map", "keys", "zoom_in", "zoom_out", "all", "minutes", "here", "place", "counted", "ring"),
    *("curve.people", "curve.buildings", "share", "between", "not_reached", "left_out"),
    *("equity", "equity.text", "equity.new", "uncertain", "gain", "gain.of"),
    *("any", "compare", "add", "remove"),
    *(f"legend.{part}" for part in ("high", "low", "stop", "poi", "site", "union")),
)
Go = Callable[[AccessLink], None]


def draw_result(
    asked: AccessLink, prepared: tuple[Prepared, ...], translator: Translator, *, go: Go
) -> None:
    """Draw the answer; `go` is called with the link that the viewer's next step asks for."""
    t, answers = translator.t, [one.answer for one in prepared]
    answer = answers[0]
    step, shown = _step() or {}, key(answers, translator)
    told: dict[str, Any] = {
        "key": shown,
        "n": step.get("n"),
        "minutes": asked.minutes,
        "of": asked.of if asked.of in answer.reach else next(iter(answer.reach), ""),
    }
    if step.get("key") != shown:  # what the script holds already stays at home
        told.update(drawn(prepared, translator))
        told.update(lang=translator.lang, words=words(answer, translator), least=LEAST_MINUTES)
    _view(
        key=_KEY,
        data=json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode(),
        on_step_change=partial(_follow, asked, answer, go),
    )
    name = place_name(answer.place, translator)
    whose = Markup(": <bdi>{}</bdi>").format(name) if len(answers) > 1 else ""
    markup.add(
        compare_table(answers, told["of"], translator),
        Markup('<section id="reach"><h2>{}{}</h2>{}</section>').format(
            t("access.reach"), whose, reach_table(answer, translator)
        ),
        Markup('<section id="nearest"><h2>{}{}</h2>{}</section>').format(
            t("access.nearest"), whose, nearest_table(answer, translator)
        ),
        assumptions(answer, translator),
    )
    _files(asked, answers, translator)


def words(answer: Access, translator: Translator) -> dict[str, Any]:
    """Return the texts of the script; it fills the placeholders itself."""
    blank = {name: f"{{{name}}}" for name in ("n", "low", "high", "share", "what", "mode", "name")}
    return {
        **{name: translator.t(f"access.ui.{name}", **blank) for name in _TEXTS},
        "estimate": translator.t("access.estimate"),
        "mode": translator.t(f"access.mode.{answer.network.mode}.by"),
        "of": {one: translator.t(f"access.of.{one}") for one in COUNTED if one in answer.reach},
    }


def _files(asked: AccessLink, answers: list[Access], translator: Translator) -> None:
    t = translator.t
    markup.add(
        Markup('<h2>{}</h2><p class="aside">{}</p>').format(
            t("access.export"), t("access.export.text", n=asked.minutes)
        )
    )
    stem = f"access-{answers[0].network.mode}-{asked.minutes}min"

    with st.container(horizontal=True, vertical_alignment="bottom", key="access-files"):
        chosen = st.selectbox(
            t("access.export.format"),
            list(FORMATS),
            format_func=lambda one: f"{t(f'ui.export.{one}')} — {t(f'ui.export.{one}.use')}",
            key="access-format",
            placeholder=t("access.choose"),
        )
        name = f"{stem}.{FORMATS[chosen].extension}"

        def made() -> Any:
            content = content_of(*(at_minutes(one, asked.minutes) for one in answers))
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
        wanted = wanted.with_place(str(step["site"]))
    if step.get("beside"):
        wanted = wanted.turned(str(step["beside"]))
    if step.get("minutes"):
        wanted = replace(wanted, minutes=int(step["minutes"]))
    if step.get("of") in COUNTED:
        wanted = replace(wanted, of=step["of"])
    go(wanted)
