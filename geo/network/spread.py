"""What holds wherever a site may lie: bounds of travel times over all its positions, not samples.

The positions of an uncertain site fill a circle. They are covered by a fine square grid, so that
each lies within h of a point of the grid (h half the diagonal of a cell). A position is joined to
its nearest street, and what that is may change from one step to the next: each point of the grid is
therefore joined to every straight piece of street that can be the nearest of any position within h
of it, that is all within 2 h of the nearest. On one straight piece the foot of a position is within
h of that of the grid point, and the way to it differs by h at most: 2 h, walked, are between the
cost of any position and that of some joined grid point.

Searching from all of them would be too slow. A few of the feet, the pivots, are searched, chosen
farthest first; every other is tied to its nearest pivot q. By the triangle inequality a position p
with the way a to its foot f has c(p, j) <= a + c(f, q) + c(q, j), and c(p, j) >= a + c(q, j) -
c(q, f). The greatest of a + c(f, q) and the least of a - c(q, f) over the feet of a pivot, with the
2 h, are its offsets. They do not cover a destination on the same one-way street within h before or
behind the foot of the site.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.network.positions import Positions
from geo.network.snapping import CAP_M, Snapped
from geo.network.streets import Floats, Integers, Network
from geo.network.travel import travel_times

Direction = Literal["to", "from"]

PIVOTS = 48
"""Most searches for one site, if no street of it is an island."""

NEAR_S = 30.0
"""No more pivots are chosen where all feet are within this many seconds of one, there and back."""

_GRID_POINTS = 4000
_LEAST_STEP_M = 5.0


@dataclass(frozen=True, eq=False)
class Spread:
    """Where a site may lie, as points to search from and what to add to their times.

    `pivots` are put onto the streets, each a place. `low` and `high`, both (2, places), are the
    least and the most to add, in the costs of the network: in row 0 to the way from the site, in
    row 1 to the way to it. All are 0 where the place is certain.
    """

    pivots: Snapped
    low: Floats
    high: Floats

    @property
    def certain(self) -> bool:
        """Whether one number describes the site, as there is one way to enter it."""
        return self.pivots.places == 1 and not self.low.any() and not self.high.any()

    def times(
        self, network: Network, ends: Snapped, *, direction: Direction, limit: float = np.inf
    ) -> tuple[Floats, Floats]:
        """Return bounds of the cost between positions and ends, both (places, ends).

        For every position there is a row between whose bounds its costs lie. What takes more than
        `limit` from all positions of a row is infinite.
        """
        row = int(direction == "to")
        low, high = self.low[row][:, None], self.high[row][:, None]
        used = network.reversed if direction == "to" else network
        found = travel_times(used, self.pivots, ends, limit=limit - float(low.min(initial=0.0)))
        return np.maximum(found + low, 0.0), found + high


def spread(network: Network, site: Positions, *, cap_m: float = CAP_M) -> Spread | None:
    """Return what bounds the times of a site; None where no position is near enough to a street.

    Positions farther than `cap_m` from any street are left out: from there nothing is reached.
    """
    if site.disc is None:
        return _sure(network, list(site.candidates), cap_m)
    (x, y), radius = site.disc
    step = max(_LEAST_STEP_M, radius * float(np.sqrt(np.pi / _GRID_POINTS)))
    covered = step / float(np.sqrt(2))
    xy = _grid(x, y, radius, step, covered)
    feet, away = _feet(network, xy, covered, cap_m)
    parts = [] if feet is None else [_tied(network, feet, away, covered)]
    # A guessed boundary is one more possibility, entered at the best of its points.
    outline = _sure(network, [*site.candidates[site.circle :]], cap_m)
    parts += [] if outline is None else [outline]
    return _joined(parts) if parts else None


def _sure(network: Network, candidates: list[Floats], cap_m: float) -> Spread | None:
    found = Positions(tuple(candidates), "").snap(network, cap_m=cap_m) if candidates else None
    if found is None or not found.reached.any():
        return None
    kept = found.chosen(np.flatnonzero(found.reached))
    nothing = np.zeros((2, kept.places))
    return Spread(kept, nothing, nothing)


def _grid(x: float, y: float, radius: float, step: float, covered: float) -> Floats:
    """Return points of a square grid such that every point of the disc is within `covered`."""
    count = int(np.ceil((radius + covered) / step))
    along = np.arange(-count, count + 1) * step
    dx, dy = (axis.ravel() for axis in np.meshgrid(along, along))
    inside = np.hypot(dx, dy) <= radius + covered
    return np.column_stack([x + dx[inside], y + dy[inside]])


def _feet(
    network: Network, xy: Floats, covered: float, cap_m: float
) -> tuple[Snapped | None, Floats]:
    """Return every foot that a position near a grid point may have, and the metres to it."""
    points = np.asarray(shapely.points(xy), dtype=object)
    margin = cap_m + 5 * covered
    frame = shapely.box(*(xy.min(axis=0) - margin), *(xy.max(axis=0) + margin))
    around = np.sort(network.tree.query(frame, predicate="intersects")).astype(np.int64)
    if not len(around):
        return None, np.empty(0)
    pieces, street = _pieces(network, around)
    tree = shapely.STRtree(pieces)
    nearest = shapely.distance(points, pieces[tree.nearest(points)])
    usable = np.flatnonzero(nearest - covered <= cap_m)
    if not len(usable):
        return None, np.empty(0)
    of, piece = tree.query(
        points[usable], predicate="dwithin", distance=nearest[usable] + 2 * covered
    )
    at = points[usable][of]
    away = shapely.distance(at, pieces[piece])
    foot = shapely.line_interpolate_point(
        pieces[piece], shapely.line_locate_point(pieces[piece], at)
    )
    own = street[piece]
    length = network.length_m[own]
    along = shapely.line_locate_point(network.geometry[own], foot)
    feet = Snapped(
        places=len(own),
        place=np.arange(len(own)),
        street=own,
        fraction=np.clip(
            np.divide(along, length, out=np.zeros(len(own)), where=length > 0), 0.0, 1.0
        ),
        access_m=np.zeros(len(own)),
        xy=shapely.get_coordinates(foot),
        cap_m=cap_m,
    )
    return feet, np.asarray(away)


def _pieces(network: Network, streets: Integers) -> tuple[NDArray[np.object_], Integers]:
    """Return the straight pieces of some streets, and the street of each."""
    xy, line = shapely.get_coordinates(network.geometry[streets], return_index=True)
    joined = np.flatnonzero(line[1:] == line[:-1])
    ends = np.stack([xy[joined], xy[joined + 1]], axis=1)
    return np.asarray(shapely.linestrings(ends), dtype=object), streets[line[joined]]


def _tied(network: Network, feet: Snapped, away: Floats, covered: float) -> Spread:
    """Tie every foot to its nearest pivot, there and back; those on islands have their own."""
    near = NEAR_S * network.access_cost * network.walk_m_s
    pivots: list[int] = []
    tie = np.full(feet.places, np.inf)
    ways = np.full((2, feet.places), np.inf)
    owner = np.zeros(feet.places, dtype=np.int64)
    following = 0
    while True:
        one = feet.chosen(np.array([following]))
        out = travel_times(network, one, feet)[0]
        back = out if network.same_both_ways else travel_times(network.reversed, one, feet)[0]
        nearer = out + back < tie
        nearer[following] = True
        tie[nearer] = (out + back)[nearer]
        tie[following] = 0.0
        ways[:, nearer] = back[nearer], out[nearer]
        ways[:, following] = 0.0
        owner[nearer] = len(pivots)
        pivots.append(following)
        following = int(tie.argmax())
        enough = tie[following] <= 2 * near or len(pivots) >= PIVOTS
        if enough and np.isfinite(tie[following]):
            break
    low, high = np.full((2, len(pivots)), np.inf), np.full((2, len(pivots)), -np.inf)
    most = (away + 2 * covered) * network.access_cost
    least = (np.maximum(away - covered, 0.0) - covered) * network.access_cost
    for row in (0, 1):
        np.maximum.at(high[row], owner, most + ways[row])
        np.minimum.at(low[row], owner, least - ways[1 - row])
    return Spread(feet.chosen(np.array(pivots)), low, high)


def _joined(parts: list[Spread]) -> Spread:
    places = np.cumsum([0, *(part.pivots.places for part in parts)])
    snapped = [part.pivots for part in parts]
    pivots = Snapped(
        places=int(places[-1]),
        place=np.concatenate(
            [one.place + first for one, first in zip(snapped, places[:-1], strict=True)]
        ),
        street=np.concatenate([one.street for one in snapped]),
        fraction=np.concatenate([one.fraction for one in snapped]),
        access_m=np.concatenate([one.access_m for one in snapped]),
        xy=np.vstack([one.xy for one in snapped]),
        cap_m=snapped[0].cap_m,
    )
    return Spread(
        pivots,
        np.concatenate([part.low for part in parts], axis=1),
        np.concatenate([part.high for part in parts], axis=1),
    )
