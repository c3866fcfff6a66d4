"""The ground from which a place is reached, with bounds where the place is uncertain."""

from collections.abc import Sequence

import geopandas as gpd

from geo.network import Network, Spread, ground_bounds, isochrones


def reached_ground(network: Network, origins: Spread, minutes: Sequence[int]) -> gpd.GeoDataFrame:
    """Return the ground from which a place is reached; of an uncertain one, bounds of it.

    Returns
    -------
    GeoDataFrame
        EPSG:32645: `minutes`, `bound` and `geometry`: high, wherever within its accuracy the place
        may lie, and low, wherever it lies; no row of the low bound where the place is certain.
    """
    if not origins.certain:
        return ground_bounds(network, origins, minutes=minutes, direction="to")
    found = isochrones(network.reversed, origins.pivots, minutes=minutes)
    return found.dropna(subset="geometry").assign(bound="high")[["minutes", "bound", "geometry"]]
