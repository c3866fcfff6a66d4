"""The page Indicators: SDG 11 of a snapshot, three borders side by side, and a calculator."""

from dataclasses import replace

import streamlit as st
from markupsafe import Markup

from geo import snapshot as snapshots
from geo.dataset import shared
from geo.errors import GeoError, SnapshotError
from geo.indicators import Assessment
from geo.snapshot import Snapshot
from layers.indicator_document import Section
from layers.indicator_html import section_html
from layers.indicator_link import IndicatorLink, read_link
from layers.indicator_report import document
from layers.indicator_words import border_name, title_of
from layers.link_notes import page_notes
from layers.locale import Translator
from layers.snapshot_words import broken_files
from views import indicator_job, markup
from views.indicator_calculator import draw_calculator
from views.indicator_files import draw_files
from views.language import translator as current_translator

# Between two looks at how far the work is. No text here: Streamlit would show it on the page.
_LOOK_SECONDS = 0.4
_BORDER = "indicator-border"


def link() -> IndicatorLink:
    """Return what the address asks."""
    return read_link({key: st.query_params.get_all(key) for key in st.query_params})


def go(wanted: IndicatorLink) -> None:
    """Make an address of a question; the language stays."""
    lang = st.query_params.get_all("lang")
    st.query_params.from_dict({**wanted.to_params(), **({"lang": lang} if lang else {})})


def head(asked: IndicatorLink, translator: Translator) -> Markup:
    """Return title, introduction, and what of the link could not be used."""
    t = translator.t
    said = page_notes(asked.notes, "indicator", translator)
    notes = markup.each('<p class="missing">{}</p>', ((one,) for one in said))
    return Markup(
        '<header><h1>{}</h1><p class="lead">{}</p><p class="aside">{} {}</p>{}</header>'
    ).format(
        t("indicator.title"),
        t("indicator.lead"),
        t("indicator.estimate"),
        t("indicator.derived"),
        notes,
    )


def banner(snapshot: Snapshot, asked: IndicatorLink, translator: Translator) -> Markup:
    """Return which snapshot this is; of an example, that its numbers are true of no place."""
    t, about = translator.t, snapshot.about
    notice = about.notice_ru if translator.lang == "ru" else about.notice_en
    title = title_of(snapshot, translator)
    pieces = [
        Markup('<p class="aside">{}</p>').format(
            t("indicator.report.subtitle", title=title, date=translator.date(about.retrieved))
        )
    ]
    if about.is_example:
        pieces = [
            Markup(
                '<section class="card own-card refused"><h2>{}</h2><p><bdi>{}</bdi></p><p>{}</p>'
                "</section>"
            ).format(t("access.example", title=title), notice, t("access.example.how"))
        ]
    if asked.snapshot and asked.snapshot != about.id:
        text = t("indicator.other_snapshot", asked=asked.snapshot, open=about.id)
        pieces.append(Markup('<p class="missing"><bdi>{}</bdi></p>').format(text))
    return Markup("").join(pieces)


def draw(translator: Translator) -> None:
    """Draw the page."""
    asked = link()
    try:
        snapshot = snapshots.shared()
    except SnapshotError as error:
        which = broken_files(error.files, translator)
        markup.draw(head(asked, translator), refusal(translator, which))
        draw_calculator(asked, translator, go=go)
        return
    markup.draw(head(asked, translator), banner(snapshot, asked, translator))
    job, which = indicator_job.start(snapshot), ""
    if not job.done:
        _watch(snapshot, translator)
        return
    try:
        assessment = job.result()
    except GeoError as error:
        indicator_job.forget(snapshot)
        assessment = None
        files = error.files if isinstance(error, SnapshotError) else ()
        which = broken_files(files, translator) if files else ""
    if assessment is None:
        markup.add(refusal(translator, which))
        draw_calculator(asked, translator, go=go)
        return
    draw_result(replace(asked, snapshot=snapshot.about.id), assessment, translator)


def draw_result(asked: IndicatorLink, assessment: Assessment, translator: Translator) -> None:
    """Draw the choice of a border, the numbers, the calculator, files, and the method."""
    border = asked.border if asked.border in assessment.borders else assessment.main_border
    dataset = shared()
    sections = document(assessment, border, dataset, translator).sections
    results, rest = sections[0], sections[1:]
    worked = next(place for place, section in enumerate(rest) if section.id == "worked")
    markup.add(_contents(sections, translator), section_html(results))
    if assessment.estimates:
        draw_files(assessment, border, dataset, translator)
    _choose(asked, assessment, border, translator)
    markup.add(*(section_html(section) for section in rest[:worked]))
    draw_calculator(asked, translator, go=go)
    markup.add(*(section_html(section) for section in rest[worked + 1 :]))


def refusal(translator: Translator, which: str = "") -> Markup:
    """Return that nothing is computed, which files are to blame, and what to do."""
    return Markup(
        '<section class="card own-card refused" role="alert"><h2>{}</h2><p>{}</p>{}</section>'
    ).format(
        translator.t("indicator.refused"),
        translator.t("indicator.refused.text"),
        Markup("<p><bdi>{}</bdi></p>").format(which) if which else "",
    )


def _contents(sections: tuple[Section, ...], translator: Translator) -> Markup:
    links = markup.each(
        '<a href="#{}">{}</a>',
        ((section.id, section.title) for section in sections if section.level == 2),
    )
    return Markup('<nav class="contents" aria-label="{}">{}</nav>').format(
        translator.t("indicator.report.contents"), links
    )


def _choose(
    asked: IndicatorLink, assessment: Assessment, border: str, translator: Translator
) -> None:
    if not assessment.borders:
        return
    markup.add(
        Markup('<section><p class="lead">{}</p></section>').format(
            translator.t("indicator.details")
        )
    )
    st.session_state[_BORDER] = border
    st.segmented_control(
        translator.t("indicator.border"),
        list(assessment.borders),
        format_func=lambda one: border_name(one, translator),
        key=_BORDER,
        on_change=_put_border,
        args=(asked, border),
    )


def _put_border(asked: IndicatorLink, before: str) -> None:
    # Pressing the chosen one again would leave none.
    go(replace(asked, border=st.session_state[_BORDER] or before))


@st.fragment(run_every=_LOOK_SECONDS)
def _watch(snapshot: Snapshot, translator: Translator) -> None:
    """Draw how far the work is until there is a result."""
    job = indicator_job.start(snapshot)
    if job.done:
        st.rerun()
    done = round(100 * job.share)
    text = translator.t("indicator.preparing")
    markup.add(
        Markup(
            '<div class="own-reading" role="status"><h2>{}</h2>'
            '<div class="progress" role="progressbar" aria-label="{}" aria-valuenow="{}">'
            '<span style="width:{}%"></span></div></div>'
        ).format(text, text, done, done)
    )


draw(current_translator())
