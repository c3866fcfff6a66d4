"""People on cells of one square kilometre: what the Degree of Urbanisation is decided on."""

from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geo.crs import METRES, to_metres
from geo.errors import PopulationError
from geo.indicators.population import checked_population
from geo.indicators.raster import (
    MOST_CELLS,
    Floats,
    grounds_of,
    opened,
    outline_in,
    touching,
)
from geo.snapshot import Snapshot

CELL_M = 1000.0
_MARGIN = 1
"""Empty cells around all people, so that what lies outside is one piece."""

_PIECE_M = 100.0
_BEYOND_M = 3000.0
"""How far beyond the ground a square kilometre that touches it may reach: Mollweide makes long,
slanted shapes of squares."""


@dataclass(frozen=True, eq=False)
class Grid:
    """People by cell of 1 km, north up.

    `people` is (rows, columns), the first row the northernmost; `west` and `north` are the corner
    of the first cell in metres of `crs`.
    """

    people: Floats
    west: float
    north: float
    crs: str

    def squares(self) -> NDArray[np.object_]:
        """Return the ground of each cell, (rows, columns), in metres of `crs`."""
        rows, columns = np.indices(self.people.shape)
        west, north = self.west + columns * CELL_M, self.north - rows * CELL_M
        return np.asarray(shapely.box(west, north - CELL_M, west + CELL_M, north))

    def outline(self, cells: NDArray[np.bool_]) -> BaseGeometry:
        """Return the ground of the cells chosen, (rows, columns), in metres of EPSG:32645."""
        ground = shapely.union_all(self.squares()[cells])
        shape = gpd.GeoSeries([ground.segmentize(100.0)], crs=self.crs)
        found: BaseGeometry = to_metres(shape).iloc[0]
        return found if self.crs != METRES else ground


def grid_of_points(points: gpd.GeoDataFrame) -> Grid:
    """Return the people of a table, or of the small cells of a raster, by square kilometre.

    The cells are those of EPSG:32645 at whole kilometres: up to 0.08 % smaller on the ground than
    a square kilometre, which no threshold notices.

    Raises
    ------
    PopulationError
        As `checked_population`, or if the places lie so far apart that the grid has millions of
        cells.
    """
    counted = checked_population(points)
    xy = shapely.get_coordinates(to_metres(counted.geometry).to_numpy())
    people = counted["people"].to_numpy(dtype=float)
    if len(xy) == 0:
        return Grid(np.zeros((1, 1)), 0.0, CELL_M, METRES)
    return _added_up(xy, people, METRES)


def grid_of_raster(path: Path, ground: BaseGeometry) -> Grid:
    """Return the people of a raster by square kilometre, as near to its own cells as can be.

    Cells of 1 km, or of a whole part of it, are taken or added up in their own system, such as
    Mollweide: counted at their middles in another system, whole kilometres would fall together
    and leave gaps. Any other cell is parted evenly into pieces of at most 100 m, and these are
    added up by kilometres of EPSG:32645.

    Parameters
    ----------
    path
        GeoTIFF with people per cell in its only band.
    ground
        In metres of EPSG:32645: every cell that it touches counts as a whole, for density is that
        of the whole cell. Cells without data count nobody, as in `population_from_raster`.

    Raises
    ------
    PopulationError
        As `population_from_raster`.
    """
    with opened(path) as source:
        cells = touching(source, path.name, ground, beyond_m=_BEYOND_M)
        outline = outline_in(source, path.name, ground)
        sides = (source.transform.a, -source.transform.e)
        metric = source.crs.is_projected and source.crs.linear_units_factor[1] == 1.0
        # Whole kilometres of the system, wherever the file is cut off; as its own cells lie.
        corner = (source.transform.c % sides[0], source.transform.f % sides[1])
        crs = str(source.crs.to_wkt())
    people = np.nan_to_num(cells.people)
    if metric and all(abs(side * round(CELL_M / side) - CELL_M) < 1e-6 for side in sides):
        middles = shapely.get_coordinates(shapely.centroid(cells.shapes))
        return _added_up(middles, people, crs, corner, outline)
    metres = to_metres(gpd.GeoSeries(cells.shapes, crs=crs)).to_numpy()
    west, south, east, north = shapely.bounds(metres).T
    parts = int(np.ceil(max((east - west).max(), (north - south).max()) / _PIECE_M))
    if parts * parts * len(people) > MOST_CELLS:
        raise PopulationError(f"{path.name}: its cells have too many pieces of {_PIECE_M:g} m")
    left, low, right, high = shapely.bounds(cells.shapes).T
    across = (np.arange(parts) + 0.5) / parts
    x = left[:, None, None] + (right - left)[:, None, None] * across[None, :, None]
    y = low[:, None, None] + (high - low)[:, None, None] * across[None, None, :]
    x, y = np.broadcast_arrays(x, y)
    at = to_metres(gpd.GeoSeries.from_xy(x.ravel(), y.ravel(), crs=crs)).to_numpy()
    each = np.repeat(people / parts**2, parts**2)
    return _added_up(shapely.get_coordinates(at), each, METRES, ground=ground)


def people_grid(snapshot: Snapshot, people: gpd.GeoDataFrame, raster: Path | None) -> Grid:
    """Return the people of a raster, or without one those of a table, by square kilometre."""
    if raster is None:
        return grid_of_points(people)
    return grid_of_raster(raster, shapely.union_all(grounds_of(snapshot)))


def _added_up(
    xy: Floats,
    people: Floats,
    crs: str,
    origin: tuple[float, float] = (0.0, 0.0),
    ground: BaseGeometry | None = None,
) -> Grid:
    """Return people at points by the kilometre they are in, counted from an origin.

    Of a `ground`, in the same system, only the square kilometres that touch it.
    """
    cells = np.floor((xy - origin) / CELL_M).astype(np.int64)
    (first_x, first_y), (last_x, last_y) = cells.min(axis=0) - _MARGIN, cells.max(axis=0) + _MARGIN
    shape = (int(last_y - first_y) + 1, int(last_x - first_x) + 1)
    if shape[0] * shape[1] > MOST_CELLS:
        raise PopulationError(f"people lie {max(shape):,} km apart; give those of one region")
    found = np.zeros(shape)
    np.add.at(found, (last_y - cells[:, 1], cells[:, 0] - first_x), people)
    west, north = origin[0] + first_x * CELL_M, origin[1] + (last_y + 1) * CELL_M
    grid = Grid(found, float(west), float(north), crs)
    if ground is not None:
        shapely.prepare(ground)
        found[~shapely.intersects(ground, grid.squares())] = 0.0
    return grid
