"""A layer of a vector tile as bytes."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import shapely
from shapely import GeometryType

from geo.tiles import protobuf
from geo.tiles.commands import (
    LINE,
    POINT,
    POLYGON,
    Drawn,
    draw_lines,
    draw_points,
    draw_polygons,
)
from geo.tiles.scheme import EXTENT

Value: TypeAlias = str | int | float | bool | None
Integers: TypeAlias = npt.NDArray[np.int64]

Geometries: TypeAlias = npt.NDArray[np.object_]

_Runs: TypeAlias = tuple[Integers, Integers]
"""Numbers, and how many of them belong to each feature."""

_VERSION = 2
# Heads of the fields of a feature, as numbers.
_FEATURE, _TAGS, _GEOMETRY = (n << 3 | protobuf.LENGTH_DELIMITED for n in (2, 2, 4))
_ID, _TYPE = (n << 3 | protobuf.VARINT for n in (1, 3))


def encode_layer(
    name: str,
    geometries: npt.NDArray[np.object_],
    *,
    ids: Sequence[int | None] | None = None,
    properties: Mapping[str, Sequence[Value]] | None = None,
) -> bytes:
    """Write a tile that holds one layer.

    A geometry of several dimensions becomes several features of the same id. No geometry is lost:
    what the grid of the tile shrinks to a line or a point is drawn as one.

    Parameters
    ----------
    name
        Of the layer.
    geometries
        Units of the tile, y downwards, clipped; None and empty ones give nothing.
    ids
        Of the features, not negative; None for none.
    properties
        By name, one value a feature; missing values (None, NaN) are left out.

    Returns
    -------
    bytes
        A message Tile; tiles of several layers are these one after another.
    """
    tags, keys, values = _tags(properties or {}, len(geometries))
    numbers = np.array([-1 if n is None else n for n in ids or [None] * len(geometries)], np.int64)
    features = [_features(kind, drawn, numbers, tags) for kind, drawn in _drawn(geometries)]
    layer = protobuf.join(
        [
            protobuf.integer(15, _VERSION),
            protobuf.message(1, name.encode()),
            *features,
            *(protobuf.message(3, key.encode()) for key in keys),
            *(protobuf.message(4, value) for value in values),
            protobuf.integer(5, EXTENT),
        ]
    )
    return protobuf.message(3, layer)


def _drawn(geometries: npt.NDArray[np.object_]) -> list[tuple[int, Drawn]]:
    """Return the commands of polygons, lines and points.

    A polygon that the grid shrinks to nothing is drawn as a line, such a line as a point.
    """
    parts, feature = single_parts(geometries)
    types = shapely.get_type_id(parts)
    polygon, point = types == GeometryType.POLYGON, types == GeometryType.POINT
    polygons = draw_polygons(parts[polygon], feature[polygon])
    lines, of_line = _merged(
        (parts[~(polygon | point)], feature[~(polygon | point)]),
        (shapely.get_exterior_ring(parts[polygon][polygons.lost]), feature[polygon][polygons.lost]),
    )
    drawn_lines = draw_lines(lines, of_line)
    lost = drawn_lines.lost
    points, of_point = _merged(
        (parts[point], feature[point]), (shapely.get_point(lines[lost], 0), of_line[lost])
    )
    drawn = [(POLYGON, polygons), (LINE, drawn_lines)]
    if len(points):
        drawn.append((POINT, draw_points(shapely.get_coordinates(points), of_point)))
    return drawn


def single_parts(geometries: Geometries) -> tuple[Geometries, Integers]:
    """Return points, lines and polygons of geometries, and which geometry each is a part of.

    Missing and empty geometries have none.
    """
    parts, owner = shapely.get_parts(geometries, return_index=True)
    while (shapely.get_type_id(parts) > GeometryType.POLYGON).any():  # within collections
        parts, inner = shapely.get_parts(parts, return_index=True)
        owner = owner[inner]
    filled = ~shapely.is_empty(parts)
    return parts[filled], owner[filled].astype(np.int64)


def _merged(*groups: tuple[Geometries, Integers]) -> tuple[Geometries, Integers]:
    """Put parts of features together, in the order of the features."""
    parts = np.concatenate([np.asarray(group[0], dtype=object) for group in groups])
    feature = np.concatenate([group[1] for group in groups])
    order = np.argsort(feature, kind="stable")
    return parts[order], feature[order]


def _features(kind: int, drawn: Drawn, ids: Integers, tags: _Runs) -> bytes:
    """Write the messages of features: nothing but numbers, so all of them are written at once."""
    tag_values, tag_lengths = _chosen(tags, drawn.features)
    tag_bytes, path_bytes = (
        np.bincount(
            np.repeat(np.arange(len(lengths)), lengths),
            weights=protobuf.sizes(values),
            minlength=len(lengths),
        ).astype(np.int64)
        for values, lengths in ((tag_values, tag_lengths), (drawn.values, drawn.lengths))
    )
    own = ids[drawn.features]
    head = np.full((len(own), 6), -1, dtype=np.int64)
    has_id, has_tags = own >= 0, tag_lengths > 0
    head[has_id, 2], head[:, 3] = _ID, own
    head[has_tags, 4] = _TAGS
    head[has_tags, 5] = tag_bytes[has_tags]
    shape = np.empty((len(own), 4), dtype=np.int64)
    shape[:, 0], shape[:, 1], shape[:, 2], shape[:, 3] = _TYPE, kind, _GEOMETRY, path_bytes
    head[:, 0] = _FEATURE
    head[:, 1] = tag_bytes + path_bytes
    for column in (*head.T[2:], *shape.T):
        head[:, 1] += np.where(column >= 0, protobuf.sizes(np.abs(column)), 0)
    there = head >= 0
    fours = np.full(len(own), 4)
    return protobuf.varints(
        protobuf.interleave(
            (head[there], np.count_nonzero(there, axis=1)),
            (tag_values, tag_lengths),
            (shape.ravel(), fours),
            (drawn.values, drawn.lengths),
        )
    )


def _chosen(runs: _Runs, places: Integers) -> _Runs:
    """Return some of the runs, in the order of their places."""
    values, lengths = runs
    chosen = lengths[places]
    starts = np.cumsum(lengths) - lengths
    shift = starts[places] - np.cumsum(chosen) + chosen
    return values[np.arange(int(chosen.sum())) + np.repeat(shift, chosen)], chosen


def _tags(
    properties: Mapping[str, Sequence[Value]], count: int
) -> tuple[_Runs, list[str], list[bytes]]:
    """Return the tags of each feature, the keys, and the values that stand for them."""
    if not properties:
        nothing = np.zeros(0, dtype=np.int64)
        return (nothing, np.zeros(count, dtype=np.int64)), [], []
    numbers: dict[tuple[type, Value], int] = {}
    pairs = np.full((count, len(properties), 2), -1, dtype=np.int64)
    for key, column in enumerate(properties.values()):
        # 1, 1.0 and True are equal and hash alike, but are not the same value.
        mixed = len(set(map(type, column)) - {type(None)}) > 1
        entries: Iterable[Any] = [(type(v), v) for v in column] if mixed else column
        seen: dict[Any, int] = {}
        places = [seen.setdefault(entry, len(seen)) for entry in entries]
        distinct = [entry[1] for entry in seen] if mixed else list(seen)
        codes = np.array(
            [
                # Only a number that is none differs from itself.
                -1 if v is None or v != v else numbers.setdefault((type(v), v), len(numbers))
                for v in distinct
            ],
            dtype=np.int64,
        )
        pairs[:, key, 1] = codes[places] if count else codes
        pairs[:, key, 0] = np.where(pairs[:, key, 1] < 0, -1, key)
    filled = pairs[:, :, 0] >= 0
    runs = pairs[filled].ravel(), 2 * np.count_nonzero(filled, axis=1)
    return runs, [*properties], [_value(value) for _, value in numbers]


def _value(value: Value) -> bytes:
    if isinstance(value, str):
        return protobuf.message(1, value.encode())
    if isinstance(value, bool):
        return protobuf.integer(7, int(value))
    if isinstance(value, float):
        return protobuf.double(3, value)
    number = int(value or 0)
    return protobuf.integer(5, number) if number >= 0 else protobuf.integer(6, ~(number << 1))
