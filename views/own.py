"""The page Your layer: a file of the viewer is read, reported on, and put on the map."""

import streamlit as st
from markupsafe import Markup

from geo import settings
from geo.read import Limits
from geo.uploads import Upload
from layers.example import NAME, example
from layers.findings import file_name
from layers.locale import Translator
from views import markup, own_session, own_upload
from views.language import translator as current_translator
from views.own_chooser import chooser
from views.own_result import draw_result, said

# Between two looks at how far the reading is. No text here: Streamlit would show it on the page.
_LOOK_SECONDS = 0.4


def head(limits: Limits, translator: Translator) -> Markup:
    """Return title, introduction, the limits, and what happens to a file."""
    t, number = translator.t, translator.number
    figures = (
        (t("own.limit.size"), t("own.mb", n=number(limits.max_mb))),
        (t("own.limit.rows"), number(limits.max_features)),
        (t("own.limit.columns"), number(limits.max_columns)),
        (t("own.limit.seconds"), t("own.seconds", n=number(limits.seconds))),
    )
    return Markup(
        '<header><h1>{}</h1><p class="lead">{}</p><dl class="figures">{}</dl>'
        '<p class="aside">{}</p><p class="aside">{}</p></header>'
    ).format(
        t("own.title"),
        t("own.lead"),
        markup.each("<div><dt>{}</dt><dd>{}</dd></div>", figures),
        t("own.formats"),
        t("own.privacy"),
    )


def draw(translator: Translator) -> None:
    """Draw the page."""
    own_upload.settle()
    state = own_upload.bringing()
    limits = Limits.of(settings.current())
    markup.draw(head(limits, translator))
    with st.container(key="own-choose"):
        file = chooser(limits, translator, taken=state.taken, said=said(state, translator))
        with st.container(horizontal=True, vertical_alignment="center", key="own-try"):
            wanted = st.button(translator.t("own.example"), key="own-example")
            markup.add(
                Markup('<p class="aside span">{}</p>').format(translator.t("own.example.help"))
            )
    if wanted:
        own_upload.start(Upload(NAME, example(translator)))
        st.rerun()
    if file is not None and file.file_id != state.taken:
        state.taken = file.file_id
        own_upload.start(Upload(file.name, file.getvalue()))
        st.rerun()
    if state.job is not None:
        _watch(translator)
    elif state.brought is not None:
        draw_result(state.brought, state.readings, own_session.current(), translator)
    else:
        markup.add(Markup('<p class="own-empty">{}</p>').format(translator.t("own.empty")))


@st.fragment(run_every=_LOOK_SECONDS)
def _watch(translator: Translator) -> None:
    """Draw how far the reading is and a button that ends it, until there is a result."""
    if own_upload.settle():
        st.rerun()
    state = own_upload.bringing()
    if state.job is None or state.upload is None:
        return
    name = file_name(state.upload.name)
    share = state.job.share
    with st.container(key="own-reading"):
        markup.add(
            Markup(
                '<div class="own-reading"><h2>{}</h2><p><bdi>{}</bdi></p>'
                '<div class="progress" role="progressbar" aria-label="{}" aria-valuemin="0"'
                ' aria-valuemax="100" aria-valuenow="{}"><span style="width:{}%"></span></div>'
                '<p class="aside">{}</p></div>'
            ).format(
                translator.t("own.reading"),
                name,
                translator.t("own.reading"),
                round(100 * share),
                round(100 * share),
                translator.percent(share),
            )
        )
        st.button(translator.t("own.cancel"), key="own-cancel", on_click=own_upload.cancel)


draw(current_translator())
