"""The engine in memory: an STRtree of one side, asked with the geometries of the other."""

from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from geo.join import geodesic, neighbours
from geo.join.engine import Found, Positions, Shapes, in_order
from geo.join.groups import equal_codes
from geo.join.refusals import refuse
from geo.join.spec import JoinSpec

_INVERSE = {
    "intersects": "intersects",
    "within": "contains",
    "contains": "within",
    "covers": "covered_by",
    "covered_by": "covers",
    "touches": "touches",
    "crosses": "crosses",
    "overlaps": "overlaps",
    "dwithin": "dwithin",
}
"""Predicate -> the same question asked from the right side."""

_HOLDERS = ("contains", "covers", "contains_properly")
"""What GEOS answers fastest when the geometry that asks is prepared."""

MOST_PAIRS = 50_000_000
"""Pairs of rows that are compared one by one, where no tree can leave any out."""

_CHUNK = 1_000_000


def find_pairs(left: Shapes, right: Shapes, spec: JoinSpec) -> Found:
    """Return every pair for which the predicate holds; see `geo.join.engine.FindPairs`."""
    if spec.predicate in ("dwithin", "nearest"):
        if spec.distance == "geodesic":
            return geodesic.find_pairs(left, right, spec)
        if spec.predicate == "nearest":
            return neighbours.nearest(left, right, spec)
        return _within_distance(left, right, spec)
    if spec.predicate == "equals":
        pairs = _equal(left, right)
    elif spec.predicate == "disjoint":
        pairs = _disjoint(left, right)
    elif spec.predicate == "pattern":
        pairs = _fitting(left, right, str(spec.pattern))
    else:
        pairs = related(left, right, spec.predicate)
    return Found(*in_order(*pairs, len(right)))


def related(
    left: Shapes, right: Shapes, predicate: str, distance: float | None = None
) -> tuple[Positions, Positions]:
    """Ask a tree; pairs in no particular order."""
    inverse = _INVERSE.get(predicate)
    if inverse is None or (inverse not in _HOLDERS and _asks(left, right, predicate)):
        found = _asked(shapely.STRtree(right), left, predicate, distance)
        return found[0], found[1]
    found = _asked(shapely.STRtree(left), right, inverse, distance)
    return found[1], found[0]


def _asked(
    tree: shapely.STRtree, shapes: Shapes, predicate: Any, distance: float | None
) -> npt.NDArray[np.int64]:
    if distance is not None:
        return tree.query(shapes, predicate="dwithin", distance=distance)
    return tree.query(shapes, predicate=predicate)


def _asks(left: Shapes, right: Shapes, predicate: str) -> bool:
    """Whether the left side is the one to ask with: the one with more vertices a geometry."""
    if predicate in _HOLDERS:
        return True
    return _vertices(left) >= _vertices(right)


def _vertices(shapes: Shapes) -> float:
    return float(np.mean(shapely.get_num_coordinates(shapes))) if len(shapes) else 0.0


def _within_distance(left: Shapes, right: Shapes, spec: JoinSpec) -> Found:
    limit = float(spec.distance_m or 0)
    if limit == 0:  # exactly what meets, whatever rounding makes of a distance
        pairs = in_order(*related(left, right, "intersects"), len(right))
        return Found(*pairs, np.zeros(len(pairs[0])))
    pairs = in_order(*related(left, right, "dwithin", limit), len(right))
    return Found(*pairs, shapely.distance(left[pairs[0]], right[pairs[1]]))


def _equal(left: Shapes, right: Shapes) -> tuple[Positions, Positions]:
    """Compare what has the same extent: equal point sets have equal bounds."""
    here, there = present(left), present(right)
    boxes = np.concatenate([shapely.bounds(left[here]), shapely.bounds(right[there])]) + 0.0
    codes = np.unique(boxes, axis=0, return_inverse=True)[1].reshape(-1)
    p, q = equal_codes(codes[: len(here)], codes[len(here) :])
    p, q = here[p], there[q]
    same = shapely.equals(left[p], right[q])
    return p[same], q[same]


def _disjoint(left: Shapes, right: Shapes) -> tuple[Positions, Positions]:
    p, q = _all_pairs(left, right)
    met = np.sort(np.ravel_multi_index(related(left, right, "intersects"), _shape(left, right)))
    apart = ~np.isin(np.ravel_multi_index((p, q), _shape(left, right)), met, assume_unique=True)
    return p[apart], q[apart]


def _fitting(left: Shapes, right: Shapes, pattern: str) -> tuple[Positions, Positions]:
    """Compare by DE-9IM matrix; a pattern that asks no meeting fits far pairs as well."""
    meets = any(pattern[n] not in "F*" for n in (0, 1, 3, 4))
    if meets:
        p, q = shapely.STRtree(right).query(left)
    else:
        p, q = _all_pairs(left, right)
    fits = [
        shapely.relate_pattern(left[p[n : n + _CHUNK]], right[q[n : n + _CHUNK]], pattern)
        for n in range(0, len(p), _CHUNK)
    ]
    kept = np.concatenate(fits) if fits else np.zeros(0, dtype=bool)
    return p[kept], q[kept]


def _all_pairs(left: Shapes, right: Shapes) -> tuple[Positions, Positions]:
    here, there = present(left), present(right)
    if len(here) * len(there) > MOST_PAIRS:
        raise refuse("too_many_pairs", found=len(here) * len(there), limit=MOST_PAIRS)
    return np.repeat(here, len(there)), np.tile(there, len(here))


def present(shapes: Shapes) -> Positions:
    """Return the positions of the geometries that are somewhere."""
    return np.flatnonzero(~(shapely.is_missing(shapes) | shapely.is_empty(shapes)))


def _shape(left: Shapes, right: Shapes) -> tuple[int, int]:
    return max(len(left), 1), max(len(right), 1)
