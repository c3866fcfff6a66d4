"""Values of the left rows shared out among the right rows by area, and what is left over.

With S_i the left rows (sources), T_j the right rows (targets) and y_i the value of a source::

    w_ij        = area(S_i ∩ T_j) / area(S_i)
    extensive   Ŷ_j = Σ_i w_ij · y_i
    residual    r   = Σ_i y_i · (1 - Σ_j w_ij)
    intensive   Ŷ_j = Σ_i area(S_i ∩ T_j) · y_i / Σ_i area(S_i ∩ T_j)
    categorical share_j(c) = Σ_{i: c_i = c} area(S_i ∩ T_j) / area(T_j)

A dasymetric mask (buildings, or cells with their population) puts the area of the mask, or the
population, in the place of the area. Each source is taken to be uniform within itself. Lines have
their length for an area; a point is divided in equal parts among the targets that it matches. What
lies outside every target is never allotted: it is the residual.
"""

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.crs import DEGREES, to_metres
from geo.join.engine import Metres, Positions, Shapes
from geo.join.ground import Ground
from geo.join.pairs import Pairs
from geo.join.refusals import refuse
from geo.join.side import Sorted
from geo.join.spec import JoinSpec
from geo.join.table import GROUPED, Rows, own_columns, prefixes

_SLIVER = 1e-9
"""Part of the smaller of two targets that they may have in common: what rounding leaves."""


@dataclass(frozen=True, eq=False)
class Weights:
    """What the pairs have in common, ready to share values out.

    Parameters
    ----------
    common
        Area (length, number) that each pair has in common; 0 where there is no evidence.
    share
        w_ij: the part of the source that it is.
    """

    common: Metres
    share: Metres


def check_transfer(left: Sorted, spec: JoinSpec) -> None:
    """Refuse what cannot be shared out, before anything is computed.

    Raises
    ------
    JoinError
        If a column does not exist, holds no numbers though it is to be an amount or a density, or
        stands beside one of the name that its parts would have.
    """
    for column, kind in spec.transfer:
        values = left.column(column, "transfer")
        numeric = pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values)
        if kind != "categorical" and not numeric:
            raise refuse("not_numeric", option="transfer", column=column, layer=left.layer.id)
        if f"{column}.split" in left.columns:
            raise refuse("name_taken", column=f"{column}.split", layer=left.layer.id)


def weights_of(pairs: Pairs, left: Sorted, ground: Ground) -> Weights:
    """Return the weights of the pairs of a join that has a transfer."""
    dimensions = left.dimensions[pairs.left]
    counts = np.bincount(pairs.left, minlength=len(left))[pairs.left]
    lengths = _lengths(ground)[pairs.left] if (dimensions == 1).any() else np.ones(len(pairs))
    own = np.select(
        [dimensions == 2, dimensions == 1], [ground.left_areas[pairs.left], lengths], counts
    )
    common = np.select(
        [dimensions == 2, dimensions == 1],
        [np.nan_to_num(pairs.overlap_area_m2), np.nan_to_num(pairs.overlap_length_m)],  # type: ignore[arg-type]
        1.0,
    )
    common = np.where(np.isnan(ground.left_areas[pairs.left]), 0.0, common)
    share = np.divide(common, own, out=np.zeros(len(pairs)), where=own > 0)
    return Weights(common, np.minimum(share, 1.0))


def _lengths(ground: Ground) -> Metres:
    from geo.join import geodesic

    shapes = ground.measured[0]
    return geodesic.lengths(shapes) if ground.geodesic else shapely.length(shapes)


def check_overlaps(pairs: Pairs, right: Sorted, ground: Ground) -> None:
    """Refuse targets that overlap: what lies in two of them would be counted twice.

    Raises
    ------
    JoinError
        If two of the right rows that matched have area in common.
    """
    found = _overlaps(pairs, right, ground)
    if len(found):
        first, second = (str(right.ids[row]) for row in found[0])
        names = {"first": first, "second": second}
        raise refuse("targets_overlap", layer=right.layer.id, count=len(found), **names)


def overlapping(pairs: Pairs, right: Sorted, ground: Ground) -> int:
    """Return how many pairs of the right rows that matched have area in common."""
    return len(_overlaps(pairs, right, ground))


def _overlaps(pairs: Pairs, right: Sorted, ground: Ground) -> Positions:
    """Return the right rows that overlap, shape (n, 2); none where each source has one target."""
    if len(np.unique(pairs.left)) == len(pairs):
        return np.empty((0, 2), dtype=np.intp)
    rows = np.unique(pairs.right)
    rows = rows[right.dimensions[rows] == 2]
    shapes: Shapes = ground.measured[1][rows]
    a, b = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    a, b = a[a < b], b[a < b]
    common = ground.areas(np.asarray(shapely.intersection(shapes[a], shapes[b]), dtype=object))
    least = np.minimum(ground.right_areas[rows[a]], ground.right_areas[rows[b]])
    found = common > _SLIVER * least
    return np.column_stack([rows[a[found]], rows[b[found]]])


