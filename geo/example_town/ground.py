"""The ground of the town: where it lies, its river, its open spaces; all in local metres."""

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geo.crs import METRES, to_degrees

SEED = 20_261_123
ORIGIN = (500_000.0, 6_651_500.0)
"""Of local metres, in EPSG:32645: the middle of the town, 87° E, 60° N."""

DECIMALS = 6
RIVER_WIDTH_M = 140.0
_CIRCLE = shapely.buffer(shapely.Point(0, 0), 1.0, quad_segs=24)
TOWN = shapely.transform(_CIRCLE, lambda xy: xy * (1850, 1450))
"""The built-up ellipse."""

CENTRAL_PARK = shapely.box(330, 150, 690, 470)
GROVE = shapely.box(-330, 620, -60, 830)
GARDEN = shapely.box(880, -640, 1080, -430)
SQUARE = shapely.box(150, -70, 250, 20)
FOREST = shapely.box(1230, 620, 1500, 850)
STADIUM = shapely.box(-1450, 260, -1270, 410)
HOSPITAL = shapely.box(700, -950, 860, -800)
FACTORY = shapely.box(1180, -330, 1480, -60)


def river_x(y: NDArray[np.float64] | float) -> NDArray[np.float64]:
    """Return where the middle of the river lies, by its distance north of the town's middle."""
    return np.asarray(-700 + 180 * np.sin(np.asarray(y) / 650))


_COURSE = np.arange(-2600.0, 2601.0, 100.0)
RIVER = shapely.buffer(
    shapely.LineString(np.column_stack([river_x(_COURSE), _COURSE])), RIVER_WIDTH_M / 2, quad_segs=4
)
_BANK = np.arange(-900.0, 301.0, 100.0)
EMBANKMENT = shapely.Polygon(
    np.vstack(
        [
            np.column_stack([river_x(_BANK) + 72, _BANK]),
            np.column_stack([river_x(_BANK) + 104, _BANK])[::-1],
        ]
    )
)
POND = shapely.buffer(shapely.Point(560, 330), 55, quad_segs=4)

KEPT_FREE: tuple[BaseGeometry, ...] = (
    CENTRAL_PARK, GROVE, GARDEN, SQUARE, FOREST, STADIUM, HOSPITAL, FACTORY, EMBANKMENT,
)  # fmt: skip
"""Where neither streets for cars nor houses stand."""


def layer(columns: dict[str, object], shapes: object) -> gpd.GeoDataFrame:
    """Return a frame in EPSG:4326, six decimals, from shapes in local metres."""
    moved = shapely.transform(np.asarray(shapes, dtype=object), lambda xy: xy + ORIGIN)
    frame = to_degrees(gpd.GeoDataFrame(columns, geometry=moved, crs=METRES))
    frame.geometry = shapely.transform(frame.geometry.to_numpy(), lambda xy: np.round(xy, DECIMALS))
    return frame
