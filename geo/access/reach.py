"""Who comes to a place by each minute, to several places together, and who comes anew."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.access.demand import demand, on_streets
from geo.network import BEYOND, Network, Snapped, arrival_minutes, curve_of
from geo.network.streets import Floats
from geo.snapshot import Snapshot

MOST_MINUTES = 60
Arrivals = NDArray[np.uint8]
"""The minute within which each point of the demand has come, `geo.network.BEYOND` for never."""


@dataclass(frozen=True, eq=False)
class Reach:
    """Who comes to a place, of the people and of the buildings, as far as the snapshot has them.

    `curves` have the least and the most (`low`, `high`) by minute from 0 to 60 over all positions
    where the place may lie; `best` and `worst` the arrival of each point at the position that suits
    it most and least.
    """

    curves: Mapping[str, pd.DataFrame]
    best: Mapping[str, Arrivals]
    worst: Mapping[str, Arrivals]


def reach_of(snapshot: Snapshot, network: Network, origins: Snapped) -> Reach:
    """Measure the reach of a place; candidates far from any street are left out.

    Parameters
    ----------
    snapshot
        Whose people and buildings are counted.
    network
        Its streets; the way *to* the place counts.
    origins
        Candidate positions of the place, one at least near a street.
    """
    wanted, arrived = demand(snapshot), np.zeros((0, 0), dtype=np.uint8)
    if wanted.parts:
        arrived = arrival_minutes(network, origins, on_streets(snapshot, network))
        arrived = arrived[origins.reached]
    curves, best, worst = {}, {}, {}
    for name, part in wanted.parts.items():
        of_part = arrived[:, part]
        found = np.array([curve_of(one, wanted.of(name)) for one in of_part])
        curves[name] = _curve(found.min(axis=0), found.max(axis=0))
        best[name], worst[name] = of_part.min(axis=0), of_part.max(axis=0)
    return Reach(curves, best, worst)


def union_of(sites: Sequence[Reach], name: str, weights: Floats) -> pd.DataFrame:
    """Return who comes to any of some places, each counted once: `low` and `high` by minute.

    Where places are uncertain the bounds hold whichever positions are true, and may be wider than
    the truth.
    """
    best, worst = together(sites, name, len(weights))
    low = np.maximum.reduce(
        [curve_of(worst, weights), *(site.curves[name]["low"].to_numpy() for site in sites)]
    )
    most = np.sum([site.curves[name]["high"].to_numpy() for site in sites], axis=0)
    return _curve(low, np.minimum(curve_of(best, weights), most))


def gain_of(new: Reach, today: Sequence[Reach], name: str, weights: Floats) -> pd.DataFrame:
    """Return who comes to a new place within each minute and to none of today's within the same.

    The curve may fall: who comes anew within 10 minutes comes to one of today's perhaps within 15.
    """
    best, worst = together(today, name, len(weights))
    low = curve_of(new.worst[name], weights) - _both(new.worst[name], best, weights)
    high = curve_of(new.best[name], weights) - _both(new.best[name], worst, weights)
    return _curve(low, high)


def together(sites: Sequence[Reach], name: str, points: int) -> tuple[Arrivals, Arrivals]:
    """Return the best and the worst arrival of each point at the nearest of some places."""
    never = np.full(points, BEYOND, dtype=np.uint8)
    return (
        np.minimum.reduce([never, *(site.best[name] for site in sites)]),
        np.minimum.reduce([never, *(site.worst[name] for site in sites)]),
    )


def _both(one: Arrivals, other: Arrivals, weights: Floats) -> Floats:
    return curve_of(np.maximum(one, other), weights)


def _curve(low: Floats, high: Floats) -> pd.DataFrame:
    index = pd.RangeIndex(MOST_MINUTES + 1, name="minute")
    return pd.DataFrame({"low": low, "high": high}, index=index)
