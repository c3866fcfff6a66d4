"""CSV, for programs and for spreadsheets."""

import csv
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from geo.export.cells import PLACES, place_cells
from geo.export.fitting import Fitted, Rules
from geo.export.formulas import guard
from geo.export.geojson import plain
from geo.export.options import Options
from geo.provenance.origin import Notice

_LEAST, _MOST = 1e-15, 1e21
"""Between these a number is written without an exponent."""

RULES = Rules(reserved=PLACES, as_text=("date", "datetime", "list"))


def write(fitted: Fitted, path: Path, options: Options, *, excel: bool) -> tuple[Notice, ...]:
    """Write a table: the columns, then `lon`, `lat`, `wkt`.

    What is not known is an empty cell. Text that a spreadsheet could run as a formula gets an
    apostrophe, names of columns too, see `geo.export.formulas`; numbers never do. Every character
    of the data is kept: line breaks, quotes and separators stand in quotes, control characters
    and NUL as they are. UTF-8 with byte order mark, without which Excel misreads Cyrillic; lines
    end with CR LF.

    Parameters
    ----------
    fitted, path, options
        What, where to, with which columns for the place.
    excel
        Semicolon and decimal comma, as Excel with Russian settings opens them; otherwise comma and
        decimal point.
    """
    decimal = "," if excel else "."
    places = place_cells(fitted.geometry, options)
    names = [guard(column.name) for column in fitted.columns]
    cells = [_texts(array, decimal) for array in fitted.arrays]
    cells += [[_text(value, decimal) for value in values] for values in places.values()]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";" if excel else ",", lineterminator="\r\n")
        writer.writerow([*names, *places])
        writer.writerows(zip(*cells, strict=True))
    return ()


def _texts(array: pa.Array, decimal: str) -> list[str]:
    if pa.types.is_string(array.type):
        return ["" if value is None else guard(value) for value in array.to_pylist()]
    return [_text(value, decimal) for value in plain(array)]


def _text(value: Any, decimal: str) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and _LEAST < abs(value) < _MOST:
        # Not as 1e-07, which few programs take for a number in a table; the digits are the same.
        return np.format_float_positional(value, trim="-").replace(".", decimal)
    return str(value) if isinstance(value, int | str) else str(value).replace(".", decimal)
