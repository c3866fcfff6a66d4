"""GeoParquet files read a piece at a time: what they say of themselves, and their rows."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq
import shapely
from pyproj import CRS
from pyproj.exceptions import CRSError

from geo.errors import JoinError
from geo.join.engine import Shapes
from geo.join.layer import stem, system_of
from geo.join.names import check_name
from geo.join.refusals import refuse

SUFFIXES = (".parquet", ".geoparquet")
KEY = "id"
"""Column with the ids of rows; a file without it counts its rows from 0."""


@dataclass(frozen=True)
class GeoParquet:
    """A GeoParquet file, by its footer: no row has been read.

    Parameters
    ----------
    path, name
        Where it is, and what it is called.
    rows
        In it.
    columns
        Names of the attribute columns, in the order of the file.
    geometry
        Name of the geometry column, well-known binary.
    crs
        Of the geometry; the format's rule is longitude and latitude where it says nothing.
    key
        `KEY` where there is a column of that name, else "".
    bounds
        West, south, east, north of all rows in `crs`; None where the file does not say.
    """

    path: Path
    name: str
    rows: int
    columns: tuple[str, ...]
    geometry: str
    crs: CRS
    key: str
    bounds: tuple[float, ...] | None

    @property
    def id(self) -> str:
        """What the joined columns begin with, as for a file that is read in memory."""
        return stem(self.name)

    @property
    def schema(self) -> pa.Schema:
        """Names and types of the columns."""
        return pq.read_schema(self.path)

    def batches(self, columns: Sequence[str], rows: int) -> Iterator[pa.RecordBatch]:
        """Yield the rows in the order of the file, at most `rows` at a time."""
        try:
            with pq.ParquetFile(self.path, memory_map=False) as file:
                yield from file.iter_batches(rows, columns=list(columns), use_threads=False)
        except (pa.ArrowException, OSError) as error:
            raise self.broken("breaks off or is damaged") from error

    def table(self, columns: Sequence[str]) -> pa.Table:
        """Read all rows of some columns."""
        try:
            return pq.read_table(self.path, columns=list(columns), partitioning=None)
        except (pa.ArrowException, OSError) as error:
            raise self.broken("breaks off or is damaged") from error

    def shapes(self, wkb: npt.NDArray[np.object_]) -> Shapes:
        """Read values of the geometry column.

        Raises
        ------
        JoinError
            If one is no well-known binary.
        """
        try:
            return np.asarray(shapely.from_wkb(wkb), dtype=object)
        except (shapely.errors.ShapelyError, TypeError) as error:
            raise self.broken("holds a geometry that is no well-known binary") from error

    def broken(self, reason: str) -> JoinError:
        """Return the refusal of this file."""
        return _refusal(reason, self.name)


def is_geoparquet(path: str | Path) -> bool:
    """Say whether a file is meant to be GeoParquet, by its name."""
    return Path(path).suffix.lower() in SUFFIXES


def describe(path: str | Path, *, name: str | None = None, crs: str | None = None) -> GeoParquet:
    """Read what a GeoParquet file says of itself.

    Parameters
    ----------
    path
        Where it is.
    name
        What it is called, if not as there.
    crs
        `EPSG:n`, instead of what it says.

    Raises
    ------
    JoinError
        If its name is no text, or it is no GeoParquet with its geometry as well-known binary in a
        known CRS.
    """
    path = Path(path)
    name = name or path.name
    check_name(name)
    try:
        with pq.ParquetFile(path, memory_map=False) as file:
            rows, names = file.metadata.num_rows, file.schema_arrow.names
            about = json.loads((file.schema_arrow.metadata or {}).get(b"geo", b"{}"))
    except (pa.ArrowException, OSError, ValueError) as error:
        raise _refusal("cannot be read as Parquet", name) from error
    if len(set(names)) < len(names):
        raise _refusal("has two columns of the same name", name)
    try:
        geometry = about["primary_column"]
        entry = about["columns"][geometry]
        coverings = {box[0] for box in entry.get("covering", {}).get("bbox", {}).values()}
        encoding, stated, bounds = entry["encoding"], entry.get("crs", "OGC:CRS84"), _bounds(entry)
    except (KeyError, TypeError, AttributeError, ValueError, IndexError) as error:
        raise _refusal("does not describe its geometry as GeoParquet does", name) from error
    if geometry not in names:
        raise _refusal("does not hold the geometry column that it names", name)
    if encoding != "WKB":
        raise _refusal("writes its geometry in another way than WKB", name)
    columns = tuple(name for name in names if name != geometry and name not in coverings)
    key = KEY if KEY in columns else ""
    return GeoParquet(path, name, rows, columns, geometry, _crs(stated, crs, name), key, bounds)


def _bounds(entry: dict[str, Any]) -> tuple[float, ...] | None:
    """Return the flat box; the format writes that of heights as well where there are any."""
    box = entry.get("bbox")
    if not isinstance(box, list) or len(box) not in (4, 6):
        return None
    half = len(box) // 2
    return (*map(float, box[:2]), *map(float, box[half : half + 2]))


def _crs(stated: Any, wanted: str | None, name: str) -> CRS:
    if wanted is not None:
        return system_of(wanted, "left_crs or right_crs")
    if stated is None:
        raise refuse("no_crs", layer=stem(name), offer="EPSG:4326", option="left_crs or right_crs")
    try:
        return CRS.from_user_input(stated)
    except CRSError as error:
        raise _refusal("states a CRS that cannot be read", name) from error


def _refusal(reason: str, name: str) -> JoinError:
    return refuse("not_geoparquet", file=name, reason=reason)
