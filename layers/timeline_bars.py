"""Bars of the road map as HTML: places and lengths are shares of the row, so any width will do.

Colours and patterns are those of the style sheet; the sign of a state stands beside its bar.
"""

from markupsafe import Markup

from layers.timeline import SIGNS, Row, Span

_LABEL_EVERY = 2
_LEAST_PERCENT = 1.2


def scale(first: int, last: int) -> Markup:
    """Return the axis: each second year over its own part of the row."""
    years = Markup("").join(
        Markup('<span style="left:{}%">{}</span>').format(_percent(year, first, last), year)
        for year in range(first, last, _LABEL_EVERY)
    )
    return Markup('<div class="timeline-scale" aria-hidden="true">{}</div>').format(years)


def bar(row: Row, first: int, last: int, *, label: str) -> Markup:
    """Return the bar of an action over the lines of the years; an open end is an arrow.

    Parameters
    ----------
    row
        The action; without a span the row stays empty.
    first, last
        Ends of the axis, years.
    label
        What the bar says, for those who do not see it.
    """
    lines = Markup("").join(
        Markup('<span class="grid" style="left:{}%"></span>').format(_percent(year, first, last))
        for year in range(first, last + 1)
    )
    return Markup('<div class="timeline-bar" role="img" aria-label="{}">{}{}</div>').format(
        label, lines, _drawn(row.state, row.span, first, last) if row.span else ""
    )


def sample(state: str) -> Markup:
    """Return a bar of a state for the key of the signs; of `open`, an open end."""
    return Markup('<span class="timeline-sample" aria-hidden="true">{}</span>').format(
        _drawn("running", Span(0, None), 0, 4)
        if state == "open"
        else _drawn(state, Span(0, 2), 0, 4)
    )


def _drawn(state: str, span: Span, first: int, last: int) -> Markup:
    """Only one end known: a short arrow from it, not a guess of the other."""
    sign = SIGNS[state]
    if span.start is None or span.end is None:
        open_start = span.start is None
        known = (span.end if open_start else span.start) or 0.0
        return Markup('<span class="term {} {}" style="left:{}%">{}</span>').format(
            state,
            "open-start" if open_start else "open-end",
            _percent(known, first, last),
            f"← {sign}" if open_start else f"{sign} →",
        )
    start, end = _percent(span.start, first, last), _percent(span.end, first, last)
    return Markup(
        '<span class="term {}" style="left:{}%;width:{}%"></span>'
        '<span class="sign" style="left:{}%">{}</span>'
    ).format(state, start, round(max(end - start, _LEAST_PERCENT), 2), end, sign)


def _percent(year: float, first: int, last: int) -> float:
    return round(100 * (year - first) / (last - first), 2)
