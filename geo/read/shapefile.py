"""What a Shapefile leaves to its reader: whether its parts are whole, and how its text is coded."""

from pathlib import Path

from geo.read.encodings import UTF_8, likely, named
from geo.read.refusal import RefusedError

_INDEX_HEADER = 100
_INDEX_ENTRY = 8
_LENGTH = slice(24, 28)
"""Of a .shp, in words of two bytes."""

_DBF_HEADER = 32
_DBF_LANGUAGE = 29
_LANGUAGES = {0xC9: "cp1251", 0x26: "cp866", 0x65: "cp866", 0x57: "cp1252", 0x03: "cp1252"}
"""Language byte of a DBF header -> encoding, those met in Russia and the usual default."""


def demand_whole(path: Path) -> None:
    """Refuse a Shapefile whose parts are cut off or differ in their number of rows.

    GDAL reads what is missing as rows without a place or without values.
    """
    shapes, index = path.read_bytes()[:_INDEX_HEADER], path.with_suffix(".shx").stat().st_size
    table = path.with_suffix(".dbf").read_bytes()
    whole = len(shapes) == _INDEX_HEADER and len(table) > _DBF_HEADER
    if whole:
        size = 2 * int.from_bytes(shapes[_LENGTH], "big")
        rows, length = int.from_bytes(table[4:8], "little"), int.from_bytes(table[10:12], "little")
        whole = (
            path.stat().st_size >= size
            and rows == (index - _INDEX_HEADER) // _INDEX_ENTRY
            and len(table) >= _header_length(table) + rows * length
            and not any(table[start] not in b" *" for start in _starts(table, rows, length))
        )
    if not whole:
        raise RefusedError("broken_file", format="Shapefile")


def text_encoding(path: Path, asked: str | None) -> str:
    """Return the encoding of the table: as asked, as stated, or UTF-8 if that is what it is.

    Raises
    ------
    RefusedError
        If it is neither stated nor UTF-8, or UTF-8 is asked or stated and it is not; offers the
        likely one.
    """
    found = asked if asked is not None else _stated(path.with_suffix(".cpg"))
    encoding = UTF_8 if found is None else named(found)
    if encoding != UTF_8:
        return encoding
    table = path.with_suffix(".dbf").read_bytes()
    try:
        table[_header_length(table) :].decode("utf-8")
    except UnicodeDecodeError as error:
        language = table[_DBF_LANGUAGE]
        if found is None and language in _LANGUAGES:
            return _LANGUAGES[language]
        raise RefusedError("not_utf8", offer=likely(table[_header_length(table) :])) from error
    return "utf-8"


def _stated(path: Path) -> str | None:
    """Return what a .cpg says; None where there is none."""
    if not path.exists():
        return None
    text = path.read_bytes()[:40].decode("ascii", "replace").strip()
    text = text.upper().removeprefix("ANSI").strip()
    return f"cp{text}" if text.isdigit() else text


def _header_length(table: bytes) -> int:
    return int.from_bytes(table[8:10], "little")


def _starts(table: bytes, rows: int, length: int) -> range:
    """Return where the rows begin, each with a space or, if it is deleted, an asterisk."""
    first = _header_length(table)
    return range(first, first + rows * length, length) if length else range(0)
