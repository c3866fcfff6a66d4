"""The page Access: who reaches a place within minutes, on the streets of a snapshot."""

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st
from markupsafe import Markup

from geo import snapshot as snapshots
from geo.access import Place, find_place, places
from geo.access.refusals import REFUSALS, refusal_code
from geo.errors import NotReachedError, SnapshotError
from geo.link import Note
from geo.snapshot import Snapshot
from layers.access_link import AccessLink
from layers.access_words import OUTSIDE, ground_text, place_name, refusal_text, turned_inside
from layers.link_notes import page_notes
from layers.locale import Translator
from layers.snapshot_words import broken_files
from views import access_job, markup
from views.access_controls import choose, go, link, unreadable
from views.access_job import Asked
from views.access_result import draw_result
from views.language import translator as current_translator

# Between two looks at how far the work is. No text here: Streamlit would show it on the page.
_LOOK_SECONDS = 0.4


def head(asked: AccessLink, translator: Translator) -> Markup:
    """Return title, introduction, and what of the link could not be used."""
    said = page_notes(asked.notes, "access", translator)
    notes = markup.each('<p class="missing">{}</p>', ((one,) for one in said))
    return Markup('<header><h1>{}</h1><p class="lead">{}</p>{}</header>').format(
        translator.t("access.title"), translator.t("access.lead"), notes
    )


def banner(snapshot: Snapshot, asked: AccessLink, translator: Translator) -> Markup:
    """Return which snapshot this is; of an example, that it is one, and what is missing."""
    t, about = translator.t, snapshot.about
    pieces = []
    if about.is_example:
        pieces.append(
            Markup(
                '<section class="card own-card refused access-example"><h2>{}</h2><p><bdi>{}</bdi>'
                "</p><p>{}</p></section>"
            ).format(
                t("access.example", title=_of(about, "title", translator)),
                _of(about, "notice", translator),
                t("access.example.how"),
            )
        )
    elif notice := _of(about, "notice", translator):
        pieces.append(Markup('<p class="missing"><bdi>{}</bdi></p>').format(notice))
    if asked.snapshot and asked.snapshot != about.id:
        pieces.append(
            Markup('<p class="missing"><bdi>{}</bdi></p>').format(
                t("access.other_snapshot", asked=asked.snapshot, open=about.id)
            )
        )
    return Markup("").join(pieces)


def _of(about: object, field: str, translator: Translator) -> str:
    return str(getattr(about, f"{field}_{translator.lang}"))


def draw(translator: Translator) -> None:
    """Draw the page."""
    asked = link()
    try:
        snapshot = snapshots.shared()
        sites = places(snapshot)
    except SnapshotError as error:
        which = broken_files(error.files, translator)
        markup.draw(head(asked, translator), _refusal("snapshot", translator, which))
        return
    lost = [Note("unknown_value", "site", one) for one in asked.beside if one not in sites]
    asked = replace(asked, notes=(*asked.notes, *lost))
    markup.draw(head(asked, translator), banner(snapshot, asked, translator))
    place_id = asked.place or first(sites, snapshot)
    known = tuple(one for one in asked.beside if one in sites and one != place_id)
    wanted = replace(asked, place=place_id, beside=known, snapshot=snapshot.about.id)
    code, place = find(snapshot, wanted.place)
    named = translator.t("access.unknown_place") if place is None else place_name(place, translator)
    choose(wanted, sites, named, translator)
    if unreadable():
        text = translator.t("access.at.unreadable")
        markup.add(Markup('<p class="missing" role="alert">{}</p>').format(text))
    if place is None:
        _refuse(code, snapshot, sites, wanted, translator)
        return
    beside = tuple(sites[one] for one in wanted.beside)
    access_job.start(Asked(snapshot, (place, *beside), wanted.mode, sites))
    if access_job.waiting():
        _watch(translator)
        return
    if access_job.cancelled():
        markup.add(Markup('<p class="own-empty">{}</p>').format(translator.t("access.cancelled")))
        st.button(translator.t("access.again"), key="access-again", on_click=access_job.again)
        return
    try:
        prepared = access_job.outcome()
    except REFUSALS as error:
        _refuse(refusal_code(error), snapshot, sites, wanted, translator)
        return
    if prepared is None:  # it gave up its turn
        markup.add(Markup('<p class="own-empty">{}</p>').format(translator.t("access.busy")))
        st.button(translator.t("access.again"), key="access-again", on_click=access_job.again)
        return
    draw_result(wanted, prepared, translator, go=go)


def first(sites: Mapping[str, Place], snapshot: Snapshot) -> str:
    """Return the place that is shown before one is chosen: the first site, else the middle."""
    west, south, east, north = snapshot.bounds
    middle = f"{(west + east) / 2:.5f},{(south + north) / 2:.5f}"
    return next(iter(sites), middle)


def find(snapshot: Snapshot, text: str) -> tuple[str, Place | None]:
    """Return the place that a link names, or the code of the refusal and None."""
    try:
        return "", find_place(snapshot, text)
    except NotReachedError:
        return OUTSIDE, None
    except REFUSALS as error:
        return refusal_code(error), None


@st.fragment(run_every=_LOOK_SECONDS)
def _watch(translator: Translator) -> None:
    """Draw how far the work is and a button that ends it, until there is a result."""
    if not access_job.waiting():
        st.rerun()
    done = round(100 * access_job.share())
    text = translator.t("access.preparing")
    markup.add(
        Markup(
            '<div class="own-reading" role="status"><h2>{}</h2>'
            '<div class="progress" role="progressbar" aria-label="{}" aria-valuenow="{}">'
            '<span style="width:{}%"></span></div></div>'
        ).format(text, text, done, done)
    )
    st.button(translator.t("access.cancel"), key="access-cancel", on_click=access_job.cancel)


def _refuse(
    code: str,
    snapshot: Snapshot,
    sites: Mapping[str, Place],
    wanted: AccessLink,
    translator: Translator,
) -> None:
    """Draw why a place is refused, what could be asked instead, and a way to it."""
    markup.add(
        _refusal(code, translator),
        Markup('<p class="aside">{}</p>').format(ground_text(snapshot, translator)),
    )
    turned = turned_inside(wanted.place, snapshot) if code == OUTSIDE else None
    if turned is not None:
        st.button(
            translator.t("access.turned", at=turned.replace(",", ", ")),
            key="access-turned",
            on_click=go,
            args=(replace(wanted, place=turned),),
        )
    other = next((one for one in sites if one != wanted.place), None)
    if other is not None:
        st.button(
            translator.t("access.back"),
            key="access-back",
            on_click=go,
            args=(replace(wanted, place=other),),
        )


def _refusal(code: str, translator: Translator, which: str = "") -> Markup:
    return Markup(
        '<section class="card own-card refused" role="alert"><h2>{}</h2><p>{}</p>'
        '{}<p class="aside"><code>{}</code></p></section>'
    ).format(
        translator.t("access.refused"),
        refusal_text(code, translator),
        Markup("<p><bdi>{}</bdi></p>").format(which) if which else "",
        code,
    )


draw(current_translator())
