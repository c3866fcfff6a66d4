"""The joined table: rows, order, names, types, geometry, and input that nobody hopes for."""

from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

import geo
from geo.crs import DEGREES, METRES
from geo.errors import JoinError
from geo.join import Layer
from tests.geo.join.places import EAST, NORTH, box, frame, parks, point, projects


def codes(result: Any) -> set[str]:
    return {warn.code for warn in result.plan.warnings}


def test_columns_stand_under_their_layer_then_the_match_then_the_place() -> None:
    table = geo.join(Layer("works", projects()), Layer("park", parks())).table
    assert list(table.columns) == [
        *("works.id", "works.money", "park.id", "park.number"),
        *("match_no", "match_count", "tie_count", "certainty", "geometry"),
    ]
    assert table.crs == DEGREES
    assert list(table.index) == list(range(len(table)))


def test_rows_stand_by_left_id_then_right_id_whatever_the_input() -> None:
    left, right = projects().iloc[[2, 0, 1]], parks().iloc[::-1]
    table = geo.join(left, right, how="outer").table
    assert list(table["left.id"]) == ["across", "across", "edge", "edge", "far"]
    assert list(table["right.id"])[:4] == ["A", "B", "A", "B"]


def test_numbers_sort_as_numbers() -> None:
    left = frame({}, METRES).drop(columns="id")
    left = gpd.GeoDataFrame({"id": [10, 9, 2]}, geometry=[point(1, 1)] * 3, crs=METRES)
    assert list(geo.join(left, parks()).pairs["left_id"]) == [2, 9, 10]


def test_types_stay_what_they_are_beside_missing_rows() -> None:
    right = parks().assign(yes=[True, False], when=pd.to_datetime(["2020-01-01", "2021-01-01"]))
    table = geo.join(projects(), right).table
    kinds = {name: str(table[name].dtype) for name in ("right.number", "right.yes", "match_no")}
    assert kinds == {"right.number": "Int64", "right.yes": "boolean", "match_no": "Int64"}
    assert table["right.when"].dtype.kind == "M"
    assert str(geo.join(projects(), right, how="inner").table["right.number"].dtype) == "int64"


@pytest.mark.parametrize(
    ("how", "rows"), [("left", 3), ("inner", 2), ("right", 4), ("outer", 5), ("anti", 1)]
)
def test_sides_keep_their_rows(how: str, rows: int) -> None:
    right = pd.concat([parks(), frame({"C": box(900, 900, 950, 950)}, number=[3])])
    table = geo.join(projects(), right, how=how, multiplicity="first").table
    assert len(table) == rows
    if how in ("right", "outer"):
        alone = table[table["right.id"] == "C"].iloc[0]
        assert pd.isna(alone["left.id"])
        assert pd.isna(alone["match_count"])
        assert alone.geometry is not None


def test_a_list_holds_the_matches_of_a_row() -> None:
    table = geo.join(projects(), parks(), multiplicity="list").table
    assert list(table["right.id"]) == [("A", "B"), ("A", "B"), ()]
    assert list(table["match_count"]) == [2, 2, 0]


@pytest.mark.parametrize(
    ("geometry", "kinds"),
    [
        ("left", ["Polygon", "Polygon", "Point", "Point", "Point"]),
        ("right", ["Polygon", "Polygon", "Polygon", "Polygon", "Point"]),
        ("intersection", ["Polygon", "Polygon", "Point", "Point", None]),
        ("line", ["LineString", "LineString", "LineString", "LineString", None]),
        ("none", [None] * 5),
    ],
)
def test_geometry_is_that_of_the_side_asked_for(geometry: str, kinds: list[str | None]) -> None:
    table = geo.join(projects(), parks(), geometry=geometry).table
    assert [None if s is None else s.geom_type for s in table.geometry] == kinds


def test_the_intersection_is_what_both_have() -> None:
    table = geo.join(projects(), parks(), geometry="intersection", how="inner").table
    areas = table.to_crs(METRES).area
    assert list(areas.round(0)) == [3_200, 4_800, 0, 0]


def test_columns_are_chosen_and_the_id_stays() -> None:
    table = geo.join(projects(), parks(), left_columns=["money"], right_columns=[]).table
    assert list(table.columns[:3]) == ["left.id", "left.money", "right.id"]
    with pytest.raises(JoinError, match="no_column"):
        _ = geo.join(projects(), parks(), left_columns=["absent"]).table
    twice = geo.join(projects(), parks(), left_columns=["money", "money"]).table
    assert [name for name in twice.columns if "money" in name] == ["left.money"]


def test_a_kind_of_a_column_that_is_not_there_is_refused() -> None:
    with pytest.raises(JoinError, match=r"`right_kinds` names the column `zzz`.*choose one of"):
        geo.join(projects(), parks(), right_kinds=[("zzz", "extensive")])


