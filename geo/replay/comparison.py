"""What differs between two files of the same format, row by row."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias
from xml.etree import ElementTree

import shapely

from geo.read import Limits, read
from geo.settings import current

Row: TypeAlias = dict[str, Any]

_LAYERS = {"gpkg": "rows", "xlsx": "rows"}
"""Format -> its layer or sheet with the rows."""

_KML = "{http://www.opengis.net/kml/2.2}"
_SHOWN = 200


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
    """

    added: int
    removed: int
    changed: int
    reordered: bool
    first: Difference | None


def compare(old: Path, new: Path, format_id: str) -> Comparison | None:
    """Compare the rows of two files; None if the old one cannot be read, whatever it is.

    Rows are matched by `id` where both files have each id once, else by their place.
    """
    then, now = _rows(old, format_id), _rows(new, format_id)
    if then is None or now is None:
        return None
    left, right = _keyed(then, now)
    both = [key for key in left if key in right]
    changed = [key for key in both if left[key] != right[key]]
    return Comparison(
        added=len(right) - len(both),
        removed=len(left) - len(both),
        changed=len(changed),
        reordered=both != [key for key in right if key in left],
        first=_first(changed[0], left, right) if changed else None,
    )


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


def _first(key: str, left: Mapping[str, Row], right: Mapping[str, Row]) -> Difference:
    then, now = left[key], right[key]
    column = next(
        n for n in {**then, **now} if then.get(n) != now.get(n) or (n in then) != (n in now)
    )
    return Difference(key, column, _shown(then.get(column)), _shown(now.get(column)))


def _shown(value: Any) -> str | None:
    if value is None:
        return None
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def _rows(path: Path, format_id: str) -> list[Row] | None:
    """Read a file as a stranger's: what stands beside a document may be anything."""
    if format_id == "kml":
        return _kml(path)
    layer = _LAYERS.get(format_id)
    frame = read(path, name=path.name, limits=Limits.of(current()), layer=layer).frame
    if frame is None:
        return None
    table = frame.drop(columns=frame.geometry.name).astype(object)
    table = table.where(table.notna(), None)
    places = shapely.to_wkt(frame.geometry.to_numpy(), rounding_precision=-1)
    return [
        {**record, "geometry": place}
        for record, place in zip(table.to_dict("records"), places, strict=True)
    ]


def _kml(path: Path) -> list[Row] | None:
    rows: list[Row] = []
    try:
        for _, node in ElementTree.iterparse(path):  # noqa: S314 - expat stops amplification
            if node.tag == f"{_KML}Placemark":
                row: Row = {c.get("name", ""): c.text for c in node.iter(f"{_KML}SimpleData")}
                row["geometry"] = [line.text for line in node.iter(f"{_KML}coordinates")]
                rows.append(row)
                node.clear()
    except ElementTree.ParseError:
        return None
    return rows
