"""The joined table: which rows stand in it, in which order, under which names."""

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from geo.crs import DEGREES, METRES
from geo.join.engine import Positions, Shapes
from geo.join.ground import Ground
from geo.join.groups import runs
from geo.join.pairs import Pairs
from geo.join.side import Sorted, only
from geo.join.spec import JoinSpec
from geo.join.vocabulary import CERTAINTIES

MEASURES = ("distance_m", "share", "overlap_area_m2", "overlap_length_m")
GROUPED = ("list", "count")
"""Multiplicities that give one row for each left row."""

_NO_ROW = -1
_CERTAINTY = pd.CategoricalDtype(list(CERTAINTIES))


@dataclass(frozen=True, eq=False)
class Rows:
    """The rows of a table, by position: -1 where a side or a pair is missing.

    Parameters
    ----------
    left, right
        Positions in the sorted sides; `right` is -1 throughout where a row stands for several.
    pair
        Number of the pair; where a row stands for several, that of the first.
    """

    left: Positions
    right: Positions
    pair: Positions

    def __len__(self) -> int:
        return len(self.left)


def rows_of(pairs: Pairs, left: Sorted, right: Sorted, spec: JoinSpec) -> Rows:
    """Return the rows of the table: pairs and rows without one, by left id, then right id."""
    lost_left = without(pairs.left, len(left)) if spec.how in ("left", "outer", "anti") else _none()
    lost_right = without(pairs.right, len(right)) if spec.how in ("right", "outer") else _none()
    numbers = np.arange(len(pairs))
    if spec.how == "anti":
        numbers = numbers[:0]
    elif spec.multiplicity in GROUPED:
        numbers = numbers[pairs.match_no == 1]
    p = np.concatenate([pairs.left[numbers], lost_left])
    pair = np.concatenate([numbers, np.full(len(lost_left), _NO_ROW)])
    if len(lost_left):
        order = np.lexsort((pair, p))
        p, pair = p[order], pair[order]
    alone = np.full(len(lost_right), _NO_ROW)
    q = np.where(pair < 0, _NO_ROW, pairs.right[pair] if len(pairs) else _NO_ROW)
    if spec.multiplicity in GROUPED:
        q = np.full(len(p), _NO_ROW)
    return Rows(
        np.concatenate([p, alone]),
        np.concatenate([q, lost_right]),
        np.concatenate([pair, alone]),
    )


def without(matched: Positions, count: int) -> Positions:
    """Return the positions, of `count` rows, that no pair has."""
    found = np.ones(count, dtype=bool)
    found[matched] = False
    return np.flatnonzero(found)


def prefixes(left: Sorted, right: Sorted) -> tuple[str, str]:
    """Return what stands before the point in the names of the columns of each side."""
    a, b = left.layer.id, right.layer.id
    return a, b if a != b else f"{b}-2"


def own_columns(
    side: Sorted, prefix: str, kept: tuple[str, ...] | None, option: str
) -> pd.DataFrame:
    """Return the columns of a side under their names in the table, the id first."""
    columns = side.columns
    if kept is not None:
        for name in kept:
            side.column(name, option)
        wanted = [side.key] if side.key and side.key not in kept else []
        columns = columns[[*wanted, *kept]]
    names = [f"{prefix}.{name}" for name in columns.columns]
    if not side.key:
        columns = columns.copy()
        own = "id" if "id" not in side.columns else "row"
        columns.insert(0, own, side.ids)
        names.insert(0, f"{prefix}.{own}")
    return columns.set_axis(names, axis=1)


def table_of(
    rows: Rows, pairs: Pairs, left: Sorted, right: Sorted, spec: JoinSpec, ground: Ground
) -> gpd.GeoDataFrame:
    """Return the table without summaries and transfers.

    Returns
    -------
    GeoDataFrame
        EPSG:4326, index counting from 0. A whole number beside missing ones has pandas' type for
        that. The geometry of a row without a match is its own, but for `intersection`, `line` and
        `none`, where there is nothing to show.
    """
    before, after = prefixes(left, right)
    parts = [_taken(own_columns(left, before, spec.left_columns, "left_columns"), rows.left)]
    others = own_columns(right, after, spec.right_columns, "right_columns")
    if spec.multiplicity == "list" and spec.how != "anti":
        parts.append(_listed(others, rows, pairs))
    elif spec.multiplicity != "count" and spec.how != "anti":
        parts.append(_taken(others, rows.right))
    if spec.how != "anti":
        parts.append(pair_columns(rows, pairs, spec))
    table = pd.concat(parts, axis=1) if len(parts) > 1 else parts[0]
    shapes = geometries(rows, left, right, spec, ground)
    return gpd.GeoDataFrame(table, geometry=shapes, crs=DEGREES)


