"""The streets of the town: a bent grid on two banks, two bridges, a bypass, paths, an island."""

import itertools

import geopandas as gpd
import networkx as nx
import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from geo.example_town.ground import CENTRAL_PARK, KEPT_FREE, RIVER, SEED, TOWN, layer, river_x

BRIDGES_AT_Y = (-480.0, 640.0)
AVENUE_X, MAIN_STREET_Y = 90.0, 0.0
ONE_WAY_Y = (160.0, -160.0)
"""Rows of the centre driven eastwards and westwards only."""

_STEP_X, _STEP_Y = 180.0, 160.0
_ISLAND = ((1250.0, -1760.0), (1400.0, -1750.0), (1550.0, -1780.0), (1400.0, -1640.0))


def streets() -> pd.DataFrame:
    """Return every street once: `u`, `v`, `highway`, `name`, `walk`, `drive`, `oneway`, `line`.

    Lines are in local metres; `u` and `v` are positions in the rows that `nodes` returns for them.
    """
    dice = np.random.default_rng(SEED)
    graph = _grid(dice)
    for number, y in enumerate(BRIDGES_AT_Y, start=1):
        west, east = _banks(graph, y)
        graph.add_edge(west, east, highway="secondary", name=f"Мост {number} / Bridge {number}")
    main = max(nx.connected_components(graph), key=len)
    graph = graph.subgraph(main).copy()
    _add_paths(graph)
    _add_bypass(graph)
    _add_island(graph)
    numbers = {node: number for number, node in enumerate(sorted(graph))}
    edges = sorted((*sorted(ends), data["highway"]) for *ends, data in graph.edges(data=True))
    rows = []
    for u, v, highway in edges:
        data = graph.edges[u, v]
        rows.append(
            {
                "u": numbers[u],
                "v": numbers[v],
                "highway": highway,
                "name": data["name"],
                "walk": highway != "trunk",
                "drive": highway != "footway",
                "oneway": data.get("oneway", False),
                "line": _line(u, v, highway, dice),
            }
        )
    return pd.DataFrame(rows)


def network(rows: pd.DataFrame, mode: str) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """Return the nodes and directed edges of one mode, as a snapshot holds them."""
    used = rows[rows[mode]]
    both = used if mode == "walk" else used[~used["oneway"]]
    lines = np.concatenate([used["line"], shapely.reverse(both["line"].to_numpy())])
    limits = {"trunk": 90.0, "primary": 60.0}
    highway = np.concatenate([used["highway"], both["highway"]])
    edges = layer(
        {
            "from_id": np.concatenate([used["u"], both["v"]]).astype(np.int64),
            "to_id": np.concatenate([used["v"], both["u"]]).astype(np.int64),
            "highway": highway,
            "maxspeed_kmh": [limits.get(name, np.nan) for name in highway],
            "name": np.concatenate([used["name"], both["name"]]),
        },
        lines,
    )
    ids = np.concatenate([used["u"], used["v"]]).astype(np.int64)
    lines = used["line"].to_numpy()
    at = np.concatenate([shapely.get_point(lines, 0), shapely.get_point(lines, -1)])
    first, where = np.unique(ids, return_index=True)
    return layer({"id": first}, at[where]), edges


Node = tuple[float, float]


