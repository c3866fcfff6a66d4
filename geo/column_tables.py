"""The tables of columns in the README of a data folder, written from its `columns.csv`."""

import csv
import json
import re
from pathlib import Path
from typing import Any

from geo import dictionary
from geo.catalog import Catalog, read_catalog
from geo.domains import PARK_TYPES

README = "README.md"
_PLACE = ("place, EPSG:4326, at most 6 decimals; null where unknown", "degrees")
_HEAD = "| column | meaning | unit | values | missing, % |\n|---|---|---|---|---|\n"
_TABLE = re.compile(
    r"(### (?P<title>.+)\n\n(?:(?!#|\| column).*\n)*)" + re.escape(_HEAD) + r"(?:\|.*\n)*"
)
_FILE = re.compile(r"`(?P<layer>\w+)\.\w+`")


def refresh(folder: Path) -> bool:
    """Write the tables of the README anew, with the share of missing values as it is now.

    Returns
    -------
    bool
        Whether anything was out of date. A folder without a README has nothing to refresh.
    """
    path = folder / README
    if not path.is_file():
        return False
    old = path.read_text(encoding="utf-8")
    new = render(old, read_catalog(folder))
    if new != old:
        path.write_text(new, encoding="utf-8")
    return new != old


def render(text: str, catalog: Catalog) -> str:
    """Return the text of a README with its tables of columns as they should be.

    A table is one that stands below a heading that names a file of the catalogue, or "Sites".
    """

    def table(found: re.Match[str]) -> str:
        named = _FILE.search(found["title"])
        layer = named["layer"] if named else dictionary.SITES
        return found[1] + _HEAD + _rows(catalog, layer)

    return _TABLE.sub(table, text)


def _rows(catalog: Catalog, layer: str) -> str:
    layers = PARK_TYPES if layer == dictionary.SITES else (layer,)
    records = [record for one in layers for record in _records(catalog, one)]
    lines = []
    for column in catalog[layers[0]].columns:
        about = dictionary.describe(catalog.folder, layer, column)
        values = dictionary.values_of(catalog.folder, layer, column)
        cells = (f"`{column}`", about.description_en, about.unit_en, values)
        lines.append((*cells, _missing([record.get(column) for record in records])))
    if catalog[layers[0]].path.endswith(".geojson"):
        places = [record["geometry"] for record in records]
        kinds = ", ".join(sorted({place["type"] for place in places if place}))
        told = " or ".join(filter(None, (kinds, "null")))
        lines.append(("`geometry`", *_PLACE, told, _missing(places)))
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _records(catalog: Catalog, layer: str) -> list[dict[str, Any]]:
    text = catalog.content(catalog[layer]).decode("utf-8-sig")
    if catalog[layer].path.endswith(".geojson"):
        features = json.loads(text)["features"]
        return [{**one["properties"], "geometry": one["geometry"]} for one in features]
    return list(csv.DictReader(text.splitlines()))


def _missing(values: list[Any]) -> str:
    missing = sum(1 for value in values if value in (None, "", []))
    return f"{100 * missing / len(values):.0f}" if values else "0"
