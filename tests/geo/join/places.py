"""Frames in metres at Tomsk, small enough to reason about by hand."""

from typing import Any

import geopandas as gpd
import shapely
from shapely.geometry.base import BaseGeometry

from geo.crs import METRES

EAST, NORTH = 480_000, 6_260_000


def box(west: float, south: float, east: float, north: float) -> shapely.Polygon:
    return shapely.box(EAST + west, NORTH + south, EAST + east, NORTH + north)


def point(east: float, north: float) -> shapely.Point:
    return shapely.Point(EAST + east, NORTH + north)


def frame(shapes: dict[str, BaseGeometry | None], crs: str = METRES, **columns: Any) -> Any:
    return gpd.GeoDataFrame(
        {"id": list(shapes), **columns}, geometry=list(shapes.values()), crs=crs
    )


def parks() -> Any:
    """Two parks side by side, 400 m by 200 m each; A is west of B."""
    return frame({"A": box(0, 0, 400, 200), "B": box(400, 0, 800, 200)}, number=[1, 2])


def projects() -> Any:
    """A project across both parks (60 % in B), one on their edge, one far away."""
    shapes = {
        "across": box(360, 50, 460, 130),
        "edge": point(400, 20),
        "far": point(5_000, 100),
    }
    return frame(shapes, money=[100.0, 10.0, 1.0])
