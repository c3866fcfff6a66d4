"""The two coordinate reference systems of the Atlas: measure in metres, draw in degrees."""

from typing import TYPE_CHECKING, TypeVar

from geo.errors import MissingCrsError

if TYPE_CHECKING:  # the process that reads files needs the names below, not geopandas
    import geopandas as gpd

DEGREES = "EPSG:4326"
"""WGS 84, (longitude, latitude): everything that is stored, drawn or exchanged."""

METRES = "EPSG:32645"
"""UTM zone 45N: every length, area, buffer and distance. Within the agglomeration its length
error is below 0.04 % (scale 0.99963 to 1.00005 between 83.9 and 86.2 degrees east)."""

ZONE = (78.0, 0.0, 96.0, 84.0)
"""Where lengths in EPSG:32645 are within 1 % of those on the ground: west, south, east, north in
degrees. Farther off they are of no use: 10.6 % too long at Moscow."""

Frame = TypeVar("Frame", "gpd.GeoDataFrame", "gpd.GeoSeries")


def to_metres(frame: Frame) -> Frame:
    """Reproject to UTM 45N, where one unit is one metre.

    Raises
    ------
    MissingCrsError
        If the frame does not say in which system its coordinates are.
    """
    if frame.crs is None:
        raise MissingCrsError("the frame has no CRS; set it before measuring")
    return frame.to_crs(METRES)


def to_degrees(frame: Frame) -> Frame:
    """Reproject to WGS 84 longitude and latitude.

    Raises
    ------
    MissingCrsError
        If the frame does not say in which system its coordinates are.
    """
    if frame.crs is None:
        raise MissingCrsError("the frame has no CRS; set it before drawing")
    return frame.to_crs(DEGREES)
