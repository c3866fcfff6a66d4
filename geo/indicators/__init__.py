"""SDG 11 indicators that open data can honestly give: 11.2.1, 11.3.1 and 11.7.1.

Every result is an estimate from open data, not an official statistic. For the whole city by the
official definition it is an estimate of the indicator; for one park or district it is a measure
that borrows the indicator's method, and must be called so.
"""

from geo.indicators.assessment import Assessment, Gap, assess
from geo.indicators.borders import Border, border_of, borders_of
from geo.indicators.built_up import built_up
from geo.indicators.degurba import centres_of, urban_centres, urban_clusters
from geo.indicators.estimate import NOTICE, Estimate, Interval, one_border, require_border
from geo.indicators.grid import Grid, grid_of_points, grid_of_raster
from geo.indicators.land_consumption import (
    READINGS,
    LandConsumption,
    land_consumption_series,
    lcrpgr,
)
from geo.indicators.population import checked_population, houses, within
from geo.indicators.public_space import openness, public_space
from geo.indicators.public_transport import public_transport, stop_places, stop_places_of
from geo.indicators.raster import population_from_raster
from geo.indicators.sensitivity import sensitivity
from geo.indicators.street_land import street_ground

__all__ = [
    "NOTICE",
    "READINGS",
    "Assessment",
    "Border",
    "Estimate",
    "Gap",
    "Grid",
    "Interval",
    "LandConsumption",
    "assess",
    "border_of",
    "borders_of",
    "built_up",
    "centres_of",
    "checked_population",
    "grid_of_points",
    "grid_of_raster",
    "houses",
    "land_consumption_series",
    "lcrpgr",
    "one_border",
    "openness",
    "population_from_raster",
    "public_space",
    "public_transport",
    "require_border",
    "sensitivity",
    "stop_places",
    "stop_places_of",
    "street_ground",
    "urban_centres",
    "urban_clusters",
    "within",
]
