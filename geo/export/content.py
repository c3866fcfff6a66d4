"""What is exported, whatever the format: rows, what their columns mean, and where they are from."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pandas as pd

from geo.dictionary import Column
from geo.provenance.origin import Origin


@dataclass(frozen=True)
class Style:
    """How a program that reads styles (QGIS, Google Earth) is to colour the rows.

    Parameters
    ----------
    column
        Its values decide.
    categories
        (value, colour as #rrggbb, label) in the order of the legend.
    other
        Colour of all other rows.
    """

    column: str
    categories: tuple[tuple[str, str, str], ...]
    other: str


@dataclass(frozen=True, eq=False)
class Content:
    """Rows to write, in their order.

    Parameters
    ----------
    table
        GeoDataFrame in EPSG:4326, or a DataFrame for rows without places. Its index is not
        written. The columns are written in their order.
    title_ru, title_en
        Of the file.
    origin
        Inputs, operation, counts and warnings; the licence follows from it.
    key
        Column of unique texts that become the ids of features; None where rows have none.
    columns
        Meaning of columns by name; one that is not described here is taken from its values.
    lang
        Language in which the rows were ordered: ru or en.
    style
        None for no style.
    """

    table: pd.DataFrame
    title_ru: str
    title_en: str
    origin: Origin
    key: str | None = None
    columns: Sequence[Column] = field(default=())
    lang: str = "ru"
    style: Style | None = None
