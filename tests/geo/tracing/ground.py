"""Areas of OpenStreetMap around the site of `write_data`, in metres east and north of it."""

import csv
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import geopandas as gpd
import shapely
from shapely.geometry import Point

from geo import catalog, schemas
from geo.crs import DEGREES, METRES, to_degrees, to_metres
from geo.fetch import Answer
from geo.tracing.selectors import FILE, Selector
from tests.geo.conftest import entry

AT = (85.0, 56.5)
BOX = (84.9, 56.45, 85.1, 56.55)
ASKED = datetime(2026, 11, 23, 9, tzinfo=UTC)


def ring(*metres: tuple[float, float]) -> list[tuple[float, float]]:
    """Return corners in degrees of corners in metres from the site."""
    centre = to_metres(gpd.GeoSeries([Point(AT)], crs=DEGREES))[0]
    places = [Point(centre.x + x, centre.y + y) for x, y in metres]
    degrees = to_degrees(gpd.GeoSeries(places, crs=METRES))
    return [(place.x, place.y) for place in degrees]


def square(west: float, south: float, side: float) -> shapely.Polygon:
    corners = [(west, south), (west + side, south), (west + side, south + side),
               (west, south + side)]  # fmt: skip
    return shapely.Polygon(ring(*corners))


def element(number: int, outline: shapely.Polygon, **tags: str) -> dict[str, Any]:
    """Return a closed way as `out geom` writes it."""
    places = [{"lon": lon, "lat": lat} for lon, lat in outline.exterior.coords]
    return {"type": "way", "id": number, "geometry": places, "tags": tags}


def park(number: int, outline: shapely.Polygon, name: str = "Сад") -> dict[str, Any]:
    return element(number, outline, leisure="park", **({"name": name} if name else {}))


def answered(elements: Sequence[dict[str, Any]]) -> Answer:
    return Answer(list(elements), ASKED, stale=False, asked=ASKED)


def selector(site_id: str = "north", **values: Any) -> Selector:
    fields: dict[str, Any] = {
        "tags": (("leisure", "park"),), "names": ("Сад",), "box": BOX, "refused": (),
        "note_ru": "", "note_en": "",
    }  # fmt: skip
    return Selector(site_id, **(fields | values))


def add_selectors(folder: Path, *rows: str) -> Path:
    """Give a data folder selectors: lines of the file without its header."""
    with (folder / FILE).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerow(schemas.OSM_SELECTORS.columns)
        file.writelines(f"{row}\n" for row in rows)
    with (folder / catalog.FILE).open("a", encoding="utf-8") as file:
        file.write(f"\n{entry('osm_selectors', FILE)}")
    catalog.refresh(folder)
    return folder


NORTH = "north,leisure=park,Сад,84.9,56.45,85.1,56.55,,,"
