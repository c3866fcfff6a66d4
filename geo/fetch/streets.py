"""Ways with `highway` as the walk and drive networks of a snapshot.

Which ways belong to a network is what OSMnx calls `walk` and `drive_service` (Boeing 2025,
https://doi.org/10.1111/gean.70009); nodes that are no crossing are taken out by
`osmnx.simplify_graph`.
"""

import re
from collections.abc import Mapping, Sequence
from itertools import groupby, pairwise
from types import MappingProxyType
from typing import Any

import geopandas as gpd
import networkx as nx
import numpy as np
import shapely
from osmnx import simplify_graph
from shapely.geometry.base import BaseGeometry

from geo.crs import DEGREES
from geo.fetch.areas import Places, node_places
from geo.fetch.elements import Element, Refused, tags_of
from geo.network.build import Mode
from geo.network.osm import street_frames
from geo.network.speeds import DRIVE_KMH, limit_kmh

MOST_KMH = 150.0
"""A stated limit above this is a slip of the pen, and counts as not stated."""

_NOT: Mapping[Mode, Mapping[str, str]] = MappingProxyType(
    {
        "walk": {
            "area": "yes",
            "access": "private",
            "highway": "abandoned|bus_guideway|construction|cycleway|motor|no|planned|platform|"
            "proposed|raceway|razed|rest_area|services",
            "foot": "no",
            "service": "private",
            "sidewalk": "separate",
            "sidewalk:both": "separate",
            "sidewalk:left": "separate",
            "sidewalk:right": "separate",
        },
        "drive": {
            "area": "yes",
            "access": "private",
            "highway": "abandoned|bridleway|bus_guideway|construction|corridor|cycleway|elevator|"
            "escalator|footway|no|path|pedestrian|planned|platform|proposed|raceway|razed|"
            "rest_area|services|steps|track",
            "motor_vehicle": "no",
            "motorcar": "no",
            "service": "emergency_access|parking|parking_aisle|private",
        },
    }
)
"""A way with such a value (found anywhere in the text, as Overpass does) is left out."""

_KEPT = ("highway", "maxspeed", "name")
"""Tags of an edge; a node where one of them changes stays, so that no two are mixed."""

_AHEAD = ("yes", "true", "1")
_BACK = ("-1", "reverse")


def belongs(tags: Mapping[str, str], mode: Mode) -> bool:
    """Whether a way is a street of the network.

    A way for cars must also have a class with a known speed: `busway` and the like have none.
    """
    if not tags.get("highway"):
        return False
    if any(re.search(values, tags.get(key, "")) for key, values in _NOT[mode].items()):
        return False
    return mode == "walk" or tags["highway"].removesuffix("_link") in DRIVE_KMH


def streets(
    elements: Sequence[Element], mode: Mode, within: BaseGeometry
) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame, list[Refused]]:
    """Return nodes and directed edges as `street_frames`, and the ways that could not be used.

    A way that touches the area (EPSG:4326) is taken whole, so that nothing is cut at its border.
    Frames are empty where no way belongs to the network. Streets that nothing joins stay.
    """
    graph, refused = _graph(elements, mode, within)
    if graph.number_of_edges() == 0:
        empty = gpd.GeoDataFrame({"id": []}, geometry=[], crs=DEGREES)
        return empty, empty, refused
    simple = simplify_graph(graph, edge_attrs_differ=_KEPT, remove_rings=False)
    return *street_frames(simple), refused


def _graph(
    elements: Sequence[Element], mode: Mode, within: BaseGeometry
) -> tuple["nx.MultiDiGraph[int]", list[Refused]]:
    places = node_places(elements)
    lon_lat = np.array(list(places.values()), dtype=float).reshape(-1, 2)
    shapely.prepare(within)
    inside = dict(zip(places, shapely.contains_xy(within, lon_lat), strict=True))
    graph: nx.MultiDiGraph[int] = nx.MultiDiGraph(crs=DEGREES)
    refused = []
    for way in elements:
        tags = tags_of(way)
        if way["type"] != "way" or not belongs(tags, mode):
            continue
        nodes = [node for node, _ in groupby(way.get("nodes", ()))]
        if not all(node in places for node in nodes):
            refused.append(Refused("way", way["id"], "a node of the way is missing"))
            continue
        if not (any(inside[node] for node in nodes) or _crosses(within, nodes, places)):
            continue
        if len(nodes) < 2:
            refused.append(Refused("way", way["id"], "fewer than two places"))
            continue
        for node in nodes:
            graph.add_node(node, x=places[node][0], y=places[node][1])
        facts = _facts(tags)
        ahead, back = _directions(tags, mode)
        if ahead:
            graph.add_edges_from(pairwise(nodes), **facts)
        if back:
            graph.add_edges_from(pairwise(reversed(nodes)), **facts)
    return graph, refused


def _crosses(within: BaseGeometry, nodes: Sequence[int], places: Places) -> bool:
    """Whether a way without a node in the area runs through it, or along its border."""
    if len(nodes) < 2:
        return False
    line = shapely.LineString([places[node] for node in nodes])
    return bool(shapely.intersects(within, line))


def _facts(tags: Mapping[str, str]) -> dict[str, Any]:
    facts: dict[str, Any] = {key: tags.get(key) for key in _KEPT}
    # Not `<=`: what states no limit must not be thrown away as one that is too high.
    if limit_kmh(facts["maxspeed"]) > MOST_KMH:
        facts["maxspeed"] = None
    return facts


def _directions(tags: Mapping[str, str], mode: Mode) -> tuple[bool, bool]:
    """Return whether a way may be used along its nodes, and against them."""
    if mode == "walk":
        return True, True
    oneway = tags.get("oneway")
    if oneway in _BACK:
        return False, True
    implied = oneway is None and (
        tags.get("junction") in ("roundabout", "circular")
        or tags["highway"] in ("motorway", "motorway_link")
    )
    return True, not (implied or oneway in _AHEAD)
