import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.network import snap, travel_times
from geo.network import travel as travel_module
from geo.network.streets import Network
from tests.geo.network.town import Edge, at, lattice, network, points, street

inf = np.inf


def test_along_one_street_with_the_ways_to_it() -> None:
    net = street(100)
    assert travel_times(net, at(net, (10, 3)), at(net, (70, 4)))[0, 0] == pytest.approx(3 + 60 + 4)


def test_a_place_to_itself_costs_its_way_to_the_street_twice() -> None:
    net = street(100)
    assert travel_times(net, at(net, (10, 3)), at(net, (10, 3)))[0, 0] == pytest.approx(6)


def test_one_way_streets_are_not_gone_against() -> None:
    net = street(100, twoway=False)
    places = at(net, (20, 0), (80, 0))
    assert travel_times(net, places, places).tolist() == [[0, pytest.approx(60)], [inf, 0]]
    back = travel_times(net.reversed, places, places)
    assert back.tolist() == [[0, inf], [pytest.approx(60), 0]]


def test_a_one_way_ring_leads_round() -> None:
    square = [(0, 0), (100, 0), (100, 100), (0, 100)]
    net = network(square, [(0, 1), (1, 2), (2, 3), (3, 0)], twoway=False)
    places = at(net, (20, 0), (80, 0))
    assert travel_times(net, places, places)[1, 0] == pytest.approx(340)


def test_ends_of_a_one_way_street_are_reached_though_it_is_not_used() -> None:
    net = network([(0, 0), (100, 0), (200, 0)], [(0, 1), (2, 1)], twoway=False)
    assert travel_times(net, at(net, (0, 0)), at(net, (100, 0)))[0, 0] == pytest.approx(100)


def test_a_river_with_one_bridge_is_gone_round() -> None:
    banks = [(0, 0), (500, 0), (0, 100), (500, 100)]
    net = network(banks, [(0, 1), (2, 3), (1, 3)])
    assert travel_times(net, at(net, (0, 0)), at(net, (0, 100)))[0, 0] == pytest.approx(1100)


def test_parallel_streets_are_not_added_up() -> None:
    net = network([(0, 0), (100, 0)], [(0, 1), (0, 1, [(50, 120)])])
    assert travel_times(net, at(net, (0, 0)), at(net, (100, 0)))[0, 0] == pytest.approx(100)


def test_islands_and_far_places_are_not_reached() -> None:
    net = network([(0, 0), (100, 0), (0, 900), (100, 900)], [(0, 1), (2, 3)])
    costs = travel_times(net, at(net, (0, 0)), at(net, (100, 0), (0, 900), (0, 5000)))
    assert costs.tolist() == [[pytest.approx(100), inf, inf]]


def test_the_best_gate_counts() -> None:
    net = street(1000)
    both = at(net, (200, 0), (800, 0)).together()
    others = at(net, (0, 0), (1000, 0), (700, 0))
    assert travel_times(net, both, others)[0] == pytest.approx([200, 200, 100])
    assert travel_times(net, others, both)[:, 0] == pytest.approx([200, 200, 100])


def test_the_limit_keeps_what_lies_exactly_on_it() -> None:
    net = street(1000)
    costs = travel_times(net, at(net, (0, 0)), at(net, (300, 0), (300.1, 0)), limit=300)
    assert costs[0].tolist() == [pytest.approx(300), inf]


def test_a_street_of_no_length() -> None:
    net = network([(0, 0), (0, 0), (100, 0)], [(0, 1), (1, 2)])
    assert travel_times(net, at(net, (0, 0)), at(net, (100, 0)))[0, 0] == pytest.approx(100)


def test_batches_give_what_one_batch_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    net = network(*lattice(5, seed=1))
    places = at(net, *[(x, 37.0) for x in range(0, 400, 60)])
    whole = travel_times(net, places, places)
    monkeypatch.setattr(travel_module, "BATCH_BYTES", 1)
    assert (travel_times(net, places, places) == whole).all()