def _taken(columns: pd.DataFrame, rows: Positions) -> pd.DataFrame:
    if not len(rows) or rows.min() >= 0:
        found = columns.take(rows)
    else:
        gaps = {
            name: "boolean" if dtype.kind == "b" else "Int64"
            for name, dtype in columns.dtypes.items()
            if isinstance(dtype, np.dtype) and dtype.kind in "biu"
        }
        found = (columns.astype(gaps) if gaps else columns).reindex(rows)
    found.index = pd.RangeIndex(len(rows))
    return found


def pair_columns(rows: Rows, pairs: Pairs, spec: JoinSpec) -> pd.DataFrame:
    """Return the columns that belong to neither side: numbers of matches, measures, certainty."""
    lost = rows.pair < 0
    some = bool(lost.any())
    at = np.where(lost, 0, rows.pair)
    empty = not len(pairs)

    def whole(values: Positions) -> npt.NDArray[np.int64] | pd.arrays.IntegerArray:
        found = np.zeros(len(rows), dtype=np.int64) if empty else values[at]
        return pd.arrays.IntegerArray(found, lost.copy()) if some else found

    counts = (
        np.zeros(len(rows), dtype=np.int64) if empty else np.where(lost, 0, pairs.match_count[at])
    )
    unmatched_right = (rows.left < 0) & lost
    columns: dict[str, object] = {}
    if spec.multiplicity not in GROUPED:
        columns["match_no"] = whole(pairs.match_no)
    columns["match_count"] = (
        pd.arrays.IntegerArray(counts, unmatched_right) if unmatched_right.any() else counts
    )
    if spec.multiplicity in GROUPED:
        return pd.DataFrame(columns, index=pd.RangeIndex(len(rows)))
    columns["tie_count"] = whole(pairs.tie_count)
    for name in MEASURES:
        values = getattr(pairs, name)
        if values is not None:
            columns[name] = np.where(lost, np.nan, np.nan if empty else values[at])
    columns["certainty"] = certainties(
        np.where(lost, -1, -1 if empty else pairs.certainty[at]).astype(np.int8)
    )
    return pd.DataFrame(columns, index=pd.RangeIndex(len(rows)))


def certainties(codes: npt.NDArray[np.int8]) -> pd.Categorical:
    """Return the words of codes of certainty, missing where the code is -1."""
    words: pd.Categorical = pd.Categorical.from_codes(codes, dtype=_CERTAINTY)
    return words


def _listed(columns: pd.DataFrame, rows: Rows, pairs: Pairs) -> pd.DataFrame:
    """Return in each cell the values of all matches of the row, by right id."""
    starts, sizes = runs(pairs.left)
    group = np.repeat(np.arange(len(starts)), sizes)
    cells: dict[str, pd.Series] = {}
    for n, name in enumerate(columns.columns):
        values = columns.iloc[:, n].to_numpy(dtype=object)
        found = values[pairs.right]
        lists = [tuple(found[a : a + n]) for a, n in zip(starts, sizes, strict=True)]
        cells[str(name)] = pd.Series(
            [
                lists[group[pair]] if pair >= 0 else (() if right < 0 else (values[right],))
                for pair, right in zip(rows.pair, rows.right, strict=True)
            ],
            dtype=object,
        )
    return pd.DataFrame(cells, index=pd.RangeIndex(len(rows)))


def geometries(rows: Rows, left: Sorted, right: Sorted, spec: JoinSpec, ground: Ground) -> Shapes:
    """Return the place of each row in degrees, by `spec.geometry`; None where there is none."""
    shapes = np.full(len(rows), None, dtype=object)
    if spec.geometry in ("intersection", "line"):
        matched = np.flatnonzero((rows.left >= 0) & (rows.right >= 0))
        shapes[matched] = _between(rows.left[matched], rows.right[matched], spec, ground)
    elif spec.geometry != "none":
        first, second = (rows.left, left), (rows.right, right)
        if spec.geometry == "right":
            first, second = second, first
        own = first[0] >= 0
        for (positions, side), there in ((first, own), (second, ~own & (second[0] >= 0))):
            shapes[there] = side.degrees_of(positions[there])
    return shapes


def _between(left: Positions, right: Positions, spec: JoinSpec, ground: Ground) -> Shapes:
    """Return what pairs have in common, or the straight line between them, in degrees."""
    if spec.geometry == "line":
        a, b = ground.measured[0][left], ground.measured[1][right]
        found = np.asarray(shapely.shortest_line(a, b), dtype=object)
    else:
        found = ground.overlaps(left, right)
        found = only(found, ~shapely.is_empty(found))
    if ground.geodesic:
        return found
    return np.asarray(gpd.GeoSeries(found, crs=METRES).to_crs(DEGREES).array, dtype=object)


def _none() -> Positions:
    return np.zeros(0, dtype=np.int64)
