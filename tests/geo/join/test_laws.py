"""Laws that every join obeys: algebra, order, conservation, coordinate systems, distance."""

import random

import geopandas as gpd
import numpy as np
import pyproj
import pytest
import shapely

import geo
from geo.crs import DEGREES, METRES
from geo.join import JoinSpec, Layer
from tests.geo.join import cases
from tests.geo.join.places import EAST, NORTH, box, frame, point

SEEDS = range(5)


def layers(seed: int) -> tuple[Layer, Layer]:
    rng = random.Random(f"laws {seed}")  # noqa: S311 - repeatable, not secret
    return Layer("left", cases.frame(cases.rows(rng, "a"))), Layer(
        "right", cases.frame(cases.rows(rng, "b"))
    )


def ids(left: object, right: object, predicate: str, **options: object) -> set[tuple[str, str]]:
    pairs = geo.join(left, right, predicate=predicate, **options).pairs
    return set(zip(pairs["left_id"], pairs["right_id"], strict=True))


def everything(left: Layer, right: Layer) -> set[tuple[str, str]]:
    there = [
        side.frame["id"][~(side.frame.geometry.isna() | side.frame.geometry.is_empty)]
        for side in (left, right)
    ]
    return {(a, b) for a in there[0] for b in there[1]}


@pytest.mark.parametrize("seed", SEEDS)
def test_algebra_of_predicates(seed: int) -> None:
    left, right = layers(seed)
    meeting = ids(left, right, "intersects")
    assert ids(left, right, "disjoint") == everything(left, right) - meeting
    assert ids(left, right, "dwithin", distance_m=0) == meeting
    assert ids(left, right, "pattern", pattern="FF*FF****") == everything(left, right) - meeting
    for predicate, inverse in (
        ("within", "contains"),
        ("covered_by", "covers"),
        ("touches", "touches"),
        ("overlaps", "overlaps"),
        ("crosses", "crosses"),
        ("equals", "equals"),
    ):
        turned = {(a, b) for b, a in ids(right, left, inverse)}
        assert ids(left, right, predicate) == turned, predicate
    assert ids(left, right, "within") <= ids(left, right, "covered_by") <= meeting
    assert ids(left, right, "contains_properly") <= ids(left, right, "contains")
    assert ids(left, right, "equals") <= ids(left, right, "covers")


@pytest.mark.parametrize("seed", SEEDS)
def test_matched_and_unmatched_are_all(seed: int) -> None:
    left, right = layers(seed)
    whole = geo.join(left, right)
    matched, alone = set(whole.pairs["left_id"]), set(whole.unmatched.left["left.id"])
    assert matched | alone == set(left.frame["id"])
    assert not matched & alone
    assert set(geo.join(left, right, how="anti").table["left.id"]) == alone


@pytest.mark.parametrize("seed", SEEDS)
def test_a_choice_is_among_all_pairs(seed: int) -> None:
    left, right = layers(seed)
    assert ids(left, right, "intersects", multiplicity="first") <= ids(left, right, "intersects")
    for k in (1, 2, 3):
        fewer = ids(left, right, "nearest", k=k, tie_rule="all")
        assert fewer <= ids(left, right, "nearest", k=k + 1, tie_rule="all")


@pytest.mark.parametrize("seed", SEEDS)
def test_order_of_rows_and_vertices_changes_nothing(seed: int) -> None:
    left, right = layers(seed)
    turned = [
        Layer(side.id, side.frame.iloc[::-1].set_geometry(side.frame.iloc[::-1].reverse()))
        for side in (left, right)
    ]
    dense = [
        Layer(side.id, side.frame.set_geometry(side.frame.segmentize(cases.STEP / 2)))
        for side in (left, right)
    ]
    for spec in (JoinSpec(), JoinSpec("nearest", k=2), JoinSpec("overlaps", how="outer")):
        expected = geo.join(left, right, spec=spec).pairs
        for others in (turned, dense):
            found = geo.join(*others, spec=spec).pairs
            measures = [name for name in ("distance_m",) if name in found]
            assert found.drop(columns=measures).equals(expected.drop(columns=measures))
            assert np.allclose(found[measures], expected[measures])


@pytest.mark.parametrize("seed", SEEDS)
def test_moving_both_layers_changes_nothing(seed: int) -> None:
    left, right = layers(seed)
    moved = [
        Layer(side.id, side.frame.set_geometry(side.frame.translate(10_000, -20_000)))
        for side in (left, right)
    ]
    for predicate in ("intersects", "touches", "within", "crosses"):
        assert ids(*moved, predicate) == ids(left, right, predicate)


