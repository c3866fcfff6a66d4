"""The pairs that an engine finds, narrowed to those that the conditions beside place allow."""

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from geo.join import neighbours
from geo.join.engine import FindPairs, Found, Positions, Shapes
from geo.join.ground import Ground
from geo.join.refusals import refuse
from geo.join.side import Sorted
from geo.join.spec import JoinSpec

Mask = npt.NDArray[np.bool_]


def found_of(left: Sorted, right: Sorted, spec: JoinSpec, ground: Ground, find: FindPairs) -> Found:
    """Ask the engine, with the rows that have a place of their own, and narrow what it finds."""
    measured = spec.predicate in ("dwithin", "nearest")
    shapes = ground.measured if measured else ground.compared
    here, there = left.as_evidence(shapes[0]), right.as_evidence(shapes[1])
    asked = spec.changed(distance="geodesic" if ground.geodesic else "projected")
    if spec.predicate in ("centre_in", "share"):
        if spec.predicate == "centre_in":
            here = np.asarray(shapely.point_on_surface(here), dtype=object)
        asked = JoinSpec(distance=asked.distance)
    try:
        if spec.predicate == "nearest":
            return _nearest(left, right, (here, there), asked, find)
        found = find(here, there, asked)
    except shapely.errors.GEOSException as error:
        names = {"left": left.layer.id, "right": right.layer.id}
        raise refuse("geometry_failed", **names) from error
    return narrowed(found, left, right, spec)


def narrowed(found: Found, left: Sorted, right: Sorted, spec: JoinSpec) -> Found:
    """Keep the pairs that the conditions beside place allow."""
    return _kept(found, allowed(found.left, found.right, left, right, spec))


def _nearest(
    left: Sorted, right: Sorted, shapes: tuple[Shapes, Shapes], spec: JoinSpec, find: FindPairs
) -> Found:
    """Look for neighbours among the rows that the other options allow."""
    asked = spec.changed(k=spec.k + 1, exclusive=False) if spec.exclusive else spec
    if not spec.on:
        found = find(*shapes, asked)
    else:
        here, there = codes_of(left, right, spec.on)
        parts = []
        for code in np.intersect1d(here[here >= 0], there):
            a, b = np.flatnonzero(here == code), np.flatnonzero(there == code)
            part = find(shapes[0][a], shapes[1][b], asked)
            parts.append((a[part.left], b[part.right], part.distance_m))
        none = np.zeros(0, dtype=np.int64)
        columns = zip(*parts, strict=True) if parts else ((none,), (none,), (np.zeros(0),))
        p, q, distance = (np.concatenate(column) for column in columns)
        order = np.lexsort((q, p))
        found = Found(p[order], q[order], distance[order])
    if not spec.exclusive:
        return found
    return neighbours.kept(_kept(found, left.ids[found.left] != right.ids[found.right]), spec.k)


def allowed(p: Positions, q: Positions, left: Sorted, right: Sorted, spec: JoinSpec) -> Mask | None:
    """Return which pairs the conditions beside place allow; None if there are none."""
    found: Mask | None = None
    if spec.exclusive:
        found = np.asarray(left.ids[p] != right.ids[q], dtype=bool)
    if spec.on:
        here, there = codes_of(left, right, spec.on)
        equal = (here[p] == there[q]) & (here[p] >= 0)
        found = equal if found is None else found & equal
    return found


def codes_of(
    left: Sorted, right: Sorted, on: tuple[tuple[str, str], ...]
) -> tuple[Positions, Positions]:
    """Return a number for each row of both sides: equal where all columns are, -1 where any misses.

    Raises
    ------
    JoinError
        If there is no such column.
    """
    codes = np.zeros(len(left) + len(right), dtype=np.int64)
    missing = np.zeros(len(codes), dtype=bool)
    for a, b in on:
        values = pd.concat(
            [left.column(a, "on").astype(object), right.column(b, "on").astype(object)]
        )
        found, known = pd.factorize(values)
        missing |= found < 0
        codes = np.unique(codes * (len(known) + 1) + found, return_inverse=True)[1]
    codes[missing] = -1
    return codes[: len(left)], codes[len(left) :]


def _kept(found: Found, mask: Mask | None) -> Found:
    if mask is None:
        return found
    distance = None if found.distance_m is None else found.distance_m[mask]
    return Found(found.left[mask], found.right[mask], distance)
