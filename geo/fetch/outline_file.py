"""The polygons of a GeoJSON file as the ground of a fetch."""

import hashlib
import json
from pathlib import Path
from typing import Any, NoReturn

import shapely

from geo.fetch.place import Place, borders_of
from geo.fetch.refusals import refuse
from geo.printable import printable

MOST_MB = 20
_OTHERS = "must hold polygons and nothing else"
_UNREADABLE = (
    ValueError, TypeError, KeyError, AttributeError, IndexError, RecursionError, OverflowError,
    shapely.errors.GEOSException,
)  # fmt: skip


def outlined(path: Path, border: str | None) -> Place:
    """Return the polygons of a GeoJSON file, as one of the borders where one is named.

    Raises
    ------
    FetchError
        If the file cannot be used.
    """

    def fault(what: str) -> Exception:
        return refuse("file", name=path.name, what=what)

    if not path.is_file():
        raise fault("there is no such file")
    if path.stat().st_size > MOST_MB * 1_000_000:
        raise fault(f"more than {MOST_MB} MB")
    try:
        text = path.read_text(encoding="utf-8-sig")
        raw = json.loads(text, parse_constant=_not_a_number)
        crs = raw.get("crs")
        geometries = _geometries(raw)
        faults = [reason for one in geometries if (reason := _ring_fault(one)) is not None]
        shapes = [] if faults else [shapely.geometry.shape(one) for one in geometries]
    except _UNREADABLE as error:
        raise fault("is no GeoJSON of polygons in UTF-8") from error
    if crs is not None and not _is_degrees(crs):
        raise fault("states a `crs`; GeoJSON is in degrees (EPSG:4326): convert it first")
    if faults:
        raise fault(faults[0])
    if not shapes:
        raise fault(_OTHERS)
    if not shapely.is_valid(shapes).all():
        raise fault("an outline crosses itself")
    area = shapely.union_all(shapes)
    if area.area == 0:
        raise fault(_OTHERS)
    title = printable(path.stem)
    row = {
        "id": title, "border": border, "name_ru": title, "name_en": title, "geometry": area,
    }  # fmt: skip
    rows = [] if border is None else [row]
    # Two polygons are two places, though their files may have one name.
    number = hashlib.sha256(shapely.normalize(area).wkb).hexdigest()[:8]
    asked = f"polygon {number} of {printable(path.name)}"
    return Place(f"polygon-{number}", title, title, area, borders_of(rows), asked)


def _ring_fault(geometry: dict[str, Any]) -> str | None:
    """Return what is wrong with the rings of a geometry: shapely closes open ones by itself."""
    kind = geometry["type"]
    if kind not in ("Polygon", "MultiPolygon"):
        return _OTHERS
    polygons = geometry["coordinates"] if kind == "MultiPolygon" else [geometry["coordinates"]]
    for ring in (ring for polygon in polygons for ring in polygon):
        if not all(abs(place[0]) <= 180 and abs(place[1]) <= 90 for place in ring):
            return "coordinates are no degrees"
        if len(ring) < 4 or ring[0] != ring[-1]:
            return "an outline is not closed: its last place must be its first"
    return None


def _is_degrees(crs: Any) -> bool:
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    return isinstance(name, str) and name.endswith(("CRS84", "EPSG::4326", "EPSG:4326"))


def _not_a_number(_: str) -> NoReturn:
    raise ValueError("NaN or infinite")


def _geometries(raw: dict[str, Any]) -> list[dict[str, Any]]:
    members = {"FeatureCollection": "features", "GeometryCollection": "geometries"}
    kind = raw["type"]
    if kind == "Feature":
        return _geometries(raw["geometry"])
    if kind in members:
        return [one for part in raw[members[kind]] for one in _geometries(part)]
    return [raw]
