"""The boxes in which an area is asked for: small enough for a public host."""

import math
from collections.abc import Iterator

import shapely
from shapely.geometry.base import BaseGeometry

from geo.crs import ZONE
from geo.fetch.refusals import refuse

Box = tuple[float, float, float, float]
"""West, south, east, north in degrees."""

SIDE = (0.8, 0.45)
"""Longest side of a box in degrees: about 50 km by 50 km at 56° N, what OSMnx asks for at once."""

MOST_BOXES = 200


def boxes(area: BaseGeometry) -> list[Box]:
    """Return equal boxes that cover an area (EPSG:4326), those that touch it only.

    Raises
    ------
    FetchError
        If the area is empty, too large, or lies where the Atlas cannot measure.
    """
    if area.is_empty or area.area == 0:
        raise refuse("area", what="it is empty")
    if not shapely.box(*ZONE).covers(area):
        raise refuse("area", what="streets are measured in EPSG:32645, which is for 78° to 96° E")
    west, south, east, north = area.bounds
    columns, rows = math.ceil((east - west) / SIDE[0]), math.ceil((north - south) / SIDE[1])
    if columns * rows > MOST_BOXES:
        raise refuse("area", what="it is too large to be asked for; take --from with a file")
    return list(_split((west, south, east, north), area, columns, rows))


def quarters(box: Box, area: BaseGeometry) -> list[Box]:
    """Return the quarters of a box that touch the area."""
    return list(_split(box, area, 2, 2))


def _split(box: Box, area: BaseGeometry, columns: int, rows: int) -> Iterator[Box]:
    west, south, east, north = box
    wide, high = (east - west) / columns, (north - south) / rows
    for row in range(rows):
        for column in range(columns):
            part = (
                west + column * wide,
                south + row * high,
                west + (column + 1) * wide,
                south + (row + 1) * high,
            )
            if shapely.box(*part).intersects(area):
                yield part
