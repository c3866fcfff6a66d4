"""Each mistake that people make with spatial joins is refused or explained, with a way out."""

import json
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pytest
import shapely

import geo
from geo.crs import DEGREES
from geo.errors import JoinError
from geo.join import JoinResult, JoinSpec, Warn, memory
from geo.join.engines.geoparquet import describe
from tests.geo.join.places import box, frame, parks, point, projects


def warned(result: JoinResult, code: str) -> Warn:
    found = [warn for warn in result.plan.warnings if warn.code == code]
    assert len(found) == 1, [warn.code for warn in result.plan.warnings]
    assert found[0].reason
    return found[0]


def mended(result: JoinResult, code: str, *sides: Any) -> JoinResult:
    remedy = warned(result, code).remedy
    assert remedy is not None
    return geo.join(*sides, spec=remedy)


def refused(code: str, *sides: Any, **options: Any) -> JoinError:
    with pytest.raises(JoinError) as error:
        geo.join(*sides, **options)
    assert error.value.code == code
    return error.value


def test_dwithin_500_on_degrees_means_500_metres() -> None:
    near, far = shapely.Point(84.95, 56.48), shapely.Point(84.97, 56.48)
    left = frame({"here": near}, DEGREES)
    right = frame({"near": shapely.Point(84.955, 56.48), "far": far}, DEGREES)
    result = geo.join(left, right, predicate="dwithin", distance_m=500)
    assert list(result.pairs["right_id"]) == ["near"]
    assert result.pairs["distance_m"][0] == pytest.approx(308, rel=0.01)
    assert result.plan.distance == "projected"


@pytest.mark.parametrize(
    "options", [{"predicate": "dwithin", "distance_m": 100_000}, {"predicate": "nearest"}], ids=str
)
def test_metres_far_from_the_zone_are_refused(options: dict[str, Any]) -> None:
    world = frame({"Tomsk": shapely.Point(85, 56.5), "far": shapely.Point(-170, 10)}, DEGREES)
    here = frame({"here": shapely.box(-180, -90, 180, 90)}, DEGREES)
    for sides, far in (((world, here), "far"), ((here, world), "here")):
        error = refused("beyond_zone", *sides, distance="projected", **options)
        assert error.values["id"] == far
        assert "choose distance=auto" in str(error)
        assert geo.join(*sides, **options).plan.distance == "geodesic"


@pytest.mark.parametrize("crs", ["EPSG:5711", "EPSG:4978", "EPSG:0", "+proj=longlat", "{}"])
def test_a_system_without_horizontal_coordinates_is_refused(crs: str, tmp_path: Path) -> None:
    error = refused("bad_crs", "projects", "sites", left_crs=crs)
    assert (error.values["option"], error.values["found"]) == ("left_crs", crs)
    refused("bad_crs", projects(), parks(), right_crs=crs)
    file = tmp_path / "x.parquet"
    parks().to_parquet(file)
    with pytest.raises(JoinError, match="bad_crs"):
        describe(file, crs=crs)


def test_what_stops_the_comparison_is_told_in_our_own_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_: object) -> None:
        raise shapely.errors.GEOSException("TopologyException: side location conflict at 1 2")

    monkeypatch.setattr(memory, "find_pairs", fail)
    error = refused("geometry_failed", projects(), parks(), repair="ignore")
    assert "Topology" not in f"{error} {error.values}"
    assert "choose repair=make_valid" in str(error)


def test_layers_in_different_systems_are_reprojected_and_it_is_said() -> None:
    result = geo.join(projects(), parks().to_crs(DEGREES))
    assert result.plan.matched_left == 2
    assert result.plan.reprojected == ("right",)
    assert result.plan.densify_m == 500
    assert warned(result, "reprojected").values["source"] == DEGREES


