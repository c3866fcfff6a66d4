"""One snapshot, many choices: what is common to all of them is computed once.

Ways on the network depend neither on border nor on threshold, so that a variant costs a comparison
of numbers, not a search.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import geopandas as gpd
import pandas as pd

from geo.errors import IndicatorError
from geo.indicators.borders import Border
from geo.indicators.estimate import Estimate
from geo.indicators.population import is_part
from geo.indicators.public_space import ACCESS_M, public_space, ways_to_spaces
from geo.indicators.public_transport import (
    HIGH_CAPACITY_M,
    LOW_CAPACITY_M,
    Ways,
    public_transport,
    ways_to_stops,
)
from geo.indicators.sensitivity import sensitivity
from geo.indicators.street_land import drive_lines, street_ground
from geo.network import WALK_M_S, WALK_M_S_FAST, Network, network_from_frames
from geo.snapshot import Snapshot

STEP_M = 100.0
"""By which thresholds are made shorter and longer."""

WIDTHS = (0.8, 1.2)
"""Factors by which the widths of streets, a choice of this project, are made smaller and larger."""

KMH, FAST_KMH = (round(3.6 * speed, 1) for speed in (WALK_M_S, WALK_M_S_FAST))
ALL_PATHS, NAMED_PATHS = "all", "named"
_PATHS = frozenset({"footway", "path", "steps", "track", "bridleway", "cycleway", "corridor"})
_FARTHEST_M = (HIGH_CAPACITY_M + STEP_M) * FAST_KMH / KMH

_BASE: Mapping[str, float | str] = {
    "low_m": LOW_CAPACITY_M,
    "high_m": HIGH_CAPACITY_M,
    "access_m": ACCESS_M,
    "width_factor": 1.0,
    "walk_kmh": KMH,
    "paths": ALL_PATHS,
}
_OTHERS: Mapping[str, tuple[float | str, ...]] = {
    "low_m": (LOW_CAPACITY_M - STEP_M, LOW_CAPACITY_M + STEP_M),
    "high_m": (HIGH_CAPACITY_M - STEP_M, HIGH_CAPACITY_M + STEP_M),
    "access_m": (ACCESS_M - STEP_M, ACCESS_M + STEP_M),
    "width_factor": WIDTHS,
    "walk_kmh": (FAST_KMH,),
    "paths": (NAMED_PATHS,),
}
_CHOICES: Mapping[str, tuple[str, ...]] = {
    "share_pct": ("low_m", "high_m", "walk_kmh", "paths"),
    "near_open_space_pct": ("access_m", "walk_kmh", "paths"),
    "public_space_share_pct": ("width_factor", "paths"),
}
"""Which choices a measure depends on, besides border and bound; of people or buildings."""

T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class Variants:
    """The indicators of a snapshot under any choice; what was computed once is kept.

    `population` has the column `counted`; None and empty where there is nothing to count. `raster`
    is the file it is from, where it is from one.
    """

    snapshot: Snapshot
    population: gpd.GeoDataFrame | None
    counted: str
    borders: Mapping[str, Border]
    raster: Path | None = None
    _made: dict[Hashable, Any] = field(default_factory=dict, repr=False)

    def estimate(self, indicator: str, border: str, **choices: float | str) -> Estimate:
        """Return 11.2.1 or 11.7.1 for one border.

        Parameters
        ----------
        indicator, border
            Which, for which border of the snapshot.
        choices
            `low_m`, `high_m`, `access_m` and `width_factor` as `public_transport` and
            `public_space` take them; `walk_kmh`: the official thresholds are metres, at another
            speed than 4.5 km/h they are as many as are walked in the minutes that they take at
            4.5; `paths`: `named` leaves paths without a name out of the network.

        Raises
        ------
        IndicatorError
            If nobody lives inside the border, or nothing is counted for 11.2.1.
        NetworkError
            If the streets cannot be used.
        """
        chosen = {**_BASE, **choices}
        key = (indicator, border, *chosen.values())
        make = self._space if indicator == "11.7.1" else self._transport
        return self._once(key, lambda: make(border, chosen))

    def network(self, paths: str = ALL_PATHS) -> Network:
        """Return the streets on foot, with or without paths that have no name."""

        def make() -> Network:
            edges = self.snapshot.layer("walk_edges")
            if paths == NAMED_PATHS:
                edges = edges[~self.unnamed_paths]
            return network_from_frames(self.snapshot.layer("walk_nodes"), edges, mode="walk")

        return self._once(("network", paths), make)

    @property
    def unnamed_paths(self) -> pd.Series:
        """Which edges are paths without a name: whether they may be walked is least certain."""
        edges = self.snapshot.layer("walk_edges")
        unnamed = edges["name"].isna() | (edges["name"].astype(str).str.strip() == "")
        found: pd.Series = edges["highway"].isin(_PATHS) & unnamed
        return found

    @property
    def groups(self) -> tuple[str, ...]:
        """Further columns of people that can be reported apart.

        A column with a number that is missing, negative or more than all is left out: it is no
        group of people, and a share of it would be made up.
        """
        if self.population is None or self.counted != "people":
            return ()
        rest = self.population.drop(columns=[self.population.geometry.name, self.counted])
        numbers = rest.select_dtypes("number").astype(float)
        people = self.population[self.counted].to_numpy(dtype=float)
        return tuple(str(name) for name, part in numbers.items() if is_part(part, people).all())

    def _transport(self, border: str, chosen: Mapping[str, Any]) -> Estimate:
        if self.population is None:
            raise IndicatorError("neither people nor buildings are known")
        points, faster = self.population.geometry, chosen["walk_kmh"] / KMH
        network, stops = self.network(chosen["paths"]), self.snapshot.layer("stops")
        ways: Ways = self._once(
            ("stops", chosen["paths"]),
            lambda: ways_to_stops(network, stops, points, within_m=_FARTHEST_M),
        )
        return public_transport(
            network,
            stops,
            self.population,
            self.borders[border].shape,
            border=border,
            low_m=chosen["low_m"] * faster,
            high_m=chosen["high_m"] * faster,
            groups=self.groups,
            counted=self.counted,
            ways=ways,
        )

    def _space(self, border: str, chosen: Mapping[str, Any]) -> Estimate:
        network, spaces = self.network(chosen["paths"]), self.snapshot.layer("open_space")
        drive = drive_lines(self.snapshot)
        ways: Ways | None = None
        if self.population is not None:
            points = self.population.geometry
            ways = self._once(
                ("spaces", chosen["paths"]),
                lambda: ways_to_spaces(network, spaces, points, within_m=_FARTHEST_M),
            )
        return public_space(
            network,
            spaces,
            self.population,
            self.borders[border].shape,
            border=border,
            access_m=chosen["access_m"] * chosen["walk_kmh"] / KMH,
            width_factor=chosen["width_factor"],
            counted=self.counted,
            ways=ways,
            drive=drive,
            streets=self._once(
                ("street_ground", chosen["paths"], chosen["width_factor"]),
                lambda: street_ground(network, drive, width_factor=chosen["width_factor"]),
            ),
        )

    def _once(self, key: Hashable, make: Callable[[], T]) -> T:
        if key not in self._made:
            self._made[key] = make()
        found: T = self._made[key]
        return found


def measures(estimate: Estimate, counted: str) -> tuple[str, ...]:
    """Return the values of an estimate whose sensitivity is computed."""
    wanted = (f"{counted}_share_pct", f"{counted}_near_open_space_pct", "public_space_share_pct")
    return tuple(name for name in wanted if name in estimate.values)


def sensitivity_of(
    variants: Variants, border: str, measure: str, borders: Sequence[str]
) -> pd.DataFrame:
    """Return what each choice does to a measure, as `sensitivity` gives it.

    Among the choices are `bound` (low: only what is proven, high: what is unknown as well) and
    `border`: the other borders are another choice, never mixed into one number.
    """
    indicator = "11.2.1" if measure == f"{variants.counted}_share_pct" else "11.7.1"
    ending = measure.removeprefix(f"{variants.counted}_")
    unnamed = variants.unnamed_paths
    choices = [
        name
        for name in _CHOICES[measure if measure in _CHOICES else ending]
        if name != "paths" or (unnamed.any() and not unnamed.all())
    ]

    def compute(*, border: str, bound: str, **chosen: float | str) -> float:
        interval = variants.estimate(indicator, border, **chosen).values[measure]
        return interval.low if bound == "low" else interval.high

    others = [other for other in borders if other != border]
    return sensitivity(
        compute,
        base={"border": border, "bound": "low", **{name: _BASE[name] for name in choices}},
        variants={
            "bound": ["high"],
            **{name: _OTHERS[name] for name in choices},
            **({"border": others} if others else {}),
        },
    )
