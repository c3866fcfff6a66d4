"""A dataset of any size: traced polygons of 20 vertices, half industrial, half innovation."""

import csv
import json
import math
import random
import shutil
from pathlib import Path
from typing import Any

from geo import catalog, dataset, domains, schemas


def write_folder(folder: Path, sites: int) -> Path:
    """Write a data folder with `sites` sites and no projects, beside the shipped small tables."""
    shutil.copytree(dataset.SHIPPED, folder)
    half = sites // 2
    made = {
        "industrial": _sites("industrial", 0, half),
        "innovation": _sites("innovation", half, sites),
    }
    for park_type in domains.PARK_TYPES:
        _write(folder / "territories" / f"{park_type}.geojson", made.get(park_type, []))
    for name in ("projects", "organisations"):
        _write(folder / f"{name}.geojson", [])
    for name in ("roadmap", "reference_points", "aliases", "osm_selectors"):
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerow(schemas.ALL[name].columns)
    catalog.refresh(folder)
    return folder


def polygon(number: int) -> list[list[float]]:
    """Return a closed ring of 20 vertices, uniformly placed over 2 x 1 degrees, in degrees."""
    chance = random.Random(number)
    lon, lat = chance.uniform(84, 86), chance.uniform(56, 57)
    ring = [
        [
            round(lon + 0.004 * math.cos(2 * math.pi * k / 20), 6),
            round(lat + 0.002 * math.sin(2 * math.pi * k / 20), 6),
        ]
        for k in range(20)
    ]
    return [*ring, ring[0]]


def _sites(park_type: str, first: int, last: int) -> list[dict[str, Any]]:
    features = []
    for number in range(first, last):
        properties: dict[str, Any] = dict.fromkeys(schemas.SITES.columns)
        properties |= {
            "id": f"site-{number}",
            "park_id": "sez-tomsk",
            "park_type": park_type,
            "name_ru": f"Площадка номер {number}",
            "name_en": f"Site number {number}",
            "status": "running",
            "status_source": "under_construction",
            "public_access": "unknown",
            "geometry_method": "traced",
            "position_accuracy_m": 10,
            "source_urls": ["https://example.org/"],
        }
        geometry = {"type": "Polygon", "coordinates": [polygon(number)]}
        features.append(
            {
                "type": "Feature",
                "id": properties["id"],
                "properties": properties,
                "geometry": geometry,
            }
        )
    return features


def _write(path: Path, features: list[dict[str, Any]]) -> None:
    lines = ",\n".join(json.dumps(feature, ensure_ascii=False) for feature in features)
    path.write_text(
        f'{{"type": "FeatureCollection", "features": [\n{lines}\n]}}\n', encoding="utf-8"
    )
