"""Closed ways and multipolygon relations of OpenStreetMap as polygons.

Works on the elements of `out geom`, where places stand in the ways, and of `(…; >;); out body`,
where ways name nodes. What cannot become a polygon is named, not dropped.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, TypeAlias

import geopandas as gpd
import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.crs import DEGREES
from geo.fetch.elements import Element, Refused, tags_of

Place: TypeAlias = tuple[float, float]
Places: TypeAlias = Mapping[int, Place]

MOST_MEMBERS = 20_000
"""Of one relation; the largest multipolygons of the world have some thousands."""


class Areas(NamedTuple):
    """Polygons, and the elements that could not become one.

    `frame` is in EPSG:4326 with `osm_type` (way, relation), `osm_id`, `tags` (a dict) and the
    geometry, one row for each element, in the order of the elements.
    """

    frame: gpd.GeoDataFrame
    refused: list[Refused]


class _UnusableError(ValueError):
    """The element is no polygon; the text says why."""


def areas(
    elements: Sequence[Element], *, wanted: Callable[[Mapping[str, str]], bool] = bool
) -> Areas:
    """Return the closed ways and the multipolygon or boundary relations among elements.

    Parameters
    ----------
    elements
        Checked elements of one or more answers, each once.
    wanted
        Which tags make an element of interest; by default any. Ways without tags are members
        of relations and no areas of their own.
    """
    places = node_places(elements)
    ways = {one["id"]: one for one in elements if one["type"] == "way"}
    rows, shapes, refused = [], [], []
    for element in elements:
        tags = tags_of(element)
        if not _may_be_area(element, tags) or not wanted(tags):
            continue
        try:
            if element["type"] == "way":
                shape = _polygon(_line(element, places))
            else:
                shape = _multipolygon(element, ways, places)
            shapes.append(_checked(shape))
        except _UnusableError as error:
            refused.append(Refused(element["type"], element["id"], str(error)))
            continue
        rows.append((element["type"], element["id"], dict(tags)))
    osm_type, osm_id, tags_column = zip(*rows, strict=True) if rows else ((), (), ())
    frame = gpd.GeoDataFrame(
        {
            "osm_type": np.array(osm_type, dtype=object),
            "osm_id": np.array(osm_id, dtype=np.int64),
            "tags": np.array(tags_column, dtype=object),
        },
        geometry=np.array(shapes, dtype=object),
        crs=DEGREES,
    )
    return Areas(frame, refused)


def node_places(elements: Sequence[Element]) -> dict[int, Place]:
    """Return longitude and latitude of every node by its id."""
    return {one["id"]: (one["lon"], one["lat"]) for one in elements if one["type"] == "node"}


def _may_be_area(element: Element, tags: Mapping[str, str]) -> bool:
    if element["type"] == "way":
        return bool(tags) and tags.get("area") != "no"
    return element["type"] == "relation" and tags.get("type") in ("multipolygon", "boundary")


def _line(way: Element, places: Places) -> list[Place]:
    if "geometry" in way:
        return [(one["lon"], one["lat"]) for one in way["geometry"]]
    try:
        return [places[node] for node in way["nodes"]]
    except KeyError as error:
        raise _UnusableError("a node of the way is missing") from error


def _polygon(line: Sequence[Place]) -> BaseGeometry:
    if len(line) < 4:
        raise _UnusableError("fewer than three corners")
    if line[0] != line[-1]:
        raise _UnusableError("the way is not closed")
    return shapely.Polygon(line)


def _multipolygon(relation: Element, ways: Mapping[int, Element], places: Places) -> BaseGeometry:
    outer: list[list[Place]] = []
    inner: list[list[Place]] = []
    members = [one for one in relation["members"] if one.get("type") == "way"]
    if len(members) > MOST_MEMBERS:
        raise _UnusableError(f"more than {MOST_MEMBERS} members")
    for member in members:
        line = _member_line(member, ways, places)
        # A member without a role counts as outer, as in the tools of OpenStreetMap.
        (inner if member.get("role") == "inner" else outer).append(line)
    if not outer:
        raise _UnusableError("no outer ring")
    try:
        shape = shapely.union_all(_rings(outer, "outer"))
        if inner:
            shape = shapely.difference(shape, shapely.union_all(_rings(inner, "inner")))
    except shapely.errors.GEOSException as error:
        raise _UnusableError("the rings cannot be put together") from error
    return shape


def _member_line(
    member: Mapping[str, object], ways: Mapping[int, Element], places: Places
) -> list[Place]:
    if "geometry" in member:
        return _line(dict(member), places)
    ref = member["ref"]
    if not isinstance(ref, int) or ref not in ways:
        raise _UnusableError("a member of the relation is missing")
    return _line(ways[ref], places)


def _rings(lines: Sequence[Sequence[Place]], role: str) -> list[BaseGeometry]:
    """Return the polygons of closed lines, and of the rings that open lines make together."""
    found: list[BaseGeometry] = []
    pieces = []
    for line in lines:
        if len(line) > 3 and line[0] == line[-1]:
            found.append(shapely.Polygon(line))
        elif len(line) > 1:
            pieces.append(shapely.LineString(line))
    if pieces or not found:
        rings, cuts, dangles, invalid = shapely.polygonize_full(pieces)
        if rings.is_empty or not (cuts.is_empty and dangles.is_empty and invalid.is_empty):
            raise _UnusableError(f"the {role} ring is not closed")
        found += rings.geoms
    if not shapely.is_valid(found).all():
        raise _UnusableError(f"the {role} ring crosses itself")
    return found


def _checked(shape: BaseGeometry) -> BaseGeometry:
    if shape.geom_type not in ("Polygon", "MultiPolygon") or shape.is_empty:
        raise _UnusableError("nothing is left of the area")
    # Not repaired: a repair takes minutes for a few kB that were made for it, and guesses.
    if not shape.is_valid:
        raise _UnusableError("the outline crosses itself")
    if shape.area == 0:
        raise _UnusableError("the area is zero")
    return shape
