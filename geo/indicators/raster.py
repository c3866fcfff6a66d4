"""Rasters of people: GHS-POP or WorldPop GeoTIFFs in any CRS, every cell by its exact share.

A cell counts with the share of its ground inside the border and stands at its centre for travel
times, a cell that is cut at a point of its part. Only GeoTIFF is opened: other drivers of GDAL
follow links to files and hosts.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geo.crs import DEGREES, METRES, to_metres
from geo.errors import PopulationError
from geo.provenance.origin import sha256_of
from geo.snapshot import Snapshot

MOST_CELLS = 4_000_000
"""Cells of a raster that may lie within the bounds of the border."""

MOST_GAPS = 0.5
"""Share of the border's cells that may have no data; those within it count nobody, and are told."""

Floats = NDArray[np.float64]


def population_from_raster(
    path: Path, border: BaseGeometry, *, cut_by: Sequence[BaseGeometry] = ()
) -> gpd.GeoDataFrame:
    """Return the inhabited cells of a GeoTIFF within a border, as points in EPSG:4326.

    `people` of a cell on the border is its number times the share of its ground inside. `attrs`
    of the frame name the raster's `crs`, how many `cells` the border touches and how many of them
    had `no_data`.

    Parameters
    ----------
    path
        GeoTIFF with people per cell in its only band.
    border
        In metres of EPSG:32645.
    cut_by
        Borders inside it by which cells are cut as well, so that the people within each of them
        are as exact: such a cell gives a point on each side.

    Raises
    ------
    PopulationError
        If the file is no GeoTIFF or damaged, has no CRS, several bands, scaled or complex values,
        is turned, does not cover the border, holds negative numbers, or has gaps (no data) for
        more than half of the cells of the border.
    """
    with opened(path) as source:
        return _cells(source, path.name, border, _zones(border, cut_by))


def people_of(
    snapshot: Snapshot, raster: Path | None, *, name: str = ""
) -> gpd.GeoDataFrame | None:
    """Return the people of a raster on the ground of a snapshot; None without a raster.

    The ground is that of its borders together, or all of it where it has none. `attrs` have the
    `name` and the `sha256` of the file as well.

    Parameters
    ----------
    snapshot, raster
        Whose ground, and the GeoTIFF.
    name
        What the file is called where that is not its name, as in a document made elsewhere.

    Raises
    ------
    PopulationError
        As `population_from_raster`.
    """
    if raster is None:
        return None
    borders = grounds_of(snapshot)
    found = population_from_raster(raster, shapely.union_all(borders), cut_by=borders)
    found.attrs |= {"name": name or raster.name, "sha256": sha256_of(raster)}
    return found


def grounds_of(snapshot: Snapshot) -> list[BaseGeometry]:
    """Return the borders of a snapshot in metres, or all of its ground where it has none."""
    if "boundaries" in snapshot:
        # One that crosses itself is refused where it is asked for; here it only bounds the search.
        return list(shapely.make_valid(to_metres(snapshot.layer("boundaries").geometry).to_numpy()))
    bounds = gpd.GeoSeries([shapely.box(*snapshot.bounds)], crs=DEGREES)
    return list(to_metres(bounds))


@contextmanager
def opened(path: Path) -> Iterator[Any]:
    """Open a raster of people with the north up; refuse what is none, in words about the file."""
    # GDAL's raster side takes a second to load and only rasters need it.
    import rasterio
    from rasterio.errors import RasterioError, RasterioIOError

    try:
        with rasterio.open(path, driver="GTiff") as source:
            _require_people(source, path.name)
            yield source
    except RasterioIOError as error:
        raise PopulationError(f"{path.name}: no GeoTIFF that can be read in full") from error
    except RasterioError as error:
        raise PopulationError(f"{path.name}: the raster cannot be used") from error


def band(source: Any, name: str, window: tuple[tuple[int, int], tuple[int, int]]) -> Floats:
    """Return people by cell (rows, columns), NaN where there is no data.

    Raises
    ------
    PopulationError
        If a cell with data has a negative number.
    """
    # The mask is GDAL's own: it compares in the type of the file, so that a "no data" of 32 bits
    # is told also where it has no equal of 64.
    found = source.read(1, window=window, masked=True).astype(float).filled(np.nan)
    found = np.where(np.isfinite(found), found, np.nan)
    if (found < 0).any():
        raise PopulationError(f"{name}: negative people in cells that are not marked as no data")
    return np.asarray(found)


