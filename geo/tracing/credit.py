"""Licence and credit of a layer that rests on outlines of OpenStreetMap."""

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from geo import catalog, column_tables
from geo.tracing.proposals import ATTRIBUTION, LICENCE

_SOURCE = "outlines from OpenStreetMap (ODbL 1.0), named in position_basis"


def credit_openstreetmap(folder: Path, layers: Iterable[str], *, day: str) -> None:
    """Say in catalogue and README of a data folder that layers rest on OpenStreetMap.

    What others are credited with stays; OpenStreetMap stands first. The kinds of geometry are
    those that the files hold now.

    Parameters
    ----------
    folder
        The data folder, its layers already changed.
    layers
        Their ids.
    day
        Of the data taken over, ISO.
    """
    entries = catalog.read_catalog(folder)
    values: dict[str, dict[str, Any]] = {}
    for layer in layers:
        entry = entries[layer]
        values[layer] = {
            "licence": LICENCE,
            "attribution_ru": _first(ATTRIBUTION["ru"], entry.attribution_ru),
            "attribution_en": _first(ATTRIBUTION["en"], entry.attribution_en),
            "source": _last(entry.source, _SOURCE),
            "retrieved": max(entry.retrieved, day),
            "geometry_types": _kinds(entries.file(entry)),
        }
    catalog.rewrite(folder, values)
    _mend_readme(folder / column_tables.README, [entries[layer].path for layer in layers])


def _first(credit: str, others: str) -> str:
    return others if credit in others else "; ".join(filter(None, (credit, others)))


def _last(others: str, source: str) -> str:
    return others if source in others else "; ".join(filter(None, (others, source)))


def _kinds(path: Path) -> list[str]:
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    return sorted({one["geometry"]["type"] for one in features if one["geometry"]})


def _mend_readme(readme: Path, paths: Iterable[str]) -> None:
    """Write the licence into the last cell of each file's line in the table of files."""
    if not readme.is_file():
        return
    text = readme.read_text(encoding="utf-8")
    said = re.sub(r"-(?=\d)", " ", LICENCE)
    for path in paths:
        line = re.compile(rf"^(\| `{re.escape(path)}` \|.*\|)[^|\n]*\|$", re.MULTILINE)
        text = line.sub(rf"\1 {said} |", text)
    readme.write_text(text, encoding="utf-8")
