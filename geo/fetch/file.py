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

from geo.errors import FetchError
from geo.fetch.answers import AHEAD
from geo.fetch.elements import Element, merged_saying, sound
from geo.fetch.grid import Box
from geo.fetch.objects import MOST_ID, node_of, relation_of, touches, way_of
from geo.fetch.place import NAME_TAGS
from geo.fetch.refusals import refuse
from geo.fetch.source import Gathered
from geo.fetch.themes import THEMES, query

ENDINGS = (".osm", ".osm.gz", ".osm.bz2", ".osm.pbf", ".pbf")
_NODE, _WAY, _RELATION = osmium.osm.NODE, osmium.osm.WAY, osmium.osm.RELATION
_AREAS = ("multipolygon", "boundary")
_LONG_AGO = datetime.fromtimestamp(0, UTC)


class OsmFile:
    """A source that is a file; the whole file is read for each question.

    Places of nodes are read first and kept, so that ways may stand before their nodes.

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
        self._kept_places: Any = None

    @property
    def name(self) -> str:
        """Name of the file, without its folder."""
        return f"file {self._path.name}"

    def date(self, answers: Sequence[Gathered]) -> datetime:
        """Return the date of the data: what the file says, its newest edit, or its own.

        Of the edits those of what was used: the outline of a place may be years older.
        """
        with self._named_faults():
            header = osmium.io.Reader(str(self._path), osmium.osm.NOTHING).header()
            said = header.get("osmosis_replication_timestamp")
            stated = datetime.fromisoformat(said) if said else None
        newest = max(one.date for one in answers)
        if stated is None and newest > _LONG_AGO:
            stated = newest
        if stated is None:
            return datetime.fromtimestamp(self._path.stat().st_mtime, UTC)
        if stated > datetime.now(UTC) + AHEAD:
            what = f"its data are of the future ({stated.date()})"
            raise refuse("file", name=self._path.name, what=what)
        return stated

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
        known = [number for number in ids if number < MOST_ID]
        with self._named_faults():
            found = [
                relation_of(one)
                for one in self._objects(_RELATION, IdFilter(known))
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
        members = self._members(relations)
        found = _of_area(relations, members, area.bounds)
        with self._named_faults():
            for one in self._objects(_NODE | _WAY, KeyFilter(*keys)):
                if not wanted(dict(one.tags)):
                    continue
                parts = self._way(one) if one.is_way() else [node_of(one)]
                if touches(parts, area.bounds):
                    found += parts
        return self._gathered(found, query(themes, area.bounds))

    def _relations(
        self, keys: Iterable[str], wanted: Callable[[Mapping[str, str]], bool]
    ) -> list[Element]:
        with self._named_faults():
            return [
                relation_of(one)
                for one in self._objects(_RELATION, KeyFilter(*keys))
                if one.tags.get("type") in _AREAS and wanted(dict(one.tags))
            ]

    def _members(self, relations: Sequence[Element]) -> list[Element]:
        # No filter takes ids below zero, which are an editor's, and none those that are absurd.
        ids = {
            member["ref"]
            for one in relations
            for member in one["members"]
            if member["type"] == "way" and 0 < member["ref"] < MOST_ID
        }
        if not ids:
            return []
        with self._named_faults():
            ways = self._objects(_WAY, IdFilter(ids))
            return [part for one in ways for part in self._way(one)]

    def _way(self, one: Any) -> list[Element]:
        if one.id < 0 or any(node.ref < 0 for node in one.nodes):
            what = (
                "holds ids below zero, which an editor gives to what was never uploaded; give it "
                "others with `osmium sort` and then `osmium renumber`"
            )
            raise refuse("file", name=self._path.name, what=what)
        return way_of(one, self._places())

    def _places(self) -> Any:
        if self._kept_places is None:
            places = osmium.index.create_map("flex_mem")
            reading = osmium.NodeLocationsForWays(places)
            reading.ignore_errors()
            # All nodes, then all ways: before the first way the table is sorted where it must be.
            for entities in (_NODE, _WAY):
                osmium.apply(osmium.io.Reader(str(self._path), entities), reading)
            self._kept_places = places
        return self._kept_places

    def _objects(self, entities: Any, chosen: Any) -> Iterator[Any]:
        objects: Iterable[Any] = osmium.FileProcessor(str(self._path), entities).with_filter(chosen)
        return (one for one in objects if not one.deleted)

    @contextmanager
    def _named_faults(self) -> Iterator[None]:
        try:
            yield
        except FetchError:
            raise
        except (RuntimeError, ValueError, MemoryError, osmium.InvalidLocationError) as error:
            what = "is damaged, or is no file of OpenStreetMap that can be read"
            raise refuse("file", name=self._path.name, what=what) from error

    def _gathered(self, elements: Sequence[Element], asked: str = "") -> Gathered:
        edits = [one["edited"] for one in elements if "edited" in one]
        kept, broken = sound(elements)
        found, refused = merged_saying([kept])
        return Gathered(
            found,
            (*broken, *refused),
            datetime.fromtimestamp(max(edits, default=0), UTC),
            asked=(asked,) if asked else (),
        )


def _of_area(
    relations: Sequence[Element],
    members: Sequence[Element],
    bounds: tuple[float, float, float, float],
) -> list[Element]:
    """Return the relations whose known ways touch a box, and those ways with their nodes."""
    places = {one["id"]: one for one in members if one["type"] == "node"}
    ways = {one["id"]: one for one in members if one["type"] == "way"}
    found = []
    for relation in relations:
        own = [ways[one["ref"]] for one in relation["members"] if one["ref"] in ways]
        nodes = [places[ref] for way in own for ref in way["nodes"] if ref in places]
        if touches(nodes, bounds):
            found += [relation, *own, *nodes]
    return found
