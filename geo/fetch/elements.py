"""Elements of OpenStreetMap as the Overpass API writes them: checked one by one, then trusted."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, TypeAlias

Element: TypeAlias = dict[str, Any]
"""`type`, `id`, `tags`; a node has `lon` and `lat`, a way `nodes` or `geometry`, a relation
`members`."""


@dataclass(frozen=True)
class Refused:
    """One element that is not used, and why."""

    osm_type: str
    osm_id: int
    reason: str


def sound(elements: Iterable[object]) -> tuple[list[Element], list[Refused]]:
    """Return the elements that are what they say they are, and those that are not.

    A coordinate must be a finite number on Earth, an id a whole number, tags texts. Elements of
    other types (counts, areas) are let go: they are no data.
    """
    kept, refused = [], []
    for element in elements:
        if not isinstance(element, dict) or element.get("type") not in _TYPES:
            continue
        reason = _fault(element)
        if reason is None:
            kept.append(element)
        else:
            osm_id = element["id"] if _is_id(element.get("id")) else 0
            refused.append(Refused(element["type"], osm_id, reason))
    return kept, refused


def merged(answers: Iterable[Iterable[Element]]) -> list[Element]:
    """Return each element once: of several, that with the most tags (`out skel` leaves them out).

    The order is that of type and id, so that the same data give the same bytes.
    """
    return merged_saying(answers)[0]


def merged_saying(answers: Iterable[Iterable[Element]]) -> tuple[list[Element], list[Refused]]:
    """Return each element once, as `merged`, and those of which another version is left out."""
    found: dict[tuple[str, int], Element] = {}
    twofold = set()
    for answer in answers:
        for element in answer:
            key = element["type"], element["id"]
            before = found.setdefault(key, element)
            if before is element or before == element:
                continue
            if _contradict(before, element):
                twofold.add(key)
            # The order in which they come must not decide between two of as many tags.
            found[key] = max(before, element, key=lambda one: (len(tags_of(one)), _text(one)))
    refused = [Refused(*key, "another version of it stands there as well") for key in twofold]
    return [found[key] for key in sorted(found)], sorted(refused, key=lambda one: one.osm_id)


def _contradict(one: Element, other: Element) -> bool:
    """Whether two say different things; that one of them says less is none."""
    return any(one[name] != other[name] for name in one.keys() & other.keys())


def _text(element: Element) -> str:
    return json.dumps(element, sort_keys=True)


def tags_of(element: Element) -> Mapping[str, str]:
    """Return the tags of an element, which may have none."""
    tags: Mapping[str, str] = element.get("tags", _NO_TAGS)
    return tags


_NO_TAGS: Mapping[str, str] = MappingProxyType({})


def _fault(element: Element) -> str | None:
    if not _is_id(element.get("id")):
        return "no id"
    tags = element.get("tags", {})
    if not isinstance(tags, dict) or not all(map(_is_text, (*tags, *tags.values()))):
        return "tags are no texts of at most 255 characters"
    return _CHECKS[element["type"]](element)


def _node_fault(element: Element) -> str | None:
    return None if _is_place(element) else "coordinates are not on Earth"


def _way_fault(element: Element) -> str | None:
    nodes, line = element.get("nodes"), element.get("geometry")
    if nodes is None and line is None:
        return "neither nodes nor geometry"
    if nodes is not None and not (isinstance(nodes, list) and all(map(_is_id, nodes))):
        return "nodes are no list of ids"
    return _line_fault(line)


def _relation_fault(element: Element) -> str | None:
    members = element.get("members")
    if not isinstance(members, list):
        return "no members"
    for member in members:
        if not isinstance(member, dict) or not _is_id(member.get("ref")):
            return "a member is no reference"
        if not isinstance(member.get("role", ""), str):
            return "a role is no text"
        reason = _line_fault(member.get("geometry"))
        if reason is not None:
            return reason
    return None


def _line_fault(line: object) -> str | None:
    if line is None:
        return None
    if not isinstance(line, list):
        return "geometry is no list"
    # Overpass writes null for what lies outside a box that was asked for.
    if any(place is None for place in line):
        return "geometry is cut off"
    return None if all(map(_is_place, line)) else "coordinates are not on Earth"


def _is_place(value: object) -> bool:
    if not isinstance(value, dict):
        return False
    return _within(value.get("lon"), 180) and _within(value.get("lat"), 90)


def _within(value: object, most: float) -> bool:
    # Compared as it is: NaN is never less, and a whole number may be too long for a float.
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= most


def _is_text(value: object) -> bool:
    if not isinstance(value, str) or len(value) > 255:
        return False
    # Half a surrogate pair: JSON can name it, no file can hold it.
    return value.isascii() or not any("\ud800" <= one <= "\udfff" for one in value)


def _is_id(value: object) -> bool:
    # Negative ids are those of editors, for what was never uploaded; 64 bits hold the rest.
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) < 1 << 63


# A list, because what stands there may be of any type and need not be hashable.
_TYPES = ["node", "way", "relation"]
_CHECKS: Mapping[str, Callable[[Element], str | None]] = MappingProxyType(
    {"node": _node_fault, "way": _way_fault, "relation": _relation_fault}
)
