"""The joined table as Arrow: the same rows and columns as `geo.join.table` gives as a frame."""

from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import shapely

from geo.join.engine import Shapes
from geo.join.pairs import Pairs
from geo.join.side import Sorted
from geo.join.spec import JoinSpec, Summary
from geo.join.summaries import summaries_of
from geo.join.table import Rows, pair_columns

GEOMETRY = "geometry"

_TYPES = {
    "match_no": pa.int64(),
    "match_count": pa.int64(),
    "tie_count": pa.int64(),
    "certainty": pa.string(),
}
_OF_COLUMN = ("min", "max", "mode")
_LISTS = ("unique", "concat")


def named(
    columns: pa.Table, side: Sorted, *, prefix: str, kept: tuple[str, ...] | None
) -> pa.Table:
    """Return the columns of a side under their names in the table, the id first.

    Parameters
    ----------
    columns
        Attributes of the rows of `side`, in their order.
    prefix, kept
        What stands before the point; which columns, None for all.
    """
    if kept is not None:
        columns = columns.select(
            [*([side.key] if side.key and side.key not in kept else []), *kept]
        )
    names = [f"{prefix}.{name}" for name in columns.column_names]
    if not side.key:
        own = "id" if "id" not in side.columns.columns else "row"
        columns = columns.add_column(0, own, pa.array(side.ids))
        names.insert(0, f"{prefix}.{own}")
    return columns.rename_columns(names)


def assembled(
    rows: Rows,
    pairs: Pairs,
    columns: tuple[pa.Table, pa.Table],
    sides: tuple[Sorted, Sorted],
    spec: JoinSpec,
    *,
    prefix: str,
) -> pa.Table:
    """Return the table without its geometry; no row of the right layer stands alone in it.

    Parameters
    ----------
    rows, pairs
        By position in the sides.
    columns
        What `named` gives for each side.
    prefix
        Of the right layer, for summaries.
    """
    left, right = columns
    table = left.take(pa.array(rows.left))
    if spec.how == "anti":
        return table
    if spec.multiplicity == "list":
        more = _listed(right, rows, pairs)
    elif spec.multiplicity == "count":
        more = pa.table({})
    else:
        more = right.take(pa.array(rows.right, mask=rows.right < 0))
    parts = [more, _of_frame(pair_columns(rows, pairs, spec))]
    if spec.summaries:
        parts.append(_summaries(rows, pairs, sides, spec, prefix))
    for part in parts:
        for name in part.column_names:
            table = table.append_column(name, part.column(name))
    return table


def to_wkb(shapes: Shapes) -> Any:
    """Return geometries as an Arrow array of well-known binary, null where there is none."""
    return pa.array(shapely.to_wkb(shapes, flavor="iso"), pa.binary(), from_pandas=True)


def _of_frame(frame: pd.DataFrame) -> pa.Table:
    arrays = {}
    for name in frame.columns:
        # A category is written as its text.
        plain = frame[name].astype(object) if name == "certainty" else frame[name]
        arrays[name] = pa.array(plain, _TYPES.get(name, pa.float64()), from_pandas=True)
    return pa.table(arrays)


def _listed(columns: pa.Table, rows: Rows, pairs: Pairs) -> pa.Table:
    """Return in each cell the values of all matches of the row, by right id."""
    matches = np.bincount(pairs.left, minlength=int(rows.left.max(initial=-1)) + 1)
    ends = np.cumsum(np.where(rows.pair < 0, 0, matches[rows.left]))
    offsets = pa.array(np.concatenate([[0], ends]), pa.int32())
    found = columns.take(pa.array(pairs.right)).combine_chunks()
    return pa.table(
        {
            name: pa.ListArray.from_arrays(offsets, _one(found.column(name)))
            for name in found.column_names
        }
    )


def _one(column: Any) -> Any:
    return pa.concat_arrays(column.chunks) if column.num_chunks else pa.array([], column.type)


def _summaries(
    rows: Rows, pairs: Pairs, sides: tuple[Sorted, Sorted], spec: JoinSpec, prefix: str
) -> pa.Table:
    figures = summaries_of(pairs, *sides, spec).reindex(rows.left)
    arrays = [
        pa.array(_plain(figures.iloc[:, n]), _type_of(summary, sides[1]), from_pandas=True)
        for n, summary in enumerate(spec.summaries)
    ]
    return pa.table(arrays, [f"{prefix}.{name}" for name in figures.columns])


def _plain(values: "pd.Series[Any]") -> Any:
    if values.dtype != object:
        return values
    return [
        list(value) if isinstance(value, tuple) else None if pd.isna(value) else value
        for value in values
    ]


def _type_of(summary: Summary, right: Sorted) -> pa.DataType:
    if summary.function == "count":
        return pa.int64()
    if summary.function not in (*_OF_COLUMN, *_LISTS):
        return pa.float64()
    column = pa.array(right.columns[summary.column], from_pandas=True).type
    if pa.types.is_dictionary(column):
        column = column.value_type
    return pa.list_(column) if summary.function in _LISTS else column
