"""A data folder of three sites and two projects, small enough to reason about by hand."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from geo import catalog, domains, schemas

URLS = ["https://example.org/a"]
PLACE = {
    "geometry_method": "point",
    "position_accuracy_m": 300,
    "position_basis_ru": "карта",
    "position_basis_en": "a map",
}


def site(site_id: str, park_type: str = "industrial", **fields: Any) -> dict[str, Any]:
    point = fields.pop("geometry", {"type": "Point", "coordinates": [85.0, 56.5]})
    properties = dict.fromkeys(schemas.SITES.columns) | PLACE
    properties |= {
        "id": site_id,
        "park_id": "park",
        "park_type": park_type,
        "name_ru": f"Площадка {site_id}",
        "name_en": f"Site {site_id}",
        "status": "completed",
        "status_source": "operating",
        "public_access": "unknown",
        "source_urls": URLS,
    }
    return feature(properties | fields, point)


def project(project_id: str, **fields: Any) -> dict[str, Any]:
    point = fields.pop("geometry", {"type": "Point", "coordinates": [85.01, 56.51]})
    properties = dict.fromkeys(schemas.PROJECTS.columns) | PLACE
    properties |= {
        "id": project_id,
        "name_ru": f"Проект {project_id}",
        "name_en": f"Project {project_id}",
        "kind": "social",
        "direction_id": "smart",
        "organisation_ids": [],
        "status": "running",
        "status_source": "in_progress",
        "source_urls": URLS,
    }
    return feature(properties | fields, point)


def feature(properties: dict[str, Any], geometry: Any) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": properties["id"],
        "properties": properties,
        "geometry": geometry,
    }


@pytest.fixture
def write_data(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes a data folder; keywords replace the content of a layer."""

    def write(**layers: Any) -> Path:
        folder = tmp_path / "data"
        (folder / "territories").mkdir(parents=True, exist_ok=True)
        content: dict[str, Any] = {
            "industrial": [site("north"), site("south", start_year=2005, area_ha=28)],
            "medical": [site("clinic", "medical", geometry=None, geometry_method="unknown")],
            "projects": [
                project(
                    "pool", site_id="clinic", cluster_id="atoms", start_year=2013, end_year=2015
                ),
                project("road", geometry=None, geometry_method="unknown", start_year=2020),
            ],
            "organisations": [],
            "parks": ["id,park_type,name_ru,name_en", "park,industrial,Парк,Park"],
            "directions": [
                "id,name_ru,name_en,source_urls,as_of",
                f"smart,Умный,Smart,{URLS[0]},2015",
            ],
            "clusters": [
                ",".join(schemas.CLUSTERS.columns),
                f"atoms,Атомы,Atoms,Атомы,Atoms,smart,,,{URLS[0]},",
            ],
        } | layers
        entries = []
        for layer in schemas.BY_LAYER:
            if layer in domains.PARK_TYPES or layer in ("projects", "organisations"):
                path = (
                    f"territories/{layer}.geojson"
                    if layer in domains.PARK_TYPES
                    else f"{layer}.geojson"
                )
                text = json.dumps({"type": "FeatureCollection", "features": content.get(layer, [])})
            else:
                path = f"{layer}.csv"
                text = (
                    "\n".join(content.get(layer, [",".join(schemas.BY_LAYER[layer].columns)]))
                    + "\n"
                )
            (folder / path).write_text(text, encoding="utf-8")
            entries.append(entry(layer, path))
        (folder / catalog.FILE).write_text("\n".join(entries), encoding="utf-8")
        catalog.refresh(folder)
        return folder

    return write


def entry(layer: str, path: str) -> str:
    return f"""[[layer]]
id = "{layer}"
title_ru = "{layer}"
title_en = "{layer}"
path = "{path}"
kind = "table"
key = "id"
source = "hand"
licence = "CC0-1.0"
attribution_ru = "мы"
attribution_en = "us"
retrieved = "2026-11-23"
crs = "EPSG:4326"
geometry_types = []
rows = 0
columns = []
sha256 = ""
made = "by hand"
"""
