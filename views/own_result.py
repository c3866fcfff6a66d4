"""What came of a viewer's file: a summary, a refusal, other ways to read it, the report."""

import json
from functools import partial

import streamlit as st
from markupsafe import Markup

from geo.findings import Tally, place_of, tally
from geo.own.conditions import ID_PREFIX
from geo.query import Query
from geo.read import Finding, Report
from geo.uploads import Offer
from layers.findings import done, file_name, found, plain, report_csv, summary
from layers.locale import Translator
from layers.own import OwnLayer
from views import markup, own_session, own_upload
from views.own_upload import Bringing, Brought
from views.report_table import report_table


def said(state: Bringing, translator: Translator) -> str:
    """Return where things stand, in one sentence, for who hears the page."""
    if state.upload is None:
        return ""
    name = file_name(state.upload.name)
    if state.job is not None:
        return translator.t("own.said.reading", file=name)
    if state.brought is None:
        return ""
    report = state.brought.report
    if report.rejected:
        return translator.t("own.said.refused", file=name, why=found(report.rejected, translator))
    return translator.t("own.said.read", file=name, summary=summary(report, translator))


def draw_result(
    brought: Brought, reading: int, current: OwnLayer | None, translator: Translator
) -> None:
    """Draw the end of a reading.

    Parameters
    ----------
    brought, reading
        What it ended with, and its number: the page moves to the end of each once.
    current
        The layer of this session, which a refused file leaves as it was.
    translator
        Says everything in the language of the viewer.
    """
    report = brought.report
    if report.rejected:
        ended = _refusal(report.rejected, brought, current, translator)
    else:
        ended = _success(brought, translator)
    markup.add(Markup('<div id="reading-{}" class="arrival">{}</div>').format(reading, ended))
    _offers(brought.offers, translator)
    _actions(current, translator)
    if not report.rejected:
        markup.add(Markup('<h2 class="own-report">{}</h2>').format(translator.t("report.title")))
        report_table(report, translator, key="own-report", link=lambda f: spot(f, brought.token))
    _downloads(brought, translator)


def spot(finding: Finding, token: str) -> str:
    """Return the part of a link that shows a finding: its place, and the row where it is kept.

    The layer is asked for each time: what a fragment is given, the session keeps for good.
    """
    current = own_session.current()
    taken = current if current is not None and current.token == token else None
    frame, rows = (None, None) if taken is None else (taken.layer.frame, taken.layer.numbers)
    near = place_of(finding, frame, rows)
    if near is None:
        return ""
    if taken is None or finding.row not in taken.layer.numbers:
        return Query(place=near).to_string()
    row_id = f"{ID_PREFIX}{finding.row}"
    return Query(place=near, selected=row_id, layer=taken.layer.key).to_string()


def _success(brought: Brought, translator: Translator) -> Markup:
    report = brought.report
    no_room = (
        Markup('<p class="missing">{}</p>').format(translator.t("own.no_room"))
        if not brought.token
        else Markup("")
    )
    return Markup(
        '<section class="card own-card"><h2><bdi>{}</bdi></h2><p>{}</p>{}{}</section>'
    ).format(
        file_name(report.file),
        summary(report, translator),
        _picture(tally(report), translator),
        no_room,
    )


def _picture(counts: Tally, translator: Translator) -> Markup:
    """Return the rows as one bar of three parts; its legend says the same in words."""
    parts = [
        (name, getattr(counts, name))
        for name in ("untouched", "repaired", "dropped")
        if getattr(counts, name)
    ]
    return Markup(
        '<div class="parts" aria-hidden="true">{}</div><ul class="parts-legend">{}</ul>'
    ).format(
        markup.each('<span class="{}" style="flex-grow:{}"></span>', parts),
        markup.each(
            '<li><span class="mark {}" aria-hidden="true"></span>{}: <b>{}</b></li>',
            (
                (name, translator.t(f"own.part.{name}"), translator.number(value))
                for name, value in parts
            ),
        ),
    )


def _refusal(
    rejected: Finding, brought: Brought, current: OwnLayer | None, translator: Translator
) -> Markup:
    t = translator.t
    row = rejected.row or rejected.values.get("row") or rejected.values.get("line")
    places = [(t("report.column.field"), plain(rejected.field))] if rejected.field else []
    if isinstance(row, int):
        places.insert(0, (t("report.column.row"), translator.number(row)))
    cancelled = rejected.code == "cancelled"
    kept = t("own.former.kept", file=file_name(current.name)) if current else t("own.former.none")
    return Markup(
        '<section class="card own-card refused"><h2>{}</h2><dl class="refusal">{}</dl>'
        '<p class="aside">{}</p></section>'
    ).format(
        t("own.cancelled") if cancelled else t("own.refused"),
        markup.each(
            "<div><dt>{}</dt><dd><bdi>{}</bdi></dd></div>",
            [
                (t("own.refused.file"), file_name(brought.report.file)),
                *places,
                (t("report.column.found"), found(rejected, translator)),
                (t("own.refused.next"), done(rejected, translator)),
                (t("report.column.code"), rejected.code),
            ],
        ),
        kept,
    )


def _offers(offers: tuple[Offer, ...], translator: Translator) -> None:
    if not offers:
        return
    markup.add(Markup('<p class="own-offers">{}</p>').format(translator.t("own.offers")))
    with st.container(horizontal=True, key="own-offers"):
        for number, offer in enumerate(offers):
            st.button(
                # Streamlit reads labels as Markdown; a name of a stranger's layer is none.
                _literal(translator.t(f"own.offer.{offer.kind}", value=plain(offer.value))),
                key=f"own-offer-{number}",
                on_click=own_upload.again,
                args=(offer.options,),
            )


def _literal(text: str) -> str:
    return "".join(f"\\{c}" if c in "\\`*_{}[]()<>#+-.!|~$:&^=" else c for c in text)


def _actions(current: OwnLayer | None, translator: Translator) -> None:
    if current is None:
        return
    with st.container(horizontal=True, key="own-actions"):
        if st.button(translator.t("own.show"), key="own-show", type="primary"):
            own_session.come()
            st.switch_page("map.py", query_params={"lang": translator.lang})
        st.button(translator.t("own.remove"), key="own-remove", on_click=own_upload.remove)


def _downloads(brought: Brought, translator: Translator) -> None:
    report = brought.report
    stem = file_name(report.file).rpartition(".")[0] or "report"
    with st.container(horizontal=True, key="own-downloads"):
        # Made when they are asked for: a report of every row takes seconds to write.
        for ending, mime, content in (
            ("json", "application/json", partial(_report_json, report)),
            ("csv", "text/csv", partial(report_csv, list(report), translator)),
        ):
            st.download_button(
                translator.t("report.download", format=ending.upper()),
                content,
                file_name=f"{stem}.report.{ending}",
                mime=mime,
                key=f"own-report-{ending}",
                icon=":material/download:",
                on_click="ignore",
            )


def _report_json(report: Report) -> bytes:
    text = json.dumps(report.to_json(), ensure_ascii=False, indent=1)
    return text.encode("utf-8", "replace")
