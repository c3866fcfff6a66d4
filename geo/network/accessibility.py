"""Measures of access from a table of costs: who is near what, and what a place offers.

`costs` is (origins, destinations), in seconds unless said, infinite where there is no way.
Sources: Hansen (1959) for gravity; Luo and Wang (2003) for the two-step floating catchment.
"""

import numpy as np
from numpy.typing import NDArray

from geo.errors import NetworkError
from geo.network.snapping import Snapped
from geo.network.streets import Floats, Network
from geo.network.travel import ROUNDING, travel_times

DETOUR_SUSPECT = 3.0
"""Network over straight distance above which a bridge is missing or a point on the wrong bank."""


def nearest(costs: Floats) -> tuple[NDArray[np.int64], Floats]:
    """Return for each origin the nearest destination and its cost, `t_i = min_j c_ij`.

    Where none is reached the destination is -1 and the cost infinite.
    """
    if costs.shape[1] == 0:
        return np.full(len(costs), -1), np.full(len(costs), np.inf)
    best = costs.argmin(axis=1)
    cost = costs[np.arange(len(costs)), best]
    return np.where(np.isfinite(cost), best, -1), cost


def cumulative(costs: Floats, opportunities: Floats, *, minutes: float) -> Floats:
    """Return what each origin reaches within a time, `A_i(T) = sum_j O_j 1[c_ij <= T]`."""
    _check(costs, opportunities)
    return np.asarray((costs <= minutes * 60.0 + ROUNDING) @ opportunities)


def gravity(costs: Floats, opportunities: Floats, *, beta_per_minute: float) -> Floats:
    """Return `A_i = sum_j O_j exp(-beta c_ij)`, c in minutes; state beta with every result."""
    _check(costs, opportunities)
    if not beta_per_minute > 0:
        raise NetworkError(f"`beta_per_minute` must be positive, not {beta_per_minute:g}")
    return np.asarray(np.exp(-beta_per_minute * costs / 60.0) @ opportunities)


def floating_catchment(
    costs: Floats, supply: Floats, demand: Floats, *, minutes: float
) -> tuple[Floats, NDArray[np.bool_]]:
    """Return supply per person at each origin by two steps, and which supplies have demand.

    `R_j = S_j / sum_i P_i 1[c_ij <= T]`, `A_i = sum_j R_j 1[c_ij <= T]`. Over the supplies that
    have demand, `sum_i P_i A_i = sum_j S_j`.
    """
    _check(costs, supply)
    _check(costs.T, demand)
    within = costs <= minutes * 60.0 + ROUNDING
    people = demand @ within
    has_demand = people > 0
    ratio = np.divide(supply, people, out=np.zeros(len(supply)), where=has_demand)
    return np.asarray(within @ ratio), has_demand


def detour(network: Network, origins: Snapped, destinations: Snapped) -> Floats:
    """Return network over straight distance of each pair, (origins, destinations).

    Straight distance is the least between the points of the two places. NaN where the points are
    one, infinite where there is no way. Above `DETOUR_SUSPECT` look at the map: a missing bridge, a
    point on the wrong bank, a street that is not joined.
    """
    metres = travel_times(network.by_length, origins, destinations)
    straight = np.full_like(metres, np.inf)
    for xy, origin in zip(origins.xy, origins.place, strict=True):
        apart = np.hypot(*(destinations.xy - xy).T)
        np.minimum.at(straight[origin], destinations.place, apart)
    return np.divide(metres, straight, out=np.full_like(metres, np.nan), where=straight > 0)


def _check(costs: Floats, of_destinations: Floats) -> None:
    if len(of_destinations) != costs.shape[1]:
        raise NetworkError(f"{len(of_destinations)} values for {costs.shape[1]} places")
    if not (np.isfinite(of_destinations) & (of_destinations >= 0)).all():
        raise NetworkError("a value of a place is missing or negative")
