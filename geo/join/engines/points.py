"""Positions of points straight from their bytes in GeoParquet, without an object for each."""

from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

_HEADERS = {  # well-known binary of one point: header bytes -> size of the whole
    bytes.fromhex("0101000000"): 21,  # XY
    bytes.fromhex("01e9030000"): 29,  # XYZ, as ISO writes it
    bytes.fromhex("0101000080"): 29,  # XYZ, as GEOS writes it
}


class Positions(NamedTuple):
    """Coordinates of points, NaN where the geometry is missing or empty.

    Parameters
    ----------
    x, y
        float64, shape (n,), in the coordinate system of the layer.
    """

    x: NDArray[np.float64]
    y: NDArray[np.float64]


def positions(geometry: Any) -> Positions | None:
    """Read the coordinates of an Arrow array of well-known binary.

    Returns
    -------
    None if any row is something other than a little-endian point, XY or XYZ, all of one kind.
    """
    if not (pa.types.is_binary(geometry.type) or pa.types.is_large_binary(geometry.type)):
        return None
    present = geometry.drop_null() if geometry.null_count else geometry
    x = np.full(len(geometry), np.nan)
    y = np.full(len(geometry), np.nan)
    if len(present):
        records = _records(present)
        if records is None:
            return None
        where = ~geometry.is_null().to_numpy(zero_copy_only=False)
        x[where] = records[:, 5:13].copy().view("<f8")[:, 0]
        y[where] = records[:, 13:21].copy().view("<f8")[:, 0]
    return Positions(x, y)


def _records(present: Any) -> NDArray[np.uint8] | None:
    """Return the bytes as a table, one point a row, shape (n, 21 or 29)."""
    wide = pa.types.is_large_binary(present.type)
    _, offsets, data = present.buffers()
    ends = np.frombuffer(offsets, np.int64 if wide else np.int32)
    ends = ends[present.offset : present.offset + len(present) + 1]
    first = bytes(memoryview(data)[ends[0] : ends[0] + 5])
    size = _HEADERS.get(first)
    if size is None or not (np.diff(ends) == size).all():
        return None
    records = np.frombuffer(data, np.uint8)[ends[0] : ends[-1]].reshape(-1, size)
    same = (records[:, :5] == np.frombuffer(first, np.uint8)).all()
    return records if same else None
