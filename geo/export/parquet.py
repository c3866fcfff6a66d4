"""GeoParquet 1.1: geometry as WKB, with a box a row that readers can skip by."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq
import pyproj
import shapely

from geo.crs import DEGREES
from geo.export.fitting import Fitted, Rules
from geo.export.options import Options
from geo.provenance.origin import Notice

GEOMETRY, BOX = "geometry", "bbox"
RULES = Rules(reserved=(GEOMETRY, BOX))
_CORNERS = ("xmin", "ymin", "xmax", "ymax")


def write(fitted: Fitted, path: Path, options: Options) -> tuple[Notice, ...]:  # noqa: ARG001
    """Write the columns, then the geometry and its box; a table without places is plain Parquet."""
    arrays = {c.name: a for c, a in zip(fitted.columns, fitted.arrays, strict=True)}
    table = pa.table(arrays) if arrays else pa.table({})
    if fitted.geometry is not None:
        table = table.append_column(GEOMETRY, wkb(fitted.geometry))
        table = table.append_column(BOX, boxes(fitted.geometry))
        table = table.replace_schema_metadata({"geo": json.dumps(metadata(fitted.geometry))})
    pq.write_table(table, path, compression="zstd")
    return ()


def wkb(geometry: npt.NDArray[np.object_]) -> pa.Array:
    """Return the geometries as well-known binary, null where there is none."""
    return pa.array(shapely.to_wkb(geometry, flavor="iso"), pa.binary(), from_pandas=True)


def boxes(geometry: npt.NDArray[np.object_]) -> pa.Array:
    """Return the boxes around the geometries in degrees, null where there is none."""
    bounds = shapely.bounds(geometry)
    return pa.StructArray.from_arrays(
        [pa.array(np.ascontiguousarray(column)) for column in bounds.T],
        names=list(_CORNERS),
        mask=pa.array(np.isnan(bounds[:, 0])),
    )


def metadata(geometry: npt.NDArray[np.object_]) -> dict[str, Any]:
    """Return what the format says of its geometry column, see https://geoparquet.org."""
    present = geometry[~shapely.is_missing(geometry)]
    high = shapely.has_z(present)
    names = [f"{g.geom_type}{' Z' if z else ''}" for g, z in zip(present, high, strict=True)]
    column: dict[str, Any] = {
        "encoding": "WKB",
        "geometry_types": sorted(set(names)),
        "crs": pyproj.CRS(DEGREES).to_json_dict(),
        "edges": "planar",
        "orientation": "counterclockwise",
        "covering": {"bbox": {corner: [BOX, corner] for corner in _CORNERS}},
    }
    if len(present):
        column["bbox"] = shapely.total_bounds(present).tolist()
    return {"version": "1.1.0", "primary_column": GEOMETRY, "columns": {GEOMETRY: column}}
