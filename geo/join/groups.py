"""Rows in groups: where each group begins, and the place of a row in it. All groups at once."""

from typing import Any

import numpy as np
import numpy.typing as npt

Positions = npt.NDArray[np.int64]


def runs(groups: Positions) -> tuple[Positions, Positions]:
    """Return where each run of equal numbers begins, and its length.

    Examples
    --------
    >>> runs(np.array([4, 4, 7]))
    (array([0, 2]), array([2, 1]))
    """
    begins = np.ones(len(groups), dtype=bool)
    begins[1:] = groups[1:] != groups[:-1]
    starts = np.flatnonzero(begins)
    return starts, np.diff(np.append(starts, len(groups)))


def numbers(groups: Positions) -> Positions:
    """Return the number of each row in its run, from 0.

    Examples
    --------
    >>> numbers(np.array([4, 4, 7]))
    array([0, 1, 0])
    """
    starts, sizes = runs(groups)
    return np.asarray(np.arange(len(groups)) - np.repeat(starts, sizes))


def ranks(groups: Positions, *values: npt.NDArray[Any]) -> Positions:
    """Return the place of each row in its group by values, from 0; equals stay in their order.

    Parameters
    ----------
    groups
        Number of the group of each row, ascending.
    values
        What the rows are ordered by, the weightiest last, as `numpy.lexsort` has it.
    """
    order = np.lexsort((*values, groups))
    place = np.empty(len(order), dtype=np.int64)
    place[order] = numbers(groups[order])
    return place


def equal_codes(left: Positions, right: Positions) -> tuple[Positions, Positions]:
    """Return the positions of all pairs of equal numbers."""
    order = np.argsort(right, kind="stable")
    ordered = right[order]
    first = np.searchsorted(ordered, left, side="left")
    counts = np.searchsorted(ordered, left, side="right") - first
    rows = np.repeat(np.arange(len(left)), counts)
    steps = np.arange(len(rows)) - np.repeat(np.cumsum(counts) - counts, counts)
    return rows, order[np.repeat(first, counts) + steps]
