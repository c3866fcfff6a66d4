"""Travel times from many places to many: searches bounded by a limit, in batches of memory."""

from collections.abc import Iterator

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from geo.network.snapping import Snapped
from geo.network.streets import Floats, Integers, Network, cheapest

ROUNDING = 1e-6
"""Seconds or metres by which a sum may pass a limit: what is exactly at the limit is within it."""

BATCH_BYTES = 64_000_000
"""Most memory for the distances of one batch of searches."""


def travel_times(
    network: Network,
    origins: Snapped,
    destinations: Snapped,
    *,
    limit: float = np.inf,
) -> Floats:
    """Return the least cost from each place to each place, (origins, destinations).

    Costs are those of the network (seconds, or metres in `network.by_length`) and include the ways
    between places and streets. A place with several points is left and entered at the best of
    them. What takes more than `limit`, or has no way, is infinite. For the way *to* the origins use
    `network.reversed`.
    """
    costs = np.full((origins.places, destinations.places), np.inf)
    on_street = destinations.street >= 0
    street, place = destinations.street[on_street], destinations.place[on_street]
    fraction = destinations.fraction[on_street]
    access = destinations.access_m[on_street] * network.access_cost
    from_start = _part(fraction, network.forward[street])
    from_end = _part(1 - fraction, network.backward[street])
    start, end = network.start[street], network.end[street]
    by_street = np.argsort(street, kind="stable")
    for batch, at_node in node_costs(network, origins, limit=limit):
        for row, origin in enumerate(batch):
            best = np.minimum(at_node[row, start] + from_start, at_node[row, end] + from_end)
            _along_one_street(network, origins, origin, street, fraction, by_street, best)
            best += access
            best[best > limit + ROUNDING] = np.inf
            np.minimum.at(costs[origin], place, best)
    return costs


def node_costs(
    network: Network, origins: Snapped, *, limit: float = np.inf
) -> Iterator[tuple[Integers, Floats]]:
    """Yield batches of (numbers of places, least costs to every node, (places, nodes)).

    Every place is joined to its streets by a node of its own, so that one search serves all its
    gates; ways between place and street are included.
    """
    graph = _with_places(network, origins)
    size = max(1, BATCH_BYTES // (8 * graph.shape[0]))
    for first in range(0, origins.places, size):
        batch = np.arange(first, min(first + size, origins.places))
        found = dijkstra(graph, indices=network.nodes + batch, limit=limit + ROUNDING)
        yield batch, found[:, : network.nodes]


def _with_places(network: Network, origins: Snapped) -> csr_array:
    on_street = origins.street >= 0
    street, place = origins.street[on_street], origins.place[on_street]
    fraction = origins.fraction[on_street]
    access = origins.access_m[on_street] * network.access_cost
    costs = np.concatenate(
        [
            access + _part(fraction, network.backward[street]),
            access + _part(1 - fraction, network.forward[street]),
        ]
    )
    nodes = np.concatenate([network.start[street], network.end[street]])
    possible = np.isfinite(costs)
    ways = cheapest(
        # Numbers of places are put after those of nodes, so that none meets its own number.
        np.concatenate([place, place])[possible],
        nodes[possible] + origins.places,
        costs[possible],
        (origins.places, network.nodes + origins.places),
    )
    graph, total = network.graph, network.nodes + origins.places
    return csr_array(
        (
            np.concatenate([graph.data, ways.data]),
            np.concatenate([graph.indices, ways.indices - origins.places]).astype(np.int32),
            np.concatenate([graph.indptr, graph.indptr[-1] + ways.indptr[1:]]).astype(np.int32),
        ),
        shape=(total, total),
    )


def _along_one_street(
    network: Network,
    origins: Snapped,
    origin: int,
    street: Integers,
    fraction: Floats,
    by_street: Integers,
    best: Floats,
) -> None:
    """Put into `best` the direct ways between points of the same street."""
    first, last = np.searchsorted(origins.place, [origin, origin + 1])
    for point in range(first, last):
        own = origins.street[point]
        if own < 0:
            continue
        low = np.searchsorted(street, own, side="left", sorter=by_street)
        high = np.searchsorted(street, own, side="right", sorter=by_street)
        same = by_street[low:high]
        ahead = fraction[same] - origins.fraction[point]
        way = np.where(
            ahead >= 0,
            _part(ahead, np.full(len(same), network.forward[own])),
            _part(-ahead, np.full(len(same), network.backward[own])),
        )
        access = origins.access_m[point] * network.access_cost
        best[same] = np.minimum(best[same], access + way)


def _part(fraction: Floats, cost: Floats) -> Floats:
    """Return the cost of a part of a street; none of it costs nothing, allowed or not."""
    return np.multiply(fraction, cost, out=np.zeros(len(cost)), where=fraction > 0)
