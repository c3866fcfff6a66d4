"""Whether a pair would hold wherever in their accuracy circles its two rows truly lie.

A row of accuracy a may lie anywhere up to a metres from where it is drawn, as a whole, without
turning. So the rows of a pair are displaced against each other by at most r = a_left + a_right,
and depth(A in B) is the distance from A to the edge of B where B, an outline, covers A. A pair
that holds as drawn is certain if

=========================================  ====================================================
within, covered_by                          depth(L in R) >= r
contains, covers, contains_properly         depth(R in L) >= r
centre_in                                   depth(representative point of L in R) >= r
intersects                                  one of the depths >= r, or L meets R shrunk by r, or
                                            R meets L shrunk by r
share                                       area(L and (R shrunk by r)) >= share · area(L)
dwithin                                     distance + r <= distance_m
nearest                                     at most k - 1 other right rows j have
                                            d_j - a_j <= d + a_right + 2 · a_left, and
                                            d + r <= distance_m where that is given
disjoint                                    distance > r
touches, crosses, overlaps, equals, pattern r = 0
=========================================  ====================================================

(`within`, `contains` and `contains_properly` ask for more than r, not r itself.) Where the two
sides of a formula are not equivalent to "holds everywhere", they are on the safe side: a pair is
never called certain wrongly. Unknown accuracy makes a pair possible. The choice among several
matches is not looked at: certain is the pair, not that it is the best.
"""

import numpy as np
import numpy.typing as npt
import shapely

from geo.join import geodesic
from geo.join.engine import Metres, Positions, Shapes
from geo.join.ground import Ground
from geo.join.side import Sorted, only
from geo.join.spec import JoinSpec

CERTAIN, POSSIBLE, MEMBER = 0, 1, 2

_ROUND = 1 / np.cos(np.pi / 64)
"""GEOS draws a quarter circle with 16 chords: so much farther out, none of them cuts the circle."""

_STRICT = ("within", "contains", "contains_properly")
_AT_ONCE = 2_000_000

Mask = npt.NDArray[np.bool_]


def certainty(
    left: Positions,
    right: Positions,
    *,
    distance_m: Metres | None,
    is_member: Mask,
    spec: JoinSpec,
    sides: tuple[Sorted, Sorted],
    ground: Ground,
) -> npt.NDArray[np.int8]:
    """Return CERTAIN, POSSIBLE or MEMBER for each pair that holds as drawn."""
    codes = np.full(len(left), POSSIBLE, dtype=np.int8)
    codes[is_member] = MEMBER
    radius = sides[0].accuracy_m[left] + sides[1].accuracy_m[right]
    known = np.flatnonzero(np.isfinite(radius) & ~is_member)
    if len(known):
        pairs = _Pairs(left[known], right[known], radius[known], spec, sides, ground)
        distance = None if distance_m is None else distance_m[known]
        codes[known[pairs.certain(distance)]] = CERTAIN
    return codes


class _Pairs:
    """The pairs whose accuracy is known on both sides."""

    def __init__(
        self,
        left: Positions,
        right: Positions,
        radius: Metres,
        spec: JoinSpec,
        sides: tuple[Sorted, Sorted],
        ground: Ground,
    ) -> None:
        self.left, self.right, self.radius = left, right, radius
        self.spec, self.sides, self.ground = spec, sides, ground
        self.here: Shapes = ground.measured[0][left]
        self.there: Shapes = ground.measured[1][right]

    def certain(self, distance: Metres | None) -> Mask:
        """Return which pairs hold wherever their rows lie."""
        r = self.radius
        match self.spec.predicate:
            case "within" | "covered_by":
                found = self._deep(self.here, self.there)
            case "contains" | "covers" | "contains_properly":
                found = self._deep(self.there, self.here)
            case "centre_in":
                found = self._deep(shapely.point_on_surface(self.here), self.there)
            case "intersects":
                found = self._meeting()
            case "share":
                found = self._sharing()
            case "disjoint":
                found = self.ground.distances(self.left, self.right) > r
            case "dwithin" if distance is not None:
                return np.asarray(distance + r <= float(self.spec.distance_m or 0))
            case "nearest" if distance is not None:
                return self._nearest(distance)
            case _:
                found = np.zeros(len(r), dtype=bool)
        return np.asarray(found | (r == 0), dtype=bool)

    def _deep(self, inner: Shapes, outer: Shapes) -> Mask:
        surfaces = shapely.get_dimensions(outer) == 2
        found = np.zeros(len(inner), dtype=bool)
        at = np.flatnonzero(surfaces & shapely.covers(outer, inner))
        edge = shapely.boundary(outer[at])
        depth = (
            geodesic.distances(inner[at], edge)
            if self.ground.geodesic
            else shapely.distance(inner[at], edge)
        )
        r = self.radius[at]
        found[at] = depth > r if self.spec.predicate in _STRICT else depth >= r
        return found

    def _meeting(self) -> Mask:
        found = self._deep(self.here, self.there) | self._deep(self.there, self.here)
        if self.ground.geodesic:
            return found
        left = np.flatnonzero(~found)
        a, b, r = self.here[left], self.there[left], self.radius[left] * _ROUND
        found[left] = shapely.intersects(a, _shrunk(b, r)) | shapely.intersects(_shrunk(a, r), b)
        return found

    def _sharing(self) -> Mask:
        if self.ground.geodesic:
            return np.zeros(len(self.radius), dtype=bool)
        inside = shapely.area(
            shapely.intersection(self.here, _shrunk(self.there, self.radius * _ROUND))
        )
        return np.asarray(inside >= float(self.spec.share or 0) * shapely.area(self.here))

    def _nearest(self, distance: Metres) -> Mask:
        """Count the right rows that may be as near as the one of the pair."""
        others = self.sides[1].accuracy_m
        placed = np.flatnonzero(self.sides[1].own_place)
        if np.isnan(others[placed]).any():
            return np.zeros(len(distance), dtype=bool)
        limit = np.inf if self.spec.distance_m is None else self.spec.distance_m
        reach = distance + others[self.right] + 2 * self.sides[0].accuracy_m[self.left]
        rivals = np.zeros(len(distance), dtype=np.int64)
        size = max(_AT_ONCE // max(len(placed), 1), 1)
        for start in range(0, len(distance), size):
            part = slice(start, start + size)
            rows = self.left[part]
            n = np.repeat(np.arange(len(rows)), len(placed))
            there = np.tile(placed, len(rows))
            nearer = self.ground.distances(rows[n], there) - others[there] <= reach[part][n]
            rivals[part] = np.bincount(n[nearer], minlength=len(rows))
        # The row of the pair itself is always among those counted.
        return (rivals <= self.spec.k) & (distance + self.radius <= limit)


def _shrunk(shapes: Shapes, radius: Metres) -> Shapes:
    """Return outlines shrunk by a radius; what is no outline shrinks to nothing."""
    outlines = only(shapes, shapely.get_dimensions(shapes) == 2)
    return np.asarray(shapely.buffer(outlines, -radius, quad_segs=16), dtype=object)
