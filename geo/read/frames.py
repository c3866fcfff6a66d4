"""The frame that the child process has written, as geopandas has it."""

from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import shapely

from geo.crs import DEGREES

_GEOMETRY = 1


def read_frame(path: Path) -> tuple[gpd.GeoDataFrame, npt.NDArray[np.int64]]:
    """Read an Arrow file: row numbers, geometry as WKB, then the columns.

    Returns
    -------
    frame, rows
        GeoDataFrame in EPSG:4326, its index counting from 0, geometry None where there is no
        place; and the row of the file that each row of the frame was, counted from 1. Whole
        numbers and booleans with gaps have pandas' types for that, so that none becomes another
        number; lists are tuples.

    Raises
    ------
    ValueError, OSError
        If the file is not what the child process writes.
    """
    with pa.OSFile(str(path)) as source:
        table = pa.ipc.open_file(source).read_all()
        table.validate(full=True)
        rows = table.column(0).to_numpy()
        geometry = shapely.from_wkb(table.column(_GEOMETRY).to_numpy(), on_invalid="ignore")
        columns = {
            table.field(n).name: _series(table.column(n)) for n in range(2, table.num_columns)
        }
    return gpd.GeoDataFrame(columns, geometry=geometry, crs=DEGREES, index=range(len(rows))), rows


def _series(column: pa.ChunkedArray) -> Any:
    if column.null_count and pa.types.is_integer(column.type):
        return column.to_pandas(types_mapper={column.type: pd.Int64Dtype()}.get)
    if column.null_count and pa.types.is_boolean(column.type):
        return column.to_pandas(types_mapper={column.type: pd.BooleanDtype()}.get)
    if pa.types.is_list(column.type):
        values = [None if value is None else tuple(value) for value in column.to_pylist()]
        return pd.Series(values, dtype=object)
    return column.to_pandas()
