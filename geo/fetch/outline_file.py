"""The polygons of a GeoJSON file as the ground of a fetch."""

import json
from pathlib import Path
from typing import Any

import shapely

from geo.fetch.place import Place, borders_of
from geo.fetch.refusals import refuse

MOST_MB = 20


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
        raw = json.loads(path.read_text(encoding="utf-8-sig"))
        shapes = [shapely.geometry.shape(one) for one in _geometries(raw)]
    except (ValueError, TypeError, KeyError, AttributeError, IndexError, RecursionError) as error:
        raise fault("is no GeoJSON of polygons in UTF-8") from error
    if not shapes or {shape.geom_type for shape in shapes} - {"Polygon", "MultiPolygon"}:
        raise fault("must hold polygons and nothing else")
    if not shapely.is_valid(shapes).all():
        raise fault("an outline crosses itself or is not closed")
    area = shapely.union_all(shapes)
    row = {
        "id": path.stem, "border": border, "name_ru": path.stem, "name_en": path.stem,
        "geometry": area,
    }  # fmt: skip
    rows = [] if border is None else [row]
    return Place("polygon", path.stem, path.stem, area, borders_of(rows), f"polygon of {path.name}")


def _geometries(raw: dict[str, Any]) -> list[dict[str, Any]]:
    members = {"FeatureCollection": "features", "GeometryCollection": "geometries"}
    kind = raw["type"]
    if kind == "Feature":
        return _geometries(raw["geometry"])
    if kind in members:
        return [one for part in raw[members[kind]] for one in _geometries(part)]
    return [raw]
