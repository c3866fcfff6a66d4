"""The settlements as points in metres, for small maps that need names to find one's way by."""

import functools

import geopandas as gpd

from geo.crs import DEGREES, to_metres
from geo.dataset import Dataset


@functools.lru_cache(maxsize=2)
def towns_in_metres(dataset: Dataset) -> gpd.GeoSeries:
    """Return the settlements in EPSG:32645, larger ones first, indexed by id."""
    towns = dataset.settlements.assign(rank=dataset.settlements["rank"].astype(int))
    towns = towns.sort_values("rank", kind="stable")
    lon, lat = towns["longitude"].astype(float), towns["latitude"].astype(float)
    points = gpd.points_from_xy(lon, lat, crs=DEGREES)
    return to_metres(gpd.GeoSeries(points, index=towns.index))
