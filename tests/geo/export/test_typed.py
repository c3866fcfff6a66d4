import dataclasses
import datetime as dt
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from geo.errors import MissingCrsError, NotWritableError
from geo.export import Content
from geo.export.typed import typed


@pytest.mark.parametrize(
    ("values", "kind", "plain", "code"),
    [
        ([1.0, None], "number", [1.0, None], None),
        (pd.array([1, None], "Int64"), "integer", [1, None], None),
        (pd.array([True, None], "boolean"), "boolean", [True, None], None),
        (["a", np.nan], "text", ["a", None], None),
        (pd.Categorical(["x", None]), "text", ["x", None], None),
        ([dt.date(2020, 1, 1), None], "date", [dt.date(2020, 1, 1), None], None),
        ([("a",), None], "list", [["a"], None], None),
        ([(1, 2), ()], "list", [[1, 2], []], None),
        ([1, "a"], "text", ["1", "a"], "mixed_types"),
        ([True, 1], "text", ["true", "1"], "mixed_types"),
        ([2**70, None], "text", [str(2**70), None], "mixed_types"),
        ([{"a": [1]}, None], "text", ['{"a": [1]}', None], "nested_as_text"),
        ([[["a"]], None], "text", ['[["a"]]', None], "nested_as_text"),
        ([None, None], "text", [None, None], None),
        ([shapely.Point(1, 2), None], "text", ["POINT (1 2)", None], "geometry_as_text"),
    ],
)
def test_each_column_gets_one_type(
    content: Content, values: Any, kind: str, plain: list[Any], code: str | None
) -> None:
    if code == "geometry_as_text":
        values = gpd.GeoSeries(values)
    table = pd.DataFrame({"column": values})
    found = typed(dataclasses.replace(content, table=table, key=None))
    assert (found.columns[0].kind, found.arrays[0].to_pylist()) == (kind, plain)
    assert [(n.code, n.column) for n in found.notices] == ([(code, "column")] if code else [])


def test_a_zone_is_told_in_utc(content: Content) -> None:
    moments = pd.to_datetime(["2020-01-01T10:00:00+07:00"])
    table = pd.DataFrame({"at": moments})
    found = typed(dataclasses.replace(content, table=table, key=None))
    assert found.arrays[0].to_pylist() == [dt.datetime(2020, 1, 1, 3)]
    assert [(n.code, n.reason) for n in found.notices] == [
        ("time_in_utc", "times of the zone +07:00 are written in UTC")
    ]


@pytest.mark.parametrize("value", [1j, b"bytes", "\ud800", object()])
def test_what_no_file_can_hold_is_refused_by_name(replaced: Any, value: Any) -> None:
    with pytest.raises(NotWritableError, match="`text`"):
        typed(replaced(text=pd.Series([value] * 6, dtype=object)))


def test_ids_must_be_there_and_differ(replaced: Any) -> None:
    for ids in (["a", "a", "b", "c", "d", "e"], ["a", None, "b", "c", "d", "e"]):
        with pytest.raises(NotWritableError, match="ids are missing or stand twice"):
            typed(replaced(id=ids))


def test_a_name_that_is_no_text(content: Content, replaced: Any) -> None:
    with pytest.raises(NotWritableError, match="column 2: its name is 5"):
        typed(replaced(content.table.rename(columns={"text": 5})))


def test_degrees_or_nothing(content: Content, replaced: Any) -> None:
    with pytest.raises(NotWritableError, match="EPSG:3857"):
        typed(replaced(content.table.to_crs(3857)))
    with pytest.raises(MissingCrsError):
        typed(replaced(content.table.set_crs(None, allow_override=True)))


def test_empty_and_infinite_places(content: Content, replaced: Any) -> None:
    table = content.table.copy()
    table.loc[0, "geometry"] = shapely.Point()
    found = typed(replaced(table))
    assert found.geometry is not None
    assert found.geometry[0] is None
    assert [(n.code, n.count) for n in found.notices] == [("empty_geometry", 1)]
    table.loc[0, "geometry"] = shapely.Point(float("inf"), 1)
    with pytest.raises(NotWritableError, match="not a finite number"):
        typed(replaced(table))


def test_the_table_is_left_as_it_was(content: Content) -> None:
    before = content.table.copy()
    typed(content)
    pd.testing.assert_frame_equal(content.table, before)
