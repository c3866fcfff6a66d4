"""What differs between two files of the same format, row by row."""

import csv
import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias
from xml.etree import ElementTree

from geo.export.wkt import exact_wkt
from geo.read import Limits, read
from geo.settings import current

Row: TypeAlias = dict[str, Any]

_LAYERS = {"gpkg": "rows", "xlsx": "rows"}
"""Format -> its layer or sheet with the rows."""

_DELIMITERS = {"csv": ",", "csv-excel": ";"}
_KML = "{http://www.opengis.net/kml/2.2}"
_SHOWN = 200
_BEFORE = 20
"""Characters of a long text that are shown before the first that differs."""


@dataclass(frozen=True)
class Difference:
    """The first value that differs: the row, the column, the value then and now.

    `row` is the id of the row, or its number where rows have none.
    """

    row: str
    column: str
    then: str | None
    now: str | None


@dataclass(frozen=True)
class Comparison:
    """Rows that came, went, or hold something else; whether those in both stand otherwise.

    Parameters
    ----------
    added, removed, changed
        Numbers of rows.
    reordered
        Rows that are in both files follow in another order.
    first
        The first value that differs; None where no row in both does.
    columns_added, columns_removed
        Columns that only one of the files has; their values count as no change of a row.
    """

    added: int
    removed: int
    changed: int
    reordered: bool
    first: Difference | None
    columns_added: tuple[str, ...] = ()
    columns_removed: tuple[str, ...] = ()


def compare(old: Path, new: Path, format_id: str) -> Comparison | None:
    """Compare the rows of two files; None if the old one cannot be read, whatever it is.

    Rows are matched by `id` where both files have each id once, else by their place. CSV is
    compared as the text that it is, all else by the values that it is read as.
    """
    then, now = _rows(old, format_id), _rows(new, format_id)
    if then is None or now is None:
        return None
    left, right = _keyed(then, now)
    both = [key for key in left if key in right]
    columns, known = _columns(then), _columns(now)
    # A table without rows says nothing of its columns.
    shared = [name for name in columns if name in known] if then and now else []
    changed = [key for key in both if _differing(left[key], right[key], shared)]
    return Comparison(
        added=len(right) - len(both),
        removed=len(left) - len(both),
        changed=len(changed),
        reordered=both != [key for key in right if key in left],
        first=_first(changed[0], left, right, shared) if changed else None,
        columns_added=tuple(name for name in known if name not in columns) if then else (),
        columns_removed=tuple(name for name in columns if name not in known) if now else (),
    )


def _columns(rows: list[Row]) -> dict[str, None]:
    return dict.fromkeys(name for row in rows for name in row)


def _differing(then: Row, now: Row, columns: list[str]) -> list[str]:
    return [name for name in columns if then.get(name) != now.get(name)]


def _keyed(then: list[Row], now: list[Row]) -> tuple[Mapping[str, Row], Mapping[str, Row]]:
    tables = []
    for rows in (then, now):
        ids = [row.get("id") for row in rows]
        if None in ids or len({str(one) for one in ids}) < len(ids):
            return _numbered(then), _numbered(now)
        tables.append({str(row["id"]): row for row in rows})
    return tables[0], tables[1]


def _numbered(rows: list[Row]) -> Mapping[str, Row]:
    return {str(number): row for number, row in enumerate(rows, start=1)}


def _first(
    key: str, left: Mapping[str, Row], right: Mapping[str, Row], columns: list[str]
) -> Difference:
    then, now = left[key], right[key]
    column = _differing(then, now, columns)[0]
    return Difference(key, column, *_shown(then.get(column), now.get(column)))


def _shown(then: Any, now: Any) -> tuple[str | None, str | None]:
    """Return two values as texts that differ."""
    plain = [one if isinstance(one, str) or one is None else _json(one) for one in (then, now)]
    if plain[0] == plain[1]:  # 1 and "1"
        plain = [_json(then), _json(now)]
    left, right = (one or "" for one in plain)
    letters = enumerate(zip(left, right, strict=False))
    same = next((n for n, (a, b) in letters if a != b), min(len(left), len(right)))
    start = same - _BEFORE if same >= _SHOWN - 1 else 0
    return _cut(plain[0], start), _cut(plain[1], start)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)


def _cut(text: str | None, start: int) -> str | None:
    if text is None:
        return None
    text = f"…{text[start:]}" if start else text
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def _rows(path: Path, format_id: str) -> list[Row] | None:
    """Read a file as a stranger's: what stands beside a document may be anything."""
    if format_id == "kml":
        return _kml(path)
    if format_id in _DELIMITERS:
        return _csv(path, _DELIMITERS[format_id])
    layer = _LAYERS.get(format_id)
    frame = read(path, name=path.name, limits=Limits.of(current()), layer=layer).frame
    if frame is None:
        return None
    table = frame.drop(columns=frame.geometry.name).astype(object)
    table = table.where(table.notna(), None)
    places = exact_wkt(frame.geometry.to_numpy())
    return [
        {**record, "geometry": place}
        for record, place in zip(table.to_dict("records"), places, strict=True)
    ]


def _csv(path: Path, delimiter: str) -> list[Row] | None:
    """Read every cell as text: what a column is taken for depends on all of its rows."""
    if path.stat().st_size > Limits.of(current()).max_mb * 1e6:
        return None
    csv.field_size_limit(sys.maxsize)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            header, *rows = csv.reader(file, delimiter=delimiter, strict=True)
    except (ValueError, csv.Error):  # ValueError: no UTF-8, or not even a header
        return None
    names: dict[str, None] = {}
    for number, name in enumerate(header, start=1):
        names[name if name not in names else f"#{number}"] = None
    places = [
        *names,
        *(f"#{n}" for n in range(len(header) + 1, max(map(len, rows), default=0) + 1)),
    ]
    return [dict(zip(places, row, strict=False)) for row in rows]


def _kml(path: Path) -> list[Row] | None:
    rows: list[Row] = []
    fields: dict[str, None] = {}
    try:
        for _, node in ElementTree.iterparse(path):  # noqa: S314 - expat stops amplification
            if node.tag == f"{_KML}SimpleField":
                fields[node.get("name", "")] = None
            if node.tag == f"{_KML}Placemark":
                cells = node.iter(f"{_KML}SimpleData")
                row: Row = {**fields, **{c.get("name", ""): c.text for c in cells}}
                row["geometry"] = [line.text for line in node.iter(f"{_KML}coordinates")]
                rows.append(row)
                node.clear()
    except ElementTree.ParseError:
        return None
    return rows
