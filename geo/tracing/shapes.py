"""Outlines as they will be stored: rounded, exterior counter-clockwise, and still valid."""

from collections.abc import Sequence

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from geo.crs import DEGREES, to_metres
from geo.outlines import stored
from geo.read.repair import repair

REPAIR_SECONDS = 1.0
REPAIR_TOTAL_SECONDS = 10.0


def settled(
    shapes: Sequence[BaseGeometry],
) -> tuple[list[BaseGeometry], npt.NDArray[np.bool_]]:
    """Round shapes to the stored decimals and repair what rounding has broken.

    Parameters
    ----------
    shapes
        Valid polygons in EPSG:4326.

    Returns
    -------
    shapes, sound
        Those that are polygons still, and which of the given ones they are.
    """
    rounded = [stored(shape) for shape in shapes]
    broken = [i for i, shape in enumerate(rounded) if not shape.is_valid]
    mended = repair(
        [rounded[i] for i in broken], seconds=REPAIR_SECONDS, total_seconds=REPAIR_TOTAL_SECONDS
    )
    for i, result in zip(broken, mended, strict=True):
        rounded[i] = shapely.Polygon() if result.shape is None else stored(result.shape)
    sound = np.array([_is_outline(shape) for shape in rounded], dtype=bool)
    # What is valid in degrees may touch itself in metres, where it is measured.
    sound &= to_metres(gpd.GeoSeries(rounded, crs=DEGREES)).is_valid.to_numpy(dtype=bool)
    return [shape for shape, good in zip(rounded, sound, strict=True) if good], sound


def joined(shapes: Sequence[BaseGeometry]) -> BaseGeometry | None:
    """Return several outlines as one; None where they do not make a sound one."""
    together, _ = settled([shapely.union_all(list(shapes))])
    return together[0] if together else None


def _is_outline(shape: BaseGeometry) -> bool:
    polygonal = isinstance(shape, shapely.Polygon | shapely.MultiPolygon)
    return polygonal and bool(shape.is_valid) and not shape.is_empty and shape.area > 0
