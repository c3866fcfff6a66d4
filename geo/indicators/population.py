"""People as points: a table with a column of people, or the houses where nobody is counted."""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geo.crs import to_degrees, to_metres
from geo.errors import IndicatorError, PopulationError

Floats = NDArray[np.float64]


def checked_population(points: gpd.GeoDataFrame, *, counted: str = "people") -> gpd.GeoDataFrame:
    """Return people as points in EPSG:4326, or refuse.

    Parameters
    ----------
    points
        With a column of numbers, and any others.
    counted
        Name of that column.

    Raises
    ------
    PopulationError
        If there is no such column, a number is missing, negative or not finite, or a place is
        missing or no point.
    """
    if counted not in points:
        raise PopulationError(f"no column `{counted}`")
    people = points[counted].to_numpy(dtype=float, na_value=np.nan)
    _refuse(~(np.isfinite(people) & (people >= 0)), f"`{counted}` is missing or negative")
    shapes = points.geometry
    _refuse((shapes.isna() | shapes.is_empty).to_numpy(), "the place is missing")
    _refuse((shapes.geom_type != "Point").to_numpy(), "the place is no point")
    return to_degrees(points)


def group_of(people: gpd.GeoDataFrame, group: str, *, counted: str = "people") -> Floats:
    """Return the numbers of a group of those counted, (points,), or refuse.

    Raises
    ------
    IndicatorError
        If there is no such column.
    PopulationError
        If it holds no numbers, or any is missing, negative or greater than that of all counted.
    """
    if group not in people:
        raise IndicatorError(f"the population has no column `{group}`")
    if not pd.api.types.is_numeric_dtype(people[group]):
        raise PopulationError(f"`{group}` holds no numbers, so it is no group of `{counted}`")
    numbers: Floats = people[group].to_numpy(dtype=float, na_value=np.nan)
    part = is_part(numbers, people[counted].to_numpy(dtype=float))
    _refuse(~part, f"`{group}` is missing, negative or more than `{counted}`")
    return numbers


def is_part(numbers: Floats | pd.Series, whole: Floats) -> NDArray[np.bool_]:
    """Return where numbers can be those of a part of the whole."""
    # Shares of a raster's cells differ from their sum in the last bits.
    return np.asarray((numbers >= 0) & (numbers <= whole * (1 + 1e-9)))


def inside(points: gpd.GeoDataFrame, border: BaseGeometry) -> NDArray[np.bool_]:
    """Return which points a border covers that is given in metres of EPSG:32645, (points,)."""
    return np.asarray(shapely.covers(border, to_metres(points.geometry).to_numpy()))


def within(points: gpd.GeoDataFrame, border: BaseGeometry) -> gpd.GeoDataFrame:
    """Return the people inside a border given in metres of EPSG:32645."""
    return points[inside(points, border)]


def houses(buildings: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return a point for each building with 1 in `buildings`: counted where people are not known.

    Buildings are no people: a share of them is called so wherever it is shown.
    """
    points = to_degrees(to_metres(buildings.geometry).representative_point())
    return gpd.GeoDataFrame({"buildings": 1.0}, index=points.index, geometry=points)


def _refuse(wrong: NDArray[np.bool_], reason: str) -> None:
    if wrong.any():
        row = int(np.flatnonzero(wrong)[0]) + 1
        raise PopulationError(f"{reason} in {int(wrong.sum())} row(s), first in row {row}")