def transferred(
    pairs: Pairs, left: Sorted, right: Sorted, spec: JoinSpec, ground: Ground
) -> gpd.GeoDataFrame:
    """Return the right rows with the values they were given.

    Returns
    -------
    GeoDataFrame
        EPSG:4326, one row for each right row in the order of ids: its own columns, then
        `<left layer>.<column>` for each column (`<left layer>.<column>.<value>` for each value of
        a categorical one), missing where no source lies in the row.
    """
    before, after = prefixes(left, right)
    weights = weights_of(pairs, left, ground)
    count = len(right)
    table = own_columns(right, after, spec.right_columns, "right_columns")
    given: dict[str, Metres] = {}
    for column, kind in spec.transfer:
        name = f"{before}.{column}"
        if kind == "categorical":
            given |= _categorical(pairs, left, column, name, weights.common, ground)
            continue
        values = left.numbers(column)[pairs.left]
        known = ~np.isnan(values) & (weights.common > 0)
        rows = pairs.right[known]
        reached = np.bincount(rows, minlength=count) > 0
        if kind == "extensive":
            total = np.bincount(rows, (weights.share * values)[known], minlength=count)
        else:
            part = np.bincount(rows, weights.common[known], minlength=count)
            total = np.bincount(rows, (weights.common * values)[known], minlength=count)
            total = np.divide(total, part, out=np.zeros(count), where=part > 0)
        given[name] = np.where(reached, total, np.nan)
    both = pd.concat([table.reset_index(drop=True), pd.DataFrame(given)], axis=1)
    return gpd.GeoDataFrame(both, geometry=right.degrees, crs=DEGREES)


def _categorical(
    pairs: Pairs, left: Sorted, column: str, name: str, common: Metres, ground: Ground
) -> dict[str, Metres]:
    values = left.column(column, "transfer").to_numpy(dtype=object)[pairs.left]
    count = len(ground.right_areas)
    shares: dict[str, Metres] = {}
    for value in sorted(set(values[~pd.isna(values)]), key=str):
        chosen = values == value
        area = np.bincount(pairs.right[chosen], common[chosen], minlength=count)
        own = ground.right_areas
        shares[f"{name}.{value}"] = np.divide(area, own, out=np.full(count, np.nan), where=own > 0)
    return shares


def residuals(pairs: Pairs, left: Sorted, spec: JoinSpec, ground: Ground) -> dict[str, float]:
    """Return by extensive column the part of its total that no target was given."""
    weights = weights_of(pairs, left, ground)
    given = np.bincount(pairs.left, weights.share, minlength=len(left))
    return {
        column: float(np.nansum(left.numbers(column) * (1 - given)))
        for column, kind in spec.transfer
        if kind == "extensive"
    }


def mask_weights(
    shapes: gpd.GeoSeries, mask: gpd.GeoDataFrame, column: str | None = None
) -> "pd.Series[float]":
    """Return how much of a mask lies in each shape: the measure of a dasymetric transfer.

    Parameters
    ----------
    shapes
        Outlines, such as the parts that sources and targets have in common.
    mask
        Buildings, or cells of a population grid; they must not overlap.
    column
        An amount of the mask (population), shared out by area; None takes the area itself, m².

    Raises
    ------
    MissingCrsError
        If one of them has no CRS.
    """
    parts, cells = to_metres(shapes), to_metres(mask.geometry)
    here = np.asarray(parts.array, dtype=object)
    there = np.asarray(cells.array, dtype=object)
    a, b = shapely.STRtree(there).query(here, predicate="intersects")
    common = shapely.area(shapely.intersection(here[a], there[b]))
    if column is not None:
        own = shapely.area(there[b])
        amount = mask[column].to_numpy(dtype=float)[b]
        common = np.divide(common * amount, own, out=np.zeros(len(a)), where=own > 0)
    return pd.Series(np.bincount(a, common, minlength=len(here)), index=shapes.index)


def splits(
    pairs: Pairs, rows: Rows, left: Sorted, spec: JoinSpec, ground: Ground
) -> dict[str, Metres]:
    """Return by extensive column the part of its value that goes to each row of the table.

    A row without a match keeps the whole value; what of a matched row lies outside all targets is
    in no row, and is the residual.
    """
    if not spec.transfer or spec.multiplicity in GROUPED:
        return {}
    share = weights_of(pairs, left, ground).share
    part = np.where(rows.pair < 0, 1.0, share[rows.pair] if len(pairs) else 1.0)
    part = np.where(rows.left < 0, np.nan, part)
    return {
        column: left.numbers(column)[rows.left] * part
        for column, kind in spec.transfer
        if kind == "extensive"
    }
