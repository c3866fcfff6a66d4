"""Files of the corpus that only their size makes remarkable: made for each run, never committed."""

import json
from collections.abc import Callable, Iterable

from geo.read.limits import PAIRS, TEXT_CHARACTERS

STRIPS = 640
"""Rows whose boxes all meet: 204,480 pairs."""

_LENGTH = 0.05
_STEP = 0.00005


def large() -> Iterable[tuple[str, Callable[[], bytes]]]:
    yield "limits/long-cell.csv", long_cell
    yield "limits/many-neighbours.geojson", neighbours


def long_cell() -> bytes:
    """Return a table with one character too many in a cell."""
    return b"name,lon,lat\n" + b"x" * (TEXT_CHARACTERS + 1) + b",84.95,56.48\n"


def neighbours() -> bytes:
    """Return strips from south-west to north-east, side by side: only their boxes overlap."""
    assert STRIPS * (STRIPS - 1) // 2 > PAIRS
    features = [
        {"type": "Feature", "properties": {"n": n}, "geometry": _strip(84.9 + n * _STEP, 56.45)}
        for n in range(STRIPS)
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def _strip(west: float, south: float) -> dict[str, object]:
    east, north, width = west + _LENGTH, south + _LENGTH, _STEP * 0.8
    ring = [(west, south), (west + width, south), (east + width, north), (east, north)]
    corners = [[round(x, 6), round(y, 6)] for x, y in [*ring, ring[0]]]
    return {"type": "Polygon", "coordinates": [corners]}
