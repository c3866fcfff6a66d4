"""What is shown, as a file: the formats in the order in which they are offered."""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType

from geo.dataset import Dataset
from geo.export.delimited import to_csv
from geo.export.geojson import to_geojson
from geo.view import View

__all__ = ["EXPORTS", "Export", "to_csv", "to_geojson"]


@dataclass(frozen=True)
class Export:
    """A file format of exports.

    Parameters
    ----------
    media_type
        For the Content-Type header.
    extension
        Of the file name, without a point.
    write
        Turns a view of the dataset into the bytes of a file; the same view gives the same bytes.
    """

    media_type: str
    extension: str
    write: Callable[[Dataset, View], bytes]


EXPORTS = MappingProxyType(
    {
        "geojson": Export("application/geo+json", "geojson", to_geojson),
        "csv": Export("text/csv; charset=utf-8", "csv", functools.partial(to_csv, excel=False)),
        "csv-excel": Export(
            "text/csv; charset=utf-8", "csv", functools.partial(to_csv, excel=True)
        ),
    }
)
"""Format id -> how it is written. A new format is a module here and a line in this table."""
