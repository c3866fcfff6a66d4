"""The formats of exports, in the order in which they are offered."""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from geo.errors import NotWritableError
from geo.export import delimited, flatgeobuf, geojson, geopackage, kml, parquet, readback, workbook
from geo.export.fitting import Fitted, Rules
from geo.export.options import Options
from geo.export.readback import Found
from geo.provenance.origin import Notice


@dataclass(frozen=True)
class Format:
    """A file format of exports.

    Parameters
    ----------
    id
        As in links and on the command line.
    media_type
        For the Content-Type header.
    extension
        Of the file name, without a point.
    rules
        What it cannot have.
    write
        Writes what fits to a path and says what was left out; the same content gives the same
        bytes with the same versions of the libraries.
    read
        Reads rows, ids and places of a file back, by another way than it was written where there
        is one.
    needs_ending
        Programs know it by the ending of the name alone; with no other ending can it be read.
    """

    id: str
    media_type: str
    extension: str
    rules: Rules
    write: Callable[[Fitted, Path, Options], tuple[Notice, ...]]
    read: Callable[[Fitted, Path], Found]
    needs_ending: bool = False


_CSV = "text/csv; charset=utf-8"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ALL = (
    Format(
        "geojson",
        "application/geo+json",
        "geojson",
        geojson.RULES,
        geojson.write,
        readback.geojson,
    ),
    Format(
        "gpkg",
        "application/geopackage+sqlite3",
        "gpkg",
        geopackage.RULES,
        geopackage.write,
        readback.vector,
        needs_ending=True,
    ),
    Format(
        "xlsx",
        _SHEET,
        "xlsx",
        workbook.RULES,
        workbook.write,
        readback.workbook,
    ),
    Format(
        "csv",
        _CSV,
        "csv",
        delimited.RULES,
        functools.partial(delimited.write, excel=False),
        functools.partial(readback.delimited, excel=False),
    ),
    Format(
        "csv-excel",
        _CSV,
        "csv",
        delimited.RULES,
        functools.partial(delimited.write, excel=True),
        functools.partial(readback.delimited, excel=True),
    ),
    Format(
        "parquet",
        "application/vnd.apache.parquet",
        "parquet",
        parquet.RULES,
        parquet.write,
        readback.parquet,
    ),
    Format(
        "fgb",
        "application/flatgeobuf",
        "fgb",
        flatgeobuf.RULES,
        flatgeobuf.write,
        readback.vector,
        needs_ending=True,
    ),
    Format(
        "kml",
        "application/vnd.google-earth.kml+xml",
        "kml",
        kml.RULES,
        kml.write,
        readback.kml,
    ),
)

FORMATS = MappingProxyType({one.id: one for one in _ALL})
"""Format id -> the format. A new format is a module here and an entry in this table."""

_BY_EXTENSION = {
    **{one.extension: one for one in reversed(_ALL)},
    "json": FORMATS["geojson"],
    "geoparquet": FORMATS["parquet"],
}


def format_of(path: Path, format_id: str | None = None) -> Format:
    """Return the format of a file: that of the id, or else of the ending of its name.

    Raises
    ------
    NotWritableError
        If neither tells one, or the ending is that of another format: whoever reads the file goes
        by its ending.
    """
    told = _BY_EXTENSION.get(path.suffix[1:].lower())
    found = FORMATS.get(format_id) if format_id else told
    if found is None:
        asked = f"format `{format_id}`" if format_id else f"`{path.name}`: its ending"
        endings = ", ".join(f".{one}" for one in dict.fromkeys(one.extension for one in _ALL))
        raise NotWritableError(
            f"{asked} is not one of the formats {', '.join(FORMATS)} (endings {endings})"
        )
    other = found.needs_ending if told is None else told.extension != found.extension
    if other:
        raise NotWritableError(
            f"`{path.name}`: its ending is not that of the format `{found.id}`; "
            f"name the file *.{found.extension}, or choose another format"
        )
    return found