def test_rows_without_ids_are_called_by_their_index() -> None:
    left = projects().drop(columns="id")
    assert list(geo.join(left, parks()).table["left.id"]) == [0, 0, 1, 1, 2]
    nameless = projects().assign(id=[None, "a", "b"])
    table = geo.join(nameless, parks()).table
    assert {"left.id", "left.row"} <= set(table.columns)


def test_repeated_ids_are_named() -> None:
    result = geo.join(projects().assign(id="same"), parks())
    assert len(result.table) == 5
    assert "repeated_ids" in codes(result)


def test_layers_without_overlap_say_so() -> None:
    far = frame({"x": point(90_000, 0)})
    result = geo.join(far, parks())
    assert result.plan.pairs == 0
    assert "no_overlap" in codes(result)
    assert result.unmatched.left["nearest_id"][0] == "B"
    assert result.unmatched.left["nearest_distance_m"][0] == pytest.approx(89_200, rel=1e-3)


@pytest.mark.parametrize("how", ["left", "inner", "right", "outer", "anti"])
@pytest.mark.parametrize("multiplicity", ["all", "first", "list"])
@pytest.mark.parametrize("predicate", ["intersects", "nearest", "disjoint", "equals"])
def test_empty_layers_give_empty_matches(how: str, multiplicity: str, predicate: str) -> None:
    nothing = projects().iloc[:0]
    options = {"how": how, "multiplicity": multiplicity, "predicate": predicate}
    for sides in ((nothing, parks()), (projects(), nothing), (nothing, nothing)):
        result = geo.join(*sides, **options)
        assert result.plan.rows_out == len(result.table)
        assert len(result.pairs) == 0
        assert "empty_layer" in codes(result)
        _ = result.unmatched


def test_only_null_geometries_match_nothing_and_stay() -> None:
    nowhere = frame({"a": None, "b": shapely.Point()})
    result = geo.join(nowhere, parks())
    assert list(result.table["left.id"]) == ["a", "b"]
    assert list(result.unmatched.left["reason"]) == ["no_place", "no_place"]
    assert {"no_places", "no_place"} <= codes(result)
    assert geo.join(parks(), nowhere, "nearest").plan.pairs == 0


def test_ten_thousand_columns_are_joined() -> None:
    wide = pd.DataFrame(np.ones((3, 10_000)), columns=[f"c{n}" for n in range(10_000)])
    left = gpd.GeoDataFrame(wide, geometry=projects().geometry, crs=METRES)
    table = geo.join(left, parks()).table
    assert table["left.c9999"].sum() == 5


def test_a_column_named_geometry_is_data() -> None:
    left = projects().rename_geometry("place").assign(geometry=["a", "b", "c"])
    table = geo.join(left, parks()).table
    assert list(table["left.geometry"]) == ["a", "a", "b", "b", "c"]
    assert table.geometry.name == "geometry"


def test_columns_that_are_no_texts_and_names_that_stand_twice() -> None:
    assert "left.5" in geo.join(projects().rename(columns={"money": 5}), parks()).table
    twice = projects().rename(columns={"money": "id"})
    with pytest.raises(JoinError, match="repeated_column"):
        geo.join(twice, parks())


def test_a_frame_without_geometry_is_refused() -> None:
    with pytest.raises(JoinError, match="no_geometry"):
        geo.join(pd.DataFrame({"id": [1]}), parks())  # type: ignore[arg-type]
    with pytest.raises(JoinError, match="no_geometry"):
        geo.join("directions", parks())
    with pytest.raises(JoinError, match="unknown_layer"):
        geo.join("nowhere", parks())


def test_markup_and_cyrillic_are_left_as_they_are() -> None:
    left = projects().assign(имя=["<b>Ёж</b>", "=1+1", "\u202e"])
    table = geo.join(Layer("слой", left), parks()).table
    assert list(table["слой.имя"].unique()) == ["<b>Ёж</b>", "=1+1", "\u202e"]


def test_a_grid_closes_a_gap_and_is_at_most_a_metre() -> None:
    left, right = frame({"a": box(0, 0, 10, 10)}), frame({"b": box(10.2, 0, 20, 10)})
    assert geo.join(left, right).plan.pairs == 0
    assert geo.join(left, right, grid_m=1).plan.pairs == 1


def test_attributes_may_have_to_agree() -> None:
    left = projects().assign(zone=["A", "B", None])
    pairs = geo.join(left, parks(), on=[("zone", "id")]).pairs
    assert list(zip(pairs["left_id"], pairs["right_id"], strict=True)) == [
        ("across", "A"),
        ("edge", "B"),
    ]
    near = geo.join(left, parks(), "nearest", on={"zone": "id"}).pairs
    assert list(zip(near["left_id"], near["right_id"], strict=True)) == [
        ("across", "A"),
        ("edge", "B"),
    ]


def test_three_dimensions_are_joined_flat() -> None:
    high = frame({"a": shapely.Point(EAST + 5, NORTH + 5, 300)})
    assert geo.join(high, parks()).plan.pairs == 1
    assert geo.join(high, parks(), "dwithin", distance_m=1).plan.pairs == 1