def _require_people(source: Any, name: str) -> None:
    if source.crs is None:
        raise PopulationError(f"{name}: the raster does not say its CRS")
    if source.transform.b or source.transform.d or source.transform.e >= 0:
        raise PopulationError(f"{name}: the raster is turned; north must be up")
    if source.count != 1:
        raise PopulationError(
            f"{name}: {source.count} bands; people are one band, so it is not clear which"
        )
    if np.issubdtype(np.dtype(source.dtypes[0]), np.complexfloating):
        raise PopulationError(f"{name}: complex numbers are no people")
    if (source.scales[0], source.offsets[0]) != (1.0, 0.0):
        raise PopulationError(
            f"{name}: values are scaled ({source.scales[0]:g} x + {source.offsets[0]:g}); write "
            "people per cell"
        )


def _zones(border: BaseGeometry, cut_by: Sequence[BaseGeometry]) -> list[BaseGeometry]:
    """Return the parts into which other borders cut one."""
    zones = [border]
    for other in cut_by:
        zones = [
            part
            for zone in zones
            for part in (zone.intersection(other), zone.difference(other))
            if part.area > 0
        ]
    return zones


@dataclass(frozen=True, eq=False)
class Cells:
    """The cells of a raster that a border touches, in the system of the raster.

    `shapes` are their squares and `people` their numbers, NaN where there is no data.
    """

    shapes: NDArray[np.object_]
    people: Floats


def touching(source: Any, name: str, border: BaseGeometry, *, beyond_m: float = 0.0) -> Cells:
    """Return the cells that a border in metres of EPSG:32645 touches.

    `beyond_m`: and those within so many metres of it, as far as the raster goes.

    Raises
    ------
    PopulationError
        If the raster does not cover the border, holds negative numbers, or has gaps (no data) for
        more than half of the cells.
    """
    outline = within = outline_in(source, name, border)
    (row, column), (height, width) = _window(source, name, outline)
    if beyond_m:
        outline = outline_in(source, name, border.buffer(beyond_m))
        outline = outline.intersection(shapely.box(*source.bounds))
        (row, column), (height, width) = _window(source, name, outline)
    values = band(source, name, ((row, row + height), (column, column + width)))
    transform = source.transform
    rows, columns = np.indices(values.shape)
    west = transform.c + (columns.ravel() + column) * transform.a
    north = transform.f + (rows.ravel() + row) * transform.e
    cells = shapely.box(west, north + transform.e, west + transform.a, north)
    shapely.prepare(outline)
    touched = shapely.intersects(outline, cells)
    found = Cells(cells[touched], values.ravel()[touched])
    asked = shapely.intersects(within, found.shapes)
    missing = np.isnan(found.people[asked])
    if missing.mean() > MOST_GAPS:
        raise PopulationError(
            f"{name}: {int(missing.sum())} of {len(missing)} cells of the border have no data"
        )
    return found


def _cells(
    source: Any, name: str, border: BaseGeometry, zones: Sequence[BaseGeometry]
) -> gpd.GeoDataFrame:
    touched = touching(source, name, border)
    cells, people = touched.shapes, touched.people
    missing = np.isnan(people)
    found = [
        _inside(cells, np.where(missing, 0.0, people), outline_in(source, name, zone))
        for zone in zones
    ]
    points = gpd.GeoDataFrame(
        {"people": np.concatenate([counted for counted, _ in found])},
        geometry=np.concatenate([at for _, at in found]),
        crs=source.crs,
    ).to_crs(DEGREES)
    points.attrs = {"crs": str(source.crs), "no_data": int(missing.sum()), "cells": len(people)}
    return points


def _inside(
    cells: NDArray[np.object_], people: Floats, zone: BaseGeometry
) -> tuple[Floats, NDArray[np.object_]]:
    """Return people of inhabited cells by their share inside, and a point inside for each."""
    shapely.prepare(zone)
    used = shapely.intersects(zone, cells) & (people > 0)
    cells, people = cells[used], people[used].copy()
    edge = ~shapely.contains_properly(zone, cells)
    parts = shapely.intersection(cells[edge], zone)
    people[edge] *= shapely.area(parts) / shapely.area(cells[edge])
    points = shapely.centroid(cells)
    # The middle of a cell that is cut may lie on the other side.
    points[edge] = shapely.point_on_surface(parts)
    return people[people > 0], points[people > 0]


def outline_in(source: Any, name: str, border: BaseGeometry) -> BaseGeometry:
    """Return the border in the raster's system, many points on it so that its sides may bend."""
    outline = gpd.GeoSeries([border.segmentize(100.0)], crs=METRES).to_crs(source.crs).iloc[0]
    if not np.isfinite(outline.bounds).all():
        raise PopulationError(
            f"{name}: the border has no place in the raster's CRS ({source.crs}), which is made "
            "for another part of the world"
        )
    # Some systems turn thin parts over themselves.
    valid: BaseGeometry = shapely.make_valid(outline)
    return valid


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
