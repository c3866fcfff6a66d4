"""The findings of a report as a table that can be narrowed down and leafed through."""

from collections.abc import Callable, Iterator

import streamlit as st
from markupsafe import Markup

from geo.findings import codes, select
from geo.read import Finding, Outcome, Report
from layers import findings as words
from layers.locale import Translator
from views import markup
from views.tables import Column, table

PAGE_ROWS = 50
_ORDER = (Outcome.REFUSED, Outcome.DROPPED, Outcome.REPAIRED, Outcome.WARNING)

Link = Callable[[Finding], str]
"""Gives the part of a link that shows a finding on the map; empty where there is no place."""


@st.fragment
def report_table(report: Report, translator: Translator, *, key: str, link: Link) -> None:
    """Draw the findings of a report; a choice in it draws this table alone anew.

    Parameters
    ----------
    report
        What was found in a file.
    translator
        Says everything in the language of the viewer.
    key
        Sets this table apart from others of the page.
    link
        Leads to the place of a finding.
    """
    everything = list(report)
    if not everything:
        markup.add(Markup('<p class="aside">{}</p>').format(translator.t("report.clean")))
        return
    outcome = _outcome(everything, translator, key)
    code = _code(select(report, outcome=outcome), translator, key)
    shown = select(report, outcome=outcome, code=code)
    first = _page(len(shown), f"{key}-{outcome}-{code}", translator)
    part = shown[first : first + PAGE_ROWS]
    caption = translator.t("report.caption", file=words.file_name(report.file))
    markup.add(
        table(caption, _columns(translator), _rows(part, translator, link), css="stack findings")
    )


def _outcome(findings: list[Finding], translator: Translator, key: str) -> Outcome | None:
    counts = {o: sum(f.outcome is o for f in findings) for o in _ORDER}
    options = [str(outcome) for outcome in _ORDER if counts[outcome]]
    if len(options) < 2:
        return None
    picked = st.pills(
        translator.t("report.by_outcome"),
        options,
        key=f"{key}-outcome",
        format_func=lambda o: _counted(
            translator.t(f"outcome.{o}"), counts[Outcome(o)], translator
        ),
    )
    return None if picked is None else Outcome(picked)


def _code(findings: list[Finding], translator: Translator, key: str) -> str | None:
    counts = codes(findings)
    if len(counts) < 2:
        return None
    picked: str | None = st.pills(
        translator.t("report.by_code"),
        list(counts),
        key=f"{key}-code-{'-'.join(sorted(counts))}",
        format_func=lambda code: _counted(
            translator.t(f"finding.{code}"), counts[code], translator
        ),
    )
    return picked


def _counted(name: str, count: int, translator: Translator) -> str:
    return f"{name}\u2002{translator.number(count)}"


def _page(rows: int, key: str, translator: Translator) -> int:
    """Draw what leafs through the rows; return the number of the first one shown."""
    pages = -(-rows // PAGE_ROWS)
    at = min(int(st.session_state.get(f"{key}-page", 0)), max(pages - 1, 0))
    first = at * PAGE_ROWS
    span = translator.t(
        "report.span",
        first=translator.number(first + 1 if rows else 0),
        last=translator.number(min(first + PAGE_ROWS, rows)),
        all=translator.number(rows),
    )
    with st.container(horizontal=True, vertical_alignment="center", key=f"{key}-leaf"):
        markup.add(Markup('<p class="aside span" role="status">{}</p>').format(span))
        if pages > 1:
            for name, step in (("back", -1), ("on", 1)):
                st.button(
                    translator.t(f"report.{name}"),
                    key=f"{key}-{name}",
                    disabled=not 0 <= at + step < pages,
                    on_click=_leaf,
                    args=(f"{key}-page", at + step),
                )
    return first


def _leaf(key: str, page: int) -> None:
    st.session_state[key] = page


def _columns(translator: Translator) -> list[Column]:
    heads = (("row", ""), ("field", ""), ("found", "wide"), ("done", "wide"), ("outcome", ""))
    return [Column(translator.t(f"report.column.{name}"), css) for name, css in heads]


def _rows(
    findings: list[Finding], translator: Translator, link: Link
) -> Iterator[tuple[Markup | str, ...]]:
    for finding in findings:
        yield (
            _where(finding, translator, link(finding)),
            _isolated(finding.field or "—"),
            _isolated(words.found(finding, translator)),
            _isolated(words.done(finding, translator)),
            Markup(
                '<span class="came"><span class="outcome is-{}">{}</span>'
                '<code class="sub">{}</code></span>'
            ).format(
                finding.outcome,
                translator.t(f"outcome.{finding.outcome}"),
                Markup("_<wbr>").join(finding.code.split("_")),
            ),
        )


def _where(finding: Finding, translator: Translator, params: str) -> Markup:
    if finding.row is None:
        where = Markup("{}").format(translator.t("report.whole_file"))
    else:
        number = translator.number(finding.row)
        where = Markup("{}").format(translator.t("report.row", row=number))
    if finding.id:
        where += Markup('<span class="sub"><bdi>{}</bdi></span>').format(words.plain(finding.id))
    if params:
        spot = markup.to_map(params, translator.t("report.on_map"), translator)
        where += Markup('<span class="sub">{}</span>').format(spot)
    return where


def _isolated(text: str) -> Markup:
    return Markup("<bdi>{}</bdi>").format(words.plain(text))
