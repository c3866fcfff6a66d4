"""The rows of a sheet of XLSX as XML: what a library writes cell by cell, column by column."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import pyarrow as pa
from xlsxwriter.utility import xl_col_to_name

from geo.export.formulas import guard
from geo.export.geojson import plain

_BLOCK = 5_000
"""Rows that are held as text at once."""

_DAY_ZERO = date(1899, 12, 30)
"""Day 0 of the serial numbers of dates from March 1900 on."""

_SECONDS_A_DAY = 86_400
_TEXT, _END = 't="inlineStr"><is><t xml:space="preserve">', "</t></is></c>"
_SPECIAL = re.compile("[&<>\x00-\x08\x0b-\x1f]|_x[0-9a-fA-F]{4}_")
_NAMED = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def rows(
    arrays: Sequence[pa.Array], styles: Mapping[str, int], *, first: int, count: int
) -> Iterator[str]:
    """Return `<row>` elements, blocks of them at once.

    Parameters
    ----------
    arrays
        Columns of text, numbers, booleans, dates and moments. An empty cell stands for null.
        Texts are inline and guarded, see `geo.export.formulas`.
    styles
        Index of the cell format for `date` and `datetime`.
    first, count
        Number of the first row in the sheet, counted from 1, and how many there are.
    """
    letters = [xl_col_to_name(place) for place in range(len(arrays))]
    for start in range(0, count, _BLOCK):
        size = min(_BLOCK, count - start)
        numbers = range(first + start, first + start + size)
        cells = [
            _cells(array.slice(start, size), letter, numbers, styles)
            for array, letter in zip(arrays, letters, strict=True)
        ]
        lines = zip(*cells, strict=True) if cells else ((),) * size
        yield "".join(
            f'<row r="{number}">{"".join(line)}</row>'
            for number, line in zip(numbers, lines, strict=True)
        )


def header(names: Sequence[str], styles: Mapping[str, int]) -> str:
    """Return the first row: the names of the columns, guarded."""
    cells = "".join(
        f'<c r="{xl_col_to_name(place)}1" s="{styles["header"]}" {_TEXT}{escape(guard(name))}{_END}'
        for place, name in enumerate(names)
    )
    return f'<row r="1">{cells}</row>'


def _cells(
    array: pa.Array, letter: str, numbers: Sequence[int], styles: Mapping[str, int]
) -> list[str]:
    values = plain(array)
    if pa.types.is_string(array.type):
        before, after = _TEXT, _END
        texts: list[Any] = [None if v is None else escape(guard(v)) for v in values]
    elif pa.types.is_boolean(array.type):
        before, after = 't="b"><v>', "</v></c>"
        texts = [None if v is None else int(v) for v in values]
    elif pa.types.is_temporal(array.type):
        style = styles["date" if pa.types.is_date(array.type) else "datetime"]
        before, after = f's="{style}"><v>', "</v></c>"
        texts = [None if v is None else _serial(v) for v in values]
    else:
        before, after, texts = "><v>", "</v></c>", values
    start = f'<c r="{letter}'
    return [
        "" if text is None else f'{start}{number}" {before}{text}{after}'
        for number, text in zip(numbers, texts, strict=True)
    ]


def escape(text: str) -> str:
    """Write a text so that XML can hold it, what it has no character for as `_xHHHH_`."""
    return _SPECIAL.sub(_escaped, text)


def _escaped(found: re.Match[str]) -> str:
    text = found[0]
    if len(text) > 1:
        return f"_x005F{text}"
    return _NAMED.get(text) or f"_x{ord(text):04X}_"


def _serial(value: date | datetime) -> float:
    day = value.date() if isinstance(value, datetime) else value
    days = (day - _DAY_ZERO).days
    if not isinstance(value, datetime):
        return days
    seconds = value.hour * 3_600 + value.minute * 60 + value.second + value.microsecond / 1e6
    return days + seconds / _SECONDS_A_DAY
