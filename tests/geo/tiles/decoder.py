"""Vector tiles read once more, by the letter of the specification and without any speed."""

import struct
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import shapely


@dataclass(frozen=True)
class Feature:
    id: int | None
    type: int
    properties: dict[str, Any]
    commands: list[int]

    @property
    def paths(self) -> list[list[tuple[int, int]]]:
        """Points of each path; a closed one ends where it began."""
        paths: list[list[tuple[int, int]]] = []
        x = y = n = 0
        while n < len(self.commands):
            command, count = self.commands[n] & 7, self.commands[n] >> 3
            n += 1
            if command == 7:
                assert count == 1
                paths[-1].append(paths[-1][0])
                continue
            assert command in (1, 2)
            for _ in range(count):
                dx, dy = ((v >> 1) ^ -(v & 1) for v in self.commands[n : n + 2])
                assert command == 1 or (dx, dy) != (0, 0), "a step that goes nowhere"
                x, y, n = x + dx, y + dy, n + 2
                if command == 1:
                    paths.append([])
                paths[-1].append((x, y))
        return paths

    @property
    def geometry(self) -> Any:
        """In units of the tile, y downwards."""
        if self.type == 1:
            return shapely.MultiPoint([path[0] for path in self.paths])
        if self.type == 2:
            return shapely.MultiLineString(self.paths)
        polygons: list[tuple[Any, list[Any]]] = []
        for path in self.paths:
            assert len(path) >= 4
            area = sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(path))
            assert area != 0
            if area > 0:
                polygons.append((path, []))
            else:
                polygons[-1][1].append(path)
        return shapely.MultiPolygon(polygons)


@dataclass(frozen=True)
class Layer:
    name: str
    version: int
    extent: int
    features: list[Feature]


def decode(content: bytes) -> list[Layer]:
    return [_layer(value) for number, value in _fields(content) if number == 3]


def _layer(content: bytes) -> Layer:
    fields = _fields(content)
    keys = [value.decode() for number, value in fields if number == 3]
    values = [_value(value) for number, value in fields if number == 4]
    found = {number: value for number, value in fields if number in (1, 5, 15)}
    features = [_feature(value, keys, values) for number, value in fields if number == 2]
    return Layer(found[1].decode(), found[15], found[5], features)


def _feature(content: bytes, keys: list[str], values: list[Any]) -> Feature:
    fields = dict(_fields(content))
    tags = _packed(fields.get(2, b""))
    properties = {keys[k]: values[v] for k, v in zip(tags[::2], tags[1::2], strict=True)}
    return Feature(fields.get(1), fields[3], properties, _packed(fields[4]))


def _value(content: bytes) -> Any:
    ((number, value),) = _fields(content)
    if number == 1:
        return value.decode()
    if number == 3:
        return struct.unpack("<d", value)[0]
    if number == 6:
        return (value >> 1) ^ -(value & 1)
    return bool(value) if number == 7 else value


def _fields(content: bytes) -> list[tuple[int, Any]]:
    found, at = [], 0
    while at < len(content):
        key, at = _varint(content, at)
        if key & 7 == 0:
            value, at = _varint(content, at)
        else:
            size, at = (8, at) if key & 7 == 1 else _varint(content, at)
            value, at = content[at : at + size], at + size
            assert len(value) == size
        found.append((key >> 3, value))
    return found


def _packed(content: bytes) -> list[int]:
    found, at = [], 0
    while at < len(content):
        value, at = _varint(content, at)
        found.append(value)
    return found


def _varint(content: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = content[at]
        value |= (byte & 127) << shift
        shift, at = shift + 7, at + 1
        if byte < 128:
            return value, at
