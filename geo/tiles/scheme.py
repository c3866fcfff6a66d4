"""The tiling of the web: squares of the spherical Mercator projection, y counted from the north."""

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import shapely

Coordinates: TypeAlias = npt.NDArray[np.float64]

EXTENT = 4096
"""Units along the side of a tile."""

TILE_PX = 256
MAX_LATITUDE = 85.0511287798066
"""Where the square ends; what lies beyond is drawn at its edge."""


@dataclass(frozen=True)
class Tile:
    """One tile: zoom, column from the west, row from the north.

    Raises
    ------
    ValueError
        If there is no such tile.
    """

    z: int
    x: int
    y: int

    def __post_init__(self) -> None:
        if not (0 <= self.z <= 30 and 0 <= self.x < 2**self.z and 0 <= self.y < 2**self.z):
            raise ValueError(f"there is no tile {self.z}/{self.x}/{self.y}")

    def units(self, plane: Coordinates) -> Coordinates:
        """Turn places on the plane into units of this tile, from its north-western corner.

        Parameters
        ----------
        plane
            Shape (n, 2), as `to_plane` gives them.
        """
        return np.asarray((plane * 2**self.z - (self.x, self.y)) * EXTENT)

    def box(self, buffer_units: float = 0) -> tuple[float, float, float, float]:
        """Return the tile on the plane, grown on each side: least x and y, largest x and y."""
        grown, side = buffer_units / EXTENT, 2.0**-self.z
        return (
            (self.x - grown) * side,
            (self.y - grown) * side,
            (self.x + 1 + grown) * side,
            (self.y + 1 + grown) * side,
        )


def to_plane(degrees: Coordinates) -> Coordinates:
    """Project longitude and latitude to the square of the tiles.

    Spherical Mercator (EPSG:3857) with the whole world being 1 by 1 and y counted from the north.

    Parameters
    ----------
    degrees
        Shape (n, 2).
    """
    latitude = np.radians(np.clip(degrees[:, 1], -MAX_LATITUDE, MAX_LATITUDE))
    x = degrees[:, 0] / 360 + 0.5
    y = 0.5 - np.arcsinh(np.tan(latitude)) / (2 * np.pi)
    return np.column_stack([x, y])


def plane_geometries(geometries: npt.NDArray[np.object_]) -> npt.NDArray[np.object_]:
    """Project geometries in EPSG:4326 to the square of the tiles; heights are left out."""
    projected: Any = shapely.transform(shapely.force_2d(geometries), to_plane)
    return np.asarray(projected, dtype=object)
