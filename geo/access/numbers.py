"""The numbers of one place in one way of travel, each as an interval."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from geo.access.doubts import Doubt, doubts_of, far_shares
from geo.access.nearest import Nearest, nearest_of, plain, stops_near
from geo.access.place import Place
from geo.access.reach import MOST_MINUTES, Reach, reach_of
from geo.errors import NetworkError, NotReachedError
from geo.indicators.estimate import NOTICE, Interval
from geo.network import Network, Spread, spread
from geo.snapshot import Snapshot

_USED = ("population", "buildings", "stops", "pois")


@dataclass(frozen=True, eq=False)
class Numbers:
    """What is known of the way to a place; every number is an estimate from open data.

    `origins` are the points to search from. `reached` has who comes, of people and of buildings, as
    far as the snapshot has them; `nearest` the nearest by kind of institution, and the nearest
    `stop`; `stops` how many stops lie within 500 m on the streets and `stop_points` how many
    platforms, None by car. `doubts` are codes of `geo.access.doubts`; `far` is the share of those
    counted farther than 200 m from any street.
    """

    place: Place
    snapshot: Snapshot
    network: Network
    minutes: tuple[int, ...]
    origins: Spread
    reached: Reach
    nearest: Mapping[str, Nearest]
    stops: Interval | None
    stop_points: Interval | None
    basis: str
    candidates: int
    used: int
    not_computed: tuple[str, ...]
    doubts: tuple[Doubt, ...]
    far: Mapping[str, float]

    @property
    def reach(self) -> Mapping[str, pd.DataFrame]:
        """The curves of people and of buildings: `low` and `high` by minute."""
        return self.reached.curves

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
                "reach": "time of the way to the place",
                "nearest": "`minutes` from the place to it, `minutes_back` from it to the place",
            },
            "position": {
                "method": self.place.method,
                "accuracy_m": self.place.accuracy_m,
                "basis": self.basis,
                "candidates": self.candidates,
                "candidates_near_a_street": self.used,
            },
            "reach": {name: self._rows(curve) for name, curve in self.reach.items()},
            "nearest": {kind: one.to_json() for kind, one in self.nearest.items()},
            "stops_within_500_m": plain(self.stops),
            "stop_points_within_500_m": plain(self.stop_points),
            "doubts": list(self.doubts),
            "share_over_200_m_from_a_street": {n: round(v, 4) for n, v in self.far.items()},
            "not_computed": list(self.not_computed),
        }

    def _rows(self, curve: pd.DataFrame) -> list[dict[str, float]]:
        ends = curve.loc[list(self.minutes), ["low", "high"]].itertuples(name=None)
        return [{"minutes": m, "low": float(low), "high": float(high)} for m, low, high in ends]


def measure(
    snapshot: Snapshot, place: Place, network: Network, *, minutes: Sequence[int]
) -> Numbers:
    """Compute what `Numbers` holds.

    Parameters
    ----------
    snapshot, place
        As `geo.access.access` takes them.
    network
        Streets of the snapshot in one mode.
    minutes
        Whole numbers from 1 to 60 that `to_json` gives; the curves have every minute.

    Raises
    ------
    NetworkError
        If a number of minutes is out of range.
    NotReachedError
        If no candidate position lies near a street.
    PositionError
        If it is not known how far from its place the site may lie.
    """
    if not minutes or any(not 1 <= m <= MOST_MINUTES for m in minutes):
        raise NetworkError(f"minutes must be whole numbers from 1 to {MOST_MINUTES}")
    site = place.positions(network)
    candidates, origins = site.snap(network), spread(network, site)
    if origins is None or not candidates.reached.any():
        raise NotReachedError(
            f"`{place.id}`: not reached: {candidates.nearest_m.min():,.0f} m from any street "
            f"(at most {candidates.cap_m:,.0f} m is allowed)"
        )
    stops = stops_near(snapshot, network, origins)
    return Numbers(
        place=place,
        snapshot=snapshot,
        network=network,
        minutes=tuple(sorted(set(minutes))),
        origins=origins,
        reached=reach_of(snapshot, network, origins),
        nearest=nearest_of(snapshot, network, candidates, origins),
        stops=None if stops is None else stops[0],
        stop_points=None if stops is None else stops[1],
        basis=site.basis,
        candidates=candidates.places,
        used=int(candidates.reached.sum()),
        not_computed=tuple(f"{n}: not in the snapshot" for n in _USED if n not in snapshot),
        doubts=doubts_of(snapshot, network, candidates),
        far=far_shares(snapshot, network),
    )
