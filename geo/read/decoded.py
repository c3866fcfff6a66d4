"""WKB and WKT turned into shapes, each by itself where one of them is beyond all help."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import shapely
from shapely import GeometryType
from shapely.geometry.base import BaseGeometry

from geo.read.positions import MOST_COLLECTIONS, Shapes

Parse = Callable[..., Any]


def decode(parse: Parse, values: Sequence[Any]) -> Shapes:
    """Return the shape of each value, None where it is missing or cannot be read as it stands.

    Parameters
    ----------
    parse
        `shapely.from_wkb` or `shapely.from_wkt`.
    values
        Bytes or text; None is missing.
    """
    try:
        shapes = np.array(parse(values, on_invalid="ignore"), dtype=object).reshape(len(values))
    except NotImplementedError:  # one curve among them ends shapely's reading of all
        shapes = np.array([_one(parse, value, "ignore") for value in values], dtype=object)
    nested = shapely.get_type_id(shapes) == GeometryType.GEOMETRYCOLLECTION
    for n in np.flatnonzero(nested).tolist():
        if not _is_shallow(shapes[n]):
            shapes[n] = None
    return shapes


def closed(parse: Parse, value: Any) -> BaseGeometry | None:
    """Return the shape of a value whose rings lack their ends; None if it has other faults too."""
    shape = _one(parse, value, "fix")
    return shape if shape is not None and _is_shallow(shape) else None


def _one(parse: Parse, value: Any, on_invalid: str) -> BaseGeometry | None:
    try:
        shape: BaseGeometry | None = parse(value, on_invalid=on_invalid)
    except NotImplementedError:
        return None
    return shape


def _is_shallow(shape: BaseGeometry) -> bool:
    level = np.array([shape], dtype=object)
    for _ in range(MOST_COLLECTIONS + 1):
        level = level[shapely.get_type_id(level) == GeometryType.GEOMETRYCOLLECTION]
        if not len(level):
            return True
        level = shapely.get_parts(level)
    return False