def test_what_the_reading_repaired_and_left_out_is_told(tmp_path: Path) -> None:
    ring = [[84, 56], [84.1, 56.1], [84.1, 56], [84, 56.1], [84, 56]]
    shapes = [
        {"type": "Polygon", "coordinates": [ring]},
        {"type": "Point", "coordinates": ["85", 56.5]},
        {"type": "Point", "coordinates": ["85", 57]},
        {"type": "Polygon", "coordinates": [ring]},
    ]
    features = [{"type": "Feature", "properties": {}, "geometry": one} for one in shapes]
    own = tmp_path / "own.geojson"
    own.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    result = geo.join(own, "sites")
    gone = warned(result, "rows_left_out")
    assert (gone.values["count"], gone.values["row"]) == (2, 2)
    assert gone.values["finding"] == "not_a_number"
    assert "`validate` names all" in gone.reason
    mended = warned(result, "mended_in_reading")
    assert (mended.values["count"], mended.values["finding"]) == (2, "self_intersection")
    assert "lines cross" in mended.reason


@pytest.mark.parametrize(
    ("crs", "offer"), [("EPSG:32645", "EPSG:32645"), (DEGREES, DEGREES), ("EPSG:3857", "EPSG:3857")]
)
def test_a_missing_system_is_asked_for_with_a_proposal(crs: str, offer: str) -> None:
    nameless = projects().to_crs(crs).set_crs(None, allow_override=True)
    error = refused("no_crs", nameless, parks())
    assert offer in str(error.values["offer"])
    assert error.values["option"] == "left_crs"
    assert geo.join(nameless, parks(), left_crs=crs).plan.matched_left == 2


def test_swapped_latitude_and_longitude_are_found_and_a_swap_is_offered() -> None:
    right = parks().to_crs(DEGREES)
    left = projects().to_crs(DEGREES)
    left = left.set_geometry(shapely.transform(left.geometry.array, lambda p: p[:, ::-1]))
    left = left.set_crs(DEGREES, allow_override=True)
    result = geo.join(left, right)
    assert warned(result, "lat_lon_swapped").values == {"layer": "left", "count": 3}
    assert mended(result, "lat_lon_swapped", left, right).plan.matched_left == 2


def test_a_left_join_that_grows_says_so_and_numbers_its_matches() -> None:
    result = geo.join(projects(), parks())
    values = warned(result, "rows_multiplied").values
    assert (values["before"], values["after"], values["most"]) == (3, 5, 2)
    assert list(result.table["match_no"].fillna(0)) == [1, 2, 1, 2, 0]
    assert list(result.table["match_count"]) == [2, 2, 2, 2, 0]
    assert len(mended(result, "rows_multiplied", projects(), parks()).table) == 3


def test_summing_after_the_join_is_shown_before_and_after() -> None:
    result = geo.join(projects(), parks())
    values = warned(result, "sums_changed").values
    assert (values["column"], values["before"], values["after"]) == ("money", 111, 221)
    once = mended(result, "sums_changed", projects(), parks())
    assert once.table["left.money"].sum() == 111
    shared = geo.join(projects(), parks(), transfer={"money": "extensive"})
    assert shared.table["left.money.split"].sum() == pytest.approx(111)


def test_sums_of_years_are_not_spoken_of() -> None:
    rows = projects().assign(begun_year=2014)
    assert warned(geo.join(rows, parks()), "sums_changed").values["count"] == 1
    alone = geo.join(rows.drop(columns="money"), parks())
    assert [warning.code for warning in alone.plan.warnings if "sums" in warning.code] == []


def test_within_loses_points_on_edges_and_covered_by_is_proposed() -> None:
    # The project across both parks lies on no edge; the one between them does.
    result = geo.join(projects(), parks(), predicate="within")
    assert warned(result, "lost_on_edges").values == {"count": 1}
    found = mended(result, "lost_on_edges", projects(), parks())
    assert found.spec.predicate == "covered_by"
    assert set(found.pairs["left_id"]) == {"edge"}


def test_points_on_shared_edges_match_twice_and_a_tie_rule_is_proposed() -> None:
    result = geo.join(projects(), parks(), predicate="covered_by")
    assert warned(result, "shared_edges").values == {"count": 1, "layer": "right"}
    once = mended(result, "shared_edges", projects(), parks())
    assert list(once.pairs["right_id"]) == ["A"]
    assert list(once.pairs["tie_count"]) == [2]
    assert warned(once, "ties").values["rule"] == "id"


