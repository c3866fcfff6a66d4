"""A layer that a viewer brought, as far as the dataset is concerned."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt

from geo.own.fields import Field, fields_of
from geo.read.report import Report

KEY_DIGITS = 16
"""Of the file's sha256, by which a link names the layer."""


@dataclass(frozen=True, eq=False)
class Layer:
    """The rows of one file.

    Parameters
    ----------
    name
        What the file is called, for people.
    sha256
        Hex digits, of the file as it was given.
    frame
        GeoDataFrame in EPSG:4326, index counting from 0; None as geometry where there is no place.
    numbers
        For each row of the frame the number of its row in the file, counted from 1.
    options
        How the file was read (crs, encoding, layer, swap), for reading it the same again.
    report
        What reading the file found; None where nobody asked.
    """

    name: str
    sha256: str
    frame: gpd.GeoDataFrame
    numbers: npt.NDArray[np.int64]
    options: Mapping[str, Any] = field(default_factory=dict)
    report: Report | None = None

    def __len__(self) -> int:
        return len(self.frame)

    @property
    def key(self) -> str:
        """The beginning of the file's sha256: how links name the layer."""
        return self.sha256[:KEY_DIGITS]

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """The columns, in the order of the file."""
        return fields_of(self.frame)

    def field(self, name: str) -> Field | None:
        """Return the column of a name that can be filtered by, None if there is none."""
        return self._filters.get(name)

    @property
    def filters(self) -> tuple[Field, ...]:
        """The columns that can be filtered by."""
        return tuple(self._filters.values())

    @cached_property
    def _filters(self) -> dict[str, Field]:
        return {field.name: field for field in self.fields if field.values is not None}
