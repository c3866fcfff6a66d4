"""FlatGeobuf and unpacked Shapefiles, by GDAL with one fixed driver each.

GDAL's own words never leave this module: they hold paths and pieces of the file.
"""

import warnings
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyogrio
from pyogrio.errors import CRSError, DataSourceError, FieldError, GeometryError
from pyogrio.raw import open_arrow

from geo.read.arrays import Layer, collect
from geo.read.ledger import Ledger, shown
from geo.read.limits import Limits
from geo.read.parsed import Parsed
from geo.read.refusal import RefusedError
from geo.read.shapefile import demand_whole, text_encoding

_DRIVERS = {"FlatGeobuf": "FlatGeobuf", "Shapefile": "ESRI Shapefile"}
_FAULTS = (
    DataSourceError,
    FieldError,
    GeometryError,
    pa.ArrowException,
    OSError,
    ValueError,
    LookupError,
)
_ROWS = 10_000


def read_vector(
    path: Path,
    kind: str,
    *,
    layer: str | None,
    encoding: str | None,
    ledger: Ledger,
    limits: Limits,
) -> Parsed:
    """Read a layer.

    Parameters
    ----------
    path, kind
        The file, and its format as `geo.read.kinds` names it.
    layer
        Which layer, if there are several.
    encoding
        Of the table of a Shapefile; None: as it says.
    ledger, limits
        Where findings go, and what ends the reading.

    Raises
    ------
    RefusedError
        If the file as a whole cannot be read.
    """
    if kind == "Shapefile":
        demand_whole(path)
        encoding = text_encoding(path, encoding)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            about = pyogrio.read_info(path, encoding=encoding)
            if layer not in (None, about["layer_name"]):
                raise RefusedError(
                    "layer_unknown", layer=shown(str(layer)), layers=shown(about["layer_name"])
                )
            if about["driver"] != _DRIVERS[kind]:
                raise RefusedError("broken_file", format=kind)
            if about["features"] > limits.max_features:
                raise RefusedError("too_many_features", limit=limits.max_features)
            with open_arrow(path, encoding=encoding, use_pyarrow=True, batch_size=_ROWS) as (
                meta,
                batches,
            ):
                found = Layer(ledger, limits, stated_crs=meta["crs"], degrees_by_rule=False)
                return collect(_plain(batches), meta["geometry_name"] or "wkb_geometry", found)
    except CRSError as error:
        raise RefusedError("crs_unknown", found='""') from error
    except MemoryError:
        raise
    except _FAULTS as error:
        raise RefusedError("broken_file", format=kind) from error


def _plain(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Take the names of extension types off: geometry is WKB, whatever it is called."""
    for batch in batches:
        arrays = [
            column.storage if isinstance(column, pa.ExtensionArray) else column
            for column in batch.columns
        ]
        yield pa.RecordBatch.from_arrays(arrays, names=batch.schema.names)
