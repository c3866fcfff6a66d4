"""Which ground is fetched: the agglomeration, a place by name, or a box.

Names are looked up in the source itself, as administrative relations: no geocoder is asked.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import geopandas as gpd
import shapely
from shapely.geometry.base import BaseGeometry

from geo.crs import DEGREES
from geo.fetch.areas import areas
from geo.fetch.elements import Element, Refused, tags_of
from geo.fetch.refusals import refuse
from geo.fetch.source import Gathered, Source

AGGLOMERATION: Mapping[str, tuple[str, ...]] = {
    "Tomsk": ("городской округ Томск", "город Томск", "Томск"),
    "Seversk": (
        "городской округ ЗАТО Северск", "ЗАТО Северск", "городской округ Северск", "Северск",
    ),
    "Tomsky District": (
        "Томский район", "Томский муниципальный район", "Томский муниципальный округ",
    ),
}  # fmt: skip
"""The parts of the agglomeration -> names they may have on the map."""

AGGLOMERATION_BOX = (83.0, 55.5, 88.0, 58.5)
"""Where those names are looked for, west, south, east, north."""

NAME_TAGS = ("name", "name:ru", "name:en", "official_name")
"""Tags in which the name of a place is looked for."""

_ID = re.compile(r"^relation/([1-9]\d{0,17})$")
_MOST_NAME = 200


@dataclass(frozen=True)
class Place:
    """The ground, and what is said of it.

    `area` is in EPSG:4326; `borders` the rows of the layer `boundaries`, empty where none is
    known; `asked` how the place was named; `answers` what the source said of its outline.
    """

    id: str
    title_ru: str
    title_en: str
    area: BaseGeometry
    borders: gpd.GeoDataFrame
    asked: str
    answers: tuple[Gathered, ...] = ()


def agglomeration(source: Source) -> Place:
    """Return Tomsk, Seversk and Tomsky District together.

    Raises
    ------
    FetchError
        If the source lacks one of them, or has it more than once.
    """
    asked = [name for names in AGGLOMERATION.values() for name in names]
    answer = source.administrative(asked, AGGLOMERATION_BOX)
    found = answer.elements
    # A town of the same name inside its municipality has a higher level.
    municipal = [one for one in found if tags_of(one).get("admin_level") == "6"] or found
    relations = [
        _one([one for one in municipal if _is_named(one, names)], part, answer.refused)
        for part, names in AGGLOMERATION.items()
    ]
    outlines = source.boundaries([one["id"] for one in relations])
    shapes = _shapes(outlines, relations)
    tomsk = relations[0]
    whole = shapely.union_all(list(shapes.values()))
    rows = [
        _border("administrative_city", shapes[tomsk["id"]], f"relation/{tomsk['id']}", tomsk),
        {
            "id": "agglomeration",
            "border": "agglomeration",
            "name_ru": "Томская агломерация",
            "name_en": "Tomsk agglomeration",
            "geometry": whole,
        },
    ]
    return Place(
        "agglomeration",
        "Томская агломерация",
        "Tomsk agglomeration",
        whole,
        borders_of(rows),
        ", ".join(f"relation/{one['id']}" for one in relations),
        (answer, outlines),
    )


def named(source: Source, text: str, border: str) -> Place:
    """Return a place by its name, or by `relation/` and its id in OpenStreetMap.

    Raises
    ------
    FetchError
        If there is none, or several: names them all.
    """
    if len(text) > _MOST_NAME or not text.isprintable() or not text.strip():
        raise refuse("place", what="the name of a place must be a line of text")
    number = _ID.match(text)
    if number is None:
        answer = source.administrative([text])
        relation = _one(answer.elements, text, answer.refused)
    else:
        answer = source.boundaries([int(number[1])])
        same = [one for one in answer.elements if one["id"] == int(number[1])]
        relation = _one([one for one in same if one["type"] == "relation"], text, answer.refused)
    outlines = source.boundaries([relation["id"]])
    shape = _shapes(outlines, [relation])[relation["id"]]
    osm_id = f"relation/{relation['id']}"
    row = _border(border, shape, osm_id, relation)
    title = row["name_ru"] or row["name_en"] or osm_id
    return Place(
        osm_id.replace("/", "-"),
        str(title),
        str(row["name_en"] or title),
        shape,
        borders_of([row]),
        osm_id,
        (answer, outlines),
    )


def boxed(text: str) -> Place:
    """Return the box `west,south,east,north` in degrees.

    Raises
    ------
    FetchError
        If it is none.
    """
    fault = refuse("area", what="a box is west,south,east,north in degrees, west below east")
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError as error:
        raise fault from error
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
        raise fault
    said = f"{west:g},{south:g},{east:g},{north:g}"
    area = shapely.box(west, south, east, north)
    return Place(
        f"box-{said.replace(',', '_')}",
        f"Участок {said}",
        f"Box {said}",
        area,
        borders_of([]),
        said,
    )


def _is_named(element: Element, names: Sequence[str]) -> bool:
    tags = tags_of(element)
    return any(tags.get(tag) in names for tag in NAME_TAGS)


def _one(relations: Sequence[Element], text: str, refused: Sequence[Refused]) -> Element:
    """Return the only relation: of several none is a better guess than another.

    Those that were found and cannot be used are named where nothing else was found.
    """
    broken = [one for one in refused if one.osm_type == "relation"]
    if not relations and broken:
        listed = "; ".join(f"relation/{one.osm_id}: {one.reason}" for one in broken[:10])
        raise refuse("place", what=f"what was found for `{text}` cannot be used: {listed}")
    if not relations:
        raise refuse(
            "place",
            what=f"no administrative boundary is called `{text}`; state its name as on the map, "
            "relation/ID, --bbox or --polygon",
        )
    if len(relations) > 1:
        listed = "; ".join(
            f"relation/{one['id']} (level {tags_of(one).get('admin_level', 'unknown')})"
            for one in relations[:10]
        )
        raise refuse("place", what=f"several boundaries are called `{text}`: {listed}; name one")
    return relations[0]


def _shapes(outlines: Gathered, relations: Sequence[Element]) -> dict[int, BaseGeometry]:
    ids = [one["id"] for one in relations]
    found = areas(outlines.elements, wanted=lambda tags: "boundary" in tags)
    rows = found.frame[(found.frame["osm_type"] == "relation") & found.frame["osm_id"].isin(ids)]
    shapes = dict(zip(rows["osm_id"], rows.geometry, strict=True))
    for one in relations:
        if one["id"] not in shapes:
            reasons = [refused.reason for refused in found.refused if refused.osm_id == one["id"]]
            why = reasons[0] if reasons else "it is not there"
            raise refuse("place", what=f"no outline of relation/{one['id']}: {why}")
    return shapes


def _border(border: str, shape: BaseGeometry, osm_id: str, relation: Element) -> dict[str, object]:
    tags = tags_of(relation)
    return {
        "id": osm_id,
        "border": border,
        "name_ru": tags.get("name:ru") or tags.get("name"),
        "name_en": tags.get("name:en"),
        "geometry": shape,
    }


def borders_of(rows: Sequence[Mapping[str, object]]) -> gpd.GeoDataFrame:
    """Return rows of the layer `boundaries`, of which there may be none, as a frame."""
    columns = ["id", "border", "name_ru", "name_en", "geometry"]
    return gpd.GeoDataFrame(list(rows), columns=columns, geometry="geometry", crs=DEGREES)
