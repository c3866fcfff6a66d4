"""In which language this viewer is answered."""

import streamlit as st

from layers.locale import LANGUAGES, Translator


def current_language() -> str:
    """Return the language of the link, else the browser's if it is one of ours, else English."""
    asked = st.query_params.get("lang", "")
    if asked in LANGUAGES:
        return asked
    preferred = (st.context.locale or "").split("-")[0].lower()
    return preferred if preferred in LANGUAGES else "en"


def translator() -> Translator:
    """Return the translator for this run of a page."""
    return Translator(current_language())
