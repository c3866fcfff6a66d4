"""How a site is looked for in OpenStreetMap: tags, names and a box, from `osm_selectors.csv`."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import pandas as pd

from geo import schemas
from geo.errors import DatasetError, TracingError
from geo.tables import read_records

FILE = "osm_selectors.csv"

Box: TypeAlias = tuple[float, float, float, float]
"""West, south, east, north in degrees."""

_EDGES = ("west", "south", "east", "north")
_SECONDS = 60
"""For one query at the source; it looks into a box of a few kilometres."""


@dataclass(frozen=True)
class Selector:
    """How one site is looked for.

    Parameters
    ----------
    site_id
        The site.
    tags
        Pairs of key and value of which an object must have at least one; none where the site
        cannot have one outline.
    names
        Under which the object may stand; none to go by tags and place alone.
    box
        Where to look; None just where there are no tags.
    refused
        Objects such as "way/1" that a person has refused.
    note_ru, note_en
        What whoever decides must know; without tags, why there are none.
    """

    site_id: str
    tags: tuple[tuple[str, str], ...]
    names: tuple[str, ...]
    box: Box | None
    refused: tuple[str, ...]
    note_ru: str
    note_en: str

    def fits(self, tags: Mapping[str, str]) -> bool:
        """Tell whether an object with these tags may be the site."""
        return any(tags.get(key) == value for key, value in self.tags)


def read_selectors(folder: Path) -> dict[str, Selector]:
    """Read the selectors of a data folder, by site in the order of the file.

    Raises
    ------
    TracingError
        If the file is not there, or a selector with tags has no sound box.
    DatasetError
        If a row breaks the schema.
    """
    if not (folder / FILE).is_file():
        raise TracingError(f"{FILE}: not in the data folder; data/README.md says what it holds")
    table, problems = read_records(folder / FILE, schemas.OSM_SELECTORS, FILE)
    if problems:
        raise DatasetError(problems)
    found = [_selector(row) for row in table.to_dict("records")]
    return {one.site_id: one for one in found}


def overpass_query(selector: Selector) -> str:
    """Return the query, in Overpass QL, for every area that the tags and the box allow.

    Names are compared afterwards, by `geo.tracing.likeness`: the source knows neither ё and е nor
    quotation marks to be the same.

    Raises
    ------
    TracingError
        If the selector has no tags.
    """
    if selector.box is None:
        raise TracingError(f"`{selector.site_id}` has no tags to look for")
    west, south, east, north = selector.box
    box = f"({south:.6f},{west:.6f},{north:.6f},{east:.6f})"
    lines = [
        f'  {kind}["{key}"="{value}"]{box};'
        for key, value in selector.tags
        for kind in ("way", "relation")
    ]
    return "\n".join([f"[out:json][timeout:{_SECONDS}];", "(", *lines, ");", "out geom;"])


def _selector(row: Mapping[Any, Any]) -> Selector:
    def text(column: str) -> str:
        return "" if pd.isna(row[column]) else str(row[column])

    tags = tuple((key, value) for key, _, value in (t.partition("=") for t in text("tags").split()))
    names = tuple(name.strip() for name in text("names").split(";") if name.strip())
    return Selector(
        str(row["id"]),
        tags,
        names,
        _box(row) if tags else None,
        tuple(text("refused").split()),
        text("note_ru"),
        text("note_en"),
    )


def _box(row: Mapping[Any, Any]) -> Box:
    west, south, east, north = (float(row[edge]) for edge in _EDGES)
    if not (west < east and south < north):  # also where one of them is not given
        raise TracingError(
            f"{FILE}, `{row['id']}`: west, south, east and north do not make a box; give all four "
            "in degrees, west below east and south below north"
        )
    return west, south, east, north
