"""Layers of viewers made up for tests."""

from collections.abc import Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from geo.crs import DEGREES
from geo.own.layer import Layer

SHA256 = "ab" * 32


def layer(columns: dict[str, Any], places: Sequence[Any] | None = None) -> Layer:
    """A layer of these columns; its rows lie on a line west to east where no places are given."""
    size = len(next(iter(columns.values())))
    shapes = (
        [shapely.Point(84.9 + n / 1000, 56.5) for n in range(size)] if places is None else places
    )
    frame = gpd.GeoDataFrame(columns, geometry=gpd.GeoSeries(list(shapes), crs=DEGREES))
    return Layer("layer.geojson", SHA256, frame, np.arange(1, size + 1))
