"""The shipped dataset many times over: what it would be with as many sites and projects as asked.

A copy has parks, sites, projects, organisations, a road map and other names of its own, in words
and addresses of its own, so that nothing is gained by texts that are equal. It lies to the east or
the north of the one before. Clusters, directions and settlements stay as they are.
"""

import csv
import itertools
import json
import math
import shutil
from collections import defaultdict
from pathlib import Path
from typing import Any

from geo import catalog, dataset, domains

STEP = (0.08, 0.04)
"""How far a copy lies from the next, in degrees: neighbours mix, as places of a region do."""

# Sites first: a project names its site.
ROWS = (*(f"territories/{name}.geojson" for name in domains.PARK_TYPES), "projects.geojson")

_IDS = ("id", "park_id", "site_id", "object_id")
_TEXTS = ("name", "note", "address", "organisation", "position_basis")
_REPEATED_ALIASES = ("park", "site", "organisation")


def write_copies(folder: Path, features: int) -> Path:
    """Write a data folder with `features` sites and projects, the shipped ones first.

    Parameters
    ----------
    folder
        Must not exist.
    features
        How many rows there are in all: the last copy may be a part of one.
    """
    shutil.copytree(dataset.SHIPPED, folder)
    shipped = [(name, one) for name in ROWS for one in _features(folder / name)]
    copies = math.ceil(features / len(shipped))
    everything = (
        (name, _copied(one, copy, copies)) for copy in range(copies) for name, one in shipped
    )
    files: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for name, feature in itertools.islice(everything, features):
        files[name].append(feature)
    files["organisations.geojson"] = [
        _copied(one, copy, copies)
        for copy in range(copies)
        for one in _features(folder / "organisations.geojson")
    ]
    for name, found in files.items():
        _write(folder / name, found)
    sites = {one["properties"]["id"] for name in ROWS[:-1] for one in files[name]}
    for name in ("parks", "roadmap", "aliases"):
        _repeat(folder / f"{name}.csv", copies, sites)
    catalog.refresh(folder)
    return folder


def drawn_features(folder: Path) -> list[dict[str, Any]]:
    """Return the features of all sites and projects that have a place, as the files have them."""
    found = [one for name in ROWS for one in _features(folder / name)]
    return [one for one in found if one["geometry"]]


def _features(path: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["features"]
    return found


def _copied(feature: dict[str, Any], copy: int, copies: int) -> dict[str, Any]:
    properties = _renamed(feature["properties"], copy)
    geometry = feature["geometry"]
    if geometry:
        north, east = divmod(copy, math.ceil(math.sqrt(copies)))
        by = (east * STEP[0], north * STEP[1])
        geometry = {**geometry, "coordinates": _shifted(geometry["coordinates"], by)}
    return {**feature, "id": properties["id"], "properties": properties, "geometry": geometry}


def _shifted(coordinates: list[Any], by: tuple[float, float]) -> list[Any]:
    if isinstance(coordinates[0], list):
        return [_shifted(one, by) for one in coordinates]
    return [round(value + step, 6) for value, step in zip(coordinates, by, strict=True)]


def _renamed(properties: dict[str, Any], copy: int) -> dict[str, Any]:
    return {key: _of_copy(key, value, copy) for key, value in properties.items()}


def _of_copy(key: str, value: Any, copy: int) -> Any:
    if not value or copy == 0:
        return value
    match key:
        case "organisation_ids":
            return [f"{one}-{copy}" for one in value]
        case "source_urls" if isinstance(value, str):
            return " ".join(f"{url}?{copy}" for url in value.split())
        case "source_urls":
            return [f"{url}?{copy}" for url in value]
        case key if key in _IDS:
            return f"{value}-{copy}"
        case key if key.removesuffix("_ru").removesuffix("_en") in _TEXTS:
            return f"{value} № {copy}"
    return value


def _repeat(path: Path, copies: int, sites: set[str]) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        columns = list(reader.fieldnames or ())
        rows = list(reader)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        for copy in range(copies):
            for row in rows:
                if copy and row.get("object_type", "site") not in _REPEATED_ALIASES:
                    continue
                renamed = _renamed(row, copy)
                if row.get("object_type") == "site" and renamed["object_id"] not in sites:
                    continue
                if renamed.get("site_id", "") not in sites:
                    renamed.pop("site_id", None)
                writer.writerow(renamed)


def _write(path: Path, features: list[dict[str, Any]]) -> None:
    lines = ",\n".join(json.dumps(feature, ensure_ascii=False) for feature in features)
    path.write_text(
        f'{{"type": "FeatureCollection", "features": [\n{lines}\n]}}\n', encoding="utf-8"
    )