def test_a_transfer_to_a_partition_keeps_the_total() -> None:
    rng = np.random.default_rng(7)
    west, south = rng.uniform(0, 800, (2, 200))
    wide, tall = rng.uniform(1, 200, (2, 200))
    values = rng.uniform(0, 1_000, 200)
    sources = gpd.GeoDataFrame(
        {"id": np.arange(200), "people": values},
        geometry=shapely.box(EAST + west, NORTH + south, EAST + west + wide, NORTH + south + tall),
        crs=METRES,
    )
    cells = {
        f"{x}-{y}": box(x, y, x + 100, y + 100)
        for x in range(0, 1000, 100)
        for y in range(0, 1000, 100)
    }
    result = geo.join(sources, frame(cells), transfer={"people": "extensive"})
    (people,) = (total for total in result.plan.sums if total.column == "people")
    assert abs(people.residual) <= 1e-9 * people.before
    assert result.transferred["left.people"].sum() == pytest.approx(values.sum(), rel=1e-9)
    assert result.table["left.people.split"].sum() == pytest.approx(values.sum(), rel=1e-9)


def test_sum_by_park_and_unmatched_make_the_total() -> None:
    cells = {"A": box(0, 0, 100, 100), "B": box(100, 0, 200, 100)}
    squares = {"in": box(10, 10, 30, 30), "half": box(190, 0, 210, 20), "out": box(500, 0, 520, 20)}
    people = [10.0, 20.0, 40.0]
    result = geo.join(frame(squares, people=people), frame(cells), transfer={"people": "extensive"})
    (total,) = (total for total in result.plan.sums if total.column == "people")
    given = result.transferred["left.people"].sum()
    assert (given, total.residual) == (pytest.approx(20), pytest.approx(50))
    assert given + total.residual == pytest.approx(total.before)


@pytest.mark.parametrize("crs", [DEGREES, "EPSG:3857", "EPSG:28415"])
@pytest.mark.parametrize(
    "options",
    [
        {"predicate": "within"},
        {"predicate": "intersects"},
        {"predicate": "dwithin", "distance_m": 500},
        {"predicate": "nearest", "k": 2},
    ],
)
def test_every_system_gives_the_same_pairs(crs: str, options: dict[str, object]) -> None:
    rng = np.random.default_rng(3)
    squares = {
        f"s{n}": box(x, y, x + 900, y + 900)
        for n, (x, y) in enumerate(rng.uniform(0, 20_000, (60, 2)))
    }
    spots = {f"p{n}": point(x, y) for n, (x, y) in enumerate(rng.uniform(0, 20_000, (300, 2)))}
    right, left = frame(squares), frame(spots)
    edges = right.boundary.union_all()
    left = left[left.distance(edges) > 1]
    expected = geo.join(left, right, **options).pairs
    assert len(expected) > 20
    for a, b in ((left.to_crs(crs), right.to_crs(crs)), (left.to_crs(crs), right)):
        found = geo.join(a, b, **options)
        columns = ["left_id", "right_id"]
        assert found.pairs[columns].equals(expected[columns])


def test_projected_distance_is_within_a_half_per_mille_of_the_ellipsoid() -> None:
    rng = np.random.default_rng(5)
    lon, lat = rng.uniform(83.9, 86.2, 200), rng.uniform(55.9, 57.2, 200)
    points = gpd.GeoSeries(gpd.points_from_xy(lon, lat), crs=DEGREES)
    left, right = points[:100].to_frame("geometry"), points[100:].to_frame("geometry")
    found = geo.join(left, right, "nearest", k=3, distance="projected").pairs
    a, b = found["left_id"], found["right_id"]
    truth = pyproj.Geod(ellps="WGS84").inv(lon[a], lat[a], lon[b], lat[b])[2]
    assert np.abs(found["distance_m"] / truth - 1).max() <= 0.0005


def test_a_layer_wider_than_the_zone_is_measured_on_the_ellipsoid() -> None:
    places = {"Moscow": shapely.Point(37.62, 55.75), "Tomsk": shapely.Point(84.95, 56.48)}
    found = geo.join(
        frame(places, DEGREES), frame({"x": shapely.Point(85, 56.5)}, DEGREES), "nearest"
    )
    assert found.plan.distance == "geodesic"
    truth = pyproj.Geod(ellps="WGS84").inv(37.62, 55.75, 85, 56.5)[2]
    assert found.pairs["distance_m"][0] == pytest.approx(truth, rel=1e-9)
