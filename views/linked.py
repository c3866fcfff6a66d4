"""A component whose only state is the link: it asks for links, and is answered with what they show.

The script draws everything. A change there reruns this fragment alone; the component stays.
"""

import json
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any
from urllib.parse import urlsplit

import streamlit as st

from geo.dataset import shared
from geo.query import Query, apply
from layers.assets import module_url
from layers.locale import Translator
from views import own_session
from views.answer import build_answer

_UPLOAD_PAGE = "own.py"
"""As the router beside it knows the page."""

Component = Callable[..., Any]


def component(name: str, module: str) -> Component:
    """Return a component whose script is a module of the static folder, loaded as a file."""
    # Several lines, as Streamlit takes a single one for the name of a file.
    script = f"""
export default async function (component) {{
  const script = await import(new URL("{module_url(module)}", document.baseURI));
  return script.default(component);
}}
"""
    declared: Component = st.components.v2.component(name, js=script)
    return declared


@st.fragment
def linked(
    draw: Component, key: str, translator: Translator, *, more: Mapping[str, Any] | None = None
) -> None:
    """Answer the link, and follow what the viewer does in the component.

    Parameters
    ----------
    draw
        The component, as `component` returns it.
    key
        Its key on the page.
    translator
        Says everything in the language of the viewer.
    more
        What this component is told besides the answer.
    """
    if _triggered(key, "upload") is not None:
        st.switch_page(_UPLOAD_PAGE, query_params={"lang": translator.lang})
    own = own_session.current()
    dataset = shared() if own is None else own.dataset
    edit = _edit(key)
    # After a change what was asked is read, not the link made of it: its notes belong on screen.
    asked = _link() if edit is None else edit["params"]
    query, notes = Query.from_params(asked, dataset)
    view = apply(query, dataset, lang=translator.lang)
    answer = build_answer(dataset, view, notes, translator, origin=_origin(), own=own)
    answer.update(more or {})
    if own_session.coming():
        answer["arrived"] = True
    if edit is not None:
        # By its number the script knows a late answer. What it holds already stays at home.
        answer["n"] = edit["n"]
        del answer["failure"]
        if own is None and not edit.get("own"):
            del answer["own"]
        if query.selected == edit["card"]:
            del answer["card"]
    draw(
        key=key,
        # As bytes: in its own JSON Streamlit writes each Cyrillic letter in six.
        data=json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode(),
        on_edit_change=partial(_follow, key, translator.lang),
        on_upload_change=_nothing_more,
    )


def _origin() -> str:
    parts = urlsplit(st.context.url or "")
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


def _link() -> dict[str, list[str]]:
    return {key: st.query_params.get_all(key) for key in st.query_params}


def _edit(key: str) -> dict[str, Any] | None:
    """Return the change that caused this run, None if there is none.

    `params` is the whole link wanted, `n` the number of the change, `card` the id of the card that
    the script shows, `own` whether it shows a layer of the viewer, `forget` whether that is to go.
    """
    edit: dict[str, Any] | None = _triggered(key, "edit")
    return edit


def _triggered(key: str, name: str) -> Any:
    """Return what the script has sent under a name; `upload` asks for the page of own layers."""
    state = st.session_state.get(key)
    return None if state is None else state.get(name)


def _nothing_more() -> None:
    """Be there: a component tells only of what somebody listens to."""


def _follow(key: str, lang: str) -> None:
    edit = _edit(key)
    if edit is not None:
        own_session.settled()
        if edit.get("forget"):
            own_session.forget()
        own = own_session.current()
        query, _ = Query.from_params(edit["params"], shared() if own is None else own.dataset)
        st.query_params.from_dict({**query.to_params(), "lang": lang})
