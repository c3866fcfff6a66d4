"""GeoParquet, and Parquet tables with coordinates."""

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from geo.read.arrays import Layer, collect
from geo.read.ledger import Ledger, excerpt
from geo.read.limits import Limits
from geo.read.parsed import Parsed
from geo.read.refusal import RefusedError

_FORMAT = "GeoParquet"
_ROWS = 10_000


def read_parquet(path: Path, *, ledger: Ledger, limits: Limits) -> Parsed:
    """Read a GeoParquet file whose geometry is written as WKB.

    Raises
    ------
    RefusedError
        If the file as a whole cannot be read.
    """
    try:
        with pq.ParquetFile(path, memory_map=False) as file:
            _demand_size(file, limits)
            column, entry, covering = _geometry(file)
            names = [name for name in file.schema_arrow.names if name != covering]
            batches = file.iter_batches(_ROWS, columns=names, use_threads=False)
            found = Layer(
                ledger, limits, stated_crs=_crs(entry), degrees_by_rule="crs" not in entry
            )
            return collect(batches, column, found)
    except MemoryError:
        raise
    except (pa.ArrowException, OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise RefusedError("broken_file", format=_FORMAT) from error


def _demand_size(file: pq.ParquetFile, limits: Limits) -> None:
    about = file.metadata
    if about.num_rows > limits.max_features:
        raise RefusedError("too_many_features", limit=limits.max_features)
    size = sum(about.row_group(n).total_byte_size for n in range(about.num_row_groups)) / 1e6
    if size > limits.unpacked_mb:
        raise RefusedError("zip_too_big", found_mb=round(size, 1), limit_mb=limits.unpacked_mb)


def _geometry(file: pq.ParquetFile) -> tuple[str, dict[str, Any], str | None]:
    """Return the geometry column, what the file says of it, and the column with its boxes."""
    names = file.schema_arrow.names
    about = json.loads((file.schema_arrow.metadata or {}).get(b"geo", b"{}"))
    column = about.get("primary_column")
    if column not in names:
        raise RefusedError("no_coordinates", columns=excerpt(", ".join(names)))
    entry = about["columns"][column]
    if entry.get("encoding") != "WKB":
        raise RefusedError("geometry_encoding", found=excerpt(entry.get("encoding")))
    boxes = entry.get("covering", {}).get("bbox", {}).get("xmin", [None])
    return column, entry, boxes[0]


def _crs(entry: dict[str, Any]) -> str | None:
    crs = entry.get("crs")
    return None if crs is None else json.dumps(crs)
