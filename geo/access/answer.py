"""Reach, nearest institutions, stops and isochrones of one place, each as an interval."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.access.demand import demand
from geo.access.ground import reached_ground
from geo.access.place import Place
from geo.errors import NetworkError, NotReachedError
from geo.indicators.estimate import NOTICE, Interval
from geo.network import (
    Mode,
    Network,
    Snapped,
    Speeds,
    network_from_snapshot,
    reach_interval,
    snap,
    travel_times,
)
from geo.snapshot import Snapshot

MOST_MINUTES = 60
STOPS_WITHIN_M = 500.0
STOP = "stop"
"""Kind of the nearest stop point, beside the kinds of the institutions."""

_USED = ("population", "buildings", "stops", "pois")


@dataclass(frozen=True, eq=False)
class Access:
    """What is known of the way to a place; every number is an estimate from open data.

    `reach` has `low` and `high` by minute for people and for buildings, as far as the snapshot has
    them; `nearest` the minutes from the place by kind of institution, and to a `stop`; `stops` how
    many stop points lie within 500 m on the streets, None by car. `ground` (EPSG:32645: `minutes`,
    `bound`, `geometry`) is what is reached from every candidate position (low) and from any (high).
    """

    place: Place
    snapshot: Snapshot
    network: Network
    minutes: tuple[int, ...]
    reach: Mapping[str, pd.DataFrame]
    nearest: Mapping[str, tuple[str, Interval]]
    stops: Interval | None
    ground: gpd.GeoDataFrame
    basis: str
    candidates: int
    used: int
    not_computed: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """Return plain values for JSON; a number that is not known is null."""
        about = self.snapshot.about
        return {
            "place": {"id": self.place.id, "ru": self.place.name_ru, "en": self.place.name_en},
            "notice": NOTICE,
            "snapshot": {
                "id": about.id,
                "example": about.is_example,
                "notice": about.notice_en,
                "retrieved": about.retrieved,
                "licence": about.licence,
                "attribution": about.attribution_en,
            },
            "mode": self.network.mode,
            "assumptions": {
                "walk_m_s": self.network.walk_m_s,
                "speeds": "free flow" if self.network.mode == "drive" else "constant",
                "streets_with_stated_limit": self.network.stated_limits,
                "streets": self.network.streets,
                "share_of_streets_in_main_part": round(self.network.main_share, 4),
            },
            "position": {
                "method": self.place.method,
                "accuracy_m": self.place.accuracy_m,
                "basis": self.basis,
                "candidates": self.candidates,
                "candidates_near_a_street": self.used,
            },
            "reach": {
                name: [
                    {"minutes": int(m), "low": float(low), "high": float(high)}
                    for m, low, high in zip(
                        self.minutes,
                        t["low"].to_numpy()[list(self.minutes)],
                        t["high"].to_numpy()[list(self.minutes)],
                        strict=True,
                    )
                ]
                for name, t in self.reach.items()
            },
            "nearest": {
                kind: {"name_ru": name, "minutes": _plain(interval)}
                for kind, (name, interval) in self.nearest.items()
            },
            "stops_within_500_m": _plain(self.stops),
            "not_computed": list(self.not_computed),
        }


def access(
    snapshot: Snapshot,
    place: Place,
    *,
    mode: Mode = "walk",
    minutes: Sequence[int] = (5, 10, 15, 30),
    speeds: Speeds | None = None,
    network: Network | None = None,
) -> Access:
    """Compute what `Access` holds.

    Parameters
    ----------
    snapshot
        With the streets of the mode; people, buildings, stops and institutions where it has them.
    place
        Of `find_place`.
    mode
        walk or drive.
    minutes
        Whole numbers from 1 to 60.
    speeds
        None: those of the specification.
    network
        That of the snapshot in this mode, where a caller has built it already.

    Raises
    ------
    NetworkError
        If a number of minutes is out of range.
    NotReachedError
        If no candidate position lies near a street.
    SnapshotError
        If the snapshot has no streets of this mode.
    """
    if not minutes or any(not 1 <= m <= MOST_MINUTES for m in minutes):
        raise NetworkError(f"minutes must be whole numbers from 1 to {MOST_MINUTES}")
    network = network or network_from_snapshot(snapshot, mode, speeds=speeds)
    site = place.positions(network)
    origins = site.snap(network)
    if not origins.reached.any():
        raise NotReachedError(
            f"`{place.id}`: not reached: {origins.nearest_m.min():,.0f} m from any street "
            f"(at most {origins.cap_m:,.0f} m is allowed)"
        )
    reach = {
        name: reach_interval(network, site, snap(network, points), weights, minutes=max(minutes))
        for name, points, weights in demand(snapshot)
    }
    missing = [f"{name}: not in the snapshot" for name in _USED if name not in snapshot]
    return Access(
        place=place,
        snapshot=snapshot,
        network=network,
        minutes=tuple(sorted(minutes)),
        reach=reach,
        nearest=_nearest(snapshot, network, origins),
        stops=_stops(snapshot, network, origins),
        ground=reached_ground(network, origins, sorted(minutes)),
        basis=site.basis,
        candidates=origins.places,
        used=int(origins.reached.sum()),
        not_computed=tuple(missing),
    )


def _nearest(
    snapshot: Snapshot, network: Network, origins: Snapped
) -> dict[str, tuple[str, Interval]]:
    """Return for each kind the institution nearest to the first candidate, and its minutes.

    Its name is empty where the snapshot has none.
    """
    found = {}
    for layer in ("pois", "stops"):
        if layer not in snapshot:
            continue
        places = snapshot.layer(layer)
        kinds = (
            places["kind"].to_numpy(dtype=object)
            if layer == "pois"
            else np.full(len(places), STOP, dtype=object)
        )
        seconds = travel_times(network, origins, snap(network, places.geometry))[origins.reached]
        for kind in sorted({kind for kind in kinds if isinstance(kind, str)}):
            of_kind = np.flatnonzero(kinds == kind)
            least = seconds[:, of_kind].min(axis=1) / 60
            best = of_kind[seconds[0, of_kind].argmin()]
            interval = Interval(float(least.min()), float(least.max()))
            name = places["name_ru"].iloc[best]
            found[kind] = (name if isinstance(name, str) else "", interval)
    return found


def _stops(snapshot: Snapshot, network: Network, origins: Snapped) -> Interval | None:
    if "stops" not in snapshot or network.mode != "walk":
        return None
    places = snap(network, snapshot.layer("stops").geometry)
    metres = travel_times(network.by_length, origins, places, limit=STOPS_WITHIN_M)
    counts = np.isfinite(metres[origins.reached]).sum(axis=1)
    return Interval(int(counts.min()), int(counts.max()))


def _plain(interval: Interval | None) -> dict[str, float | None] | None:
    if interval is None:
        return None
    ends = {"low": interval.low, "high": interval.high}
    return {name: float(end) if np.isfinite(end) else None for name, end in ends.items()}
