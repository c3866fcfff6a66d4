"""XLSX: the rows, a dictionary of the columns, and where it all comes from."""

import io
import json
import re
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import xlsxwriter
from xlsxwriter.format import Format as CellFormat
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from geo.export.cells import PLACES, Cells, place_cells
from geo.export.fitting import Fitted, Rules
from geo.export.formulas import guard
from geo.export.options import Options
from geo.export.sheet import header, rows
from geo.provenance.origin import Notice
from geo.provenance.rights import citation, rights_of

ROWS, DICTIONARY, SOURCES = "rows", "dictionary", "provenance"
"""Names of the sheets."""

_FIRST_SHEET = "xl/worksheets/sheet1.xml"
_SHEET_DATA = re.compile(rb"<sheetData>.*</sheetData>")
_DIMENSION = re.compile(rb"<dimension [^>]*>")
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
_LEVEL = 1
"""Of compression: twice as fast as the usual, and a tenth larger."""

_CELL = 32_767
RULES = Rules(
    reserved=PLACES,
    unprintable="[\ufffe\uffff]",
    most_columns=16_384 - len(PLACES),
    most_rows=1_048_575,
    as_text=("list",),
    exact_integers=False,
    finite=True,
    longest_text=_CELL - 1,  # and an apostrophe
    earliest=date(1900, 3, 1),  # before, Excel counts a day that never was
)
_DICTIONARY = (
    *("column", "type", "unit_ru", "unit_en", "description_ru", "description_en"),
    *("source", "row_types"),
)


def write(fitted: Fitted, path: Path, options: Options) -> tuple[Notice, ...]:
    """Write three sheets; texts are cells of text, never formulas, guarded as in CSV.

    What is not known is an empty cell. A geometry whose text is longer than a cell holds is left
    out of `wkt`, with a notice; `lon` and `lat` have its place.
    """
    places, notices = _fitting_cells(place_cells(fitted.geometry, options))
    arrays = [
        *fitted.arrays,
        *(
            pa.array(values, pa.string() if name == "wkt" else pa.float64())
            for name, values in places.items()
        ),
    ]
    names = [*(column.name for column in fitted.columns), *places]
    frame, styles = _frame(fitted, places)
    with (
        zipfile.ZipFile(frame) as source,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as target,
    ):
        for member in source.infolist():
            # Dates of members must not be those of today, or no two files were the same.
            info = zipfile.ZipInfo(member.filename, _LONG_AGO)
            info.compress_type = zipfile.ZIP_DEFLATED
            with target.open(info, "w", force_zip64=True) as out:
                content = source.read(member)
                if member.filename != _FIRST_SHEET:
                    out.write(content)
                    continue
                before, after = _SHEET_DATA.split(content)
                last = f"{xl_col_to_name(max(len(names) - 1, 0))}{fitted.rows + 1}"
                out.write(_DIMENSION.sub(f'<dimension ref="A1:{last}"/>'.encode(), before))
                out.write(f"<sheetData>{header(names, styles)}".encode())
                for block in rows(arrays, styles, first=2, count=fitted.rows):
                    out.write(block.encode())
                out.write(b"</sheetData>" + after)
    return notices


def _frame(fitted: Fitted, places: dict[str, Cells]) -> tuple[io.BytesIO, dict[str, int]]:
    """Return a workbook that is whole but for its rows, and the numbers of its cell formats.

    The rows are many; writing them cell by cell would take several times as long as all else.
    """
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    # Dates of the file itself must follow from the data, too.
    created = datetime.fromisoformat(fitted.content.origin.date)
    book.set_properties({"created": created, "title": _title(fitted)})
    bold = book.add_format({"bold": True})
    formats = {
        "header": bold,
        "date": book.add_format({"num_format": "yyyy-mm-dd"}),
        "datetime": book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
    }
    sheet = book.add_worksheet(ROWS)
    sheet.freeze_panes(1, 0)
    for place, one in enumerate(formats.values()):
        # Only formats that are used get a number; the rows take the place of these cells.
        sheet.write_blank(0, place, None, one)
    _write_table(book.add_worksheet(DICTIONARY), _DICTIONARY, _dictionary(fitted, places), bold)
    _write_table(book.add_worksheet(SOURCES), ("what", "value"), _sources(fitted), bold)
    book.close()
    out.seek(0)
    return out, {kind: one.xf_index for kind, one in formats.items()}


def _fitting_cells(places: dict[str, Cells]) -> tuple[dict[str, Cells], tuple[Notice, ...]]:
    texts = places.get("wkt", ())
    long = sum(1 for text in texts if isinstance(text, str) and len(text) > _CELL)
    if not long:
        return places, ()
    kept = [None if isinstance(text, str) and len(text) > _CELL else text for text in texts]
    reason = f"geometries longer than the {_CELL} characters of a cell are left out"
    return {**places, "wkt": kept}, (Notice("geometry_too_long", reason, "wkt", long),)


def _write_table(
    sheet: Worksheet, names: Sequence[str], rows: Iterable[Sequence[str]], bold: CellFormat
) -> None:
    sheet.freeze_panes(1, 0)
    for row, cells in enumerate((names, *rows)):
        for place, text in enumerate(cells):
            if text:
                shown = guard(text) if len(text) < _CELL else "too long for a cell"
                sheet.write_string(row, place, shown, *([bold] if row == 0 else []))


def _dictionary(fitted: Fitted, places: dict[str, Cells]) -> list[tuple[str, ...]]:
    rows = [
        (
            *(c.name, c.kind or "", c.unit_ru, c.unit_en, c.description_ru, c.description_en),
            *(c.source, " ".join(c.row_types)),
        )
        for c in fitted.columns
    ]
    return rows + [(name, "text" if name == "wkt" else "number") for name in places]


def _title(fitted: Fitted) -> str:
    content = fitted.content
    return (content.title_ru if content.lang == "ru" else content.title_en)[:255]


def _sources(fitted: Fitted) -> list[tuple[str, str]]:
    content, origin = fitted.content, fitted.content.origin
    rights = rights_of(origin.inputs)
    cited = citation(origin, rights)
    rows = [
        ("title_ru", content.title_ru),
        ("title_en", content.title_en),
        ("release", origin.release),
        ("licence", rights.licence),
        ("licence_reason_ru", rights.reason_ru),
        ("licence_reason_en", rights.reason_en),
        ("citation_ru", cited["ru"]),
        ("citation_en", cited["en"]),
        *((f"operation.{name}", _flat(value)) for name, value in origin.operation.items()),
        *((f"input.{one.name}", f"sha256 {one.sha256}") for one in origin.inputs),
        *((f"count.{name}", str(value)) for name, value in origin.counts.items()),
        *((f"warning.{one.code}", one.reason) for one in (*origin.warnings, *fitted.notices)),
    ]
    return [(name, value) for name, value in rows if value]


def _flat(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
