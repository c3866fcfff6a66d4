"""Where a place or those who come to it are joined to the streets in a way that may be wrong."""

from typing import Literal

import numpy as np
import shapely

from geo.access.demand import demand, on_streets
from geo.crs import to_metres
from geo.network import FAR_M, Network, Snapped
from geo.snapshot import Snapshot

Doubt = Literal["far_from_street", "across_water"]

LEG_M = 100.0
"""Beyond this the straight way between a place and its street is doubted."""


def doubts_of(snapshot: Snapshot, network: Network, candidates: Snapped) -> tuple[Doubt, ...]:
    """Return what is doubtful about the way between a place and its street.

    It is that of the first candidate position near a street, the middle of an uncertain place.
    far_from_street: it is longer than 100 m; across_water: it crosses water of the snapshot, so the
    street may be on the wrong bank. Of several gates one without the fault is enough.
    """
    first = candidates.chosen(np.flatnonzero(candidates.reached)[:1])
    near = first.street >= 0
    street, fraction = first.street[near], first.fraction[near]
    feet = shapely.line_interpolate_point(network.geometry[street], fraction, normalized=True)
    ends = np.stack([first.xy[near], shapely.get_coordinates(feet)], axis=1)
    found: list[Doubt] = []
    if (first.access_m[near] > LEG_M).all():
        found.append("far_from_street")
    if "water" in snapshot:
        water = shapely.union_all(to_metres(snapshot.layer("water").geometry).to_numpy())
        shapely.prepare(water)
        if shapely.intersects(water, shapely.linestrings(ends)).all():
            found.append("across_water")
    return tuple(found)


def far_shares(snapshot: Snapshot, network: Network) -> dict[str, float]:
    """Return the share of people, and of buildings, farther than 200 m from any street.

    The street that they use may be missing. None of nobody is 0.
    """
    wanted, away = demand(snapshot), on_streets(snapshot, network).nearest_m
    shares = {}
    for name, part in wanted.parts.items():
        weights = wanted.of(name)
        total = float(weights.sum())
        shares[name] = float(weights[away[part] > FAR_M].sum()) / total if total else 0.0
    return shares
