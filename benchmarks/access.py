"""Travel times, isochrones and reach curves against OSMnx graphs searched by networkx.

    python -m benchmarks.access [--nodes 20000] [--big 100000] [--sites 8] [--times 5]

Both sides get the same made town, a bent grid with a tenth of its streets left out, two-way, at
60 km/h so that ten minutes reach most of it. The peers are the usual recipes: `nx.ego_graph` of
OSMnx's own isochrone example and the bare Dijkstra search under it; every directed edge buffered
and united; a search from each site and a sum over all nodes for each minute. Making the arrays
once is timed apart. Results are compared before a ratio is printed.
"""

import argparse
import math
import time
from collections.abc import Callable
from typing import TypeVar

import geopandas as gpd
import networkx as nx
import numpy as np
import osmnx as ox
import shapely
from rich.console import Console
from rich.table import Table

from geo.crs import METRES
from geo.network import (
    BUFFER_M,
    Network,
    Snapped,
    Speeds,
    isochrones,
    network_from_graph,
    reach_curves,
    snap,
)
from geo.network.travel import node_costs

_SPEEDS = Speeds(drive_kmh={"residential": 60.0})
_LIMIT = 600.0
_T = TypeVar("_T")


def town(nodes: int) -> "nx.MultiDiGraph[int]":
    """Return a graph as OSMnx gives it, in EPSG:32645, with `travel_time` on every edge."""
    side = math.ceil(math.sqrt(nodes))
    dice = np.random.default_rng(1)
    x, y = np.meshgrid(np.arange(side) * 100.0, np.arange(side) * 100.0)
    at = np.column_stack([x.ravel(), y.ravel()]) + dice.normal(0, 12, (side * side, 2))
    at += (500_000, 6_300_000)
    number = np.arange(side * side).reshape(side, side)
    pairs = np.concatenate(
        [
            np.column_stack([number[:, :-1].ravel(), number[:, 1:].ravel()]),
            np.column_stack([number[:-1].ravel(), number[1:].ravel()]),
        ]
    )
    pairs = pairs[dice.random(len(pairs)) > 0.1]
    graph: nx.MultiDiGraph[int] = nx.MultiDiGraph(crs=METRES)
    graph.add_nodes_from((i, {"x": float(a), "y": float(b)}) for i, (a, b) in enumerate(at))
    metres = np.hypot(*(at[pairs[:, 0]] - at[pairs[:, 1]]).T)
    for (u, v), length in zip(pairs.tolist(), metres.tolist(), strict=True):
        facts: dict[str, float | str] = {
            "length": length,
            "highway": "residential",
            "speed_kph": 60.0,
        }
        facts["travel_time"] = length / (60.0 / 3.6)
        graph.add_edge(u, v, **facts)
        graph.add_edge(v, u, **facts)
    largest = max(nx.weakly_connected_components(graph), key=len)
    return graph.subgraph(largest).copy()


def timed(run: Callable[[], _T], times: int) -> tuple[float, _T]:
    """Return the least seconds, which other programs disturb least, and the last result."""
    seconds = []
    for _ in range(times):
        begun = time.perf_counter()
        result = run()
        seconds.append(time.perf_counter() - begun)
    return min(seconds), result


def at_nodes(graph: "nx.MultiDiGraph[int]", network: Network, ids: list[int]) -> Snapped:
    """Put nodes of the graph onto the network as places."""
    points = [shapely.Point(graph.nodes[i]["x"], graph.nodes[i]["y"]) for i in ids]
    return snap(network, gpd.GeoSeries(points, crs=METRES))


def search(nodes: int, times: int, table: Table) -> None:
    """Compare one ten-minute search, and the polygon of it."""
    graph = town(nodes)
    middle = ox.distance.nearest_nodes(
        graph, *(np.mean([d[a] for _, d in graph.nodes(data=True)]) for a in "xy")
    )
    made, network = timed(lambda: network_from_graph(graph, mode="drive", speeds=_SPEEDS), 1)
    place = at_nodes(graph, network, [middle])
    network.graph.sum()

    ours, costs = timed(lambda: next(iter(node_costs(network, place, limit=_LIMIT)))[1][0], times)
    ego, part = timed(
        lambda: nx.ego_graph(graph, middle, radius=_LIMIT, distance="travel_time"), times
    )
    bare, found = timed(
        lambda: nx.single_source_dijkstra_path_length(
            graph, middle, cutoff=_LIMIT, weight="travel_time"
        ),
        times,
    )
    position = {int(node): i for i, node in enumerate(network.node_ids)}
    reached = {int(network.node_ids[i]) for i in np.flatnonzero(np.isfinite(costs))}
    if reached != set(found) or reached != set(part):
        raise RuntimeError("the searches reach different nodes")
    if not all(math.isclose(costs[position[n]], s, abs_tol=1e-3) for n, s in found.items()):
        raise RuntimeError("the searches give different times")
    name = f"10 minutes, {network.nodes:,} nodes, {len(reached):,} reached"
    table.add_row(name, "nx.ego_graph", _ms(ours), _ms(ego), f"{ego / ours:.0f} x", ">= 30 x")
    table.add_row(name, "bare nx search", _ms(ours), _ms(bare), f"{bare / ours:.0f} x", ">= 30 x")
    table.add_row("arrays, made once", "", _ms(made), "", "", "")
    polygon(graph, network, place, found, table)


