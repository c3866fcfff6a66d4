"""Which of several matches of one row are kept, by a rule that is stated."""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.join.engine import Metres, Positions
from geo.join.ground import Ground
from geo.join.groups import numbers, ranks, runs
from geo.join.refusals import refuse
from geo.join.side import Sorted
from geo.join.spec import JoinSpec

_DECIMALS = 6
"""Of metres and square metres: what differs less is equal."""


class Chosen(NamedTuple):
    """Which pairs are kept, how many were equal to each, and whether these did not all fit.

    All have one value a pair.
    """

    kept: npt.NDArray[np.bool_]
    tie_count: Positions
    decided: npt.NDArray[np.bool_]


def choose(
    left: Positions,
    right: Positions,
    measure: Metres | None,
    *,
    most: int | None,
    spec: JoinSpec,
    sides: tuple[Sorted, Sorted],
    ground: Ground,
) -> Chosen:
    """Keep the best matches of each left row; of equal ones those that the tie rule names.

    Parameters
    ----------
    left, right
        Pairs, sorted by left.
    measure
        Of each pair, the smallest being the best; None where all are equal.
    most
        How many are kept of each left row; None keeps all and only counts equals.

    Raises
    ------
    JoinError
        If the tie rule is `error` and more are equal than can be kept.
    """
    values = np.zeros(len(left)) if measure is None else np.round(measure, _DECIMALS)
    equal, less = _equals(left, values)
    if most is None:
        return Chosen(np.ones(len(left), dtype=bool), equal, np.zeros(len(left), dtype=bool))
    fits = less < most
    split = fits & (less + equal > most)
    if spec.tie_rule == "error" and split.any():
        rows = np.unique(left[split])
        row = sides[0]
        raise refuse("ties", count=len(rows), left=row.layer.id, id=str(row.ids[rows[0]]))
    if spec.tie_rule == "all":
        return Chosen(fits, equal, split)
    place = ranks(left, right, _preference(right, spec, sides[1], ground), values)
    kept = place < most
    return Chosen(kept, equal, split)


def check_single(left: Positions, sides: tuple[Sorted, Sorted]) -> None:
    """Refuse rows with more than one match.

    Raises
    ------
    JoinError
        If there are any.
    """
    rows, counts = np.unique(left, return_counts=True)
    many = rows[counts > 1]
    if len(many):
        row, other = sides
        first = str(row.ids[many[0]])
        names = {"left": row.layer.id, "right": other.layer.id}
        raise refuse("many_matches", count=len(many), id=first, **names)


def _equals(left: Positions, values: Metres) -> tuple[Positions, Positions]:
    """Return for each pair how many of its left row have the same value, and how many a less."""
    order = np.lexsort((values, left))
    place = numbers(left[order])
    # A number for each left row and value: rows with the same are equal.
    step = np.ones(len(order), dtype=bool)
    step[1:] = (place[1:] == 0) | (values[order][1:] != values[order][:-1])
    starts, sizes = runs(np.cumsum(step))
    equal, less = np.empty_like(place), np.empty_like(place)
    equal[order] = np.repeat(sizes, sizes)
    less[order] = np.repeat(place[starts], sizes)
    return equal, less


def _preference(right: Positions, spec: JoinSpec, side: Sorted, ground: Ground) -> npt.NDArray[Any]:
    """Return what decides between equals, the smallest first; the id decides what is left."""
    if spec.tie_rule == "smaller_area":
        return np.round(ground.right_areas[right], _DECIMALS)
    if spec.tie_rule == "priority":
        values = side.columns[str(spec.priority_column)].take(right)
        rank = {value: n for n, value in enumerate(spec.priority)}
        return np.array([rank.get(str(v), len(rank)) for v in pd.Series(values, dtype=object)])
    return np.zeros(len(right))
