"""What the columns of the dataset mean, as `columns.csv` of the data folder says it."""

import csv
import functools
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, TypeAlias, get_args

from geo.domains import PARK_TYPES
from geo.errors import CatalogError

FILE = "columns.csv"
SITES = "sites"
"""Stands in the file for the six layers of sites, which have the same columns."""

Kind: TypeAlias = Literal["text", "integer", "number", "boolean", "date", "datetime", "list"]
"""Type of a column; a `datetime` with a zone is told in UTC."""


@dataclass(frozen=True)
class Column:
    """What a column means.

    Parameters
    ----------
    name
        As in the table.
    kind
        None to take it from the values. A column that is said to be whole numbers is written as
        such also where a frame holds floating-point ones.
    unit_ru, unit_en, description_ru, description_en
        Empty where nothing is known.
    source
        The layer or file it comes from.
    row_types
        Values of the column `row_type` whose rows have this column; empty for all rows. GeoJSON
        leaves it out of the others, elsewhere it is empty there.
    """

    name: str
    kind: Kind | None = None
    unit_ru: str = ""
    unit_en: str = ""
    description_ru: str = ""
    description_en: str = ""
    source: str = ""
    row_types: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Entry:
    column: Column
    values: str


def describe(folder: Path, layer: str, column: str, *, name: str | None = None) -> Column:
    """Return what a column of a layer means, under another name if one is given.

    Parameters
    ----------
    folder
        The data folder.
    layer
        Id in the catalogue, or `sites` for all six kinds of them.
    column
        Name in the layer; one that is not described gives an empty description.
    name
        What it is called where it is used, such as "medical.name_ru" in a join.
    """
    found = _entries(folder).get((_described(layer), column))
    return replace(found.column if found else Column(column), name=name or column, source=layer)


def values_of(folder: Path, layer: str, column: str) -> str:
    """Return which values a column may have, in Markdown; empty for one that is not described."""
    found = _entries(folder).get((_described(layer), column))
    return found.values if found else ""


def _described(layer: str) -> str:
    return SITES if layer in PARK_TYPES else layer


@functools.lru_cache(maxsize=8)
def _entries(folder: Path) -> Mapping[tuple[str, str], _Entry]:
    """Read the file; a data folder of somebody else's may do without."""
    path = folder / FILE
    if not path.is_file():
        return {}
    found: dict[tuple[str, str], _Entry] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), start=1):
            try:
                kind, layer, name = row.pop("type"), row.pop("layer"), row.pop("column")
                values = row.pop("values")
                if kind not in get_args(Kind):
                    raise CatalogError(f"{FILE}, row {number}: unknown type `{kind}`")
                found[layer, name] = _Entry(Column(name, kind, **row), values)  # type: ignore[arg-type]
            except (KeyError, TypeError) as error:
                raise CatalogError(f"{FILE}, row {number}: columns are not as expected") from error
    return found
