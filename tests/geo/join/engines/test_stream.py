"""The engine `stream` against the engine in memory: the same table, row by row."""

import json
import os
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely

from geo.errors import JoinError
from geo.join import JoinSpec, Layer, join
from geo.join.engines import stream as engine
from geo.join.engines.geoparquet import describe
from geo.join.engines.grid import POINT_PREDICATES
from geo.join.planning import Plan
from tests.geo.join.engines.layers import LINES, MIXED, POINTS, POLYGONS, layer, written


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "ROWS", 50)


def streamed(
    left: gpd.GeoDataFrame, right: gpd.GeoDataFrame, folder: Path, **options: Any
) -> tuple[gpd.GeoDataFrame, Plan]:
    files = (written(left, folder / "a.parquet"), written(right, folder / "b.parquet"))
    out = folder / "out.parquet"
    plan = engine.stream(*map(describe, files), JoinSpec(**options), out)
    return gpd.read_parquet(out), plan


def check_same(
    left: gpd.GeoDataFrame, right: gpd.GeoDataFrame, folder: Path, **options: Any
) -> gpd.GeoDataFrame:
    found, plan = streamed(left, right, folder, **options)
    result = join(Layer("a", left), Layer("b", right), **options)
    expected = result.table
    assert list(found.columns) == list(expected.columns)
    for name in expected.columns.drop("geometry"):
        assert plain(found[name]) == plain(expected[name]), name
    same = shapely.equals_identical(found.geometry.array, expected.geometry.array)
    assert (same | (found.geometry.isna() & expected.geometry.isna())).all()
    wanted = result.plan
    for name in ("left_rows", "right_rows", "rows_out", "pairs", "matched_left", "matched_right",
                 "unmatched_left", "unmatched_right", "multi_matched", "max_matches", "ties",
                 "certainty", "crs", "distance", "reprojected", "densify_m"):  # fmt: skip
        assert getattr(plan, name) == getattr(wanted, name), name
    assert [(s.side, s.column) for s in plan.sums] == [(s.side, s.column) for s in wanted.sums]
    np.testing.assert_allclose(
        [(s.before, s.after) for s in plan.sums], [(s.before, s.after) for s in wanted.sums]
    )
    return found


def plain(values: "pd.Series[Any]") -> list[Any]:
    def one(value: Any) -> Any:
        if isinstance(value, list | tuple | np.ndarray):
            return tuple(map(one, value))
        return None if pd.isna(value) else value

    return [one(value) for value in values.astype(object)]


PREDICATES: list[dict[str, Any]] = [
    *({"predicate": name} for name in (
        "intersects", "within", "contains", "contains_properly", "covers", "covered_by", "touches",
        "crosses", "overlaps", "equals", "centre_in",
    )),
    {"predicate": "dwithin", "distance_m": 120.0},
    {"predicate": "nearest"},
    {"predicate": "nearest", "k": 3, "distance_m": 400},
    {"predicate": "share", "share": 0.4},
    {"predicate": "pattern", "pattern": "T********"},
]  # fmt: skip


@pytest.mark.parametrize("options", PREDICATES, ids=lambda o: o["predicate"])
def test_every_predicate_on_all_kinds_of_shapes(options: dict[str, Any], tmp_path: Path) -> None:
    check_same(layer(MIXED, 80, 2), layer(POLYGONS, 30, 12), tmp_path, **options)


@pytest.mark.parametrize("predicate", [*POINT_PREDICATES, "centre_in"])
def test_points_by_the_grid(predicate: str, tmp_path: Path) -> None:
    check_same(layer(POINTS, 80, 1), layer(POLYGONS, 30, 11), tmp_path, predicate=predicate)


@pytest.mark.parametrize("option", [{"predicate": "share", "share": 0.4},
                                    {"multiplicity": "largest_overlap"}], ids=str)  # fmt: skip
def test_points_have_no_area_to_share(option: dict[str, Any], tmp_path: Path) -> None:
    left, right = layer(POINTS, 80, 1), layer(POLYGONS, 30, 11)
    with pytest.raises(JoinError, match="no_area"):
        streamed(left, right, tmp_path, **option)


