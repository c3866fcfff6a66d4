"""Coordinates as JSON writes them, turned into shapes: many at once, with each fault by itself.

All shapes are flat: the first two numbers of a position count.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import shapely
from shapely import GeometryType
from shapely.geometry.base import BaseGeometry

from geo.read.ledger import excerpt

Shapes: TypeAlias = npt.NDArray[np.object_]

LEAST_RING = 3
"""Different positions that a ring needs."""

_KINDS = {
    "Point": (GeometryType.POINT, 0),
    "MultiPoint": (GeometryType.MULTIPOINT, 1),
    "LineString": (GeometryType.LINESTRING, 1),
    "MultiLineString": (GeometryType.MULTILINESTRING, 2),
    "Polygon": (GeometryType.POLYGON, 2),
    "MultiPolygon": (GeometryType.MULTIPOLYGON, 3),
}
"""Type name -> its type in shapely, and how many lists stand around a position."""

_COLLECTION = "GeometryCollection"
MOST_COLLECTIONS = 8
"""Collections within each other; beyond this nobody means it."""


class FaultError(Exception):
    """A geometry that cannot be read; holds the code and its values."""

    def __init__(self, code: str, **values: str | int | float) -> None:
        self.code = code
        self.values = values
        super().__init__(code)


@dataclass
class Note:
    """What was changed in one geometry: code and values of a repair."""

    code: str
    values: dict[str, str | int | float]


class _OneByOneError(Exception):
    """Something in a batch is not as it should be."""


def shapes_of(
    kind: str, coordinates: Sequence[Any], complain: Callable[[int, FaultError | Note], None]
) -> Shapes:
    """Turn the coordinates of many geometries of one type into shapes.

    Parameters
    ----------
    kind
        Type name of GeoJSON, not a collection.
    coordinates
        The `coordinates` members.
    complain
        Called with the place in the sequence and what is wrong with it (its shape is then None)
        or was changed in it.
    """
    try:
        return _together(kind, coordinates)
    except _OneByOneError:
        shapes = np.full(len(coordinates), None, dtype=object)
        for place, given in enumerate(coordinates):
            notes: list[Note] = []
            try:
                shapes[place] = _alone(kind, given, notes)
            except FaultError as fault:
                complain(place, fault)
                continue
            for note in notes:
                complain(place, note)
        return shapes


def shape_of(geometry: Any, notes: list[Note], depth: int = 0) -> BaseGeometry:
    """Turn one geometry object into a shape.

    Raises
    ------
    FaultError
        If it cannot be one.
    """
    kind = kind_of(geometry)
    if kind != _COLLECTION:
        return _alone(kind, geometry["coordinates"], notes)
    if depth >= MOST_COLLECTIONS or not isinstance(geometry["geometries"], list):
        raise FaultError("wrong_nesting", type=_COLLECTION)
    parts = [shape_of(part, notes, depth + 1) for part in geometry["geometries"]]
    return shapely.GeometryCollection(parts)


def kind_of(geometry: Any) -> str:
    """Return the type name of a geometry object.

    Raises
    ------
    FaultError
        If it is no object, or has no known type or not the member that goes with it.
    """
    if not isinstance(geometry, dict):
        raise FaultError("not_a_geometry", found=excerpt(geometry))
    kind = geometry.get("type")
    if not isinstance(kind, str) or (kind != _COLLECTION and kind not in _KINDS):
        raise FaultError("not_a_geometry", found=f'"type": {excerpt(kind)}')
    member = "geometries" if kind == _COLLECTION else "coordinates"
    if member not in geometry:
        raise FaultError("not_a_geometry", found=f'"type": "{kind}" without `{member}`')
    return kind


def _together(kind: str, coordinates: Sequence[Any]) -> Shapes:
    """Turn faultless coordinates into shapes at once; give up at anything unusual."""
    type_number, depth = _KINDS[kind]
    level: list[Any] = list(coordinates)
    offsets: list[npt.NDArray[np.int64]] = []
    for _ in range(depth):
        _require(set(map(type, level)) == {list})
        offsets.append(_offsets(level))
        level = list(chain.from_iterable(level))
    _require(set(map(type, level)) == {list})
    width = set(map(len, level))
    _require(width == {2})
    _require(set(map(type, chain.from_iterable(level))) <= {int, float})
    try:
        flat = np.fromiter(chain.from_iterable(level), dtype=float, count=2 * len(level))
    except OverflowError as error:
        raise _OneByOneError from error
    _require(bool(np.isfinite(flat).all()))
    points = flat.reshape(-1, 2)
    if kind in ("Polygon", "MultiPolygon"):
        ends = offsets[-1]
        _require(bool((np.diff(ends) > LEAST_RING).all()))
        _require(bool((points[ends[:-1]] == points[ends[1:] - 1]).all()))
    elif kind in ("LineString", "MultiLineString"):
        _require(bool((np.diff(offsets[-1]) > 1).all()))
    shapes = shapely.from_ragged_array(type_number, points, tuple(reversed(offsets)) or None)
    return np.asarray(shapes, dtype=object)


def _require(fine: bool) -> None:
    if not fine:
        raise _OneByOneError


def _offsets(lists: Sequence[list[Any]]) -> npt.NDArray[np.int64]:
    ends = np.zeros(len(lists) + 1, dtype=np.int64)
    np.cumsum(np.fromiter(map(len, lists), dtype=np.int64, count=len(lists)), out=ends[1:])
    return ends


def _alone(kind: str, given: Any, notes: list[Note]) -> BaseGeometry:
    if given == []:
        return _EMPTY[kind]
    if kind == "Point":
        return shapely.Point(_position(given, kind, notes))
    if kind == "MultiPoint":
        return shapely.MultiPoint([_position(p, kind, notes) for p in _listed(given, kind)])
    if kind == "LineString":
        return _line(given, kind, notes)
    if kind == "MultiLineString":
        return shapely.MultiLineString([_line(p, kind, notes) for p in _listed(given, kind)])
    if kind == "Polygon":
        return _polygon(given, kind, notes)
    return shapely.MultiPolygon([_polygon(part, kind, notes) for part in _listed(given, kind)])


_EMPTY = {
    "Point": shapely.Point(),
    "MultiPoint": shapely.MultiPoint(),
    "LineString": shapely.LineString(),
    "MultiLineString": shapely.MultiLineString(),
    "Polygon": shapely.Polygon(),
    "MultiPolygon": shapely.MultiPolygon(),
}


def _listed(given: Any, kind: str) -> list[Any]:
    if not isinstance(given, list):
        raise FaultError("wrong_nesting", type=kind)
    return given


def _position(given: Any, kind: str, notes: list[Note]) -> tuple[float, float]:
    for number in _listed(given, kind):
        if isinstance(number, list):
            raise FaultError("wrong_nesting", type=kind)
        if isinstance(number, bool) or not isinstance(number, int | float):
            raise FaultError("not_a_number", found=excerpt(number))
    if len(given) < 2:
        raise FaultError("too_few_ordinates", found=len(given))
    try:
        x, y = float(given[0]), float(given[1])
    except OverflowError as error:
        raise FaultError("not_finite") from error
    if not (math.isfinite(x) and math.isfinite(y)):
        raise FaultError("not_finite")
    if len(given) > 2:
        note = Note("flattened", {"ordinates": len(given), "count": 1})
        if note not in notes:
            notes.append(note)
    return x, y


def _line(given: Any, kind: str, notes: list[Note]) -> shapely.LineString:
    positions = [_position(position, kind, notes) for position in _listed(given, kind)]
    if len(positions) < 2:
        raise FaultError("line_too_short", found=len(positions))
    return shapely.LineString(positions)


def _polygon(given: Any, kind: str, notes: list[Note]) -> shapely.Polygon:
    rings = [
        [_position(position, kind, notes) for position in _listed(ring, kind)]
        for ring in _listed(given, kind)
    ]
    if not rings:
        return shapely.Polygon()
    kept = []
    for number, ring in enumerate(rings):
        different = len(set(ring))
        if different < LEAST_RING:
            if number == 0:
                raise FaultError("ring_too_short", found=different)
            notes.append(Note("hole_removed", {"found": different}))
            continue
        if ring[0] != ring[-1]:
            notes.append(Note("unclosed_ring", {}))
            ring = [*ring, ring[0]]
        kept.append(ring)
    return shapely.Polygon(kept[0], kept[1:])
