"""The nearest institution of each kind and the stops around a place, with bounds."""

import functools
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.crs import to_metres
from geo.indicators.estimate import Interval
from geo.network import Network, Snapped, snap, travel_times
from geo.network.streets import Floats
from geo.snapshot import Snapshot

STOPS_WITHIN_M = 500.0
STOP = "stop"
"""Kind of the nearest stop point, beside the kinds of the institutions."""

_COLUMNS = ("kind", "name_ru", "name_en")


@dataclass(frozen=True)
class Nearest:
    """The nearest of one kind.

    `there` are the minutes from the place to it, `back` those from the nearest of its kind to the
    place: one-way streets tell them apart. The names, empty where there are none, are those of the
    one nearest to the first candidate position; `certain` tells whether it is so for all of them.
    """

    name_ru: str
    name_en: str
    certain: bool
    there: Interval
    back: Interval

    def to_json(self) -> dict[str, Any]:
        """Return plain values for JSON."""
        return {
            "name_ru": self.name_ru,
            "name_en": self.name_en,
            "certain": self.certain,
            "minutes": plain(self.there),
            "minutes_back": plain(self.back),
        }


def nearest_of(snapshot: Snapshot, network: Network, origins: Snapped) -> dict[str, Nearest]:
    """Return the nearest of each kind of institution, and the nearest `stop`."""
    places = _institutions(snapshot)
    if places.empty:
        return {}
    reached, ends = origins.reached, _on_streets(snapshot, network)
    there = travel_times(network, origins, ends)[reached]
    back = there if _same_both_ways(network) else _ways_back(network, origins, ends)[reached]
    kinds, found = places["kind"].to_numpy(dtype=object), {}
    for kind in sorted({kind for kind in kinds if isinstance(kind, str)}):
        of_kind = np.flatnonzero(kinds == kind)
        best = of_kind[there[:, of_kind].argmin(axis=1)]
        names = places.iloc[best[0]]
        found[kind] = Nearest(
            name_ru=_text(names["name_ru"]),
            name_en=_text(names["name_en"]),
            certain=bool((best == best[0]).all()),
            there=_minutes(there[:, of_kind]),
            back=_minutes(back[:, of_kind]),
        )
    return found


def stops_near(snapshot: Snapshot, network: Network, origins: Snapped) -> Interval | None:
    """Return how many stop points lie within 500 m along the streets; None by car or unknown."""
    if "stops" not in snapshot or network.mode != "walk":
        return None
    stops = snap(network, snapshot.layer("stops").geometry)
    metres = travel_times(network.by_length, origins, stops, limit=STOPS_WITHIN_M)
    counts = np.isfinite(metres[origins.reached]).sum(axis=1)
    return Interval(int(counts.min()), int(counts.max()))


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


def _same_both_ways(network: Network) -> bool:
    return bool(np.array_equal(network.forward, network.backward))


def _ways_back(network: Network, origins: Snapped, ends: Snapped) -> Floats:
    return travel_times(network.reversed, origins, ends)


def _minutes(seconds: Floats) -> Interval:
    least = seconds.min(axis=1) / 60
    return Interval(float(least.min()), float(least.max()))
