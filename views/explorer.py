"""The explorer in the page: the link is its only state, the script draws everything."""

import json
from functools import partial
from typing import Any
from urllib.parse import urlsplit

import streamlit as st

from geo.dataset import shared
from geo.query import Query, apply
from layers.assets import module_url
from layers.locale import Translator
from views.answer import build_answer

_KEY = "explorer"

# Several lines, as Streamlit takes a single one for the name of a file.
_SCRIPT = f"""
export default async function (component) {{
  const script = await import(new URL("{module_url("explorer/index.js")}", document.baseURI));
  return script.default(component);
}}
"""

_component = st.components.v2.component("atlas_explorer", js=_SCRIPT)


@st.fragment
def explorer(translator: Translator) -> None:
    """Answer the link, and follow what the viewer does in the explorer.

    A change there reruns this fragment alone; the component stays, and with it the map frame.
    """
    dataset = shared()
    edit = _edit()
    # After a change what was asked is read, not the link made of it: its notes belong on screen.
    asked = _link() if edit is None else edit["params"]
    query, notes = Query.from_params(asked, dataset)
    view = apply(query, dataset, lang=translator.lang)
    answer = build_answer(dataset, view, notes, translator, origin=_origin())
    if edit is not None:
        # By its number the script knows a late answer. What it holds already stays at home.
        answer["n"] = edit["n"]
        del answer["failure"]
        if query.selected == edit["card"]:
            del answer["card"]
    _component(
        key=_KEY,
        # As bytes: in its own JSON Streamlit writes each Cyrillic letter in six.
        data=json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode(),
        on_edit_change=partial(_follow, translator.lang),
    )


def _origin() -> str:
    parts = urlsplit(st.context.url or "")
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


def _link() -> dict[str, list[str]]:
    return {key: st.query_params.get_all(key) for key in st.query_params}


def _edit() -> dict[str, Any] | None:
    """Return the change that caused this run, None if there is none.

    `params` is the whole link wanted, `n` the number of the change, `card` the id of the card that
    the script shows.
    """
    state = st.session_state.get(_KEY)
    edit: dict[str, Any] | None = None if state is None else state.get("edit")
    return edit


def _follow(lang: str) -> None:
    edit = _edit()
    if edit is not None:
        query, _ = Query.from_params(edit["params"], shared())
        st.query_params.from_dict({**query.to_params(), "lang": lang})
