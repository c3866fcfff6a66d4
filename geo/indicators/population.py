"""People as points: a table with a column of people, or the cells of a population raster.

Rasters are GHS-POP or WorldPop GeoTIFFs in any CRS; a cell counts with its exact share inside the
border and stands at its centre for travel times.
"""

from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.crs import DEGREES, METRES, to_degrees, to_metres
from geo.errors import PopulationError

MOST_CELLS = 4_000_000
"""Cells of a raster that may lie within the bounds of the border."""


def checked_population(points: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return people as points in EPSG:4326, or refuse.

    Raises
    ------
    PopulationError
        If there is no column `people`, or a number is missing, negative or not finite.
    """
    if "people" not in points:
        raise PopulationError("no column `people`")
    people = points["people"].to_numpy(dtype=float, na_value=np.nan)
    wrong = ~(np.isfinite(people) & (people >= 0))
    if wrong.any():
        row = int(np.flatnonzero(wrong)[0]) + 1
        raise PopulationError(
            f"`people` is missing or negative in {int(wrong.sum())} row(s), first in row {row}"
        )
    return to_degrees(points)


def within(points: gpd.GeoDataFrame, border: BaseGeometry) -> gpd.GeoDataFrame:
    """Return the people inside a border given in metres of EPSG:32645."""
    inside = shapely.covers(border, to_metres(points.geometry).to_numpy())
    return points[inside]


def population_from_raster(path: Path, border: BaseGeometry) -> gpd.GeoDataFrame:
    """Return the inhabited cells of a GeoTIFF within a border, as points in EPSG:4326.

    `people` of a cell on the border is its number times the share of its ground inside. `attrs`
    of the frame name the raster's `crs` and how many cells had `no_data`.

    Parameters
    ----------
    path
        GeoTIFF with people per cell in its first band.
    border
        In metres of EPSG:32645.

    Raises
    ------
    PopulationError
        If the file is no raster, has no CRS, is turned, does not cover the border, holds negative
        numbers, or has gaps (no data) for more than half of the cells of the border.
    """
    # GDAL's raster side takes a second to load and only this function needs it.
    import rasterio
    from rasterio.errors import RasterioIOError

    try:
        with rasterio.open(path) as source:
            return _cells(source, path.name, border)
    except RasterioIOError as error:
        raise PopulationError(f"{path.name}: no raster that can be read") from error


def _cells(source: Any, name: str, border: BaseGeometry) -> gpd.GeoDataFrame:
    if source.crs is None:
        raise PopulationError(f"{name}: the raster does not say its CRS")
    if source.transform.b or source.transform.d or source.transform.e >= 0:
        raise PopulationError(f"{name}: the raster is turned; north must be up")
    # Many points on the border, so that its sides may bend in the other system.
    outline = gpd.GeoSeries([border.segmentize(100.0)], crs=METRES).to_crs(source.crs).iloc[0]
    (row, column), (height, width) = _window(source, name, outline)
    values = source.read(1, window=((row, row + height), (column, column + width)))
    transform = source.transform
    rows, columns = np.indices(values.shape)
    west = transform.c + (columns.ravel() + column) * transform.a
    north = transform.f + (rows.ravel() + row) * transform.e
    cells = shapely.box(west, north + transform.e, west + transform.a, north)
    people = values.ravel().astype(float)
    shapely.prepare(outline)
    touching = shapely.intersects(outline, cells)
    cells, people = cells[touching], people[touching]
    missing = ~np.isfinite(people) | (people == source.nodata)
    if missing.mean() > 0.5:
        raise PopulationError(
            f"{name}: {int(missing.sum())} of {len(people)} cells of the border have no data"
        )
    if (people[~missing] < 0).any():
        raise PopulationError(f"{name}: negative people in cells that are not marked as no data")
    share = np.ones(len(cells))
    edge = ~shapely.contains_properly(outline, cells)
    share[edge] = shapely.area(shapely.intersection(cells[edge], outline)) / shapely.area(
        cells[edge]
    )
    counted = np.where(missing, 0.0, people) * share
    used = counted > 0
    points = gpd.GeoDataFrame(
        {"people": counted[used]}, geometry=shapely.centroid(cells[used]), crs=source.crs
    ).to_crs(DEGREES)
    points.attrs = {"crs": str(source.crs), "no_data": int(missing.sum()), "cells": len(people)}
    return points


def _window(
    source: Any, name: str, outline: BaseGeometry
) -> tuple[tuple[int, int], tuple[int, int]]:
    west, south, east, north = outline.bounds
    left, bottom, right, top = source.bounds
    if west < left or south < bottom or east > right or north > top:
        raise PopulationError(
            f"{name}: the raster does not cover the border (it covers {left:g} to {right:g} and "
            f"{bottom:g} to {top:g} in {source.crs}, the border {west:g} to {east:g} and "
            f"{south:g} to {north:g})"
        )
    wide, high = source.transform.a, -source.transform.e
    first = (int((top - north) // high), int((west - left) // wide))
    last = (int((top - south) // high), int((east - left) // wide))
    # A border that ends on the raster's own edge has its last cell before it.
    last = (min(last[0], source.height - 1), min(last[1], source.width - 1))
    size = (last[0] - first[0] + 1, last[1] - first[1] + 1)
    if size[0] * size[1] > MOST_CELLS:
        raise PopulationError(f"{name}: {size[0] * size[1]:,} cells; at most {MOST_CELLS:,}")
    return first, size
