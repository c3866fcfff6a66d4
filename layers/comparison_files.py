"""A comparison as a file: for spreadsheets (CSV, XLSX) and for programs (JSON)."""

import csv
import io
from codecs import BOM_UTF8
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from geo.dataset import Dataset
from geo.export.formulas import guard
from layers.comparison import Cell, Comparison
from layers.locale import Translator
from layers.published import plain

_FACT_WIDTH, _VALUE_WIDTH = 22, 38
_OF_OBJECT = ("id", "type", "park", "kicker", "title", "links", "sources")


def to_csv(compared: Comparison, translator: Translator) -> bytes:
    """Return a comparison as CSV: a row a fact, formulas made harmless."""
    text = io.StringIO()
    csv.writer(text).writerows([guard(one) for one in row] for row in _table(compared, translator))
    return BOM_UTF8 + text.getvalue().encode()


def to_xlsx(
    compared: Comparison, translator: Translator, *, dataset: Dataset, address: str
) -> bytes:
    """Return a comparison as XLSX: the words, the numbers by column of the dataset, the origin.

    Parameters
    ----------
    compared, translator
        What to write, in which language.
    dataset, address
        Where the facts are from, and where the comparison is.
    """
    t, out = translator.t, io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    # The date of the file follows from the data, not from the moment.
    retrieved = max(entry.retrieved for entry in dataset.catalog)
    created = datetime.fromisoformat(retrieved)
    book.set_properties({"created": created, "title": t("compare.title")})
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True})
    titles = [shown["title"] for shown in compared.cards]
    _write(book.add_worksheet(t("compare.sheet")), _table(compared, translator), bold, wrapped)
    numbers = [
        [row.column, *(cell.number for cell in row.cells)] for row in compared.rows if row.column
    ]
    head = [t("compare.column"), *titles]
    _write(book.add_worksheet(t("compare.numbers")), [head, *numbers], bold, wrapped)
    about = [[t("compare.address"), address], [t("compare.release"), dataset.release]]
    _write(book.add_worksheet(t("compare.about")), about, None, wrapped)
    book.close()
    return out.getvalue()


def to_document(
    compared: Comparison, translator: Translator, *, dataset: Dataset, notes: Sequence[str]
) -> dict[str, Any]:
    """Return a comparison as plain data for JSON, its facts as in the JSON of an object.

    Returns
    -------
    dict
        lang, release, notes (what was left out, in words), `objects` (id, type, park, kicker,
        title, links, sources) and `facts`: key, label, `column` of the dataset (None for what is
        no number), difference (in words) and `values`, one for each object: value, missing,
        applies, inferred, number, as_of, difference and `refs`, the numbers of its sources.
    """
    return {
        "lang": translator.lang,
        "release": dataset.release,
        "notes": list(notes),
        "objects": [{key: shown[key] for key in _OF_OBJECT} for shown in compared.cards],
        "facts": [
            {
                "key": row.key,
                "label": row.label,
                "column": row.column or None,
                "difference": row.note,
                "values": [
                    {
                        "value": cell.value,
                        "missing": cell.missing,
                        "applies": cell.applies,
                        "inferred": cell.inferred,
                        "number": plain(cell.number),
                        "as_of": cell.as_of,
                        "difference": cell.word,
                        "refs": [source["n"] for source in cell.sources],
                    }
                    for cell in row.cells
                ],
            }
            for row in compared.rows
        ],
    }


def _table(compared: Comparison, translator: Translator) -> list[list[str]]:
    t = translator.t
    titles = [shown["title"] for shown in compared.cards]
    return [
        [t("compare.fact"), *titles, t("compare.difference")],
        *([row.label, *(_words(cell, t) for cell in row.cells), row.note] for row in compared.rows),
        [t("ui.panel.sources"), *("\n".join(_addresses(one)) for one in compared.cards), ""],
    ]


def _words(cell: Cell, t: Callable[..., str]) -> str:
    """Return a value with what is said beside it on the page."""
    beside = [t("object.inferred") if cell.inferred else "", cell.as_of]
    said = "; ".join(filter(None, beside))
    return f"{cell.value} ({said})" if said else cell.value


def _addresses(shown: Mapping[str, Any]) -> list[str]:
    return [source["url"] for source in shown["sources"]]


def _write(
    sheet: Worksheet,
    rows: Sequence[Sequence[str | float | None]],
    head: Format | None,
    body: Format,
) -> None:
    """Write rows; what is not known is an empty cell, and no text is ever a formula."""
    sheet.set_column(0, 0, _FACT_WIDTH)
    sheet.set_column(1, max(len(row) for row in rows) - 1, _VALUE_WIDTH)
    if head:
        sheet.freeze_panes(1, 1)
    for at, row in enumerate(rows):
        style = head if head and at == 0 else body
        for place, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(at, place, guard(value), style)
            elif value is not None:
                sheet.write_number(at, place, value, style)
