"""Files that GDAL writes for us, from Arrow tables."""

from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa
import pyogrio
import shapely

from geo.crs import DEGREES
from geo.export.fitting import Fitted
from geo.export.parquet import wkb

_ONE_TYPE = {"Point", "LineString", "Polygon", "MultiPoint", "MultiLineString", "MultiPolygon"}


def write_vector(
    fitted: Fitted,
    path: Path,
    *,
    driver: str,
    layer: str,
    geometry: str,
    options: Mapping[str, str],
) -> None:
    """Write a layer of a file, in the order of the rows.

    Parameters
    ----------
    fitted, path
        What, where to.
    driver
        Of GDAL.
    layer
        Name of the layer.
    geometry
        What the column of the geometry is to be called; no other column may be called so.
    options
        Of the creation of the layer.
    """
    table = pa.table({c.name: a for c, a in zip(fitted.columns, fitted.arrays, strict=True)})
    where: dict[str, str] = {}
    if fitted.geometry is not None:
        field = pa.field(geometry, pa.binary(), metadata={"ARROW:extension:name": "geoarrow.wkb"})
        table = table.append_column(field, wkb(fitted.geometry))
        where = {
            "geometry_name": geometry,
            "geometry_type": _type(fitted),
            "crs": DEGREES,
        }
    pyogrio.write_arrow(
        table, path, layer=layer, driver=driver, layer_options=dict(options), **where
    )


def _type(fitted: Fitted) -> str:
    """Return the type that all geometries have, or the one for any."""
    if fitted.geometry is None:
        return "None"
    present = fitted.geometry[~shapely.is_missing(fitted.geometry)]
    types = {geometry.geom_type for geometry in present}
    one = types.pop() if len(types) == 1 else "Unknown"
    high = bool(len(present)) and bool(shapely.has_z(present).any())
    return (f"{one} Z" if high else one) if one in _ONE_TYPE else "Unknown"