def through_networkx(
    nodes: list[tuple[float, float]], edges: list[Edge], origin: tuple[float, float]
) -> dict[int, float]:
    """Costs from a place to all nodes the ordinary way: the street cut at the foot, searched."""
    graph: nx.Graph = nx.Graph()
    for u, v in edges:
        graph.add_edge(u, v, weight=float(np.hypot(*np.subtract(nodes[u], nodes[v]))))
    ends = np.array([[nodes[u], nodes[v]] for u, v in edges])
    along = ends[:, 1] - ends[:, 0]
    share = ((np.array(origin) - ends[:, 0]) * along).sum(1) / (along**2).sum(1)
    feet = ends[:, 0] + np.clip(share, 0, 1)[:, None] * along
    apart = np.hypot(*(feet - origin).T)
    best = int(apart.argmin())
    for node in edges[best][:2]:
        reach = apart[best] + np.hypot(*(feet[best] - nodes[node]))
        graph.add_edge("place", node, weight=float(reach))
    return nx.single_source_dijkstra_path_length(graph, "place")


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10**6), x=st.floats(-50, 450), y=st.floats(-50, 450))
def test_random_towns_agree_with_networkx(seed: int, x: float, y: float) -> None:
    nodes, edges = lattice(5, seed=seed, kept=0.7)
    net = network(nodes, edges)
    expected = through_networkx(nodes, edges, (x, y))
    used = sorted({node for edge in edges for node in edge[:2]})
    found = travel_times(net, at(net, (x, y)), snap(net, points([nodes[node] for node in used])))
    by_hand = [expected.get(node, inf) for node in used]
    # A node may be nearer to the place along its own street than by way of a node.
    assert (found[0] <= np.array(by_hand) + 1e-6).all()
    assert np.isclose(found[0], by_hand).mean() > 0.9
    assert (np.isinf(found[0]) == np.isinf(by_hand)).all()


def random_places(net: Network, seed: int, count: int = 12):
    xy = np.random.default_rng(seed).uniform(-30, 530, (count, 2))
    return at(net, *[tuple(one) for one in xy])


towns = st.integers(0, 10**6)


@settings(max_examples=20, deadline=None)
@given(seed=towns)
def test_laws_of_times_in_a_town_of_two_way_streets(seed: int) -> None:
    net = network(*lattice(6, seed=seed, kept=0.8))
    places = random_places(net, seed)
    costs = travel_times(net, places, places)
    assert costs == pytest.approx(costs.T)
    straight = np.hypot(*(places.xy[:, None] - places.xy[None]).transpose(2, 0, 1))
    assert (costs >= straight - 1e-6).all()
    # By way of a third place the way to its street is gone there and back.
    through = (costs[:, :, None] + costs[None]).min(axis=1)
    assert (costs <= through + 1e-6).all()
    limited = travel_times(net, places, places, limit=200)
    assert (np.isfinite(limited) == (costs <= 200)).all()
    assert limited[np.isfinite(limited)] == pytest.approx(costs[costs <= 200])


@settings(max_examples=20, deadline=None)
@given(seed=towns)
def test_another_street_never_makes_a_way_longer(seed: int) -> None:
    nodes, edges = lattice(6, seed=seed, kept=0.8)
    before = network(nodes, edges)
    after = network(nodes, [*edges, (seed % 7, 35)])
    # Streets keep their numbers, so places stay on the streets they were put onto.
    a, b = random_places(before, seed), random_places(before, seed + 1)
    old, new = travel_times(before, a, b), travel_times(after, a, b)
    assert (new <= old + 1e-6).all()


@settings(max_examples=20, deadline=None)
@given(seed=towns)
def test_reversed_one_way_streets_swap_origin_and_destination(seed: int) -> None:
    net = network(*lattice(6, seed=seed), twoway=False)
    a, b = random_places(net, seed), random_places(net, seed + 1)
    assert travel_times(net, a, b) == pytest.approx(travel_times(net.reversed, b, a).T)