def polygon(
    graph: "nx.MultiDiGraph[int]",
    network: Network,
    place: Snapped,
    found: dict[int, float],
    table: Table,
) -> None:
    """Compare the polygon of the streets between nodes reached within ten minutes."""
    marks, _ = timed(lambda: network.crosses, 1)
    ours, frame = timed(lambda: isochrones(network, place, minutes=[_LIMIT / 60]), 3)

    def usual() -> shapely.Geometry:
        part = graph.subgraph(found)
        edges = ox.convert.graph_to_gdfs(part, nodes=False).geometry
        return shapely.union_all(edges.buffer(BUFFER_M, quad_segs=8).to_numpy())

    peer, united = timed(usual, 1)
    ground = frame.geometry.iloc[0]
    # The usual recipe has no partial last streets and takes all between reached nodes.
    if united.difference(ground.buffer(0.5)).area > 2e-3 * united.area:
        raise RuntimeError("the polygons differ")
    extra = ground.difference(united).area / united.area
    name = f"its polygon, {frame['street_km'].iloc[0]:,.0f} km of streets"
    what = f"buffers united; ours has {extra:.1%} more, the partial streets"
    table.add_row(name, what, _ms(ours), _ms(peer), f"{peer / ours:.0f} x", ">= 5 x")
    table.add_row("crossings marked, once", "", _ms(marks), "", "", "")


def curves(nodes: int, sites: int, table: Table) -> None:
    """Compare the reach curves of some sites, people living at every node."""
    graph = town(nodes)
    network = network_from_graph(graph, mode="drive", speeds=_SPEEDS)
    ids = [int(i) for i in network.node_ids]
    dice = np.random.default_rng(2)
    chosen = [int(i) for i in dice.choice(network.node_ids, sites, replace=False)]
    people = dice.integers(0, 50, len(ids)).astype(float)
    places, homes = at_nodes(graph, network, chosen), at_nodes(graph, network, ids)
    network.graph.sum()
    ours, found = timed(lambda: reach_curves(network, places, homes, people), 1)
    of_node = np.zeros(max(ids) + 1)
    of_node[ids] = people

    def usual() -> list[list[float]]:
        # The town is two-way, so the way from a site is as long as the way to it.
        answer = []
        for site in chosen:
            seconds = nx.single_source_dijkstra_path_length(
                graph, site, cutoff=3600, weight="travel_time"
            )
            minute = np.ceil(np.fromiter(seconds.values(), float) / 60 - 1e-6).astype(int)
            found = of_node[np.fromiter(seconds, int)]
            answer.append(np.bincount(minute, found, minlength=61).cumsum().tolist())
        return answer

    peer, expected = timed(usual, 1)
    if not np.allclose(found.to_numpy().T, expected, atol=60):
        raise RuntimeError("the curves differ")
    same = float(np.isclose(found.to_numpy().T, expected, atol=1e-6).mean())
    name = f"reach curves of {sites} sites, {network.nodes:,} nodes"
    what = f"a loop of searches; {same:.1%} of the values equal"
    table.add_row(name, what, _ms(ours), _ms(peer), f"{peer / ours:.0f} x", ">= 20 x")


def _ms(seconds: float) -> str:
    return f"{1000 * seconds:,.1f}"


def main() -> None:
    """Measure and print the table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--nodes", type=int, default=20_000)
    arguments.add_argument("--big", type=int, default=100_000)
    arguments.add_argument("--sites", type=int, default=8)
    arguments.add_argument("--times", type=int, default=5)
    options = arguments.parse_args()
    table = Table("what", "peer", "ours, ms", "peer, ms", "ratio", "asked")
    search(options.nodes, options.times, table)
    curves(options.big, options.sites, table)
    Console(width=140).print(table)


if __name__ == "__main__":
    main()
