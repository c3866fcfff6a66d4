"""Our own reader of GeoPackage: tables only, each value as it was written.

GDAL reads text in a column of numbers as nothing, without a word, and runs whatever query a layer
turns out to be. Here only true tables are read, and every value keeps its own type.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geo.read.arrays import Layer
from geo.read.encodings import likely
from geo.read.ledger import Ledger, listed, shown
from geo.read.limits import Limits
from geo.read.parsed import Parsed
from geo.read.refusal import RefusedError

_FORMAT = "GeoPackage"
_SYSTEM_TABLES = ("gpkg_contents", "gpkg_geometry_columns", "gpkg_spatial_ref_sys")
_ROWS = 5_000
_UNDEFINED = (0, -1)
"""Numbers of the systems that are none: undefined geographic and undefined Cartesian."""

_ENVELOPE_BYTES = (0, 32, 48, 48, 64)
"""Of the box before the geometry, by its kind in the flags."""

_HEADER_BYTES = 8
_OWN_KEYS = ("fid", "ogc_fid")
"""Names that GIS programs give to the key that a table must have; no data of the layer."""


@dataclass(frozen=True)
class _Table:
    name: str
    geometry: str
    crs: str | None


def read_geopackage(path: Path, *, layer: str | None, ledger: Ledger, limits: Limits) -> Parsed:
    """Read a layer.

    Parameters
    ----------
    path
        The file.
    layer
        Which layer, if there are several.
    ledger, limits
        Where findings go, and what ends the reading.

    Raises
    ------
    RefusedError
        If the file as a whole cannot be read, or what it calls a table is a query.
    """
    try:
        with closing(sqlite3.connect(path)) as base:
            base.text_factory = lambda text: text.decode("utf-8")
            base.execute("PRAGMA query_only = ON")
            base.execute("PRAGMA trusted_schema = OFF")
            for name in _SYSTEM_TABLES:
                _demand_table(base, name)
            table = _chosen(base, layer)
            _demand_table(base, table.name)
            return _read(base, table, ledger, limits)
    except UnicodeDecodeError as error:
        raise RefusedError("not_utf8", offer=likely(error.object)) from error
    except (sqlite3.Error, ValueError, TypeError) as error:
        raise RefusedError("broken_file", format=_FORMAT) from error


def _read(base: sqlite3.Connection, table: _Table, ledger: Ledger, limits: Limits) -> Parsed:
    about = base.execute(f"PRAGMA table_info({_quoted(table.name)})").fetchall()
    columns = [
        (str(name), str(kind).upper())
        for _, name, kind, _, _, key in about
        if not (key and str(name).casefold() in _OWN_KEYS)
    ]
    names = [name for name, _ in columns]
    place = [name.casefold() for name in names].index(table.geometry.casefold())
    chosen = ", ".join(map(_quoted, names))
    found = Layer(ledger, limits, stated_crs=table.crs, degrees_by_rule=False)
    own_id = names.index("id") if "id" in names else None
    for rows in _portions(base.execute(f"SELECT {chosen} FROM {_quoted(table.name)}")):  # noqa: S608 - quoted
        values = list(zip(*rows, strict=True))
        ids = [None] * len(rows) if own_id is None else [_as_id(v) for v in values[own_id]]
        kept, keep = found.add([_wkb(blob) for blob in values[place]], ids)
        lists = {
            name: [_value(v, kind) for v, k in zip(values[n], keep, strict=True) if k]
            for n, (name, kind) in enumerate(columns)
            if n != place
        }
        found.columns.add_lists(lists, kept)
    return found.finish()


def _portions(rows: sqlite3.Cursor) -> Iterator[list[Sequence[Any]]]:
    while portion := rows.fetchmany(_ROWS):
        yield portion


def _demand_table(base: sqlite3.Connection, name: str) -> None:
    """Refuse what is not a plain table: a query, a virtual table, a computed column."""
    found = base.execute(
        "SELECT type, sql FROM sqlite_schema WHERE name = ? COLLATE NOCASE AND type != 'index'",
        (name,),
    ).fetchall()
    if not found:
        raise RefusedError("broken_file", format=_FORMAT)
    for kind, sql in found:
        if kind == "view" or str(sql).upper().startswith("CREATE VIRTUAL"):
            raise RefusedError("layer_is_query", member=shown(name))
    for _, column, *_, hidden in base.execute(f"PRAGMA table_xinfo({_quoted(name)})"):
        if hidden:
            raise RefusedError("layer_is_query", member=shown(f"{name}.{column}"))


def _chosen(base: sqlite3.Connection, layer: str | None) -> _Table:
    tables = {
        str(name): _Table(str(name), str(column), _crs(*system))
        for name, column, *system in base.execute(
            "SELECT c.table_name, g.column_name, g.srs_id, s.organization, "
            "s.organization_coordsys_id, s.definition FROM gpkg_contents c "
            "JOIN gpkg_geometry_columns g ON g.table_name = c.table_name COLLATE NOCASE "
            "LEFT JOIN gpkg_spatial_ref_sys s ON s.srs_id = g.srs_id "
            "WHERE c.data_type = 'features'"
        )
    }
    names = listed(tables)
    if not tables:
        raise RefusedError("no_coordinates", columns='""')
    if layer is not None and layer not in tables:
        raise RefusedError("layer_unknown", layer=shown(layer), layers=names)
    if layer is None and len(tables) > 1:
        raise RefusedError("many_layers", layers=names)
    return tables[layer] if layer is not None else next(iter(tables.values()))


def _crs(number: Any, organisation: Any, code: Any, definition: Any) -> str | None:
    if number in _UNDEFINED:
        return None
    if str(organisation).upper() == "EPSG":
        return f"EPSG:{code}"
    return str(definition)


def _wkb(blob: Any) -> Any:
    """Return the WKB within a GeoPackage geometry; what is not one comes back as it is."""
    if not isinstance(blob, bytes) or blob[:2] != b"GP" or len(blob) < _HEADER_BYTES:
        return None if blob is None else b"?"
    kind = (blob[3] >> 1) & 7
    if kind >= len(_ENVELOPE_BYTES):
        return b"?"
    return blob[_HEADER_BYTES + _ENVELOPE_BYTES[kind] :]


def _value(value: Any, kind: str) -> Any:
    if isinstance(value, bytes):
        return value.hex()
    return bool(value) if kind == "BOOLEAN" and value in (0, 1) else value


def _as_id(value: Any) -> str | None:
    return None if value is None else shown(str(value), 100)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
