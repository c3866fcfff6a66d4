"""From the objects of libosmium to elements as the Overpass API writes them."""

from collections.abc import Sequence
from typing import Any

from geo.fetch.elements import Element

MOST_ID = 1 << 44
"""A thousand times the largest id of today; filters of ids take memory by the largest one."""

_KINDS = {"n": "node", "w": "way", "r": "relation"}


def node_of(one: Any) -> Element:
    """Return a node; without a place where the file states none."""
    lon, lat = (one.location.lon, one.location.lat) if one.location.valid() else (None, None)
    return _stated({"type": "node", "id": one.id, "lon": lon, "lat": lat}, one)


def way_of(one: Any, places: Any) -> list[Element]:
    """Return a way after those of its nodes that have a place in a table of libosmium."""
    refs = [node.ref for node in one.nodes]
    nodes = [node for node in (_at(ref, places) for ref in dict.fromkeys(refs)) if node]
    return [*nodes, _stated({"type": "way", "id": one.id, "nodes": refs}, one)]


def relation_of(one: Any) -> Element:
    """Return a relation with its members."""
    members = [
        {"type": _KINDS[member.type], "ref": member.ref, "role": member.role}
        for member in one.members
    ]
    return _stated({"type": "relation", "id": one.id, "members": members}, one)


def touches(elements: Sequence[Element], bounds: tuple[float, float, float, float]) -> bool:
    """Whether the box round the nodes among elements touches bounds in degrees.

    That of a way, not its nodes alone: a street or a lake may have none inside and lie there.
    """
    places = [
        (one["lon"], one["lat"])
        for one in elements
        if one["type"] == "node" and one["lon"] is not None
    ]
    if not places:
        return False
    west, south, east, north = bounds
    lons, lats = zip(*places, strict=True)
    return bool(
        min(lons) <= east and max(lons) >= west and min(lats) <= north and max(lats) >= south
    )


def _at(ref: int, places: Any) -> Element | None:
    try:
        place = places.get(ref)
    except KeyError:
        return None
    if not place.valid():
        return None
    return {"type": "node", "id": ref, "lon": place.lon, "lat": place.lat}


def _stated(element: Element, one: Any) -> Element:
    element["edited"] = int(one.timestamp.timestamp())
    tags = dict(one.tags)
    return element | {"tags": tags} if tags else element
