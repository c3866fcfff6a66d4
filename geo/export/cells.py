"""Rows as cells of a table without geometry: the columns, then where the place is."""

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import shapely

from geo.export.options import Options
from geo.export.wkt import exact_wkt

PLACES = ("lon", "lat", "wkt")
"""Columns for the place: a point inside it in degrees, and the whole geometry."""

_POINT_DECIMALS = 6


Cells: TypeAlias = Sequence[float | str | None]


def place_cells(geometry: npt.NDArray[np.object_] | None, options: Options) -> dict[str, Cells]:
    """Return the columns for the place that the options ask for; none for a table without places.

    `lon` and `lat` are rounded to six decimals (0.1 m), `wkt` is exact.
    """
    if geometry is None:
        return {}
    columns: dict[str, Cells] = {}
    if options.places != "wkt":
        points = shapely.point_on_surface(geometry)
        for name, values in (("lon", shapely.get_x(points)), ("lat", shapely.get_y(points))):
            rounded = np.round(values, _POINT_DECIMALS).tolist()
            columns[name] = [None if value != value else value for value in rounded]
    if options.places != "lonlat":
        columns["wkt"] = list(exact_wkt(geometry))
    return columns
