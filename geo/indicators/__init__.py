"""SDG 11 indicators that open data can honestly give: 11.2.1, 11.3.1 and 11.7.1.

Every result is an estimate from open data, not an official statistic. For the whole city by the
official definition it is an estimate of the indicator; for one park or district it is a measure
that borrows the indicator's method, and must be called so.
"""

from geo.indicators.estimate import NOTICE, Estimate, Interval, one_border, require_border
from geo.indicators.land_consumption import (
    READINGS,
    LandConsumption,
    land_consumption_series,
    lcrpgr,
)
from geo.indicators.population import checked_population, population_from_raster, within
from geo.indicators.public_space import openness, public_space, street_land
from geo.indicators.public_transport import public_transport, stop_places
from geo.indicators.sensitivity import sensitivity

__all__ = [
    "NOTICE",
    "READINGS",
    "Estimate",
    "Interval",
    "LandConsumption",
    "checked_population",
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
    "street_land",
    "within",
]
