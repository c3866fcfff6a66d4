"""The ground of a snapshot as SVG paths: water, buildings, streets, stops and institutions.

All positions are whole metres of EPSG:32645 east and south of an origin, as SVG has it.
"""

import functools
from collections.abc import Iterable
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely

from geo.access import STOP
from geo.crs import METRES, to_degrees, to_metres
from geo.network import Network
from geo.snapshot import Snapshot
from layers.access_link import position

MOST_STREETS = 8_000
MOST_BUILDINGS = 4_000
"""Beyond these the smaller streets, or the buildings, are not drawn."""

_MAJOR = ("motorway", "trunk", "primary", "secondary", "tertiary")
_DETAIL_M = 1.5
_MARGIN = 0.04
Origin = npt.NDArray[np.float64]


@functools.lru_cache(maxsize=8)
def origin_of(snapshot: Snapshot) -> tuple[float, float]:
    """Return the middle of a snapshot, in whole metres of EPSG:32645."""
    ground = to_metres(gpd.GeoSeries([shapely.box(*snapshot.bounds)], crs=4326)).iloc[0]
    return float(round(ground.centroid.x)), float(round(ground.centroid.y))


def position_at(snapshot: Snapshot, east: float, south: float) -> str | None:
    """Return `lon,lat` of a point of the drawing; None where there is none."""
    x, y = origin_of(snapshot)
    point = to_degrees(gpd.GeoSeries.from_xy([x + east], [y - south], crs=METRES)).iloc[0]
    return None if point.is_empty else position(f"{point.x},{point.y}")


def path(lines: Iterable[Any], origin: Origin, *, closed: bool = False) -> str:
    """Return lines or rings as the `d` of an SVG path."""
    parts = []
    for line in lines:
        xy = np.rint(shapely.get_coordinates(line) - origin).astype(int)
        points = "L".join(f"{x} {-y}" for x, y in xy)
        parts.append(f"M{points}{'Z' if closed else ''}")
    return "".join(parts)


def outlines(shapes: Any, origin: Origin, *, detail_m: float = _DETAIL_M) -> str:
    """Return areas as the `d` of an SVG path; what has no area is left out.

    Holes turn the other way than what they are in, as the rule "nonzero" of SVG asks; by "evenodd"
    the ground that two areas share would be a hole.
    """
    areas = shapely.get_parts(shapely.simplify(np.asarray(shapes, dtype=object), detail_m))
    areas = areas[shapely.get_dimensions(areas) == 2]
    return path(shapely.get_rings(shapely.orient_polygons(areas)), origin, closed=True)


@functools.lru_cache(maxsize=8)
def frozen(snapshot: Snapshot) -> dict[str, str]:
    """Return paths by layer of what does not change with the question."""
    origin, found = np.array(origin_of(snapshot)), {}
    for layer in ("water", "open_space", "buildings"):
        if layer in snapshot and (
            layer != "buildings" or len(snapshot.layer(layer)) <= MOST_BUILDINGS
        ):
            found[layer] = outlines(to_metres(snapshot.layer(layer).geometry), origin)
    return found


def streets(network: Network, origin: Origin) -> dict[str, Any]:
    """Return the streets, the smaller ones as far as they are not too many, and what to show."""
    kinds = np.array([str(kind).removesuffix("_link") for kind in network.highway])
    major = np.isin(kinds, _MAJOR)
    kept = np.flatnonzero(~major)[: max(0, MOST_STREETS - int(major.sum()))]
    lines = shapely.simplify(network.geometry, _DETAIL_M)
    west, south, east, north = shapely.total_bounds(network.geometry) - np.tile(origin, 2)
    margin = _MARGIN * max(east - west, north - south)
    return {
        "major": path(lines[major], origin),
        "minor": path(lines[kept], origin),
        "left_out": int((~major).sum()) - len(kept),
        "view": [
            round(float(value))
            for value in (west - margin, -north - margin, east + margin, -south + margin)
        ],
    }


@functools.lru_cache(maxsize=8)
def marks(snapshot: Snapshot) -> list[dict[str, Any]]:
    """Return stops and institutions as small signs."""
    origin, found = np.array(origin_of(snapshot)), []
    for layer in ("stops", "pois"):
        if layer in snapshot:
            frame = snapshot.layer(layer)
            xy = shapely.get_coordinates(to_metres(frame.geometry)) - origin
            kinds = [STOP] * len(frame) if layer == "stops" else frame["kind"].tolist()
            found += [
                {"kind": kind, "at": [round(float(x)), round(float(-y))]}
                for kind, (x, y) in zip(kinds, xy, strict=True)
            ]
    return found
