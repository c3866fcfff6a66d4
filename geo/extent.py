"""How much ground a place takes that a link asks for: what a map has to show of it."""

import geopandas as gpd
import numpy as np
import shapely

from geo.crs import DEGREES, to_degrees, to_metres
from geo.dataset import Dataset
from geo.places import Box, Inside, Place

_LEAST_M = 600.0
"""Round a site that is a point, however well its place is known."""


def extent(place: Place | None, dataset: Dataset) -> Box | None:
    """Return the box of a place in degrees.

    A site that is a point gets the ground on which it may stand. None where no place is asked for,
    where the site's is not known, and for the surroundings of a point, which are a circle already.
    """
    if isinstance(place, Box):
        return place
    if not isinstance(place, Inside):
        return None
    site = dataset.sites.loc[place.site_id]
    shape = site.geometry
    if shape is None or shape.is_empty:
        return None
    if isinstance(shape, shapely.Point):
        off = site["position_accuracy_m"]
        around_m = _LEAST_M if np.isnan(off) else max(float(off), _LEAST_M)
        there = to_metres(gpd.GeoSeries([shape], crs=DEGREES)).buffer(around_m)
        shape = to_degrees(there).iloc[0]
    west, south, east, north = (round(float(degrees), 6) for degrees in shape.bounds)
    return Box(west, south, east, north)
