"""Figures of the matches of each left row: a function of a column of the right layer."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.join.engine import Metres
from geo.join.kinds import is_intensive
from geo.join.pairs import Pairs
from geo.join.refusals import refuse
from geo.join.side import Sorted
from geo.join.spec import JoinSpec, Summary

_NUMERIC = ("sum", "mean", "median", "min", "max", "std")


def check_summaries(right: Sorted, spec: JoinSpec) -> None:
    """Refuse figures that mean nothing, before anything is computed.

    Raises
    ------
    JoinError
        If a column does not exist, holds no numbers, is summed up though it is no amount, or the
        layer has a column of the name that the figure would have.
    """
    for summary in spec.summaries:
        if summary.name in right.columns:
            raise refuse("name_taken", column=summary.name, layer=right.layer.id)
        if not summary.column:
            continue
        column = right.column(summary.column, "summaries")
        if summary.function not in _NUMERIC:
            continue
        if not pd.api.types.is_numeric_dtype(column) or pd.api.types.is_bool_dtype(column):
            names = {"column": summary.column, "layer": right.layer.id}
            raise refuse("not_numeric", option="summaries", **names)
        if summary.function == "sum" and is_intensive(summary.column, spec):
            raise refuse("sum_of_intensive", column=summary.column)


def summaries_of(pairs: Pairs, left: Sorted, right: Sorted, spec: JoinSpec) -> pd.DataFrame:
    """Return one row for each left row, in order of ids, one column for each summary.

    Columns are called `<column>.<function>`, with `.<weight>` where there is one. What is counted
    is 0 without a match; every other figure is missing then, and missing values are left out.
    `std` is that of a sample (n - 1). `mode` is the most frequent value, of equals the lowest.
    `unique` and `concat` are tuples, by right id. A weight is the area, or length, of the part
    of the right row inside the left one.
    """
    index = pd.RangeIndex(len(left))
    found = pd.DataFrame(index=index)
    weights = {"area": pairs.overlap_area_m2, "length": pairs.overlap_length_m}
    for summary in spec.summaries:
        name = summary.name
        found[name] = _figure(summary, pairs, right, weights.get(summary.weight)).reindex(index)
        if summary.function == "count":
            found[name] = found[name].fillna(0).astype(np.int64)
    return found


def _figure(
    summary: Summary, pairs: Pairs, right: Sorted, weight: Metres | None
) -> "pd.Series[Any]":
    if not summary.column:
        return pd.Series(1, index=pairs.left).groupby(level=0).sum()
    values = right.columns[summary.column].take(pairs.right)
    values.index = pd.Index(pairs.left)
    if weight is not None:
        return _weighted(values.to_numpy(dtype=float, na_value=np.nan), weight, summary, pairs)
    groups = values.groupby(level=0)
    match summary.function:
        case "unique":
            return values.dropna().groupby(level=0).agg(lambda part: tuple(dict.fromkeys(part)))
        case "concat":
            return values.dropna().groupby(level=0).agg(tuple)
        case "mode":
            return values.dropna().groupby(level=0).agg(lambda part: part.mode().iloc[0])
        case "sum":
            return groups.sum(min_count=1)
        case function:
            return groups.agg(function)


def _weighted(
    values: npt.NDArray[np.float64], weight: Metres, summary: Summary, pairs: Pairs
) -> "pd.Series[Any]":
    known = np.isfinite(values) & (weight > 0)
    rows, values, weight = pairs.left[known], values[known], weight[known]
    frame = pd.DataFrame({"w": weight, "wx": weight * values}, index=rows)
    sums = frame.groupby(level=0).sum()
    mean = sums["wx"] / sums["w"]
    if summary.function == "mean":
        return mean
    spread = pd.Series(weight * (values - mean.reindex(rows).to_numpy()) ** 2, index=rows)
    return (spread.groupby(level=0).sum() / sums["w"]) ** 0.5
