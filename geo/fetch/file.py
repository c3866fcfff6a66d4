"""The questions of a fetch answered by a file of OpenStreetMap: `.osm`, `.osm.gz`, `.osm.pbf`.

Read by libosmium (pyosmium): GDAL's driver loses the ids of nodes, and with them which streets
meet. libosmium refuses XML with entities, so a file of a few kB cannot grow to gigabytes.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import osmium
from osmium.filter import IdFilter, KeyFilter
from shapely.geometry.base import BaseGeometry

from geo.fetch.elements import Element, merged, sound
from geo.fetch.grid import Box
from geo.fetch.place import NAME_TAGS
from geo.fetch.refusals import refuse
from geo.fetch.source import Gathered
from geo.fetch.themes import THEMES

ENDINGS = (".osm", ".osm.gz", ".osm.bz2", ".osm.pbf", ".pbf")
_NODE, _WAY, _RELATION = osmium.osm.NODE, osmium.osm.WAY, osmium.osm.RELATION
_AREAS = ("multipolygon", "boundary")


class OsmFile:
    """A source that is a file; the whole file is read for each question.

    Parameters
    ----------
    path
        The file.

    Raises
    ------
    FetchError
        If there is no such file, or its ending is that of another format.
    """

    def __init__(self, path: Path) -> None:
        # Only a file that is there: libosmium fetches what looks like an address.
        if not path.is_file():
            raise refuse("file", name=path.name, what="there is no such file")
        if not path.name.lower().endswith(ENDINGS):
            raise refuse("file", name=path.name, what=f"must end in {', '.join(ENDINGS)}")
        self._path = path.resolve()
        self._newest = datetime.fromtimestamp(0, UTC)

    @property
    def name(self) -> str:
        """Name of the file, without its folder."""
        return f"file {self._path.name}"

    def administrative(
        self,
        names: Sequence[str],
        box: Box | None = None,  # noqa: ARG002 - a file is of one region
    ) -> Gathered:
        """Return administrative relations that have one of the names, wherever in the file."""

        def wanted(tags: Mapping[str, str]) -> bool:
            named = any(tags.get(tag) in names for tag in NAME_TAGS)
            return named and tags.get("boundary") == "administrative"

        return self._gathered(self._relations(["boundary"], wanted))

    def boundaries(self, ids: Sequence[int]) -> Gathered:
        """Return relations by id, with their ways and nodes."""
        with self._named_faults():
            found = [
                _relation(one)
                for one in self._objects(_RELATION, IdFilter(ids))
                if one.is_relation()
            ]
        return self._gathered([*found, *self._members(found)])

    def themes(self, themes: Sequence[str], area: BaseGeometry) -> Gathered:
        """Return the elements of themes in the box round an area, members included."""
        chosen = [THEMES[name] for name in themes]
        keys = sorted({key for theme in chosen for key in theme.tags})

        def wanted(tags: Mapping[str, str]) -> bool:
            return any(theme.wanted(tags) for theme in chosen)

        relations = [] if themes == ("streets",) else self._relations(keys, wanted)
        found = [*relations, *self._members(relations)]
        with self._named_faults():
            for one in self._objects(_NODE | _WAY, KeyFilter(*keys)):
                if not wanted(dict(one.tags)):
                    continue
                parts = _way(one) if one.is_way() else [_node(one)]
                if any(_in(part, area.bounds) for part in parts if part["type"] == "node"):
                    found += parts
        return self._gathered(found)

    def _relations(
        self, keys: Iterable[str], wanted: Callable[[Mapping[str, str]], bool]
    ) -> list[Element]:
        with self._named_faults():
            return [
                _relation(one)
                for one in self._objects(_RELATION, KeyFilter(*keys))
                if one.tags.get("type") in _AREAS and wanted(dict(one.tags))
            ]

    def _members(self, relations: Sequence[Element]) -> list[Element]:
        # Ids below zero are an editor's for what was never uploaded; no filter takes them.
        ids = {
            member["ref"]
            for one in relations
            for member in one["members"]
            if member["type"] == "way" and member["ref"] > 0
        }
        if not ids:
            return []
        with self._named_faults():
            ways = self._objects(_NODE | _WAY, IdFilter(ids))
            return [part for one in ways if one.is_way() for part in _way(one)]

    def _objects(self, entities: Any, chosen: Any) -> Iterator[Any]:
        processor = osmium.FileProcessor(str(self._path), entities)
        if entities & _NODE:
            processor = processor.with_locations()
        objects: Iterable[Any] = processor.with_filter(chosen)
        for one in objects:
            if not one.deleted:
                self._newest = max(self._newest, one.timestamp)
                yield one

    @contextmanager
    def _named_faults(self) -> Iterator[None]:
        try:
            yield
        except (RuntimeError, ValueError, osmium.InvalidLocationError) as error:
            what = "is damaged, or is no file of OpenStreetMap that can be read"
            raise refuse("file", name=self._path.name, what=what) from error

    def _gathered(self, elements: Sequence[Element]) -> Gathered:
        kept, refused = sound(elements)
        return Gathered(merged([kept]), tuple(refused), self._date())

    def _date(self) -> datetime:
        """Return the date of the data: what the file says, its newest element, or its own."""
        with self._named_faults():
            header = osmium.io.Reader(str(self._path), osmium.osm.NOTHING).header()
        said = header.get("osmosis_replication_timestamp")
        if said:
            return datetime.fromisoformat(said)
        if self._newest.year > 2000:
            return self._newest
        return datetime.fromtimestamp(self._path.stat().st_mtime, UTC)


def _tagged(element: Element, one: Any) -> Element:
    tags = dict(one.tags)
    return element | {"tags": tags} if tags else element


def _node(one: Any) -> Element:
    lon, lat = (one.location.lon, one.location.lat) if one.location.valid() else (None, None)
    return _tagged({"type": "node", "id": one.id, "lon": lon, "lat": lat}, one)


def _way(one: Any) -> list[Element]:
    """Return a way and those of its nodes that the file holds."""
    places: list[Element] = [
        {"type": "node", "id": node.ref, "lon": node.lon, "lat": node.lat}
        for node in one.nodes
        if node.location.valid()
    ]
    nodes = [node.ref for node in one.nodes]
    return [*places, _tagged({"type": "way", "id": one.id, "nodes": nodes}, one)]


def _relation(one: Any) -> Element:
    kinds = {"n": "node", "w": "way", "r": "relation"}
    members = [
        {"type": kinds[member.type], "ref": member.ref, "role": member.role}
        for member in one.members
    ]
    return _tagged({"type": "relation", "id": one.id, "members": members}, one)


def _in(node: Element, bounds: tuple[float, float, float, float]) -> bool:
    if node["lon"] is None:
        return False
    west, south, east, north = bounds
    inside: bool = west <= node["lon"] <= east and south <= node["lat"] <= north
    return inside
