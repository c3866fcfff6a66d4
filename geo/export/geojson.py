"""GeoJSON (RFC 7946)."""

import json
from collections.abc import Iterator
from itertools import repeat
from pathlib import Path
from typing import Any

import pyarrow as pa
import shapely

from geo.export.fitting import Fitted, Rules
from geo.export.options import Options
from geo.provenance.origin import Notice
from geo.provenance.rights import rights_of

RULES = Rules(as_text=("date", "datetime"), finite=True)

_EXACT = 2**53
_ROW_TYPE = "row_type"
_BLOCK = 1_000
"""Rows that are turned into text at once: other threads get their turn in between."""

_ENCODE = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode


def write(fitted: Fitted, path: Path, options: Options) -> tuple[Notice, ...]:  # noqa: ARG001
    """Write a FeatureCollection, one feature a line.

    A feature has all columns that rows of its type have; what is not known is null, also the
    place. Beside the features stand `title`, `release` of the dataset, `query` and `lang` (the
    link, where the rows are those of one), `licence` (an SPDX expression) and `attribution`.
    """
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(_ENCODE(_head(fitted))[:-1] + ', "features": [\n')
        separator = ""
        for line in _features(fitted):
            file.write(separator + line)
            separator = ",\n"
        file.write("\n]}\n")
    return ()


def _head(fitted: Fitted) -> dict[str, Any]:
    content, origin = fitted.content, fitted.content.origin
    rights = rights_of(origin.inputs)
    asked = origin.operation.get("query")
    return {
        "type": "FeatureCollection",
        "title": {"ru": content.title_ru, "en": content.title_en},
        "release": origin.release,
        **({"query": asked} if isinstance(asked, str) else {}),
        "lang": content.lang,
        "licence": rights.licence,
        "attribution": {"ru": rights.attribution_ru, "en": rights.attribution_en},
    }


def _features(fitted: Fitted) -> Iterator[str]:
    names = _names_by_type(fitted)
    every = tuple(column.name for column in fitted.columns)
    key = every.index(fitted.key) if fitted.key is not None else None
    row_type = every.index(_ROW_TYPE) if _ROW_TYPE in every else None
    for start in range(0, fitted.rows, _BLOCK):
        size = min(_BLOCK, fitted.rows - start)
        shapes: Any = repeat(None, size)
        if fitted.geometry is not None:
            shapes = shapely.to_geojson(fitted.geometry[start : start + size])
        columns = [plain(array.slice(start, size)) for array in fitted.arrays]
        records: Any = zip(*columns, strict=True) if columns else repeat((), size)
        for shape, record in zip(shapes, records, strict=True):
            properties = dict(zip(every, record, strict=True))
            own_id = "" if key is None else f', "id": {_ENCODE(record[key])}'
            if row_type is not None and record[row_type] in names:
                properties = {name: properties[name] for name in names[record[row_type]]}
            start_of = f'{{"type": "Feature"{own_id}, "properties": {_ENCODE(properties)}'
            yield f'{start_of}, "geometry": {shape or "null"}}}'


def _names_by_type(fitted: Fitted) -> dict[str, tuple[str, ...]]:
    """Return which columns rows of a type have, for types of which not every column speaks."""
    types = {row_type for column in fitted.columns for row_type in column.row_types}
    return {
        row_type: tuple(
            c.name for c in fitted.columns if not c.row_types or row_type in c.row_types
        )
        for row_type in types
    }


def plain(array: pa.Array) -> list[Any]:
    """Return the values as Python's; a whole number is an int whatever the column's type."""
    values: list[Any] = array.to_pylist()
    if not pa.types.is_floating(array.type):
        return values
    return [int(v) if v is not None and v.is_integer() and abs(v) <= _EXACT else v for v in values]
