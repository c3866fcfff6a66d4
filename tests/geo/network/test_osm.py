import networkx as nx
import numpy as np
import pytest

from benchmarks.access import at_nodes, town
from geo.errors import NetworkError
from geo.network import Speeds, network_from_graph, street_frames
from geo.network.travel import node_costs


def graph(**facts: object) -> "nx.MultiDiGraph[int]":
    made: nx.MultiDiGraph[int] = nx.MultiDiGraph(crs="EPSG:32645")
    made.add_node(1, x=500_000.0, y=6_300_000.0)
    made.add_node(2, x=500_100.0, y=6_300_000.0)
    made.add_edge(1, 2, **({"highway": "residential"} | facts))
    return made


@pytest.mark.slow
def test_agreement_with_networkx_on_20_000_nodes() -> None:
    streets = town(20_000)
    net = network_from_graph(streets, mode="drive", speeds=Speeds(drive_kmh={"residential": 60}))
    assert net.nodes == streets.number_of_nodes()
    assert net.streets * 2 == streets.number_of_edges()
    origin = int(net.node_ids[net.nodes // 2])
    found = next(iter(node_costs(net, at_nodes(streets, net, [origin]), limit=600)))[1][0]
    expected = nx.single_source_dijkstra_path_length(
        streets, origin, cutoff=600, weight="travel_time"
    )
    by_node = np.array([expected.get(int(node), np.inf) for node in net.node_ids])
    assert (np.isfinite(found) == np.isfinite(by_node)).all()
    reached = np.isfinite(found)
    assert 5_000 < reached.sum() < net.nodes
    assert found[reached] == pytest.approx(by_node[reached], abs=1e-3)


def test_lists_and_limits_of_openstreetmap() -> None:
    facts = {"highway": ["primary", "secondary"], "maxspeed": ["60", "40"], "name": ["A", "B"]}
    edge = street_frames(graph(**facts))[1].iloc[0]
    assert (edge["highway"], edge["maxspeed_kmh"], edge["name"]) == ("primary", 40, "A")
    assert street_frames(graph(speed_kph=30.0, maxspeed="60"))[1]["maxspeed_kmh"].iloc[0] == 30
    assert street_frames(graph())[1]["name"].isna().all()


def test_land_use_among_the_ways_is_named() -> None:
    with pytest.raises(NetworkError, match="1 of 1 edges have no `highway`"):
        network_from_graph(graph(highway=None, landuse="forest"), mode="walk")


def test_what_is_no_street_graph_is_refused() -> None:
    one = graph()
    one.remove_node(2)
    with pytest.raises(NetworkError, match=r"no edges \(1 node"):
        network_from_graph(one, mode="walk")
    with pytest.raises(NetworkError, match="directions or parallel streets"):
        street_frames(nx.Graph(graph()))
    bare = graph()
    del bare.graph["crs"]
    with pytest.raises(NetworkError, match="`crs`"):
        street_frames(bare)
