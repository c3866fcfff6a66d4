import numpy as np
import pandas as pd
import pytest
import shapely

from geo.own.rows import LONGEST_SEARCHED, append_rows
from tests.geo import synthetic
from tests.geo.own import made

DATASET = synthetic.make(3, sites=4, projects=5)


def rows(columns, places=None):
    return append_rows(DATASET.rows, made.layer(columns, places)).iloc[len(DATASET.rows) :]


def test_the_rows_of_the_dataset_stay_as_they_are():
    layer = made.layer({"name": ["a", "b"], "status": ["completed", "no such"]})
    found = append_rows(DATASET.rows, layer)
    assert found.index.tolist() == list(range(len(DATASET.rows) + 2))
    pd.testing.assert_frame_equal(
        pd.DataFrame(found.iloc[: len(DATASET.rows)].drop(columns="geometry")),
        pd.DataFrame(DATASET.rows.drop(columns="geometry")),
    )
    assert found.crs == DATASET.rows.crs
    own = found.iloc[-2:]
    assert own["id"].tolist() == ["own:1", "own:2"]
    assert own["row_type"].tolist() == ["own", "own"]
    # Columns of the layer are the layer's, whatever they are called.
    assert own[["park_type", "kind", "status", "site_id"]].isna().all(axis=None)
    assert own["directions"].tolist() == [(), ()]


@pytest.mark.parametrize(
    ("columns", "ru", "en"),
    [
        (
            {"name_ru": ["Школа", None], "name_en": ["School", "Pool"]},
            ["Школа", "Pool"],
            ["School", "Pool"],
        ),
        ({"name_ru": ["Школа", " "]}, ["Школа", "№ 2"], ["Школа", "№ 2"]),
        ({"Название": ["Школа", None]}, ["Школа", "№ 2"], ["Школа", "№ 2"]),
        ({"title": ["T", "U"], "name": ["N", None]}, ["N", "№ 2"], ["N", "№ 2"]),
        ({"kind": ["a", "b"]}, ["№ 1", "№ 2"], ["№ 1", "№ 2"]),
        ({"name": [5, 6]}, ["5", "6"], ["5", "6"]),
    ],
)
def test_names(columns, ru, en):
    found = rows(columns)
    assert found["name_ru"].tolist() == ru
    assert found["name_en"].tolist() == en


def test_places():
    square = shapely.box(85, 56, 85.2, 56.2)
    found = rows({"a": [1, 2, 3]}, [square, None, shapely.Point()])
    assert square.contains(shapely.Point(found["lon"].iloc[0], found["lat"].iloc[0]))
    assert np.isnan(found["lon"].iloc[1:]).all()
    assert found.geometry.iloc[0].equals(square)


def test_the_search_looks_into_all_text():
    found = rows(
        {"a": ["Школа", None], "b": [("x", "y"), ("z",)], "n": [5, 6], "c": ["w" * 5000, ""]}
    )
    first, second = found["text"]
    assert first.split() == ["Школа", "x", "y", "w" * LONGEST_SEARCHED]
    assert second.split() == ["z"]
