"""Who comes to a place by each minute, to several places together, and who comes anew."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.access.demand import demand, on_streets
from geo.network import BEYOND, Network, Spread, curve_of, minutes_of
from geo.network.streets import Floats
from geo.snapshot import Snapshot

MOST_MINUTES = 60
Arrivals = NDArray[np.uint8]
"""The minute within which each point of the demand has come, `geo.network.BEYOND` for never."""


@dataclass(frozen=True, eq=False)
class Reach:
    """Who comes to a place, of the people and of the buildings, as far as the snapshot has them.

    `curves` have bounds (`low`, `high`) by minute from 0 to 60 that hold wherever the place lies;
    `best` and `worst` the arrival of each point at the position that suits it most and least, or
    before and after that.
    """

    curves: Mapping[str, pd.DataFrame]
    best: Mapping[str, Arrivals]
    worst: Mapping[str, Arrivals]


def reach_of(snapshot: Snapshot, network: Network, origins: Spread) -> Reach:
    """Measure the reach of a place; positions far from any street are left out.

    Parameters
    ----------
    snapshot
        Whose people and buildings are counted.
    network
        Its streets; the way *to* the place counts.
    origins
        Where the place may lie.
    """
    wanted = demand(snapshot)
    if not wanted.parts:
        return Reach({}, {}, {})
    ends = on_streets(snapshot, network)
    early, late = (
        minutes_of(seconds)
        for seconds in origins.times(network, ends, direction="to", limit=60.0 * MOST_MINUTES)
    )
    curves, best, worst = {}, {}, {}
    for name, part in wanted.parts.items():
        weights = wanted.of(name)
        most = np.max([curve_of(one, weights) for one in early[:, part]], axis=0)
        least = np.min([curve_of(one, weights) for one in late[:, part]], axis=0)
        curves[name] = _curve(least, most)
        best[name], worst[name] = early[:, part].min(axis=0), late[:, part].max(axis=0)
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
    own, at_most = new.curves[name], _both(new.best[name], best, weights)
    low = curve_of(new.worst[name], weights) - _both(new.worst[name], best, weights)
    high = curve_of(new.best[name], weights) - _both(new.best[name], worst, weights)
    # Never more than come to the place at all, nor fewer than those without all who may come to
    # both.
    return _curve(
        np.maximum(low, own["low"].to_numpy() - at_most),
        np.minimum(high, own["high"].to_numpy()),
    )


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
