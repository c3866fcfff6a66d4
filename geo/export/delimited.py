"""A view as CSV, for programs and for spreadsheets."""

import csv
import io

import numpy as np
import shapely

from geo.dataset import Dataset
from geo.export.formulas import guard
from geo.export.records import Value, fields_of, geometries, records
from geo.view import View

PLACE = ("lon", "lat", "wkt")
"""Columns after the fields: a point inside the geometry in degrees, and the geometry itself."""

_JOINTS = {"source_urls": " "}


def to_csv(dataset: Dataset, view: View, *, excel: bool) -> bytes:
    """Write the rows of a view as a table in its order: the fields, then `lon`, `lat`, `wkt`.

    A field that rows of one type do not have is empty for them, like what is not known. Addresses
    of sources are joined by a space, other lists by "; ". Text that a spreadsheet could run as a
    formula gets an apostrophe, see `geo.export.formulas`; numbers never do. Every character of the
    data is kept: line breaks, quotes and separators stand in quotes, control characters and NUL as
    they are.

    Parameters
    ----------
    dataset
        The dataset that the view was made from.
    view
        Which rows, in which order.
    excel
        Semicolon and decimal comma, as Excel with Russian settings opens them; otherwise comma and
        decimal point.

    Returns
    -------
    bytes
        UTF-8 with byte order mark, without which Excel misreads Cyrillic; lines end with CR LF.
    """
    found = records(dataset, view)
    names = fields_of(found)
    places = dataset.rows.iloc[view.positions]
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";" if excel else ",", lineterminator="\r\n")
    writer.writerow((*names, *PLACE))
    for record, lon, lat, geometry in zip(
        found, places["lon"], places["lat"], geometries(dataset, view), strict=True
    ):
        cells: list[tuple[str, Value]] = [(name, record.get(name)) for name in names]
        point = [None if np.isnan(value) else round(value, 6) for value in (lon, lat)]
        wkt = None if geometry is None else shapely.to_wkt(geometry, rounding_precision=6)
        cells += zip(PLACE, (*point, wkt), strict=True)
        writer.writerow(
            [_cell(name, value, decimal="," if excel else ".") for name, value in cells]
        )
    return out.getvalue().encode("utf-8-sig")


def _cell(name: str, value: Value, *, decimal: str) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return guard(value)
    if isinstance(value, tuple):
        return guard(_JOINTS.get(name, "; ").join(value))
    return str(value).replace(".", decimal)
