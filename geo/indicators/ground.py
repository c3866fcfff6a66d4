"""The ground within reach of stops and of open public space, for maps of the two indicators."""

from collections.abc import Mapping

import geopandas as gpd
import shapely
from shapely.geometry.base import BaseGeometry

from geo.indicators.public_space import ACCESS_M, gates, openness, outlines_of
from geo.indicators.public_transport import HIGH_CAPACITY_M, LOW_CAPACITY_M, capacity_of
from geo.network import Network, isochrones, snap

BESIDE_M = 60.0
"""Ground on both sides of a reached street that is drawn: about half a block of a town."""

Bounds = Mapping[str, BaseGeometry]
"""`low`: certainly within reach; `high`: that and what may be. In metres of EPSG:32645."""


def stops_ground(
    network: Network,
    stops: gpd.GeoDataFrame,
    *,
    low_m: float = LOW_CAPACITY_M,
    high_m: float = HIGH_CAPACITY_M,
) -> Bounds:
    """Return the ground within the thresholds of 11.2.1 of a stop, on the street network."""
    capacity = capacity_of(stops)
    reached = {
        name: _reached(network, stops.geometry[capacity == kind], metres)
        for name, kind, metres in (
            ("low", "low", low_m),
            ("high", "high", high_m),
            ("sure", "unknown", min(low_m, high_m)),
            ("most", "unknown", max(low_m, high_m)),
        )
    }
    proven = shapely.union_all([reached["low"], reached["high"], reached["sure"]])
    return {"low": proven, "high": shapely.union(proven, reached["most"])}


def spaces_ground(
    network: Network, spaces: gpd.GeoDataFrame, *, access_m: float = ACCESS_M
) -> Bounds:
    """Return the ground within the threshold of 11.7.1 of an open space, and the spaces."""
    state = openness(spaces["public_access"], spaces["evidence"], spaces.get("park_type"))
    outlines = outlines_of(spaces)
    found = {}
    for bound, states in (("low", ["open"]), ("high", ["open", "unknown"])):
        chosen = outlines[state.isin(states)]
        near = _reached(network, gates(network, chosen), access_m)
        found[bound] = shapely.union_all([near, *chosen])
    return found


def _reached(network: Network, places: gpd.GeoSeries, metres: float) -> BaseGeometry:
    empty: BaseGeometry = shapely.Polygon()
    if len(places) == 0:
        return empty
    origin = snap(network, places, cap_m=metres).together()
    # The ground from which a place is reached; costs are metres, so a minute is 60 of them.
    ways = network.by_length.reversed
    shape: BaseGeometry | None = isochrones(
        ways, origin, minutes=[metres / 60], buffer_m=BESIDE_M
    ).geometry.iloc[0]
    return empty if shape is None else shape
