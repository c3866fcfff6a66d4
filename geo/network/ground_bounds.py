"""The ground reached from a site whose place is not certain: bounds that hold wherever it lies."""

from collections.abc import Sequence
from dataclasses import replace

import geopandas as gpd
import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.crs import METRES
from geo.network.isochrone import BUFFER_M, reached_streets
from geo.network.service_area import around
from geo.network.snapping import Snapped
from geo.network.spread import Direction, Spread
from geo.network.streets import Floats, Network
from geo.network.travel import node_costs


def ground_bounds(
    network: Network,
    site: Spread,
    *,
    minutes: Sequence[float],
    direction: Direction,
    buffer_m: float = BUFFER_M,
) -> gpd.GeoDataFrame:
    """Return the ground along the streets reached from all positions, and from any of them.

    Streets are reached by the bounds of `Spread`: within the time from every position (low) where
    the slowest way to one of their ends allows it, from some position (high) where the fastest
    does. The truth for any one position lies between, as it does for the numbers of the site.

    Parameters
    ----------
    network
        The streets.
    site
        Where the site may lie.
    minutes
        Positive.
    direction
        "to": whose way leads to the site; "from": where one gets from it.
    buffer_m
        Ground on both sides of a reached street that counts as reached.

    Returns
    -------
    GeoDataFrame
        EPSG:32645: `minutes`, `bound` (low, high) and `geometry`, a polygon that may be empty.
    """
    used = network.reversed if direction == "to" else network
    row = int(direction == "to")
    limits = [60.0 * value for value in minutes]
    # Offsets below zero are no ways: all are moved up, and the limit with them.
    moved = max(0.0, -float(site.low[row].min()))
    added_m = (site.low[row] + moved) / network.access_cost
    together = site.pivots.together()
    anywhere = replace(together, access_m=together.access_m + added_m[site.pivots.place])
    fastest = next(node_costs(used, anywhere, limit=max(limits) + moved))[1][0]
    slowest = _slowest(used, site, row, max(limits))
    nowhere = anywhere.chosen(np.empty(0, dtype=np.int64))
    rows = []
    for value, limit in zip(minutes, limits, strict=True):
        high = _ground(used, anywhere, fastest, limit + moved, buffer_m)
        # What is near along its own street is so from one position, not from all.
        low = _ground(used, nowhere, slowest, limit, buffer_m)
        rows += [
            {"minutes": value, "bound": "high", "geometry": high},
            {"minutes": value, "bound": "low", "geometry": low},
        ]
    return gpd.GeoDataFrame(rows, geometry="geometry", crs=METRES)


def _slowest(network: Network, site: Spread, row: int, limit: float) -> Floats:
    """Return the most that the way between any position and each node costs, (nodes,)."""
    most, least_added = np.full(network.nodes, -np.inf), float(site.high[row].min())
    for places, costs in node_costs(network, site.pivots, limit=max(0.0, limit - least_added)):
        np.maximum(most, (costs + site.high[row][places, None]).max(axis=0), out=most)
    return most


def _ground(
    network: Network, origins: Snapped, at_node: Floats, limit: float, buffer_m: float
) -> BaseGeometry:
    whole, street, parts = reached_streets(network, origins, 0, at_node, limit)
    lines = np.concatenate([network.geometry[whole], parts])
    if not len(lines):
        return shapely.Polygon()
    crosses = network.crosses[np.concatenate([whole, street])]
    return around(lines, crosses, distance_m=buffer_m)
