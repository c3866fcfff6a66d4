"""Small networks to reason about by hand, in metres of EPSG:32645, and random ones."""

from collections.abc import Sequence

import geopandas as gpd
import numpy as np
import shapely

from geo.crs import METRES
from geo.network import (
    Mode,
    Network,
    Positions,
    Snapped,
    Speeds,
    network_from_frames,
    positions,
    snap,
)

AT = (500_000.0, 6_300_000.0)
"""Where (0, 0) of a hand-made town lies."""

Edge = tuple[int, int] | tuple[int, int, list[tuple[float, float]]]

METRE_A_SECOND = Speeds(walk_m_s=1.0)
"""Makes seconds of walking equal to metres."""


def points(xy: Sequence[tuple[float, float]]) -> gpd.GeoSeries:
    moved = np.asarray(xy, dtype=float).reshape(-1, 2) + AT
    return gpd.GeoSeries(shapely.points(moved), crs=METRES)


def frames(
    nodes: Sequence[tuple[float, float]], edges: Sequence[Edge], *, twoway: bool = True
) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """Nodes are numbered from 10; an edge may have inner points."""
    at = gpd.GeoDataFrame({"id": np.arange(len(nodes)) + 10}, geometry=points(nodes))
    rows = []
    for u, v, *inner in edges:
        line = [nodes[u], *(inner[0] if inner else []), nodes[v]]
        rows.append((u + 10, v + 10, line))
        if twoway:
            rows.append((v + 10, u + 10, line[::-1]))
    lines = [shapely.LineString(np.asarray(line) + AT) for *_, line in rows]
    table = {
        "from_id": [row[0] for row in rows],
        "to_id": [row[1] for row in rows],
        "highway": "residential",
        "maxspeed_kmh": np.nan,
    }
    return at, gpd.GeoDataFrame(table, geometry=lines, crs=METRES)


def network(
    nodes: Sequence[tuple[float, float]],
    edges: Sequence[Edge],
    *,
    twoway: bool = True,
    mode: Mode = "walk",
    speeds: Speeds = METRE_A_SECOND,
) -> Network:
    return network_from_frames(*frames(nodes, edges, twoway=twoway), mode=mode, speeds=speeds)


def street(length: float = 100.0, *, twoway: bool = True) -> Network:
    return network([(0, 0), (length, 0)], [(0, 1)], twoway=twoway)


def at(streets: Network, *xy: tuple[float, float], cap_m: float = 500.0) -> Snapped:
    return snap(streets, points(xy), cap_m=cap_m)


def uncertain(streets: Network, radius: float, x: float = 250.0, y: float = 250.0) -> Positions:
    """A site somewhere in a circle."""
    centre = shapely.Point(AT[0] + x, AT[1] + y)
    return positions(streets, centre, method="point", accuracy_m=radius)


def lattice(
    side: int, *, seed: int, kept: float = 0.9
) -> tuple[list[tuple[float, float]], list[Edge]]:
    """A square of about 100 m blocks with moved corners and streets left out."""
    dice = np.random.default_rng(seed)
    x, y = np.meshgrid(np.arange(side) * 100.0, np.arange(side) * 100.0)
    nodes = np.column_stack([x.ravel(), y.ravel()]) + dice.normal(0, 12, (side * side, 2))
    number = np.arange(side * side).reshape(side, side)
    pairs = np.concatenate(
        [
            np.column_stack([number[:, :-1].ravel(), number[:, 1:].ravel()]),
            np.column_stack([number[:-1].ravel(), number[1:].ravel()]),
        ]
    )
    pairs = pairs[dice.random(len(pairs)) < kept]
    return [tuple(node) for node in nodes], [(int(u), int(v)) for u, v in pairs]
