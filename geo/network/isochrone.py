"""Isochrones: the streets reached within a time, partial last ones included, as a polygon."""

from collections.abc import Sequence

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geo.crs import METRES
from geo.errors import NetworkError
from geo.network.service_area import around
from geo.network.snapping import Snapped
from geo.network.streets import Floats, Integers, Network
from geo.network.travel import node_costs

BUFFER_M = 25.0
"""Ground on both sides of a reached street that counts as reached."""


def isochrones(
    network: Network,
    origins: Snapped,
    *,
    minutes: Sequence[float],
    buffer_m: float = BUFFER_M,
) -> gpd.GeoDataFrame:
    """Return the ground reached from each place within each number of minutes.

    It is the union of the reached streets, the last ones in part, and of the ways to them, each
    `buffer_m` wide to both sides. It is no hull: a river without a bridge stays outside. For the
    ground from which the place is reached use `network.reversed`.

    Returns
    -------
    GeoDataFrame
        EPSG:32645; `place`, `minutes`, `street_km` (length of the reached streets, both directions
        counted once), `area_km2` and the polygon, None where a place lies too far from any street.

    Raises
    ------
    NetworkError
        If there is no place or no number of minutes, or one of them or the width is not positive
        and finite.
    """
    if not len(minutes) or not origins.places:
        raise NetworkError("isochrones need one place and one number of minutes at least")
    wrong = [value for value in (*minutes, buffer_m) if not (np.isfinite(value) and value > 0)]
    if wrong:
        raise NetworkError(f"minutes and width must be positive, not {wrong[0]:g}")
    limits = [60.0 * value for value in minutes]
    rows = []
    for places, costs in node_costs(network, origins, limit=max(limits)):
        for place, at_node in zip(places, costs, strict=True):
            for value, limit in zip(minutes, limits, strict=True):
                rows.append({"place": int(place), "minutes": value} | _ground(
                    network, origins, place, at_node, limit, buffer_m
                ))  # fmt: skip
    frame = gpd.GeoDataFrame(rows, geometry="geometry", crs=METRES)
    frame["area_km2"] = frame.area / 1e6
    return frame[["place", "minutes", "street_km", "area_km2", "geometry"]]


def _ground(
    network: Network, origins: Snapped, place: int, at_node: Floats, limit: float, buffer_m: float
) -> dict[str, object]:
    if not origins.reached[place]:
        return {"street_km": 0.0, "geometry": None}
    whole, street, parts = reached_streets(network, origins, place, at_node, limit)
    lines = np.concatenate([network.geometry[whole], parts])
    crosses = network.crosses[np.concatenate([whole, street])]
    ways = _ways(network, origins, place, limit)
    ground = around(lines, crosses, distance_m=buffer_m, spurs=ways) if len(ways) else None
    return {"street_km": float(shapely.length(lines).sum()) / 1000, "geometry": ground}


def reached_streets(
    network: Network, origins: Snapped, place: int, at_node: Floats, limit: float
) -> tuple[Integers, Integers, NDArray[np.object_]]:
    """Return the streets reached as a whole; the others reached, and the line of each reached part.

    `at_node` holds the costs from the place to every node, `limit` the most of them.
    """
    ahead = _reach(limit - at_node[network.start], network.forward)
    back = _reach(limit - at_node[network.end], network.backward)
    own = [
        _both_ways(network, origins, point, limit)
        for point in _points(origins, place, limit, network)
    ]
    whole = ahead + back >= 1
    partial = np.flatnonzero(~whole & (ahead + back > 0))
    spans = {int(street): [(0.0, ahead[street]), (1 - back[street], 1.0)] for street in partial}
    for street, low, high in own:
        if not whole[street]:
            spans.setdefault(street, []).append((low, high))
    pieces = [
        (street, _substring(network.geometry[street], low, high))
        for street, found in spans.items()
        for low, high in _merged(found)
    ]
    return (
        np.flatnonzero(whole),
        np.array([street for street, _ in pieces], dtype=np.int64),
        np.array([line for _, line in pieces], dtype=object),
    )


def _points(origins: Snapped, place: int, limit: float, network: Network) -> list[int]:
    """Return the points of a place whose street is reached within the limit."""
    first, last = np.searchsorted(origins.place, [place, place + 1])
    left = limit - origins.access_m[first:last] * network.access_cost
    return list(first + np.flatnonzero((origins.street[first:last] >= 0) & (left >= 0)))


def _both_ways(
    network: Network, origins: Snapped, point: int, limit: float
) -> tuple[int, float, float]:
    """Return the street of a point and the span of it that is reached along it directly."""
    street, at = int(origins.street[point]), float(origins.fraction[point])
    left = limit - origins.access_m[point] * network.access_cost
    ahead = _reach(left, (1 - at) * network.forward[[street]])[0] if at < 1 else 0.0
    back = _reach(left, at * network.backward[[street]])[0] if at > 0 else 0.0
    return street, at - at * back, at + (1 - at) * ahead


def _ways(network: Network, origins: Snapped, place: int, limit: float) -> NDArray[np.object_]:
    """Return the straight ways between the points of a place and their streets."""
    points = _points(origins, place, limit, network)
    feet = shapely.line_interpolate_point(
        network.geometry[origins.street[points]], origins.fraction[points], normalized=True
    )
    ends = np.stack([origins.xy[points], shapely.get_coordinates(feet)], axis=1)
    return np.asarray(shapely.linestrings(ends), dtype=object)


def _reach(left: Floats | float, cost: Floats) -> Floats:
    """Return the share of a street that the cost left over pays for, 0 where none is left."""
    left = np.broadcast_to(np.asarray(left, dtype=float), cost.shape)
    share = np.zeros(len(cost))
    # A street of no length is reached as soon as its node is.
    share[(left >= 0) & (cost == 0)] = 1.0
    payable = (left > 0) & (cost > 0) & np.isfinite(cost)
    share[payable] = np.minimum(1.0, left[payable] / cost[payable])
    return share


def _merged(spans: list[tuple[float, float]]) -> list[tuple[float, float]]:
    merged: list[tuple[float, float]] = []
    for low, high in sorted(span for span in spans if span[1] > span[0]):
        if merged and low <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(high, merged[-1][1]))
        else:
            merged.append((low, high))
    return merged


def _substring(line: BaseGeometry, low: float, high: float) -> BaseGeometry:
    """Return the part of a line between two fractions of its length."""
    coordinates = shapely.get_coordinates(line)
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(coordinates, axis=0).T))])
    low, high = low * along[-1], high * along[-1]
    between = coordinates[(along > low) & (along < high)]
    ends = [[np.interp(at, along, axis) for axis in coordinates.T] for at in (low, high)]
    return shapely.LineString(np.vstack([ends[:1], between, ends[1:]]))
