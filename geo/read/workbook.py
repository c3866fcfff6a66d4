"""Workbooks (XLSX) with coordinates in columns."""

import datetime
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from geo.read.archive import inspect
from geo.read.ledger import Ledger, listed, shown
from geo.read.limits import Limits
from geo.read.parsed import Parsed
from geo.read.records import Records
from geo.read.refusal import RefusedError

_EXACT = 2**53


def read_workbook(
    path: Path, *, layer: str | None, places: bool, ledger: Ledger, limits: Limits
) -> Parsed:
    """Read a sheet whose first filled row is the header.

    Rows without a cell are no rows. Formulas count as the values they had when saved; dates
    become text.

    Parameters
    ----------
    path
        The file.
    layer
        Which sheet, if several are filled.
    places
        Whether coordinates are looked for.
    ledger, limits
        Where findings go, and what ends the reading.

    Raises
    ------
    RefusedError
        If the file as a whole cannot be read.
    """
    inspect(path, limits, flat=False)
    try:
        rows = _sheet(CalamineWorkbook.from_path(str(path)), layer)
    except (CalamineError, OSError, ValueError) as error:
        raise RefusedError("broken_file", format="XLSX") from error
    filled = [cells for cells in rows if any(cell is not None for cell in cells)]
    if not filled:
        raise RefusedError("no_coordinates", columns='""')
    width = max(n + 1 for n, cell in enumerate(filled[0]) if cell is not None)
    header = ["" if cell is None else str(cell).strip() for cell in filled[0][:width]]
    records = Records(header, ledger, limits, inferred=False, places=places)
    for cells in filled[1:]:
        records.add(cells)
    return records.finish()


def _sheet(workbook: CalamineWorkbook, layer: str | None) -> list[list[Any]]:
    sheets = {}
    for name in workbook.sheet_names:
        if layer is None or name == layer:
            sheet = workbook.get_sheet_by_name(name)
            rows = sheet.to_python(skip_empty_area=True)
            if rows or name == layer:
                sheets[name] = [[_value(cell) for cell in row] for row in rows]
    names = listed(workbook.sheet_names)
    if layer is not None and layer not in sheets:
        raise RefusedError("layer_unknown", layer=shown(layer), layers=names)
    if len(sheets) > 1:
        raise RefusedError("many_layers", layers=names)
    return next(iter(sheets.values()), [])


def _value(cell: Any) -> Any:
    if cell == "" or cell is None:
        return None
    if isinstance(cell, float) and cell.is_integer() and abs(cell) <= _EXACT:
        return int(cell)
    if isinstance(cell, datetime.date | datetime.time):
        return cell.isoformat()
    return str(cell) if isinstance(cell, datetime.timedelta) else cell
