"""Which format a file has: its name says one, its content says one, and they must agree."""

import codecs
from pathlib import Path, PurePath
from zipfile import BadZipFile, ZipFile

from geo.read import encodings
from geo.read.ledger import shown
from geo.read.refusal import RefusedError

GEOJSON = "GeoJSON"
CSV = "CSV"
GEOPACKAGE = "GeoPackage"
GEOPARQUET = "GeoParquet"
FLATGEOBUF = "FlatGeobuf"
SHAPEFILE = "Shapefile"
XLSX = "XLSX"

_BY_ENDING = {
    **dict.fromkeys((".geojson", ".json", ".geojsonl", ".geojsons", ".ndjson", ".jsonl"), GEOJSON),
    **dict.fromkeys((".csv", ".tsv", ".txt"), CSV),
    ".gpkg": GEOPACKAGE,
    ".parquet": GEOPARQUET,
    ".geoparquet": GEOPARQUET,
    ".fgb": FLATGEOBUF,
    ".zip": SHAPEFILE,
    ".xlsx": XLSX,
}
_BY_BEGINNING = (
    (b"SQLite format 3\0", GEOPACKAGE),
    (b"PAR1", GEOPARQUET),
    (b"fgb\x03", FLATGEOBUF),
    (b"\x00\x00\x27\x0a", ".shp"),
    (b"%PDF-", "PDF"),
    (b"\x1f\x8b", "gzip"),
    (b"\xd0\xcf\x11\xe0", "XLS"),
    (b"\x89PNG", "PNG"),
)
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_TEXTS = (GEOJSON, CSV)
_SAMPLE = 4_096


def kind_of(path: Path, name: str, encoding: str) -> str:
    """Return the format of a file.

    Parameters
    ----------
    path, name
        Where its content is, and what it is called.
    encoding
        Codec of its text, if it is text.

    Raises
    ------
    RefusedError
        If the ending is none of ours, or the content is something else.
    """
    ending = PurePath(name).suffix.lower()
    if ending == ".shp":
        raise RefusedError("shapefile_alone")
    if ending not in _BY_ENDING:
        raise RefusedError("unknown_format", extension=shown(ending or PurePath(name).name))
    expected = _BY_ENDING[ending]
    found = _content(path, expected, encoding)
    if found is None:
        raise RefusedError("content_unknown", named=expected)
    if found != expected:
        raise RefusedError("name_and_content_differ", named=expected, found=found)
    return expected


def _content(path: Path, expected: str, encoding: str) -> str | None:
    with path.open("rb") as file:
        sample = file.read(_SAMPLE)
    for beginning, kind in _BY_BEGINNING:
        if sample.startswith(beginning):
            return kind
    if sample.startswith(_ZIP):
        return _packed(path)
    return _text(sample, expected, encoding)


def _packed(path: Path) -> str:
    try:
        with ZipFile(path) as archive:
            names = archive.namelist()
    except (BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise RefusedError("zip_broken") from error
    return XLSX if "[Content_Types].xml" in names else SHAPEFILE


def _text(sample: bytes, expected: str, encoding: str) -> str | None:
    try:
        # The sample may end within a character.
        text = codecs.getincrementaldecoder(encoding)().decode(sample)
    except UnicodeError as error:  # not UnicodeDecodeError alone: UTF-16 misses its mark
        if expected not in _TEXTS or _is_binary(sample):
            return None
        raise encodings.refusal(sample, encoding) from error
    text = text.lstrip(" \t\r\n\x1e\ufeff")
    if text.startswith(("{", "[")):
        return GEOJSON
    if (text.startswith("<") and text[1:2] in ("?", "!")) or (
        text[1:2].isalpha() and text[:1] == "<"
    ):
        return "XML"
    if expected not in _TEXTS:
        return None if "\0" in text else "text"
    # Whatever else is text may be a table; as GeoJSON the parser says where it goes wrong.
    return expected


def _is_binary(sample: bytes) -> bool:
    """Whether bytes that are not UTF-8 are no text in any encoding either."""
    if b"\0" not in sample:
        return False
    return not encodings.likely(sample).startswith("utf-16")
