"""The page Join: two layers by place, what will come out, and the result."""

from collections.abc import Mapping

import streamlit as st
from markupsafe import Markup

from geo.errors import JoinError
from layers.join_link import OWN, JoinLink
from layers.join_words import error_text
from layers.labels import notes as said
from layers.locale import Translator
from views import join_job, markup
from views.join_inputs import (
    choose_layers,
    choose_more,
    choose_predicate,
    choose_rows,
    go,
    layer_names,
    layer_of,
    link,
)
from views.join_job import Asked
from views.join_result import draw_plan, draw_result
from views.language import translator as current_translator

# Between two looks at how far a join is. No text here: Streamlit would show it on the page.
_LOOK_SECONDS = 0.4


def head(asked: JoinLink, translator: Translator) -> Markup:
    """Return title, introduction, and what of the link could not be used."""
    notes = markup.each(
        '<p class="missing">{}</p>', ((one,) for one in said(asked.notes, translator))
    )
    return Markup('<header><h1>{}</h1><p class="lead">{}</p>{}</header>').format(
        translator.t("joins.title"), translator.t("joins.lead"), notes
    )


def draw(translator: Translator) -> None:
    """Draw the page."""
    asked = link()
    markup.draw(head(asked, translator))
    choose_layers(asked, translator)
    left, right = layer_of(asked.left), layer_of(asked.right)
    if left is None or right is None:
        _ask_for(asked.left if left is None else asked.right, translator)
        return
    with st.container(horizontal=True, key="join-choice"):
        with st.container(key="join-predicate-zone"):
            choose_predicate(asked.spec, translator)
        with st.container(key="join-rows-zone"):
            choose_rows(asked.spec, translator)
    choose_more(asked.spec, left, right, translator)
    join_job.start(Asked(left, right, asked.spec, whole=asked.run))
    if join_job.waiting():
        _watch(asked.run, translator)
        return
    if join_job.cancelled():
        markup.add(Markup('<p class="own-empty">{}</p>').format(translator.t("joins.cancelled")))
        st.button(translator.t("joins.again"), key="join-again", on_click=join_job.again)
        return
    try:
        result = join_job.outcome()
    except JoinError as error:
        names = layer_names(asked, left, right, translator)
        markup.add(_refusal(error, names, translator))
        return
    if result is None:  # it has ended between the two looks
        st.rerun()
    draw_plan(asked, result, translator)
    if asked.run:
        draw_result(asked, result, translator)
        return
    with st.container(key="join-run-zone"):
        st.button(
            translator.t("joins.run"),
            key="join-run",
            type="primary",
            on_click=go,
            args=(JoinLink(asked.left, asked.right, asked.spec, run=True),),
        )
        markup.add(Markup('<p class="aside">{}</p>').format(translator.t("joins.run.help")))


@st.fragment(run_every=_LOOK_SECONDS)
def _watch(whole: bool, translator: Translator) -> None:
    """Draw that a join is under way and a button that ends it, until there is a result."""
    if not join_job.waiting():
        st.rerun()
    text = translator.t("joins.running" if whole else "joins.counting")
    markup.add(
        Markup(
            '<div class="own-reading" role="status"><h2>{}</h2>'
            '<div class="progress endless" aria-hidden="true"><span></span></div></div>'
        ).format(text)
    )
    st.button(translator.t("joins.cancel"), key="join-cancel", on_click=join_job.cancel)


def _ask_for(layer_id: str, translator: Translator) -> None:
    key = layer_id[len(OWN) :]
    markup.add(
        Markup('<section class="card own-card refused"><h2>{}</h2><p>{}</p></section>').format(
            translator.t("joins.layer.lost", key=key),
            translator.t("joins.layer.lost.text", key=key),
        )
    )
    if st.button(translator.t("joins.to_own"), key="join-to-own"):
        st.switch_page("own.py", query_params={"lang": translator.lang})


def _refusal(error: JoinError, names: Mapping[str, str], translator: Translator) -> Markup:
    return Markup(
        '<section class="card own-card refused" role="alert"><h2>{}</h2><p><bdi>{}</bdi></p>'
        '<p class="aside"><code>{}</code></p></section>'
    ).format(translator.t("joins.refused"), error_text(error, names, translator), error.code)


draw(current_translator())