@pytest.mark.parametrize(
    "options",
    [
        {"how": "inner"},
        {"how": "anti"},
        {"multiplicity": "first", "tie_rule": "smaller_area"},
        {"multiplicity": "first", "tie_rule": "all", "how": "inner"},
        {"multiplicity": "nearest"},
        {"multiplicity": "list"},
        {"multiplicity": "count"},
        {"multiplicity": "first", "tie_rule": "priority", "priority_column": "group",
         "priority": ("b", "a")},
        {"on": (("group", "group"),)},
        {"exclusive": True},
        {"left_columns": ("worth",), "right_columns": ("name",), "geometry": "right"},
        {"geometry": "none"},
        {"summaries": (("", "count"), ("worth", "mean"), ("worth", "max"), ("name", "concat"))},
    ],
    ids=str,
)  # fmt: skip
def test_every_choice_and_side(options: dict[str, Any], tmp_path: Path) -> None:
    check_same(layer(POINTS, 80, 3), layer(POLYGONS, 30, 4), tmp_path, **options)


@pytest.mark.parametrize(
    "options",
    [
        {"multiplicity": "largest_overlap"},
        {"predicate": "overlaps", "geometry": "intersection"},
        {"predicate": "dwithin", "distance_m": 150, "geometry": "line"},
        {"summaries": (("worth", "mean", "area"),)},
    ],
    ids=str,
)
def test_outlines(options: dict[str, Any], tmp_path: Path) -> None:
    check_same(layer(POLYGONS, 80, 5), layer(POLYGONS, 30, 6), tmp_path, **options)


def test_longest_overlap_of_lines(tmp_path: Path) -> None:
    check_same(
        layer(LINES, 90, 7), layer(POLYGONS, 40, 8), tmp_path, multiplicity="longest_overlap"
    )


@pytest.mark.parametrize(("here", "there"), [(4326, 4326), (3857, 4326), (28415, 28415)])
def test_other_systems(here: int, there: int, tmp_path: Path) -> None:
    left, right = layer(POINTS, 80, 9, crs=here), layer(POLYGONS, 30, 10, crs=there)
    check_same(left, right, tmp_path)
    check_same(left, right, tmp_path, predicate="nearest", distance_m=900)


def test_a_layer_wider_than_its_zone_is_measured_on_the_ellipsoid(tmp_path: Path) -> None:
    left = layer(POINTS, 60, 11, crs=4326)
    left.loc[0, "geometry"] = shapely.Point(40, 56)
    found = check_same(left, layer(POLYGONS, 20, 12, crs=4326), tmp_path, predicate="nearest")
    assert found["distance_m"].max() > 2.5e6


@pytest.mark.parametrize("kind", [POINTS, MIXED])
def test_rows_in_any_order_with_equal_ids(kind: str, tmp_path: Path) -> None:
    left = layer(kind, 120, 13).sample(frac=1, random_state=1)
    left["id"] //= 6
    right = layer(POLYGONS, 40, 14).sample(frac=1, random_state=2)
    right["id"] = [f"п{n}" for n in right["id"]]
    found = check_same(left.reset_index(drop=True), right.reset_index(drop=True), tmp_path)
    assert found["a.id"].is_monotonic_increasing


@pytest.mark.parametrize("ids", [None, [None, *range(59)], [f"x{n % 7}" for n in range(60)]])
def test_rows_without_ids_or_with_texts(ids: list[Any] | None, tmp_path: Path) -> None:
    left = layer(POINTS, 60, 15)
    left = left.drop(columns="id") if ids is None else left.assign(id=ids)
    check_same(left, layer(POLYGONS, 30, 16), tmp_path)


@pytest.mark.parametrize("side", ["left", "right", "both"])
@pytest.mark.parametrize("fault", ["no rows", "no places"])
def test_nothing_to_join(side: str, fault: str, tmp_path: Path) -> None:
    def spoilt(frame: gpd.GeoDataFrame, name: str) -> gpd.GeoDataFrame:
        if side not in (name, "both"):
            return frame
        return frame.iloc[:0] if fault == "no rows" else frame.assign(geometry=None)

    left, right = layer(POINTS, 60, 17), layer(POLYGONS, 30, 18)
    check_same(spoilt(left, "left"), spoilt(right, "right"), tmp_path)


