"""The calculator of 11.3.1. The link is the only state: its fields show it and write it."""

from collections.abc import Callable
from dataclasses import replace

import streamlit as st
from markupsafe import Markup

from geo.errors import IndicatorError
from geo.indicators import lcrpgr
from layers.indicator_link import IndicatorLink, typed_number, written
from layers.indicator_report import rates_table
from layers.locale import Translator
from views import markup
from views.tables import Column, table

Go = Callable[[IndicatorLink], None]
_FIELDS = ("built1", "built2", "people1", "people2", "years")
_UNREAD = "indicator-unread"
"""What was typed into a field and is no number, by field; it stays there until it is one."""

_SHOWN = 40


def draw_calculator(asked: IndicatorLink, translator: Translator, *, go: Go) -> None:
    """Draw the fields and what comes of them; `go` is called with the link of other numbers."""
    t = translator.t
    markup.add(
        Markup(
            '<section id="calculator" class="part"><h3>{}</h3><p class="lead">{}</p></section>'
        ).format(t("indicator.calc"), t("indicator.calc.text"))
    )
    given = dict(zip(_FIELDS, (*asked.built, *asked.people, asked.years), strict=True))
    unread: dict[str, str] = st.session_state.get(_UNREAD, {})
    # Fields of text: those of numbers refuse in English, whatever the language of the page.
    with st.container(horizontal=True, vertical_alignment="bottom", key="indicator-calc"):
        for name, value in given.items():
            st.session_state[_key(name)] = unread.get(name, written(value))
            st.text_input(
                t(f"indicator.calc.{name}"),
                key=_key(name),
                on_change=_follow,
                args=(asked, name, go),
            )
    said = (
        (t("indicator.calc.unread", field=t(f"indicator.calc.{name}"), value=value[:_SHOWN]),)
        for name, value in unread.items()
    )
    markup.add(markup.each('<p class="missing" role="alert"><bdi>{}</bdi></p>', said))
    markup.add(result(asked, translator))


def result(asked: IndicatorLink, translator: Translator) -> Markup:
    """Return all that 11.3.1 is made of and the quadrant in words, or why there is none."""
    t = translator.t
    try:
        found = lcrpgr(asked.built, asked.people, asked.years)
    except IndicatorError:
        positive = min(*asked.built, *asked.people, asked.years) > 0
        reason = t("indicator.calc.endless" if positive else "indicator.calc.refused")
        return Markup('<p class="missing" role="alert">{}</p>').format(reason)
    columns = (
        Column(t("indicator.column.measure"), "wide"),
        Column(t("indicator.column.value"), "number"),
    )
    return Markup(
        '<p class="shown" role="status">{}</p>{}<p class="aside">{}</p><p class="aside">{} {}</p>'
    ).format(
        t(f"indicator.reading.{found.reading}"),
        table(t("indicator.calc"), columns, rates_table(found, translator), css="stack"),
        t("indicator.calc.rule"),
        t("indicator.calc.own"),
        t("indicator.estimate"),
    )


def _follow(asked: IndicatorLink, name: str, go: Go) -> None:
    typed = str(st.session_state[_key(name)])
    number = typed_number(typed)
    unread: dict[str, str] = dict(st.session_state.get(_UNREAD, {}))
    unread.pop(name, None)
    if number is None:
        st.session_state[_UNREAD] = {**unread, name: typed}
        return
    st.session_state[_UNREAD] = unread
    given = dict(zip(_FIELDS, (*asked.built, *asked.people, asked.years), strict=True))
    built1, built2, people1, people2, years = {**given, name: number}.values()
    go(replace(asked, built=(built1, built2), people=(people1, people2), years=years))


def _key(name: str) -> str:
    return f"indicator-{name}"
