"""Rows of a GeoParquet file laid out for joining, as `geo.join.side` does for a whole layer."""

from functools import cached_property
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyproj

from geo.join.engine import Shapes
from geo.join.engines.geoparquet import GeoParquet
from geo.join.engines.points import Positions as Coordinates
from geo.join.engines.points import positions
from geo.join.layer import Layer
from geo.join.side import Repairs, Sorted, only, order_of


class PointRows(Sorted):
    """Rows that are points; a geometry is made of each only if somebody asks for it.

    Parameters
    ----------
    layer
        What they are rows of, for names; its frame is not looked at.
    source, columns, geometry, coordinates
        The file; attributes, well-known binary and coordinates of the rows, in the order of ids.
    first
        Number in the file of the first row, where the rows have no ids.
    """

    def __init__(
        self,
        layer: Layer,
        source: GeoParquet,
        *,
        columns: pd.DataFrame,
        geometry: Any,
        coordinates: Coordinates,
        first: int,
    ) -> None:
        self.layer, self.crs, self.key, self.columns = layer, source.crs, source.key, columns
        self.ids = _ids(columns, source.key, first)
        self.coordinates = coordinates
        self.placed = np.isfinite(coordinates.x) & np.isfinite(coordinates.y)
        self.repairs = Repairs(np.zeros(0, dtype=np.int64), 0.0, 0.0)
        self._geometry, self._source = geometry, source

    @cached_property
    def shapes(self) -> Shapes:  # type: ignore[override]  # made at once in the class above
        """The points, None where there is no place."""
        made = self._source.shapes(self._geometry.to_numpy(zero_copy_only=False))
        return made if self.placed.all() else only(made, self.placed)

    @cached_property
    def dimensions(self) -> npt.NDArray[np.int64]:
        """0, or -1 for no place."""
        return np.where(self.placed, 0, -1)

    def coordinates_in(self, crs: str) -> Coordinates:
        """Return the coordinates in a system, as reprojecting the points would give them."""
        target = pyproj.CRS(crs)
        if self.crs.equals(target, ignore_axis_order=True):
            return self.coordinates
        turn = pyproj.Transformer.from_crs(self.crs, target, always_xy=True)
        x, y = np.full((2, len(self)), np.nan)
        x[self.placed], y[self.placed] = turn.transform(
            self.coordinates.x[self.placed], self.coordinates.y[self.placed]
        )
        return Coordinates(x, y)


def laid_out(
    layer: Layer, source: GeoParquet, rows: pa.RecordBatch | pa.Table, *, first: int, repair: str
) -> Sorted:
    """Lay out rows that stand in the order of their ids; see `PointRows` for the parameters."""
    geometry = rows.column(source.geometry)
    if isinstance(geometry, pa.ChunkedArray):
        geometry = geometry.combine_chunks()
    columns = rows.select(list(source.columns)).to_pandas(ignore_metadata=True)
    coordinates = positions(geometry)
    if coordinates is not None:
        return PointRows(
            layer,
            source,
            columns=columns,
            geometry=geometry,
            coordinates=coordinates,
            first=first,
        )
    columns[source.geometry] = _places(geometry.to_numpy(zero_copy_only=False), source)
    columns.index = pd.RangeIndex(first, first + len(columns))
    frame = gpd.GeoDataFrame(columns, geometry=source.geometry)
    return Sorted(Layer(layer.id, frame, key=source.key), repair, "left")


def whole(source: GeoParquet, *, repair: str) -> tuple[Sorted, pa.Table]:
    """Read a whole file; return its rows in the order of ids, and their attributes likewise."""
    table = source.table([*source.columns, source.geometry])
    columns = table.select(list(source.columns)).to_pandas(ignore_metadata=True)
    order = order_of(_ids(columns, source.key, 0))
    if order is not None:
        table = table.take(pa.array(order))
    columns = columns if order is None else columns.take(order)
    columns[source.geometry] = _places(table.column(source.geometry).to_numpy(), source)
    frame = gpd.GeoDataFrame(columns, geometry=source.geometry)
    side = Sorted(Layer(source.id, frame, key=source.key), repair, "right")
    return side, table.select(list(source.columns)).combine_chunks()


def _places(wkb: Shapes, source: GeoParquet) -> gpd.array.GeometryArray:
    return gpd.array.GeometryArray(source.shapes(wkb), crs=source.crs)


def _ids(columns: pd.DataFrame, key: str, first: int) -> npt.NDArray[Any]:
    if not key:
        return np.arange(first, first + len(columns))
    found = columns[key].to_numpy()
    return found if found.dtype.kind in "iuf" else found.astype(object)