def _grid(dice: np.random.Generator) -> "nx.Graph[Node]":
    columns = np.arange(-1890.0, 1891.0, _STEP_X)
    rows = np.arange(-1440.0, 1441.0, _STEP_Y)
    graph: nx.Graph[Node] = nx.Graph()
    at: dict[tuple[int, int], Node] = {}
    free = shapely.union_all(shapely.buffer(np.array(KEPT_FREE, dtype=object), 12))
    near_river = RIVER.buffer(45)
    for i, x in enumerate(columns):
        for j, y in enumerate(rows):
            moved = (round(x + dice.normal(0, 12), 1), round(y + dice.normal(0, 12), 1))
            point = shapely.Point(moved)
            if TOWN.covers(point) and not near_river.covers(point) and not free.covers(point):
                at[i, j] = moved
    for (i, j), node in at.items():
        for other in ((i + 1, j), (i, j + 1)):
            row = other[0] != i
            street = _street(columns[i], rows[j], along_row=row)
            dropped = street["highway"] == "residential" and dice.random() < 0.12
            if other in at and not dropped:
                line = shapely.LineString([node, at[other]])
                if not line.intersects(RIVER) and not line.intersects(free):
                    graph.add_edge(node, at[other], **street)
    return graph


def _street(x: float, y: float, *, along_row: bool) -> dict[str, object]:
    if along_row and abs(y - MAIN_STREET_Y) < 1:
        return {"highway": "secondary", "name": "Главная улица / Main street"}
    if not along_row and abs(x - AVENUE_X) < 1:
        return {"highway": "primary", "name": "Проспект / The Avenue"}
    if along_row:
        oneway = any(abs(y - row) < 1 for row in ONE_WAY_Y) and abs(x) < 600
        number = round(y / _STEP_Y) + 10
        return {
            "highway": "residential",
            "name": f"Продольная {number} / Long street {number}",
            "oneway": oneway,
        }
    number = round(x / _STEP_X + 11)
    return {"highway": "residential", "name": f"Поперечная {number} / Cross street {number}"}


def _banks(graph: "nx.Graph[Node]", y: float) -> tuple[Node, Node]:
    """Return the nodes of the two banks that a bridge joins."""
    foot = (float(river_x(y)), y)

    def nearest(nodes: list[Node]) -> Node:
        return min(nodes, key=lambda node: np.hypot(node[0] - foot[0], node[1] - foot[1]))

    return (
        nearest([node for node in graph if node[0] < river_x(node[1])]),
        nearest([node for node in graph if node[0] > river_x(node[1])]),
    )


def _add_paths(graph: "nx.Graph[Node]") -> None:
    """Lead paths from the streets around the central park to its middle."""
    middle = (430.0, 300.0)
    around = CENTRAL_PARK.buffer(130)
    gates = [node for node in sorted(graph) if around.covers(shapely.Point(node))]
    for node in gates[:: max(1, len(gates) // 6)]:
        graph.add_edge(node, middle, highway="footway", name="Парковая аллея / Park walk")


def _add_bypass(graph: "nx.Graph[Node]") -> None:
    """Lead a road for cars alone round the east, from the north of the town to its south."""
    north = max(graph, key=lambda node: node[1] - abs(node[0]) / 4)
    south = min(graph, key=lambda node: node[1] + abs(node[0]) / 4)
    east = max(graph, key=lambda node: node[0])
    course = [north, (1500.0, 1500.0), (2100.0, 300.0), (2000.0, -900.0), (900.0, -1650.0), south]
    for one, other in itertools.pairwise(course):
        graph.add_edge(one, other, highway="trunk", name="Объезд / Bypass")
    graph.add_edge(east, (2100.0, 300.0), highway="trunk_link", name="Съезд / Slip road")


def _add_island(graph: "nx.Graph[Node]") -> None:
    """Add lanes beyond a marsh that no street joins to the town."""
    for node in _ISLAND[1:]:
        graph.add_edge(_ISLAND[0], node, highway="track", name="Садовая / Garden lane")


def _line(u: Node, v: Node, highway: str, dice: np.random.Generator) -> BaseGeometry:
    """Return the street's line: one in four residential ones is bent a little."""
    if highway != "residential" or dice.random() > 0.25:
        return shapely.LineString([u, v])
    across = np.array([u[1] - v[1], v[0] - u[0]]) * dice.uniform(-0.06, 0.06)
    middle = (np.array(u) + v) / 2 + across
    return shapely.LineString(np.round([u, middle, v], 1))