def test_nearest_with_equal_distances_is_counted_and_decided_by_the_rule() -> None:
    left, right = frame({"p": point(0, 0)}), frame({"b": point(10, 0), "a": point(-10, 0)})
    result = geo.join(left, right, predicate="nearest")
    assert list(result.pairs["right_id"]) == ["a"]
    assert list(result.pairs["tie_count"]) == [2]
    assert result.plan.ties == 1
    both = mended(result, "ties", left, right)
    assert list(both.pairs["right_id"]) == ["a", "b"]
    refused("ties", left, right, predicate="nearest", tie_rule="error")


BOW_TIE = shapely.Polygon(
    [(480_000, 6_260_000), (480_010, 6_260_010), (480_010, 6_260_000), (480_000, 6_260_010)]
)


def test_an_invalid_polygon_is_repaired_with_a_report() -> None:
    right = frame({"bow": BOW_TIE})
    result = geo.join(frame({"p": point(9, 5)}), right)
    assert result.plan.matched_left == 1
    values = warned(result, "repaired").values
    assert values["count"] == 1
    assert values["before"] == pytest.approx(0)
    assert values["after"] == pytest.approx(50)
    assert "bow" in str(refused("invalid_geometry", right, right, repair="refuse"))


def test_invalid_polygons_taken_as_they_are_are_named() -> None:
    points, right = frame({"p": point(9, 5)}), frame({"bow": BOW_TIE})
    result = geo.join(points, right, repair="ignore")
    assert mended(result, "not_repaired", points, right).plan.matched_left == 1


def test_a_partly_covered_source_keeps_its_rest() -> None:
    # 250 of 400 lie inside the target; nothing is rounded up to 400.
    sources = frame({"s": box(0, 0, 20, 20)}, people=[400.0])
    result = geo.join(sources, frame({"t": box(0, 0, 20, 12.5)}), transfer={"people": "extensive"})
    assert list(result.transferred["left.people"]) == [pytest.approx(250)]
    values = warned(result, "residual").values
    assert (values["residual"], values["total"]) == (pytest.approx(150), 400)
    assert warned(result, "uniform_sources")


def test_overlapping_targets_are_refused_for_totals() -> None:
    sources = frame({"s": box(0, 0, 20, 20)}, people=[400.0], density=[1.0])
    targets = frame({"t": box(0, 0, 15, 20), "u": box(10, 0, 20, 20)})
    error = refused("targets_overlap", sources, targets, transfer={"people": "extensive"})
    assert (error.values["first"], error.values["second"]) == ("t", "u")
    result = geo.join(sources, targets, transfer={"density": "intensive"})
    assert warned(result, "targets_overlap").values["count"] == 1
    # As the refusal proposes: each source goes to one target, and nothing is counted twice.
    beside = frame({"s": box(0, 0, 12, 20), "r": box(12, 0, 20, 20)}, people=[400.0, 100.0])
    once = geo.join(
        beside, targets, transfer={"people": "extensive"}, multiplicity="largest_overlap"
    )
    assert list(once.transferred["left.people"]) == [400, 100]


@pytest.mark.parametrize("column", ["people_per_km2", "density", "start_year", "share", "rate"])
def test_an_intensive_column_is_not_added_up(column: str) -> None:
    right = parks().assign(**{column: [1.0, 2.0]})
    refused("sum_of_intensive", projects(), right, summaries=[(column, "sum")])
    geo.join(projects(), right, summaries=[(column, "mean")])
    declared = {"summaries": [(column, "sum")], "right_kinds": {column: "extensive"}}
    geo.join(projects(), right, **declared)
    refused(
        "sum_of_intensive",
        projects(),
        right,
        summaries=[("number", "sum")],
        right_kinds={"number": "intensive"},
    )


def test_the_centre_of_a_curved_park_lies_in_it() -> None:
    crescent = box(0, 0, 100, 100).difference(box(20, 20, 100, 80))
    assert not crescent.covers(crescent.centroid)
    left, right = (
        frame({"curved": crescent}),
        frame({"same": crescent, "hole": box(21, 21, 99, 79)}),
    )
    assert list(geo.join(left, right, predicate="centre_in").pairs["right_id"]) == ["same"]


