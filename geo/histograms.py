"""Rows by calendar year and by size of the investment."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from geo.rows import STILL_GOING

FIRST_YEAR, LAST_YEAR = 2005, 2034
"""The calendar years that are counted; rows of other years are reached by the link's numbers."""

MONEY_EDGES = (0.0, 100.0, 500.0, 1_000.0, 5_000.0, 10_000.0, 50_000.0)
"""Lower edges of the classes of investment in million roubles; the last one is open above."""


@dataclass(frozen=True)
class Histogram:
    """Rows by value, counted under all other filters.

    `values` are the calendar years, or the lower edges of the classes of money (an edge belongs to
    the class above it); `counts` runs beside them. `no_data` counts rows that state nothing.
    `open_counts`, of years alone, is the part of `counts` that is there only because no end is
    known.
    """

    values: tuple[int, ...]
    counts: tuple[int, ...]
    no_data: int
    open_counts: tuple[int, ...] = ()


def count_years(
    start: npt.NDArray[np.float64],
    end: npt.NDArray[np.float64],
    stated_to: npt.NDArray[np.float64],
    visible: npt.NDArray[np.bool_],
) -> Histogram:
    """Count for each calendar year the visible rows whose years include it.

    Parameters
    ----------
    start, end
        First and last year of each row; NaN in both where no year is known, STILL_GOING for an end
        that nobody knows.
    stated_to
        Last year for which a source states that a row without a known end goes on; NaN for none.
    visible
        The rows to count.
    """
    known = visible & ~np.isnan(start)
    lasting = known & (end >= STILL_GOING)
    silent_from = np.fmax(start, stated_to) + 1
    return Histogram(
        tuple(range(FIRST_YEAR, LAST_YEAR + 1)),
        _by_year(start[known], end[known]),
        int(np.count_nonzero(visible) - np.count_nonzero(known)),
        _by_year(silent_from[lasting], end[lasting]),
    )


def _by_year(first: npt.NDArray[np.float64], last: npt.NDArray[np.float64]) -> tuple[int, ...]:
    span = LAST_YEAR - FIRST_YEAR + 1
    begins = np.clip(first - FIRST_YEAR, 0, span).astype(int)
    ends = np.clip(last - FIRST_YEAR + 1, 0, span).astype(int)
    steps = np.bincount(begins, minlength=span + 1) - np.bincount(ends, minlength=span + 1)
    return tuple(int(n) for n in np.cumsum(steps)[:span])


def count_money(amount: npt.NDArray[np.float64], visible: npt.NDArray[np.bool_]) -> Histogram:
    """Count the visible rows by class of investment.

    Parameters
    ----------
    amount
        Million roubles of each row, not negative; NaN where no sum is known.
    visible
        The rows to count.
    """
    known = visible & ~np.isnan(amount)
    classes = np.searchsorted(MONEY_EDGES, amount[known], side="right") - 1
    return Histogram(
        tuple(int(edge) for edge in MONEY_EDGES),
        tuple(int(n) for n in np.bincount(classes, minlength=len(MONEY_EDGES))),
        int(np.count_nonzero(visible) - np.count_nonzero(known)),
    )
