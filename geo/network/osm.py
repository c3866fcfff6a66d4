"""An OSMnx graph as the frames of nodes and directed edges that snapshots and networks hold."""

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import shapely

from geo.crs import to_degrees
from geo.errors import NetworkError
from geo.network.build import Mode, network_from_frames
from geo.network.speeds import Speeds, limit_kmh
from geo.network.streets import Network

if TYPE_CHECKING:
    import networkx as nx


def network_from_graph(
    graph: "nx.MultiDiGraph[int]", *, mode: Mode, speeds: Speeds | None = None
) -> Network:
    """Build a network from the graph that OSMnx returns for `network_type` walk or drive.

    Raises
    ------
    NetworkError
        If the graph has no CRS, is undirected, or breaks a rule of `network_from_frames`.
    """
    return network_from_frames(*street_frames(graph), mode=mode, speeds=speeds)


def street_frames(graph: "nx.MultiDiGraph[int]") -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """Return nodes (`id`) and directed edges of a graph, in EPSG:4326.

    Edges have `from_id`, `to_id`, `highway` (the first of several classes), `maxspeed_kmh` (from
    `speed_kph` where OSMnx has set it, else from `maxspeed`; NaN where nothing is stated), `name`
    and the line; an edge without a geometry is the straight line between its nodes.

    Raises
    ------
    NetworkError
        If the graph has no CRS, is undirected, or has no edges.
    """
    crs = graph.graph.get("crs")
    faults = [] if crs is not None else ["the graph does not say its `crs`"]
    if not graph.is_directed() or not graph.is_multigraph():
        faults.append("not a MultiDiGraph: directions or parallel streets would be lost")
    if graph.number_of_edges() == 0:
        faults.append(f"no edges ({graph.number_of_nodes()} node(s))")
    if faults:
        raise NetworkError("; ".join(faults))
    at = {node: (data["x"], data["y"]) for node, data in graph.nodes(data=True)}
    nodes = gpd.GeoDataFrame(
        {"id": np.fromiter(at, dtype=np.int64, count=len(at))},
        geometry=shapely.points(np.array(list(at.values()), dtype=float)),
        crs=crs,
    )
    u, v, facts = zip(*graph.edges(data=True), strict=True)
    ends = np.array([[at[i], at[j]] for i, j in zip(u, v, strict=True)])
    straight = np.asarray(shapely.linestrings(ends), dtype=object)
    drawn = [one.get("geometry") for one in facts]
    lines = [own or line for own, line in zip(drawn, straight, strict=True)]
    edges = gpd.GeoDataFrame(
        {
            "from_id": np.array(u, dtype=np.int64),
            "to_id": np.array(v, dtype=np.int64),
            "highway": [_first(one.get("highway")) for one in facts],
            "maxspeed_kmh": [limit_kmh(one.get("speed_kph", one.get("maxspeed"))) for one in facts],
            "name": [_first(one.get("name")) for one in facts],
        },
        geometry=lines,
        crs=crs,
    )
    return to_degrees(nodes), to_degrees(edges)


def _first(value: Any) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    return value if isinstance(value, str) else None
