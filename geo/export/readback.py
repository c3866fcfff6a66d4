"""Reads a written file again, to see that all of it is there before anybody relies on it."""

import csv
import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import numpy.typing as npt
import pyarrow.parquet as pq
import pyogrio
import python_calamine
import shapely

from geo.errors import WritingError
from geo.export import parquet as geoparquet
from geo.export.fitting import Fitted
from geo.export.formulas import guard, unguard

Shapes = npt.NDArray[np.object_]
_BLOCK = 1_000
_KML = "{http://www.opengis.net/kml/2.2}"


@dataclass(frozen=True, eq=False)
class Found:
    """What stands in a file: number of rows, ids as text, places.

    `ids` is None for a table without a key; `geometry` is None where the file has no column for
    it. `partial` says that a geometry may be left out of the file by its rules.
    """

    rows: int
    ids: list[str] | None
    geometry: Shapes | None
    partial: bool = False


def verify(fitted: Fitted, found: Found, name: str) -> None:
    """Compare what was written with what stands in the file.

    Raises
    ------
    WritingError
        If a row, an id, the order or a place is not the same.
    """
    if found.rows != fitted.rows:
        raise WritingError(f"{name}: {fitted.rows} rows were written, {found.rows} read back")
    if fitted.key is not None and found.ids != fitted.ids:
        raise WritingError(f"{name}: ids or their order are not the same when read back")
    if fitted.geometry is None or found.geometry is None:
        return
    same = shapely.equals_identical(fitted.geometry, found.geometry)
    missing = shapely.is_missing(found.geometry)
    same |= missing if found.partial else missing & shapely.is_missing(fitted.geometry)
    if not same.all():
        row = int(np.flatnonzero(~same)[0]) + 1
        raise WritingError(f"{name}: the place of row {row} is not the same when read back")


def geojson(fitted: Fitted, path: Path) -> Found:
    """Read GeoJSON."""
    with path.open(encoding="utf-8", newline="\n") as file:
        # Line by line, as they were written: the parser would keep all other threads waiting for a
        # large file, and what is not whole is found all the same.
        around: list[str] = []
        ids: list[str] = []
        places: list[str | None] = []
        for line in file:
            if not line.startswith("{") or not around:
                around.append(line)
                continue
            feature = json.loads(line.rstrip(",\n"))
            ids.append(str(feature.get("id")))
            places.append(feature["geometry"] and json.dumps(feature["geometry"]))
    if json.loads("".join(around))["type"] != "FeatureCollection":
        raise WritingError(f"{path.name}: is no collection of features when read back")
    return Found(len(ids), ids if fitted.key is not None else None, _shapes(places))


def _shapes(texts: list[str | None]) -> Shapes:
    blocks = [texts[start : start + _BLOCK] for start in range(0, len(texts), _BLOCK)]
    parts = [shapely.from_geojson(np.array(block, dtype=object)) for block in blocks]
    return np.concatenate(parts) if parts else np.full(0, None)


def delimited(fitted: Fitted, path: Path, *, excel: bool) -> Found:
    """Read CSV."""
    csv.field_size_limit(sys.maxsize)
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file, delimiter=";" if excel else ",", strict=True)
        return _table(fitted, next(reader, []), reader)


def workbook(fitted: Fitted, path: Path) -> Found:
    """Read the first sheet of XLSX."""
    with python_calamine.load_workbook(str(path)) as book:
        names, *rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    return _table(fitted, [str(name) for name in names], rows, partial=True)


def _table(
    fitted: Fitted, names: list[str], rows: Iterable[list[Any]], *, partial: bool = False
) -> Found:
    key = names.index(guard(fitted.key)) if fitted.key is not None else None
    place = names.index("wkt") if "wkt" in names else None
    ids: list[str] = []
    texts: list[str | None] = []
    count = 0
    for row in rows:
        count += 1
        if key is not None:
            ids.append(unguard(_whole(row[key])))
        if place is not None:
            texts.append(row[place] or None)
    shapes = None if place is None else shapely.from_wkt(np.array(texts, dtype=object))
    return Found(count, ids if key is not None else None, shapes, partial)


def _whole(value: Any) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def parquet(fitted: Fitted, path: Path) -> Found:
    """Read GeoParquet."""
    wanted = [name for name in (fitted.key, geoparquet.GEOMETRY) if name is not None]
    with pq.ParquetFile(path) as file:
        here = [name for name in wanted if name in file.schema_arrow.names]
        table = file.read(columns=here)
        rows = file.metadata.num_rows
    ids = [str(v) for v in table.column(fitted.key).to_pylist()] if fitted.key else None
    if fitted.geometry is None:
        return Found(rows, ids, None)
    return Found(rows, ids, shapely.from_wkb(table.column(geoparquet.GEOMETRY).to_numpy()))


def vector(fitted: Fitted, path: Path) -> Found:
    """Read what GDAL has written."""
    columns = [] if fitted.key is None else [fitted.key]
    _, _, places, fields = pyogrio.raw.read(path, columns=columns, layer=0)
    ids = [str(value) for value in fields[0]] if fitted.key is not None else None
    if places is None:
        rows = pyogrio.read_info(path, layer=0, force_feature_count=True)["features"]
        return Found(rows, ids, None)
    return Found(len(places), ids, shapely.from_wkb(places))


def kml(fitted: Fitted, path: Path) -> Found:
    """Read KML."""
    ids: list[str] = []
    shapes: list[Any] = []
    count = 0
    for _, node in ElementTree.iterparse(path):  # noqa: S314 - our own file, no entities in it
        if node.tag != f"{_KML}Placemark":
            continue
        count += 1
        cells = node.iter(f"{_KML}SimpleData")
        ids += [cell.text or "" for cell in cells if cell.get("name") == fitted.key]
        places = [child for child in node if child.tag in _PLACES]
        shapes.append(_shape(places[0]) if places else None)
        node.clear()
    found = np.full(len(shapes), None, dtype=object)
    found[:] = shapes
    single = fitted.geometry is not None
    return Found(count, ids if fitted.key else None, _as_in(fitted, found) if single else None)


_PLACES = {
    f"{_KML}{name}" for name in ("Point", "LineString", "LinearRing", "Polygon", "MultiGeometry")
}


def _shape(node: ElementTree.Element) -> Any:
    name = node.tag.removeprefix(_KML)
    if name == "MultiGeometry":
        return shapely.GeometryCollection([_shape(child) for child in node])
    if name == "Polygon":
        outer, *inner = (_points(ring) for ring in node.iter(f"{_KML}LinearRing"))
        return shapely.Polygon(outer, inner)
    return getattr(shapely, name)(_points(node) if name != "Point" else _points(node)[0])


def _points(node: ElementTree.Element) -> list[list[float]]:
    text = node.findtext(f"{_KML}coordinates") or ""
    return [[float(part) for part in point.split(",")] for point in text.split()]


def _as_in(fitted: Fitted, found: Shapes) -> Shapes:
    """Turn collections into the types of several parts that KML has no names for."""
    if fitted.geometry is None:
        return found
    types = {"MultiPoint", "MultiLineString", "MultiPolygon"}
    for row, shape in enumerate(fitted.geometry):
        if shape is not None and shape.geom_type in types and found[row] is not None:
            found[row] = getattr(shapely, shape.geom_type)(list(found[row].geoms))
    return found
