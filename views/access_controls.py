"""The controls of the Access page. The link is the only state: they show it and write it."""

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from geo.access import Place
from layers.access_link import MODES, MOST_BESIDE, AccessLink, position, read_link
from layers.access_words import place_name
from layers.locale import Translator

_BAD = "access-at-bad"


def link() -> AccessLink:
    """Return what the address asks."""
    return read_link({key: st.query_params.get_all(key) for key in st.query_params})


def go(wanted: AccessLink) -> None:
    """Make an address of a question; the language stays."""
    st.session_state[_BAD] = None
    lang = st.query_params.get_all("lang")
    st.query_params.from_dict({**wanted.to_params(), **({"lang": lang} if lang else {})})


def choose(
    asked: AccessLink, places: Mapping[str, Place], named: str, translator: Translator
) -> None:
    """Draw the choice of place, of sites beside it, and of mode.

    Parameters
    ----------
    asked
        What the controls show; its `place` and `snapshot` are those in use.
    places
        The sites that are offered, by id.
    named
        What the place in use is called, where it is none of them.
    """
    t = translator.t
    names = {site_id: place_name(place, translator) for site_id, place in places.items()}
    names.setdefault(asked.place, named)
    with st.container(horizontal=True, vertical_alignment="bottom", key="access-choice"):
        st.session_state["access-site"] = asked.place
        st.selectbox(
            t("access.site"),
            [*places, *([] if asked.place in places else [asked.place])],
            format_func=lambda one: names[one],
            key="access-site",
            placeholder=t("access.choose"),
            on_change=_put_site,
            args=(asked,),
        )
        st.session_state["access-beside"] = list(asked.beside)
        st.multiselect(
            t("access.beside"),
            [one for one in places if one != asked.place],
            format_func=lambda one: names[one],
            key="access-beside",
            max_selections=MOST_BESIDE,
            placeholder=t("access.beside.none"),
            on_change=_put_beside,
            args=(asked,),
        )
        st.session_state["access-mode"] = asked.mode
        st.selectbox(
            t("access.mode"),
            MODES,
            format_func=lambda one: t(f"access.mode.{one}"),
            key="access-mode",
            placeholder=t("access.choose"),
            on_change=_put_mode,
            args=(asked,),
        )
        st.session_state["access-at"] = (
            st.session_state.get(_BAD) or (asked.place if asked.is_position else "")
        ).replace(",", ", ")
        st.text_input(
            t("access.at"),
            key="access-at",
            placeholder=t("access.at.example"),
            max_chars=60,
            on_change=_put_position,
            args=(asked,),
        )


def unreadable() -> str:
    """Return what was typed for a position and is none; empty otherwise."""
    return str(st.session_state.get(_BAD) or "")


def _put_site(asked: AccessLink) -> None:
    go(asked.with_place(st.session_state["access-site"]))


def _put_beside(asked: AccessLink) -> None:
    go(replace(asked, beside=tuple(st.session_state["access-beside"])))


def _put_mode(asked: AccessLink) -> None:
    go(replace(asked, mode=st.session_state["access-mode"]))


def _put_position(asked: AccessLink) -> None:
    typed = st.session_state["access-at"]
    found = position(typed)
    if found:
        go(replace(asked, place=found))
    else:
        st.session_state[_BAD] = typed.strip()
