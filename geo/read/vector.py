"""FlatGeobuf and unpacked Shapefiles, by GDAL with one fixed driver each.

GDAL's own words never leave this module: they hold paths and pieces of the file.
"""

import warnings
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyogrio
from pyogrio.errors import CRSError, DataSourceError, FeatureError, FieldError, GeometryError
from pyogrio.raw import open_arrow, read

from geo.read.arrays import Layer, collect
from geo.read.ledger import Ledger, shown
from geo.read.limits import Limits
from geo.read.parsed import Parsed
from geo.read.refusal import RefusedError
from geo.read.shapefile import demand_whole, text_encoding

_DRIVERS = {"FlatGeobuf": "FlatGeobuf", "Shapefile": "ESRI Shapefile"}
_FAULTS = (
    DataSourceError,
    FeatureError,
    FieldError,
    GeometryError,
    pa.ArrowException,
    OSError,
    ValueError,
    LookupError,
)
_ROWS = 10_000
_PLACE = "\0geometry"
"""Name of the column of geometries: no column of a file has it."""


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
            # GDAL's stream for Arrow reads beyond its memory where a FlatGeobuf has no geometry
            # in a row, so the geometries are fetched row by row and the rest as a stream.
            about_places, _, places, _ = read(path, encoding=encoding, columns=[])
            found = Layer(ledger, limits, stated_crs=about_places["crs"], degrees_by_rule=False)
            wkb = pa.array([None] * about["features"] if places is None else places, pa.binary())
            if not len(about["fields"]):
                batches = iter(pa.table({_PLACE: wkb}).to_batches(_ROWS))
                return collect(batches, _PLACE, found)
            with open_arrow(
                path,
                encoding=encoding,
                use_pyarrow=True,
                batch_size=_ROWS,
                read_geometry=False,
            ) as (_, batches):
                return collect(_placed(batches, wkb), _PLACE, found)
    except CRSError as error:
        raise RefusedError("crs_unknown", found='""') from error
    except MemoryError:
        raise
    except _FAULTS as error:
        raise RefusedError("broken_file", format=kind) from error


def _placed(batches: Iterator[pa.RecordBatch], wkb: pa.Array) -> Iterator[pa.RecordBatch]:
    """Put the geometries beside the other columns."""
    start = 0
    for batch in batches:
        end = start + batch.num_rows
        yield pa.RecordBatch.from_arrays(
            [*batch.columns, wkb.slice(start, batch.num_rows)], names=[*batch.schema.names, _PLACE]
        )
        start = end
