import dataclasses
import datetime as dt
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from geo.crs import DEGREES
from geo.dataset import Dataset
from geo.export import Column, Content, Style
from geo.provenance import Input, Origin
from tests.geo import synthetic

NAMES = [
    "=1+1", "+7 3822", "-5", "@SUM(A1)", "\tx", "\rx", "\nx", "\0x", "＝1", "'=1", "''+", "'tis",
    'a "b", c; d', "two\r\nlines", "</script><img onerror=x>", "${x} `y`", "\u202eназад",
    "а" * 10_000, "NULL", "nan", "1,5", "]]>", "_x0041_", "\ufffe", "  ", "\x7f\x85",
]  # fmt: skip

SHAPES = [
    shapely.Point(84.9751234567891, 56.5),
    None,
    shapely.Polygon(
        [(84, 56), (84, 57), (85, 57), (85, 56)], [[(84.2, 56.2), (84.3, 56.2), (84.3, 56.3)]]
    ),
    shapely.MultiPoint([(84, 56), (85, 57)]),
    shapely.LineString([(84, 56), (85, 57), (85.123456789012, 57)]),
    shapely.MultiPolygon([shapely.box(84, 56, 84.1, 56.1), shapely.box(85, 57, 85.1, 57.1)]),
]


@pytest.fixture
def hostile_names() -> list[str]:
    return NAMES


@pytest.fixture
def hostile() -> Dataset:
    """As many projects as there are hostile names, without sites."""
    dataset = synthetic.make(5, sites=0, projects=len(NAMES))
    return dataclasses.replace(dataset, projects=dataset.projects.assign(name_ru=NAMES))


@pytest.fixture
def origin() -> Origin:
    layer = Input(
        "medical", "layer", "a" * 64, 6, DEGREES, "ODbL-1.0", ("© ru",), ("© en",),
        "Парки", "Parks", "2026-11-22",
    )  # fmt: skip
    own = Input("мой файл.csv", "file", "b" * 64, 3)
    return Origin({"kind": "test"}, (layer, own), "release00000", {"rows": 6})


@pytest.fixture
def content(origin: Origin) -> Content:
    """One column of each kind, each with a gap, and a geometry of each type."""
    table = gpd.GeoDataFrame(
        {
            "id": ["f", "e", "d", "c", "b", "a"],
            "text": ["=1+1", None, "ё", "a;b", "two\nlines", "x"],
            "whole": pd.array([1, None, -3, 2**40, 5, 6], "Int64"),
            "declared": [1.0, np.nan, 3.0, 4.0, 5.0, 6.0],
            "number": [1.5, np.nan, -3.25, 1e-7, 5.0, 6.0],
            "flag": pd.array([True, None, False, True, True, False], "boolean"),
            "day": [dt.date(2020, 2, 29), None, *[dt.date(1999, 12, 31)] * 4],
            "moment": [pd.Timestamp("2020-01-01T10:30:15"), pd.NaT, *[pd.Timestamp(0)] * 4],
            "words": [("a", "b"), None, (), ("c",), ("d",), ("e",)],
            "park_type": ["medical", "sport", None, "sport", "medical", "industrial"],
            "empty": [None] * 6,
        },
        geometry=gpd.GeoSeries(SHAPES, crs=DEGREES),
    )
    style = Style("park_type", (("medical", "#a50808", "М"), ("sport", "#59313e", "С")), "#3c4851")
    columns = [Column("declared", "integer", "год", "year", "целые", "whole", "medical")]
    return Content(table, "Заголовок", "Title", origin, "id", columns, "ru", style)


@pytest.fixture
def replaced(content: Content):
    """The content with other columns: `replaced(name=values)`, or another table as a whole."""

    def change(table: pd.DataFrame | None = None, **columns: object) -> Content:
        return dataclasses.replace(
            content, table=content.table.assign(**columns) if table is None else table
        )

    return change


@pytest.fixture
def left(tmp_path: Path):
    """Names in the folder of the test."""
    return lambda: sorted(path.name for path in tmp_path.iterdir())
