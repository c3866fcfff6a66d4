"""The rows that found no match: why, and what lies nearest to them."""

from typing import NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.crs import DEGREES
from geo.join.engine import FindPairs, Positions, Shapes
from geo.join.ground import Ground
from geo.join.pairs import Pairs
from geo.join.side import Sorted
from geo.join.spec import JoinSpec
from geo.join.table import own_columns, prefixes, without


class Unmatched(NamedTuple):
    """Rows of both sides without a match.

    Parameters
    ----------
    left, right
        GeoDataFrames in EPSG:4326 with `reason` (no_match, no_place, placed_at_site), `nearest_id`
        and `nearest_distance_m` (of the other layer's rows with a place of their own; missing
        where there is none, or the row itself has none), then the row's own columns, called
        `<layer>.<column>`. In the order of their ids.
    """

    left: gpd.GeoDataFrame
    right: gpd.GeoDataFrame


def unmatched_of(
    pairs: Pairs, left: Sorted, right: Sorted, spec: JoinSpec, ground: Ground, find: FindPairs
) -> Unmatched:
    """Return the rows of both sides that no pair has."""
    before, after = prefixes(left, right)
    here, there = ground.measured
    kind = "geodesic" if ground.geodesic else "projected"
    nearest = JoinSpec("nearest", distance=kind)
    found = []
    for rows, side, other, shapes, others, prefix, kept, option in (
        (pairs.left, left, right, here, there, before, spec.left_columns, "left_columns"),
        (pairs.right, right, left, there, here, after, spec.right_columns, "right_columns"),
    ):
        lost = without(rows, len(side))
        table = own_columns(side, prefix, kept, option).take(lost)
        table.index = pd.RangeIndex(len(lost))
        candidates = _nearest(lost, side, other, shapes, others, nearest, find)
        about = pd.DataFrame({"reason": _reasons(lost, side), **candidates})
        geometry = side.degrees[lost]
        table = pd.concat([about, table], axis=1)
        found.append(gpd.GeoDataFrame(table, geometry=geometry, crs=DEGREES))
    return Unmatched(*found)


def _reasons(lost: Positions, side: Sorted) -> "np.ndarray[tuple[int], np.dtype[np.object_]]":
    return np.where(
        ~side.placed[lost],
        np.array("no_place", dtype=object),
        np.where(side.at_site[lost], "placed_at_site", "no_match").astype(object),
    )


def _nearest(
    lost: Positions,
    side: Sorted,
    other: Sorted,
    shapes: Shapes,
    others: Shapes,
    spec: JoinSpec,
    find: FindPairs,
) -> dict[str, object]:
    found = find(side.as_evidence(shapes)[lost], other.as_evidence(others), spec)
    first = np.flatnonzero(np.diff(found.left, prepend=-1))
    ids = np.full(len(lost), None, dtype=object)
    distance = np.full(len(lost), np.nan)
    if found.distance_m is not None:
        ids[found.left[first]] = other.ids[found.right[first]]
        distance[found.left[first]] = found.distance_m[first]
    return {"nearest_id": ids, "nearest_distance_m": distance}
