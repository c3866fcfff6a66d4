"""The rows of a viewer's layer as rows of the one list."""

from collections.abc import Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.names import LANGUAGES
from geo.own.conditions import ID_PREFIX
from geo.own.fields import name_column
from geo.own.layer import Layer

ROW_TYPE = "own"
"""`row_type` of these rows, beside site and project."""

LONGEST_SEARCHED = 1_000
"""Characters of a cell that the search looks into."""

_LONGEST_NAME = 300
_NOWHERE: tuple[str, ...] = ()


def append_rows(rows: gpd.GeoDataFrame, layer: Layer) -> gpd.GeoDataFrame:
    """Return the list with the rows of a layer after those it had.

    The id of such a row is "own:" and its number in the file. It has no kind of park, direction,
    cluster, kind, status, years or money, whatever its columns are called: they are the layer's
    own. A row without a name goes by its number.

    Parameters
    ----------
    rows
        As `geo.rows.build_rows` makes them.
    layer
        What a viewer brought.
    """
    size = len(layer)
    geometry = np.asarray(layer.frame.geometry.array, dtype=object)
    filled = geometry.copy()
    filled[shapely.is_empty(geometry)] = None
    inside = shapely.point_on_surface(filled)
    names = _names(layer)
    own = {name: pd.Series([None] * size, dtype=object) for name in rows.columns}
    own |= {
        name: pd.Series(np.full(size, np.nan))
        for name in rows.columns
        if pd.api.types.is_float_dtype(rows[name].dtype)
    }
    own |= {
        "id": pd.Series([f"{ID_PREFIX}{number}" for number in layer.numbers.tolist()]),
        "row_type": pd.Series([ROW_TYPE] * size),
        "directions": pd.Series([_NOWHERE] * size, dtype=object),
        "clusters": pd.Series([_NOWHERE] * size, dtype=object),
        "text": pd.Series(_texts(layer)),
        "lon": pd.Series(shapely.get_x(inside)),
        "lat": pd.Series(shapely.get_y(inside)),
        **{f"name_{lang}": pd.Series(names[lang], dtype=object) for lang in LANGUAGES},
    }
    del own[rows.geometry.name]
    listed = pd.DataFrame(rows.drop(columns=rows.geometry.name)).astype(object)
    table = {
        name: np.concatenate([listed[name].to_numpy(), values.to_numpy(dtype=object)])
        for name, values in own.items()
    }
    frame = pd.DataFrame(
        {name: pd.Series(values, dtype=rows[name].dtype) for name, values in table.items()}
    )
    shapes = np.concatenate([np.asarray(rows.geometry.array, dtype=object), geometry])
    return gpd.GeoDataFrame(frame, geometry=gpd.GeoSeries(shapes, crs=rows.crs))


def _names(layer: Layer) -> dict[str, list[str]]:
    frame = layer.frame
    columns = [str(name) for name in frame.columns if name != frame.geometry.name]
    plain = {name.casefold(): name for name in reversed(columns)}
    shared = name_column(columns)
    sources = {
        lang: [
            plain[name]
            for name in (f"name_{lang}", *(f"name_{other}" for other in LANGUAGES))
            if name in plain
        ]
        + ([shared] if shared else [])
        for lang in LANGUAGES
    }
    return {lang: _first_known(layer, sources[lang]) for lang in LANGUAGES}


def _first_known(layer: Layer, columns: Sequence[str]) -> list[str]:
    found = [f"№ {number}" for number in layer.numbers.tolist()]
    for name in reversed(columns):
        for row, value in enumerate(layer.frame[name].astype(object)):
            text = _plain(value).strip()
            if text:
                found[row] = text[:_LONGEST_NAME]
    return found


def _texts(layer: Layer) -> list[str]:
    """Return what the search looks into: every text of a row, numbers left out."""
    frame = layer.frame.drop(columns=layer.frame.geometry.name)
    columns = [
        [_plain(value)[:LONGEST_SEARCHED] for value in frame[name].astype(object)]
        for name in frame.columns
        if not pd.api.types.is_numeric_dtype(frame[name].dtype)
    ]
    if not columns:
        return [""] * len(layer)
    return [" ".join(cells) for cells in zip(*columns, strict=True)]


def _plain(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return " ".join(str(one) for one in value if one is not None)
    return "" if value is None or pd.isna(value) else str(value)
