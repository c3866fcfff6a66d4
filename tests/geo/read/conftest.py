"""One child process reads the files of all tests here."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from geo.read import Limits, Reader, Reading

POINT = {"type": "Point", "coordinates": [85.0, 56.5]}
SQUARE = [[84.0, 56.0], [84.1, 56.0], [84.1, 56.1], [84.0, 56.1], [84.0, 56.0]]


def feature(geometry: Any = POINT, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def polygon(*rings: list[list[float]]) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": list(rings)}


def collection(*features: Any, **members: Any) -> bytes:
    document = {"type": "FeatureCollection", **members, "features": list(features)}
    return json.dumps(document, ensure_ascii=False).encode()


def codes(reading: Reading) -> dict[str, list[int | None]]:
    """Return the rows of every code that the report has."""
    found: dict[str, list[int | None]] = {}
    for finding in reading.report:
        found.setdefault(finding.code, []).append(finding.row)
    return found


@pytest.fixture(scope="session")
def reader() -> Iterator[Reader]:
    limits = Limits(
        seconds=60, max_features=50, max_columns=20, max_vertices=5_000, max_mb=1, unpacked_mb=20
    )
    with Reader(limits) as reader:
        reader.warm()
        yield reader


@pytest.fixture
def read(reader: Reader) -> Callable[..., Reading]:
    def read(content: bytes | str, name: str = "layer.geojson", **options: Any) -> Reading:
        source = content.encode() if isinstance(content, str) else content
        return reader.read(source, name=name, **options)

    return read
