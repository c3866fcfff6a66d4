"""The ground from which a place is reached, with bounds where the place is uncertain."""

from collections.abc import Sequence

import geopandas as gpd
import shapely

from geo.crs import METRES
from geo.network import Network, Snapped, isochrones


def reached_ground(network: Network, origins: Snapped, minutes: Sequence[int]) -> gpd.GeoDataFrame:
    """Return the ground from which any candidate (high) and every candidate (low) is reached.

    Returns
    -------
    GeoDataFrame
        EPSG:32645: `minutes`, `bound` and `geometry`; no row of the low bound where there is one
        candidate only.
    """
    found = isochrones(network.reversed, origins, minutes=minutes).dropna(subset="geometry")
    rows = []
    for value, group in found.groupby("minutes"):
        shapes = group.geometry.to_numpy()
        rows.append({"minutes": value, "bound": "high", "geometry": shapely.union_all(shapes)})
        if len(shapes) > 1:
            low = shapely.intersection_all(shapes)
            rows.append({"minutes": value, "bound": "low", "geometry": low})
    return gpd.GeoDataFrame(rows, geometry="geometry", crs=METRES)
