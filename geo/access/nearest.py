"""The nearest institution of each kind and the stops around a place, with bounds."""

import functools
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.crs import to_metres
from geo.indicators import stop_places_of
from geo.indicators.estimate import Interval
from geo.network import Network, Snapped, Spread, nearest, snap, travel_times
from geo.network.streets import Floats
from geo.network.travel import ROUNDING
from geo.snapshot import Snapshot

STOPS_WITHIN_M = 500.0
STOP = "stop"
"""Kind of the nearest stop point, beside the kinds of the institutions."""

_COLUMNS = ("kind", "name_ru", "name_en")


@dataclass(frozen=True)
class Nearest:
    """The nearest of one kind.

    `there` are the minutes from the place to it, `back` those from the nearest of its kind to the
    place: one-way streets tell them apart. The names are those of the one nearest to the first
    candidate position from which there is a way to any; `certain` tells whether it is so for all
    of them. Where none is reached there is no name.
    """

    name_ru: str
    name_en: str
    certain: bool
    there: Interval
    back: Interval

    @property
    def reached(self) -> bool:
        """Whether there is a way to one, from any position where the place may lie."""
        return bool(np.isfinite(self.there.low))

    def to_json(self) -> dict[str, Any]:
        """Return plain values for JSON."""
        return {
            "name_ru": self.name_ru,
            "name_en": self.name_en,
            "certain": self.certain,
            "minutes": plain(self.there),
            "minutes_back": plain(self.back),
        }


def nearest_of(
    snapshot: Snapshot, network: Network, candidates: Snapped, origins: Spread
) -> dict[str, Nearest]:
    """Return the nearest of each kind of institution, and the nearest `stop`.

    Parameters
    ----------
    snapshot, network
        With the institutions; the streets of one mode.
    candidates
        Positions of the place, which tell what the nearest is called.
    origins
        All positions, which tell the bounds of the minutes.
    """
    places = _institutions(snapshot)
    if places.empty:
        return {}
    ends = _on_streets(snapshot, network)
    seconds = travel_times(network, candidates, ends)[candidates.reached]
    there = origins.times(network, ends, direction="from")
    back = origins.times(network, ends, direction="to")
    kinds, found = places["kind"].to_numpy(dtype=object), {}
    for kind in sorted({kind for kind in kinds if isinstance(kind, str)}):
        of_kind = np.flatnonzero(kinds == kind)
        best = nearest(seconds[:, of_kind])[0]
        known = best[best >= 0]
        names = places.iloc[of_kind[known[0]]] if len(known) else None
        found[kind] = Nearest(
            name_ru="" if names is None else _text(names["name_ru"]),
            name_en="" if names is None else _text(names["name_en"]),
            certain=bool((best == best[:1]).all()),
            there=_minutes(there, of_kind),
            back=_minutes(back, of_kind),
        )
    return found


def stops_near(
    snapshot: Snapshot, network: Network, origins: Spread
) -> tuple[Interval, Interval] | None:
    """Return how many stops, and how many of their points, lie within 500 m along the streets.

    The platforms of a stop (one name and mode, within 150 m) are points of one stop. None by car
    or where the stops are not known.
    """
    if "stops" not in snapshot or network.mode != "walk":
        return None
    stops = snapshot.layer("stops")
    limit = STOPS_WITHIN_M / network.walk_m_s
    times = origins.times(network, snap(network, stops.geometry), direction="from", limit=limit)
    most, least = (each <= limit + ROUNDING for each in times)
    stop = stop_places_of(stops)

    def counted(of: NDArray[np.int64]) -> Interval:
        low, high = ([len(np.unique(of[row])) for row in rows] for rows in (least, most))
        return Interval(min(low), max(high))

    return counted(stop), counted(np.arange(len(stops)))


def plain(interval: Interval | None) -> dict[str, float | None] | None:
    """Return the ends of an interval for JSON; null for what is infinite."""
    if interval is None:
        return None
    ends = {"low": interval.low, "high": interval.high}
    return {name: float(end) if np.isfinite(end) else None for name, end in ends.items()}


@functools.lru_cache(maxsize=4)
def _institutions(snapshot: Snapshot) -> gpd.GeoDataFrame:
    frames = []
    for layer in ("pois", "stops"):
        if layer in snapshot:
            frame = snapshot.layer(layer)
            named = frame if layer == "pois" else frame.assign(kind=STOP)
            frames.append(to_metres(named[[*_COLUMNS, "geometry"]]))
    if not frames:
        return gpd.GeoDataFrame({"kind": []}, geometry=[], crs=4326)
    return gpd.GeoDataFrame(pd.concat(frames, ignore_index=True))


@functools.lru_cache(maxsize=4)
def _on_streets(snapshot: Snapshot, network: Network) -> Snapped:
    return snap(network, _institutions(snapshot).geometry)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _minutes(bounds: tuple[Floats, Floats], columns: NDArray[np.int64]) -> Interval:
    low, high = (seconds[:, columns].min(axis=1) / 60 for seconds in bounds)
    return Interval(float(low.min()), float(high.max()))
