"""The columns of a frame as Arrow arrays of the few types that files know, none lost unsaid."""

import json
from dataclasses import dataclass, replace
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import shapely

from geo.crs import DEGREES
from geo.dictionary import Column, Kind
from geo.errors import MissingCrsError, NotWritableError
from geo.export.content import Content
from geo.export.wkt import exact_wkt
from geo.provenance.origin import Notice

_STORED: dict[Kind, pa.DataType] = {
    "text": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
    "datetime": pa.timestamp("us"),
}
"""How each kind of column is held; a list keeps the type of what is in it."""


@dataclass(frozen=True, eq=False)
class Typed:
    """A table whose columns have one type each.

    Parameters
    ----------
    columns, arrays
        Meaning (with its kind) and values of each column, in the order of the table.
    geometry
        EPSG:4326, outer rings anticlockwise, None where there is no place; None as a whole for a
        table without places.
    rows
        Number of rows.
    notices
        What could not be kept as it was.
    """

    columns: tuple[Column, ...]
    arrays: tuple[pa.Array, ...]
    geometry: npt.NDArray[np.object_] | None
    rows: int
    notices: tuple[Notice, ...]


def typed(content: Content) -> Typed:
    """Give every column of a content its type.

    Raises
    ------
    MissingCrsError
        If the frame does not say in which system its coordinates are.
    NotWritableError
        If the coordinates are not degrees, a column has no text for a name, holds what no file
        can hold, or the key is not unique text.
    """
    table = content.table
    known = {column.name: column for column in content.columns}
    notices: list[Notice] = []
    places = table.geometry.name if isinstance(table, gpd.GeoDataFrame) else None
    columns: list[Column] = []
    arrays: list[pa.Array] = []
    for place, name in enumerate(table.columns):
        if name == places:
            continue
        if not isinstance(name, str):
            raise NotWritableError(f"column {place + 1}: its name is {name!r}, not a text")
        column = known.get(name, Column(name))
        kind, array = _array(table.iloc[:, place], column, notices)
        columns.append(replace(column, kind=kind))
        arrays.append(array)
    _check_key(content, columns, arrays)
    geometry = None if places is None else _geometry(table, notices)
    return Typed(tuple(columns), tuple(arrays), geometry, len(table), tuple(notices))


def _array(values: pd.Series, column: Column, notices: list[Notice]) -> tuple[Kind, pa.Array]:
    if isinstance(values.dtype, gpd.array.GeometryDtype):
        notices.append(
            Notice("geometry_as_text", "a second geometry is written as WKT", column.name)
        )
        text = exact_wkt(np.asarray(values.array, dtype=object))
        return "text", pa.array(text, pa.string(), from_pandas=True)
    try:
        array = pa.array(values, from_pandas=True)
    except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError, OverflowError):
        array = _mixed(values, column.name, notices)
    except UnicodeEncodeError as error:
        raise NotWritableError(f"column `{column.name}`: half a character, not text") from error
    if isinstance(array, pa.ChunkedArray):
        array = array.combine_chunks()
    if isinstance(array, pa.DictionaryArray):
        array = array.dictionary_decode()
    if pa.types.is_struct(array.type) or pa.types.is_nested(_inner(array.type)):
        array = _nested(array.to_pylist(), column.name, notices)
    kind = _kind(array, column)
    if kind == "datetime" and array.type.tz is not None:
        reason = f"times of the zone {array.type.tz} are written in UTC"
        notices.append(Notice("time_in_utc", reason, column.name))
    try:
        stored = pa.list_(_inner(array.type)) if kind == "list" else _STORED[kind]
        return kind, array.cast(stored)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
        raise NotWritableError(
            f"column `{column.name}`: no file can hold its values ({array.type})"
        ) from error


def _inner(kind: pa.DataType) -> pa.DataType:
    """Return the type of what is in a list; text where nothing is, or where it is no list."""
    is_list = pa.types.is_list(kind) or pa.types.is_large_list(kind)
    return kind.value_type if is_list and not pa.types.is_null(kind.value_type) else pa.string()


def _kind(array: pa.Array, column: Column) -> Kind:
    found = array.type
    if pa.types.is_null(found):
        return column.kind or "text"
    if pa.types.is_boolean(found):
        return "boolean"
    if pa.types.is_integer(found):
        return "number" if column.kind == "number" else "integer"
    if pa.types.is_floating(found) or pa.types.is_decimal(found):
        return "integer" if column.kind == "integer" and _is_whole(array) else "number"
    if pa.types.is_date(found):
        return "date"
    if pa.types.is_timestamp(found):
        return "datetime"
    if pa.types.is_list(found) or pa.types.is_large_list(found):
        return "list"
    if pa.types.is_string(found) or pa.types.is_large_string(found):
        return "text"
    raise NotWritableError(f"column `{column.name}`: no file can hold its values ({found})")


def _is_whole(array: pa.Array) -> bool:
    values = array.drop_null().to_numpy(zero_copy_only=False)
    return bool(np.all(np.isfinite(values)) and np.all(values % 1 == 0))


def _mixed(values: pd.Series, name: str, notices: list[Notice]) -> pa.Array:
    """Write values of several types as texts; what is no text, as JSON writes it."""
    notices.append(
        Notice("mixed_types", "values of several types are written as text", name, len(values))
    )
    return pa.array([_as_text(value, name) for value in values.astype(object)], pa.string())


def _nested(values: list[Any], name: str, notices: list[Notice]) -> pa.Array:
    notices.append(Notice("nested_as_text", "nested values are written as JSON", name))
    return pa.array([None if v is None else _as_text(v, name) for v in values], pa.string())


def _as_text(value: Any, name: str) -> str | None:
    if value is None or value is pd.NA or value is pd.NaT or value != value:
        return None
    if isinstance(value, str):
        return value
    try:
        return json.dumps(value, ensure_ascii=False, default=_scalar)
    except (TypeError, ValueError) as error:
        raise NotWritableError(
            f"column `{name}`: no file can hold a value of type {type(value).__name__}"
        ) from error


def _scalar(value: Any) -> Any:
    if isinstance(value, np.generic):
        return value.item()
    if hasattr(value, "isoformat"):
        return value.isoformat()
    raise TypeError


def _check_key(content: Content, columns: list[Column], arrays: list[pa.Array]) -> None:
    if content.key is None:
        return
    found = [a for c, a in zip(columns, arrays, strict=True) if c.name == content.key]
    if len(found) != 1:
        raise NotWritableError(f"there are {len(found)} columns `{content.key}` to take ids from")
    if found[0].null_count or len(found[0].unique()) < len(found[0]):
        raise NotWritableError(f"column `{content.key}`: ids are missing or stand twice")


def _geometry(table: gpd.GeoDataFrame, notices: list[Notice]) -> npt.NDArray[np.object_]:
    name = str(table.geometry.name)
    if table.crs is None:
        raise MissingCrsError("the frame has no CRS; set it before writing")
    if table.crs != DEGREES:
        raise NotWritableError(f"the frame is in {table.crs.to_string()}, not in {DEGREES}")
    shapes = np.array(table.geometry.array, dtype=object)
    empty = shapely.is_empty(shapes)
    if empty.any():
        notices.append(
            Notice("empty_geometry", "empty geometries count as no place", name, int(empty.sum()))
        )
        shapes[empty] = None
    if not np.isfinite(shapely.get_coordinates(shapes)).all():
        raise NotWritableError(f"column `{name}`: a coordinate is not a finite number")
    return np.asarray(shapely.orient_polygons(shapes, exterior_cw=False), dtype=object)
