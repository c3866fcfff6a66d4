"""A street network as arrays: made once, never changed, searched many times.

The unit is the **street**: a stretch between two nodes with its line. Directed edges that share a
line are the two directions of one street, each with its own cost; edges between the same nodes
along different lines are different streets.
"""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from geo.network.service_area import crossing

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Network:
    """Streets of one mode of travel. All arrays are read only by agreement.

    `node_ids` and `node_xy` (n, 2) describe the nodes, in metres of EPSG:32645; `start`, `end`
    (m, positions of nodes), `length_m`, `geometry` (LineStrings from start to end), `highway` and
    `edges` (how many directed edges were joined) the streets. `forward` and `backward` are the
    costs along the line and against it, infinite where that is not allowed: seconds, or metres in
    the network that `by_length` returns. `access_cost` is the cost of a metre between a place and
    its street. `stated_limits` counts the streets whose speed is a stated limit.
    """

    mode: str
    node_ids: Integers
    node_xy: Floats
    start: Integers
    end: Integers
    length_m: Floats
    forward: Floats
    backward: Floats
    geometry: NDArray[np.object_]
    highway: NDArray[np.object_]
    access_cost: float
    walk_m_s: float
    stated_limits: int

    @property
    def nodes(self) -> int:
        """Number of nodes."""
        return len(self.node_ids)

    @property
    def streets(self) -> int:
        """Number of streets, both directions counted once."""
        return len(self.start)

    @cached_property
    def tree(self) -> shapely.STRtree:
        """Index of the lines of the streets."""
        return shapely.STRtree(self.geometry)

    @cached_property
    def crosses(self) -> NDArray[np.bool_]:
        """Which streets meet others elsewhere than at a node, as on a bridge."""
        return crossing(self.geometry)

    @cached_property
    def graph(self) -> csr_array:
        """Costs between neighbouring nodes, (n, n); of parallel streets the cheapest."""
        ahead, back = np.isfinite(self.forward), np.isfinite(self.backward)
        rows = np.concatenate([self.start[ahead], self.end[back]])
        columns = np.concatenate([self.end[ahead], self.start[back]])
        costs = np.concatenate([self.forward[ahead], self.backward[back]])
        return cheapest(rows, columns, costs, (self.nodes, self.nodes))

    @cached_property
    def component(self) -> NDArray[np.int32]:
        """Number of the part of the network each node is in: within one, all ways lead back."""
        labels: NDArray[np.int32] = connected_components(self.graph, connection="strong")[1]
        return labels

    @cached_property
    def main_share(self) -> float:
        """Share of street length inside the largest part: below 1 there are islands."""
        inside = self.component[self.start] == self.component[self.end]
        of_part = np.bincount(self.component[self.start[inside]], self.length_m[inside])
        total = float(self.length_m.sum())
        return float(of_part.max(initial=0.0)) / total if total else 0.0

    @cached_property
    def reversed(self) -> "Network":
        """The same streets with every direction turned: costs *to* a place instead of from it."""
        return replace(self, forward=self.backward, backward=self.forward)

    @cached_property
    def same_both_ways(self) -> bool:
        """Whether every street costs the same in both directions, as on foot."""
        return bool(np.array_equal(self.forward, self.backward))

    @cached_property
    def by_length(self) -> "Network":
        """The same streets with metres for costs, one-way streets as they are."""
        return replace(
            self,
            forward=np.where(np.isfinite(self.forward), self.length_m, np.inf),
            backward=np.where(np.isfinite(self.backward), self.length_m, np.inf),
            access_cost=1.0,
        )


def cheapest(
    rows: NDArray[np.integer], columns: NDArray[np.integer], costs: Floats, shape: tuple[int, int]
) -> csr_array:
    """Return a sparse matrix that holds the least cost of each pair.

    scipy adds up entries that stand twice, which would lengthen parallel streets.
    """
    order = np.lexsort((costs, columns, rows))
    rows, columns, costs = rows[order], columns[order], costs[order]
    first = np.ones(len(rows), dtype=bool)
    first[1:] = (rows[1:] != rows[:-1]) | (columns[1:] != columns[:-1])
    first &= rows != columns
    starts = np.zeros(shape[0] + 1, dtype=np.int32)
    np.cumsum(np.bincount(rows[first], minlength=shape[0]), out=starts[1:])
    return csr_array((costs[first], columns[first].astype(np.int32), starts), shape=shape)
