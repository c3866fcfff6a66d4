"""The k nearest of each row, with all that are as near as the k-th."""

from collections.abc import Callable
from typing import TypeAlias

import numpy as np
import shapely

from geo.join.engine import Found, Metres, Positions, Shapes, in_order
from geo.join.groups import runs
from geo.join.spec import JoinSpec

Within: TypeAlias = Callable[[Positions, Metres], tuple[Positions, Positions, Metres]]
"""Takes left positions and a radius each; gives all pairs within it and their distance."""


def nearest(left: Shapes, right: Shapes, spec: JoinSpec) -> Found:
    """Return the nearest right rows of each left row in the plane."""
    limit = np.inf if spec.distance_m is None else spec.distance_m
    tree = shapely.STRtree(right)
    if len(tree) == 0:
        return _nothing()
    if limit == 0:
        met = tree.query(left, predicate="intersects")
        p, q = in_order(met[0], met[1], len(right))
        return kept(Found(p, q, np.zeros(len(p))), spec.k)
    if not len(left) or shapely.is_missing(left).all():
        return _nothing()
    (p, q), distance = tree.query_nearest(
        left,
        max_distance=None if np.isinf(limit) else limit,
        return_distance=True,
        all_matches=True,
    )
    if spec.k == 1:
        return _sorted(p, q, distance)

    def within(asked: Positions, radius: Metres) -> tuple[Positions, Positions, Metres]:
        n, found = tree.query(left[asked], predicate="dwithin", distance=radius)
        return asked[n], found, shapely.distance(left[asked[n]], right[found])

    asked, first = np.unique(p, return_index=True)
    step = _step(right)
    return expanded(
        within,
        asked,
        np.maximum(distance[first], step) * np.sqrt(spec.k),
        k=min(spec.k, int((~(shapely.is_missing(right) | shapely.is_empty(right))).sum())),
        limit=limit,
    )


def expanded(within: Within, asked: Positions, radius: Metres, *, k: int, limit: float) -> Found:
    """Double the radius of each row until it holds `k` neighbours or reaches the limit."""
    parts: list[tuple[Positions, Positions, Metres]] = []
    while len(asked):
        radius = np.minimum(radius, limit)
        p, q, distance = within(asked, radius)
        place = np.searchsorted(asked, p)
        counts = np.bincount(place, minlength=len(asked))
        done = (counts >= k) | (radius >= limit)
        taken = done[place]
        parts.append((p[taken], q[taken], distance[taken]))
        asked, radius = asked[~done], radius[~done] * 2
    if not parts:
        return _nothing()
    return kept(_sorted(*(np.concatenate(column) for column in zip(*parts, strict=True))), k)


def kept(found: Found, k: int) -> Found:
    """Keep of each left row the k nearest, and those that are as near as the k-th."""
    distance = found.distance_m
    if distance is None or not len(distance):
        return found
    order = np.lexsort((distance, found.left))
    starts, sizes = runs(found.left[order])
    limit = np.empty(len(order))
    limit[order] = np.repeat(distance[order][starts + np.minimum(sizes, k) - 1], sizes)
    mask = distance <= limit
    return Found(found.left[mask], found.right[mask], distance[mask])


def _sorted(p: Positions, q: Positions, distance: Metres) -> Found:
    order = np.lexsort((q, p))
    return Found(p[order], q[order], distance[order])


def _nothing() -> Found:
    none = np.zeros(0, dtype=np.int64)
    return Found(none, none, np.zeros(0))


def _step(right: Shapes) -> float:
    """Return about how far apart the rows would lie if they were spread evenly."""
    box = shapely.total_bounds(right)
    extent = max(box[2] - box[0], box[3] - box[1], 1.0)
    return float(extent / np.sqrt(max(len(right), 1)))