def test_distances_are_named_straight_lines() -> None:
    for options in ({"predicate": "dwithin", "distance_m": 10}, {"predicate": "nearest"}):
        assert warned(geo.join(projects(), parks(), **options), "straight_line")


def test_joins_are_made_on_the_full_geometry() -> None:
    x = np.linspace(0, 100, 2_001)
    y = np.where(np.arange(2_001) % 2, 0.05, 0)
    wave = np.column_stack([480_000 + x, 6_260_000 + y]).tolist()
    ragged = shapely.Polygon([*wave, (480_100, 6_260_050), (480_000, 6_260_050)])
    assert shapely.get_num_coordinates(ragged) == 2_004
    left = frame({"in": point(x[1], 0.06), "out": point(x[1], 0.04)})
    assert set(geo.join(left, frame({"r": ragged})).pairs["left_id"]) == {"in"}
    table = geo.join(left, frame({"r": ragged}), how="inner", geometry="right").table
    assert shapely.get_num_coordinates(table.geometry[0]) == 2_004


def test_counts_by_area_are_said_to_grow_with_the_area() -> None:
    result = geo.join(parks(), projects(), multiplicity="count")
    assert list(result.table["match_count"]) == [2, 2]
    assert warned(result, "counts_by_area").values == {"layer": "left"}


def test_sites_of_one_park_are_not_dissolved() -> None:
    sites = frame({"north": box(0, 0, 10, 10), "south": box(0, 20, 10, 30)}, park_id=["p", "p"])
    result = geo.join(frame({"a": point(5, 5), "b": point(5, 25)}), sites)
    assert list(result.pairs["right_id"]) == ["north", "south"]
    assert list(result.table["right.park_id"]) == ["p", "p"]


def test_columns_of_the_same_name_keep_it_under_their_layer() -> None:
    left = projects().assign(number=[7, 8, 9], an_uncommonly_long_column_name=1)
    result = geo.join(left, parks())
    assert {"left.number", "right.number"} <= set(result.table.columns)
    assert "left.an_uncommonly_long_column_name" in result.table.columns
    assert warned(result, "same_columns").values["count"] == 2
    itself = geo.join("medical", "medical", predicate="nearest", exclusive=True)
    assert {"medical.id", "medical-2.id"} <= set(itself.table.columns)


def test_the_release_of_the_data_is_told() -> None:
    about = geo.join("projects", "medical").provenance["inputs"]
    assert about["left"]["release"] == about["right"]["release"] != ""
    assert len(about["left"]["sha256"]) == 64


def test_money_of_the_dataset_is_not_to_be_added_up() -> None:
    summaries = [("investment_mln_rub", "sum")]
    result = geo.join("sites", "projects", summaries=summaries)
    assert warned(result, "sums_repeat")


def test_points_hold_nothing_and_the_nearest_is_offered() -> None:
    left, right = frame({"p": point(0, 0)}), frame({"a": point(5, 1), "b": point(-9, -1)})
    result = geo.join(left, right, predicate="within")
    assert warned(result, "holds_nothing").values["count"] == 2
    assert list(mended(result, "holds_nothing", left, right).pairs["right_id"]) == ["a"]


def test_every_remedy_is_a_join_that_can_be_run() -> None:
    right = parks().assign(geometry=[box(0, 0, 500, 200), box(400, 0, 800, 200)])
    for predicate in ("intersects", "within", "covered_by", "nearest"):
        for warn in geo.join(projects(), right, predicate).plan.warnings:
            if warn.remedy is not None:
                assert isinstance(warn.remedy, JoinSpec)
                geo.join(projects(), right, spec=warn.remedy)


def test_frames_given_are_not_changed() -> None:
    left, right = projects().iloc[::-1], parks()
    before = left.copy(), right.copy()
    geo.join(left, right.to_crs(DEGREES), "nearest").unmatched  # noqa: B018 - for its effects
    geo.join(left, right, how="outer", geometry="intersection").table  # noqa: B018
    for given, kept in ((left, before[0]), (right, before[1])):
        assert isinstance(given, gpd.GeoDataFrame)
        assert given.equals(kept)
