"""What stands around every page: the top bar and the language of the document.

The style sheet, `static/shell.css`, is linked by the start page: nothing is seen without it.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from geo.link import MAX_LINK
from layers.assets import module_url
from layers.locale import LANGUAGES, Translator

# Several lines, as Streamlit takes a single one for the name of a file.
_SCRIPT = f"""
export default async function (component) {{
  const script = await import(new URL("{module_url("explorer/shell.js")}", document.baseURI));
  return script.default(component);
}}
"""

_document = st.components.v2.component(
    "atlas_document",
    html='<a class="skip-link" href="#content"></a>',
    js=_SCRIPT,
    isolate_styles=False,
)


def draw_shell(pages: Mapping[str, StreamlitPage], *, current: str, translator: Translator) -> None:
    """Draw the skip link and the top bar.

    Parameters
    ----------
    pages
        Page by id, in the order of the links, the start page first.
    current
        Id of the page that is shown.
    translator
        Says everything in the language of the viewer.
    """
    t = translator.t
    document = _document(
        key="document",
        data={
            "lang": translator.lang,
            "skip": t("shell.skip"),
            "menu": t("shell.menu"),
            "more": t("shell.more.label"),
            "pages": ["", *pages],
            "widgets": {
                "open": t("shell.widget.open"),
                "chosen": t("shell.widget.chosen"),
                "clear": t("shell.widget.clear"),
                "remove": t("shell.widget.remove", name="{name}"),
            },
        },
        on_open_change=_nothing_more,
    )
    if document.open is not None:
        _open(document.open, pages)
    with st.container(horizontal=True, vertical_alignment="center", key="topbar"):
        with st.container(width="content", key="name"):
            _link(pages, next(iter(pages)), t("shell.name"), translator)
        with st.container(horizontal=True, key="pages"):
            for page_id in pages:
                key = "current" if page_id == current else f"to-{page_id}"
                with st.container(width="content", key=key):
                    _link(pages, page_id, t(f"page.{page_id}"), translator)
        # On a phone all pages are in here, else those that the bar has no room for.
        with st.container(width="content", key="menu"), st.popover(t("shell.more")):
            for page_id in pages:
                with st.container(key=f"menu-{page_id}"):
                    _link(pages, page_id, t(f"page.{page_id}"), translator)
        _language_switch(translator)


def _open(wanted: Any, pages: Mapping[str, StreamlitPage]) -> None:
    """Go to a page with a link: any value may come from a browser, the page names what is wrong."""
    asked = wanted if isinstance(wanted, dict) else {}
    start = next(iter(pages))
    page = pages.get(str(asked.get("page")) or start, pages[start])
    text = asked.get("params")
    params = parse_qs(text[:MAX_LINK] if isinstance(text, str) else "", keep_blank_values=True)
    st.switch_page(page, query_params=params)


def _nothing_more() -> None:
    """Be there: a component tells only of what somebody listens to."""


def _link(
    pages: Mapping[str, StreamlitPage], page_id: str, label: str, translator: Translator
) -> None:
    st.page_link(pages[page_id], label=label, query_params={"lang": translator.lang})


def _language_switch(translator: Translator) -> None:
    with st.container(horizontal=True, width="content", key="language"):
        for lang in LANGUAGES:
            st.button(
                translator.t(f"shell.language.{lang}"),
                key=f"language-{lang}",
                type="primary" if lang == translator.lang else "secondary",
                on_click=_speak,
                args=(lang,),
            )


def _speak(lang: str) -> None:
    # Only this key: the rest of the link, and so the filters and the selection, stay.
    st.query_params["lang"] = lang
