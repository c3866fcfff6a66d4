"""Who and what comes to a place: the people and the buildings of a snapshot, as points."""

import functools
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.crs import to_metres
from geo.indicators.population import checked_population
from geo.network import Network, Snapped, checked_weights, snap
from geo.network.streets import Floats
from geo.snapshot import Snapshot


@dataclass(frozen=True, eq=False)
class Demand:
    """All points of a snapshot that are counted, one list for one search.

    `weights` are people, or 1 for a building; `parts` says which points (a slice) are the people
    and which the buildings.
    """

    points: gpd.GeoSeries
    weights: Floats
    parts: dict[str, slice]

    def of(self, name: str) -> Floats:
        """Return the weights of one part."""
        return self.weights[self.parts[name]]


@functools.lru_cache(maxsize=4)
def demand(snapshot: Snapshot) -> Demand:
    """Return what the snapshot has: people, then buildings.

    Raises
    ------
    PopulationError
        If a number of people is missing or negative.
    """
    points: list[gpd.GeoSeries] = []
    weights: list[Floats] = []
    parts: dict[str, slice] = {}

    def add(name: str, at: gpd.GeoSeries, each: Floats) -> None:
        begin = sum(map(len, points))
        parts[name] = slice(begin, begin + len(at))
        points.append(at)
        weights.append(checked_weights(each, len(at)))

    if "population" in snapshot:
        people = checked_population(snapshot.layer("population"))
        add("people", to_metres(people.geometry), people["people"].to_numpy(dtype=float))
    if "buildings" in snapshot:
        outlines = to_metres(snapshot.layer("buildings").geometry)
        add("buildings", outlines.representative_point(), np.ones(len(outlines)))
    if not points:
        return Demand(gpd.GeoSeries([], crs=4326), np.zeros(0), {})
    return Demand(pd.concat(points, ignore_index=True), np.concatenate(weights), parts)


@functools.lru_cache(maxsize=4)
def on_streets(snapshot: Snapshot, network: Network) -> Snapped:
    """Return the demand put onto the streets, once for a network."""
    return snap(network, demand(snapshot).points)
