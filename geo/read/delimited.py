"""Our own reader of CSV: comma, semicolon or tab; decimal point or comma; UTF-8 unless named."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

from geo.read.encodings import misread
from geo.read.ledger import Ledger
from geo.read.limits import TEXT_CHARACTERS, Limits
from geo.read.parsed import Parsed
from geo.read.records import Records
from geo.read.refusal import RefusedError

_SEPARATORS = (",", ";", "\t")
_HEADER = 100_000
"""Bytes in which the header is looked for."""

_TICK = 5_000


def read_delimited(
    path: Path,
    *,
    encoding: str,
    places: bool,
    ledger: Ledger,
    limits: Limits,
    tell: Callable[[float], None],
) -> Parsed:
    """Read a table with a header row.

    Lines without a cell are no rows. Empty cells have no value.

    Parameters
    ----------
    path, encoding
        The file and the codec of its text.
    places
        Whether coordinates are looked for.
    ledger, limits
        Where findings go, and what ends the reading.
    tell
        Called with the share of the file that is read, 0 to 1.

    Raises
    ------
    RefusedError
        If the file as a whole cannot be read.
    """
    csv.field_size_limit(TEXT_CHARACTERS)
    size = path.stat().st_size
    records: Records | None = None
    try:
        with path.open("rb") as raw:
            text = io.TextIOWrapper(raw, encoding=encoding, newline="")
            separator = _separator(text.read(_HEADER))
            text.seek(0)
            for cells in csv.reader(text, delimiter=separator, strict=True):
                if not cells:
                    continue
                if records is None:
                    header = [name.strip().removeprefix("\ufeff") for name in cells]
                    records = Records(header, ledger, limits, inferred=True, places=places)
                    continue
                records.add([cell or None for cell in cells])
                if records.count % _TICK == 0:
                    tell(raw.tell() / size)
    except UnicodeError as error:
        raise misread(path, encoding) from error
    except csv.Error as error:
        row = records.count + 1 if records else 0
        if "limit" in str(error):
            raise RefusedError("field_too_long", row=row, limit=TEXT_CHARACTERS) from error
        raise RefusedError("unclosed_quote", row=row) from error
    if records is None:
        raise RefusedError("no_coordinates", columns='""')
    return records.finish()


def _separator(beginning: str) -> str:
    """Return the separator that gives the header most cells."""
    lines = io.StringIO(beginning.lstrip("\ufeff\r\n"), newline="")

    def cells(separator: str) -> int:
        lines.seek(0)
        return len(next(csv.reader(lines, delimiter=separator), []))

    return max(_SEPARATORS, key=cells)
