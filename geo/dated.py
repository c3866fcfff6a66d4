"""Dates known to the year, the month or the day, and which facts were known by then.

A date is the span of days that it may mean. Whether a fact of "2017" was known in March 2017 nobody
can say: such a row satisfies neither "before" nor "after", and is counted as unclear.
"""

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

_DATE = re.compile(r"[1-9][0-9]{3}(-[0-9]{2}){0,2}")

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Dates:
    """How many rows a query about dates leaves out for want of a date, under all its other filters.

    Parameters
    ----------
    undated
        Rows whose facts nobody dated, in list order, read-only.
    unclear
        Number of rows whose date is too coarse to tell.
    """

    undated: npt.NDArray[np.intp]
    unclear: int


def days(text: str) -> tuple[int, int] | None:
    """Return the first and last day that a date may mean, as ordinals; None if it is no date.

    Examples
    --------
    >>> [date.fromordinal(day).isoformat() for day in days("2016-02")]
    ['2016-02-01', '2016-02-29']
    """
    if not _DATE.fullmatch(text):
        return None
    year, month, day = (*(int(part) for part in text.split("-")), 0, 0)[:3]
    try:
        first = date(year, month or 1, day or 1)
        last_month = month or 12
        last = date(year, last_month, day or calendar.monthrange(year, last_month)[1])
    except ValueError:
        return None
    return first.toordinal(), last.toordinal()


def year_of(ordinals: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return the calendar years of days, NaN where there is none.

    Examples
    --------
    >>> year_of(np.array([date(2016, 12, 31).toordinal(), np.nan])).tolist()
    [2016.0, nan]
    """
    return np.array([np.nan if np.isnan(n) else date.fromordinal(int(n)).year for n in ordinals])


def spans(
    values: Iterable[object], size: int
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Return the first and last day of each value, NaN where there is none, padded to `size`."""
    first, last = np.full(size, np.nan), np.full(size, np.nan)
    for row, value in enumerate(values):
        found = days(value) if isinstance(value, str) else None
        if found:
            first[row], last[row] = found
    return first, last


def known_by(text: str, last: npt.NDArray[np.float64]) -> Mask:
    """Return which facts are certainly not later than a date, its last day included."""
    found = days(text)
    return np.zeros(len(last), dtype=bool) if found is None else last <= found[1]


def later_than(text: str, first: npt.NDArray[np.float64]) -> Mask:
    """Return which facts are certainly later than a date."""
    found = days(text)
    return np.zeros(len(first), dtype=bool) if found is None else first > found[1]


def unclear(
    known: str, since: str, first: npt.NDArray[np.float64], last: npt.NDArray[np.float64]
) -> Mask:
    """Return which facts may satisfy both conditions, but do not do so for certain."""
    certain = possible = ~np.isnan(first)
    if known and (end := days(known)):
        certain, possible = certain & (last <= end[1]), possible & (first <= end[1])
    if since and (end := days(since)):
        certain, possible = certain & (first > end[1]), possible & (last > end[1])
    return possible & ~certain
