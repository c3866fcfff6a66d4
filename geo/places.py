"""Where to look: a box on the map, the surroundings of a point, or a site."""

import math
from dataclasses import dataclass
from typing import ClassVar, TypeAlias

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely
from pyproj import Transformer

from geo.crs import DEGREES, to_metres

Mask: TypeAlias = npt.NDArray[np.bool_]
Geometries: TypeAlias = npt.NDArray[np.object_]

_LEAST_M_PER_DEGREE = 110_000
"""Of latitude; a little less than at the equator."""


@dataclass(frozen=True)
class Box:
    """A box between two meridians and two parallels, in degrees; west <= east, south <= north."""

    west: float
    south: float
    east: float
    north: float
    key: ClassVar[str] = "bbox"


@dataclass(frozen=True)
class Near:
    """What lies within so many metres of a point (longitude and latitude in degrees).

    `accuracy_m` is how far the point itself may lie off: 0 for one that somebody set, None where
    nobody says.
    """

    lon: float
    lat: float
    metres: float
    accuracy_m: float | None = 0.0
    key: ClassVar[str] = "near"


@dataclass(frozen=True)
class Inside:
    """A site and what belongs to it or lies in its outline."""

    site_id: str
    key: ClassVar[str] = "in"


Place: TypeAlias = Box | Near | Inside


def in_box(geometries: Geometries, box: Box) -> Mask:
    """Return which geometries (EPSG:4326, None allowed) touch or cross the box."""
    outline = shapely.box(box.west, box.south, box.east, box.north)
    shapely.prepare(outline)
    return np.asarray(shapely.intersects(outline, geometries), dtype=bool)


def distances(geometries: Geometries, near: Near) -> npt.NDArray[np.float64]:
    """Return the distance in metres from the point to each geometry.

    Parameters
    ----------
    geometries
        In EPSG:32645; None allowed.
    near
        The point. One that UTM 45N cannot express, on the far side of the world, is no nearer to
        one geometry than to another.

    Returns
    -------
    ndarray
        Shape of the geometries; NaN where there is no geometry or no distance.
    """
    point = to_metres(gpd.GeoSeries(gpd.points_from_xy([near.lon], [near.lat]), crs=DEGREES))[0]
    if not np.isfinite([point.x, point.y]).all():
        return np.full(len(geometries), np.nan)
    return np.asarray(shapely.distance(geometries, point), dtype=float)


def distances_anywhere(geometries: Geometries, near: Near) -> npt.NDArray[np.float64]:
    """Return the distance in metres from the point to each geometry, wherever on Earth.

    Measured from the centre of an azimuthal equidistant projection, where every distance from the
    centre is that on the ellipsoid (PROJ, aeqd).

    Parameters
    ----------
    geometries
        In EPSG:4326; None allowed.
    near
        The point, and how far is of interest.

    Returns
    -------
    ndarray
        Shape of the geometries; NaN where there is no geometry, infinity where it is certainly
        farther away than `near.metres`.
    """
    found = np.where(shapely.is_missing(geometries), np.nan, np.inf)
    close = np.flatnonzero(_may_reach(shapely.bounds(geometries), near))
    centred = f"+proj=aeqd +lat_0={near.lat} +lon_0={near.lon} +ellps=WGS84 +units=m"
    project = Transformer.from_crs(DEGREES, centred, always_xy=True)

    def centre(degrees: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        return np.column_stack(project.transform(*degrees.T))

    local = shapely.transform(geometries[close], centre)
    away = shapely.distance(local, shapely.Point(0, 0))
    found[close] = np.where(np.isfinite(away), away, np.inf)
    return found


def _may_reach(bounds: npt.NDArray[np.float64], near: Near) -> Mask:
    """Return which boxes in degrees (shape (n, 4)) a circle may reach."""
    west, south, east, north = bounds.T
    high = near.metres / _LEAST_M_PER_DEGREE
    found = (south <= near.lat + high) & (north >= near.lat - high)
    narrowest = math.cos(math.radians(min(89.9, abs(near.lat) + high)))
    wide = high / narrowest
    if abs(near.lon) + wide < 180:
        found &= (west <= near.lon + wide) & (east >= near.lon - wide)
    return np.asarray(found, dtype=bool)


def members(site_ids: Geometries, site_id: str) -> Mask:
    """Return which rows belong to the site by what their source says, wherever they are drawn."""
    return np.asarray(site_ids == site_id, dtype=bool)


def in_outline(geometries: Geometries, measured: Mask, outline: shapely.Geometry | None) -> Mask:
    """Return which rows lie wholly in an outline.

    Parameters
    ----------
    geometries
        In EPSG:4326; None allowed.
    measured
        False for a row that only borrows the position of its site: where it is drawn is no
        evidence of where it lies.
    outline
        Polygon in EPSG:4326. A point or None has no inside.
    """
    if not isinstance(outline, shapely.Polygon | shapely.MultiPolygon):
        return np.zeros(len(geometries), dtype=bool)
    lies_in: Mask = shapely.covered_by(geometries, outline)
    return measured & lies_in
