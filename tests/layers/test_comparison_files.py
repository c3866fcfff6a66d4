import csv
import io

import openpyxl

from geo.dataset import shared
from layers.comparison import Cell, Comparison, Row
from layers.comparison_files import to_csv, to_xlsx
from layers.locale import Translator

EN = Translator("en")
CARDS = ({"title": "=1+1", "sources": [{"n": 1, "url": "https://a.org/", "label": "a.org"}]},)
CELL = Cell("=cmd|'/c calc'!A1", missing=False)
HOSTILE = Comparison(CARDS, (Row("place", "Place", (CELL,), ""),))


def test_no_cell_of_the_csv_is_a_formula() -> None:
    rows = list(csv.reader(io.StringIO(to_csv(HOSTILE, EN).decode("utf-8-sig"))))
    cells = [cell for row in rows for cell in row]
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)
    assert any("cmd|" in cell for cell in cells)
    assert rows[-1] == ["Sources", "https://a.org/", ""]


def test_no_cell_of_the_workbook_is_a_formula() -> None:
    book = to_xlsx(HOSTILE, EN, dataset=shared(), address="=1+1")
    sheets = openpyxl.load_workbook(io.BytesIO(book)).worksheets
    kinds = {cell.data_type for sheet in sheets for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds
