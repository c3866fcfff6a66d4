"""Rows of a table (CSV, workbook): their cells become columns, and two or one of these a place."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import compress
from typing import Any

import numpy as np
import shapely

from geo.read.columns import Columns, Place
from geo.read.decoded import closed, decode
from geo.read.ledger import Ledger, excerpt, shown
from geo.read.limits import Limits
from geo.read.parsed import Parsed
from geo.read.positions import Shapes
from geo.read.refusal import RefusedError

_WKT = ("wkt", "wktgeom", "geomwkt", "wktgeometry")
_GEOMETRY = ("geometry", "geom", "thegeom", "геометрия")
_LON = ("lon", "longitude", "lng", "long", "долгота", "вд", "восточнаядолгота", "xcoord", "x")
_LAT = ("lat", "latitude", "широта", "сш", "севернаяширота", "ycoord", "y")
"""Names of columns without spaces and signs, in lower case, the surest first."""

_NOT_A_LETTER = re.compile(r"[\W\d_]+")
_NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)(e[+-]?[0-9]{1,3})?", re.IGNORECASE)
_THOUSANDS = re.compile("[+-]?[0-9]{1,3}([ \u00a0\u202f][0-9]{3})+([.,][0-9]+)?")
"""Groups of three digits; any other space is between degrees and minutes, which are not read."""

_BATCH = 5_000


@dataclass(frozen=True)
class _Where:
    """Which columns hold the place: one with WKT, or two with numbers."""

    wkt: int | None = None
    lon: int | None = None
    lat: int | None = None


class Records:
    """Takes in the rows of a table one by one.

    Parameters
    ----------
    header
        Names of the columns.
    ledger, limits
        Where findings go, and how many rows and columns there may be.
    inferred
        All cells are text.
    places
        Whether coordinates are looked for.

    Raises
    ------
    RefusedError
        If no column holds coordinates.
    """

    def __init__(
        self,
        header: Sequence[str],
        ledger: Ledger,
        limits: Limits,
        *,
        inferred: bool,
        places: bool,
    ) -> None:
        if len(header) > limits.max_columns:
            raise RefusedError("too_many_columns", limit=limits.max_columns)
        self._ledger = ledger
        self._limits = limits
        self._where = _find(header) if places else _Where()
        self._names = _distinct(header, ledger)
        self._id = next((n for n, name in enumerate(header) if name.strip().lower() == "id"), None)
        self._columns = Columns(ledger, limits, inferred=inferred)
        self._rows: list[int] = []
        self._cells: list[Sequence[Any]] = []
        self._shapes: list[Shapes] = []
        self._row_parts: list[Any] = []
        self._ids: list[str | None] = []
        self._vertices = 0
        self.count = 0

    def add(self, cells: Sequence[Any]) -> None:
        """Take in one row; None is no value."""
        self.count += 1
        if self.count > self._limits.max_features:
            raise RefusedError("too_many_features", limit=self._limits.max_features)
        expected = len(self._names)
        if len(cells) != expected:
            filled = list(cells)
            while len(filled) > expected and filled[-1] is None:
                filled.pop()
            code = "too_many_fields" if len(filled) > expected else "too_few_fields"
            if len(cells) < expected or len(filled) > expected:
                self._ledger.add(
                    code, self.count, self._id_of(filled), found=len(cells), expected=expected
                )
            if len(filled) > expected:
                return
            cells = [*filled, *[None] * (expected - len(filled))]
        self._rows.append(self.count)
        self._cells.append(cells)
        if len(self._rows) >= _BATCH:
            self._flush()

    def finish(self) -> Parsed:
        """Return the layer."""
        self._flush()
        return Parsed(
            rows_in=self.count,
            rows=np.concatenate(self._row_parts) if self._row_parts else np.zeros(0, np.int64),
            ids=self._ids,
            shapes=np.concatenate(self._shapes) if self._shapes else np.zeros(0, object),
            columns=self._columns,
        )

    def _flush(self) -> None:
        if not self._rows:
            return
        ids = [self._id_of(cells) for cells in self._cells]
        place = Place(np.array(self._rows, dtype=np.int64), ids)
        columns = list(zip(*self._cells, strict=True))
        self._rows, self._cells = [], []
        shapes, keep = self._placed(columns, place)
        self._vertices += int(shapely.get_num_coordinates(shapes).sum())
        if self._vertices > self._limits.max_vertices:
            raise RefusedError("too_many_vertices", limit=self._limits.max_vertices)
        chosen = place.where(keep)
        values = {
            name: list(compress(columns[c], keep))
            for c, name in enumerate(self._names)
            if c != self._where.wkt
        }
        self._columns.add_lists(values, chosen)
        self._row_parts.append(chosen.rows)
        self._ids += chosen.ids
        self._shapes.append(shapes[keep])

    def _placed(self, columns: Sequence[Sequence[Any]], place: Place) -> tuple[Shapes, Any]:
        """Return the shapes of a batch, and which rows to keep."""
        shapes = np.full(len(place.rows), None, dtype=object)
        keep = np.ones(len(place.rows), dtype=bool)
        where = self._where
        if where.wkt is not None:
            self._read_wkt(columns[where.wkt], place, shapes, keep)
        elif where.lon is not None and where.lat is not None:
            for n, (lon, lat) in enumerate(
                zip(columns[where.lon], columns[where.lat], strict=True)
            ):
                if lon is None and lat is None:
                    self._say("null_geometry", n, place, "geometry")
                    continue
                x, y = _number(lon), _number(lat)
                if x is not None and y is not None:
                    shapes[n] = shapely.Point(x, y)
                    continue
                keep[n] = False
                column, found = (where.lon, lon) if x is None else (where.lat, lat)
                self._say("bad_coordinate", n, place, self._names[column], found=excerpt(found))
        return shapes, keep

    def _read_wkt(self, cells: Sequence[Any], place: Place, shapes: Shapes, keep: Any) -> None:
        """Fill in shapes; take out of `keep` the rows that have none."""
        texts = [None if cell is None else str(cell) for cell in cells]
        shapes[:] = decode(shapely.from_wkt, texts)
        for n in np.flatnonzero(shapely.is_missing(shapes)).tolist():
            if texts[n] is None:
                self._say("null_geometry", n, place, "geometry")
                continue
            shapes[n] = closed(shapely.from_wkt, texts[n])
            keep[n] = shapes[n] is not None
            if keep[n]:
                self._say("unclosed_ring", n, place, "geometry")
            else:
                self._say("bad_wkt", n, place, "geometry", found=excerpt(texts[n]))

    def _say(self, code: str, n: int, place: Place, field: str, **values: str) -> None:
        self._ledger.add(code, int(place.rows[n]), place.ids[n], shown(field, 200), **values)

    def _id_of(self, cells: Sequence[Any]) -> str | None:
        if self._id is None or self._id >= len(cells) or cells[self._id] is None:
            return None
        return shown(str(cells[self._id]), 100)


def _find(header: Sequence[str]) -> _Where:
    plain = [_NOT_A_LETTER.sub("", name.casefold()) for name in header]
    wkt, lon, lat, geometry = (
        next((plain.index(name) for name in names if name in plain), None)
        for names in (_WKT, _LON, _LAT, _GEOMETRY)
    )
    if wkt is not None:
        return _Where(wkt=wkt)
    if lon is not None and lat is not None:
        return _Where(lon=lon, lat=lat)
    if geometry is not None:  # last, because it may hold no more than "Point"
        return _Where(wkt=geometry)
    raise RefusedError("no_coordinates", columns=shown(", ".join(header), 200) or '""')


def _distinct(header: Sequence[str], ledger: Ledger) -> list[str]:
    """Give a column whose name stands before it already a name of its own."""
    counts = Counter(header)
    seen: set[str] = set()
    names = []
    for name in header:
        free, n = name, 1
        while free in seen or (free != name and free in counts):
            n += 1
            free = f"{name}_{n}"
        if free != name:
            ledger.add("renamed_column", field=shown(free, 200), before=excerpt(name), after=free)
        seen.add(free)
        names.append(free)
    return names


def _number(value: Any) -> float | None:
    """Return the number that a cell holds, with decimal point or comma; None if it holds none."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    if not isinstance(value, str):
        return None
    text = value.strip().removesuffix("°").rstrip().replace("−", "-")
    text = "".join(text.split()) if _THOUSANDS.fullmatch(text) else text
    text = text.replace(",", ".")
    return float(text) if _NUMBER.fullmatch(text) else None
