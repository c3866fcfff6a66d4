"""Reach of places: how many people, or buildings, come to them within each minute of an hour."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.errors import NetworkError, NotReachedError
from geo.network.positions import Positions
from geo.network.snapping import CAP_M, Snapped
from geo.network.spread import Direction, spread
from geo.network.streets import Floats, Network
from geo.network.travel import ROUNDING, travel_times

MINUTES = 60
"""Length of a curve unless another is stated."""

BEYOND = 255
"""Stands for a minute after the last one, or for no way at all."""


def reach_curves(
    network: Network,
    places: Snapped,
    demand: Snapped,
    weights: Floats,
    *,
    minutes: int = MINUTES,
    direction: Direction = "to",
) -> pd.DataFrame:
    """Return how much demand lies within each minute of each place, `R_j(T) = sum P_i 1[c <= T]`.

    Parameters
    ----------
    network
        Streets with costs in seconds.
    places, demand
        Both put onto this network.
    weights
        People (or 1 for a building) of each place of the demand.
    minutes
        The last minute of the curves.
    direction
        to: time of the demand to the place; from: of the place to the demand. They differ by
        one-way streets only.

    Returns
    -------
    DataFrame
        Indexed by minute from 0, a column for each place; NaN where the place itself lies too far
        from any street: that is unknown, not nobody.

    Raises
    ------
    NetworkError
        If a weight is missing or negative, there are not as many as places of the demand, or
        `minutes` is not from 0 to 254.
    """
    weights = checked_weights(weights, demand.places)
    arrivals = arrival_minutes(network, places, demand, minutes=minutes, direction=direction)
    curves = np.full((minutes + 1, places.places), np.nan)
    for place in np.flatnonzero(places.reached):
        curves[:, place] = curve_of(arrivals[place], weights, minutes=minutes)
    return pd.DataFrame(curves, index=pd.RangeIndex(minutes + 1, name="minute"))


def arrival_minutes(
    network: Network,
    places: Snapped,
    demand: Snapped,
    *,
    minutes: int = MINUTES,
    direction: Direction = "to",
) -> NDArray[np.uint8]:
    """Return within which minute each of the demand comes to each place, (places, demand).

    `BEYOND` where that is after `minutes`, of which there are 254 at most, or never.
    """
    _check_minutes(minutes)
    used = network.reversed if direction == "to" else network
    seconds = travel_times(used, places, demand, limit=60.0 * minutes)
    return minutes_of(seconds, minutes=minutes)


def minutes_of(seconds: Floats, *, minutes: int = MINUTES) -> NDArray[np.uint8]:
    """Return seconds as minutes begun, `BEYOND` for those after the last minute."""
    within = seconds <= 60.0 * minutes + ROUNDING
    found = np.full(seconds.shape, BEYOND, dtype=np.uint8)
    found[within] = np.ceil(seconds[within] / 60.0 - ROUNDING)
    return found


def curve_of(arrivals: NDArray[np.uint8], weights: Floats, *, minutes: int = MINUTES) -> Floats:
    """Return how much has come by each minute from 0, of arrivals as `arrival_minutes` has them."""
    _check_minutes(minutes)
    within = arrivals <= minutes
    return np.cumsum(np.bincount(arrivals[within], weights[within], minlength=minutes + 1))


def checked_weights(weights: Floats, places: int) -> Floats:
    """Return weights as numbers, one for each of so many places.

    Raises
    ------
    NetworkError
        If one is no number, missing or negative, or there are not as many.
    """
    try:
        weights = np.asarray(weights, dtype=float)
    except (TypeError, ValueError) as error:
        raise NetworkError("a weight is no number") from error
    if len(weights) != places:
        raise NetworkError(f"{len(weights)} weights for {places} places")
    if not (np.isfinite(weights) & (weights >= 0)).all():
        raise NetworkError("a weight is missing or negative")
    return weights


def reach_interval(
    network: Network,
    site: Positions,
    demand: Snapped,
    weights: Floats,
    *,
    minutes: int = MINUTES,
    direction: Direction = "to",
    cap_m: float = CAP_M,
) -> pd.DataFrame:
    """Return the least and the most that a site reaches, over all places where it may lie.

    Candidates too far from any street are left out; `attrs` of the frame say how many there are
    (`candidates`), how many were used (`used`) and the `basis`. An interval over a circle holds for
    every position in it, as `geo.network.spread` explains; it may be wider than the truth.

    Returns
    -------
    DataFrame
        Indexed by minute, `low` and `high`; equal where the place is certain.

    Raises
    ------
    NotReachedError
        If no candidate lies near enough to a street.
    """
    snapped = site.snap(network, cap_m=cap_m)
    bounds = spread(network, site, cap_m=cap_m)
    if bounds is None:
        raise NotReachedError(
            f"not reached: {snapped.nearest_m.min():,.0f} m from any street "
            f"(at most {cap_m:,.0f} m is allowed)"
        )
    _check_minutes(minutes)
    weights = checked_weights(weights, demand.places)
    low, high = bounds.times(network, demand, direction=direction, limit=60.0 * minutes)
    most, least = (
        [curve_of(row, weights, minutes=minutes) for row in minutes_of(times, minutes=minutes)]
        for times in (low, high)
    )
    interval = pd.DataFrame(
        {"low": np.min(least, axis=0), "high": np.max(most, axis=0)},
        index=pd.RangeIndex(minutes + 1, name="minute"),
    )
    interval.attrs = {
        "basis": site.basis,
        "candidates": snapped.places,
        "used": int(snapped.reached.sum()),
    }
    return interval


def _check_minutes(minutes: int) -> None:
    if not 0 <= minutes < BEYOND:
        raise NetworkError(f"minutes must be from 0 to {BEYOND - 1}, not {minutes}")