@pytest.mark.quick
def test_random_layers_and_options(tmp_path: Path) -> None:
    """`ATLAS_STREAM_CASES` layers, of 2,400 pairs of rows each, instead of 6."""
    for seed in range(int(os.environ.get("ATLAS_STREAM_CASES", "6"))):
        dice = np.random.default_rng(seed)
        kinds = [str(dice.choice([POINTS, POINTS, LINES, POLYGONS, MIXED])) for _ in range(2)]
        systems = dice.choice([4326, 32645, 3857], 2).tolist()
        left, right = (
            layer(kind, rows, seed + n, crs=crs)
            for n, (kind, rows, crs) in enumerate(zip(kinds, (80, 30), systems, strict=True))
        )
        if dice.random() < 0.3:
            left = left.sample(frac=1, random_state=seed).reset_index(drop=True)
        options = dict(PREDICATES[dice.integers(len(PREDICATES))])
        options["how"] = str(dice.choice(["left", "inner", "anti"]))
        options["multiplicity"] = str(dice.choice(["all", "first", "nearest", "list", "count"]))
        try:
            check_same(left, right, tmp_path, **options)
        except JoinError as error:  # the other must refuse it too
            with pytest.raises(JoinError, match=error.code):
                join(Layer("a", left), Layer("b", right), **options).table  # noqa: B018
        except AssertionError as error:
            raise AssertionError(f"seed {seed}: {kinds} {systems} {options}") from error


def test_counts_of_later_parts_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "ROWS", 1)
    left = gpd.GeoDataFrame({"id": [1, 2, 3]}, geometry=shapely.points([1, 2, 9], 1), crs=32645)
    parks = shapely.box([0, 2], 0, [2, 4], 2)
    right = gpd.GeoDataFrame({"id": ["a", "b"]}, geometry=parks, crs=32645)
    found = check_same(left, right, tmp_path, multiplicity="first")
    assert found["match_count"].tolist() == [1, 2, 0]


@pytest.mark.parametrize("predicate", ["intersects", "nearest"])
def test_rows_drawn_at_their_site_join_by_membership(predicate: str, tmp_path: Path) -> None:
    left, right = layer(POINTS, 80, 19), layer(POLYGONS, 30, 20)
    at_site = np.arange(80) % 3 == 0
    left["geometry_method"] = np.where(at_site, "position_of_site", "point")
    left["site_id"] = np.where(at_site, np.arange(80) % 30 * 3, -1)
    found = check_same(left, right, tmp_path, predicate=predicate)
    assert (found["certainty"] == "member").sum() == at_site.sum()


def test_a_kind_of_a_column_that_is_not_there_is_refused(tmp_path: Path) -> None:
    sides = layer(POINTS, 3, 1), layer(POLYGONS, 3, 2)
    with pytest.raises(JoinError, match="`right_kinds` names the column `zzz`"):
        streamed(*sides, tmp_path, right_kinds=(("zzz", "extensive"),))


@pytest.mark.parametrize("broken", [b"no well-known binary", b"", "text"])
@pytest.mark.parametrize("side", ["a", "b"])
def test_a_geometry_that_is_none_is_refused(tmp_path: Path, broken: object, side: str) -> None:
    for name in ("a", "b"):
        path = written(layer(POINTS, 3, 1), tmp_path / f"{name}.parquet")
        table = pq.read_table(path)
        if name == side:
            place = table.schema.get_field_index("geometry")
            about = json.loads(table.schema.metadata[b"geo"])
            about["columns"]["geometry"].pop("bbox", None)  # so that the extent must be measured
            table = table.set_column(place, "geometry", pa.array([broken] * 3))
            pq.write_table(table.replace_schema_metadata({"geo": json.dumps(about)}), path)
    files = (describe(tmp_path / "a.parquet"), describe(tmp_path / "b.parquet"))
    with pytest.raises(JoinError, match=rf"`{side}\.parquet`.*no well-known binary.*write it as"):
        engine.stream(*files, JoinSpec(), tmp_path / "out.parquet")
