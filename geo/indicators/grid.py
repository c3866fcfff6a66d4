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
from geo.indicators.raster import MOST_CELLS, Floats, band, opened

CELL_M = 1000.0
_MARGIN = 1
"""Empty cells around all people, so that what lies outside is one piece."""


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

    def outline(self, cells: NDArray[np.bool_]) -> BaseGeometry:
        """Return the ground of the cells chosen, (rows, columns), in metres of EPSG:32645."""
        rows, columns = np.nonzero(cells)
        west, north = self.west + columns * CELL_M, self.north - rows * CELL_M
        ground = shapely.union_all(shapely.box(west, north - CELL_M, west + CELL_M, north))
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
    cells = np.floor(xy / CELL_M).astype(np.int64)
    (first_x, first_y), (last_x, last_y) = cells.min(axis=0) - _MARGIN, cells.max(axis=0) + _MARGIN
    shape = (int(last_y - first_y) + 1, int(last_x - first_x) + 1)
    if shape[0] * shape[1] > MOST_CELLS:
        raise PopulationError(f"people lie {max(shape):,} km apart; give those of one region")
    found = np.zeros(shape)
    np.add.at(found, (last_y - cells[:, 1], cells[:, 0] - first_x), people)
    return Grid(found, float(first_x) * CELL_M, float(last_y + 1) * CELL_M, METRES)


def grid_of_raster(path: Path) -> Grid:
    """Return a raster of 1 km, such as GHS-POP in Mollweide, cell by cell as it is.

    Raises
    ------
    PopulationError
        As `population_from_raster`, or if its cells are not squares of 1,000 m.
    """
    with opened(path) as source:
        sides = (source.transform.a, -source.transform.e)
        metric = source.crs.is_projected and source.crs.linear_units_factor[1] == 1.0
        if not metric or any(abs(side - CELL_M) > 1e-6 * CELL_M for side in sides):
            raise PopulationError(
                f"{path.name}: cells of {sides[0]:g} x {sides[1]:g} in {source.crs}; the Degree of "
                "Urbanisation needs 1,000 m (smaller cells are added up by `grid_of_points`)"
            )
        if source.height * source.width > MOST_CELLS:
            raise PopulationError(
                f"{path.name}: {source.height * source.width:,} cells; at most {MOST_CELLS:,}"
            )
        people = band(source, path.name, ((0, source.height), (0, source.width)))
        return Grid(
            np.pad(np.nan_to_num(people), _MARGIN),
            source.transform.c - _MARGIN * CELL_M,
            source.transform.f + _MARGIN * CELL_M,
            str(source.crs.to_wkt()),
        )
