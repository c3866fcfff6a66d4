"""The grid against GEOS, one pair at a time."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.join.engines.grid import POINT_PREDICATES, PolygonGrid

SQUARE = shapely.box(0, 0, 4, 4)
HOLED = shapely.Polygon(SQUARE.exterior.coords, [shapely.box(1, 1, 3, 3).exterior.coords])
PARTS = shapely.MultiPolygon([shapely.box(4, 0, 6, 2), shapely.box(6, 2, 8, 4)])
TRIANGLE = shapely.Polygon([(4, 4), (8, 4), (6, 7)])
SHAPES = np.array([SQUARE, HOLED, PARTS, TRIANGLE, None, shapely.Polygon(), SQUARE])


def by_geos(shapes: np.ndarray, points: np.ndarray, predicate: str) -> list[tuple[int, int]]:
    test = getattr(shapely, predicate)
    return [tuple(pair) for pair in np.argwhere(test(points[:, None], shapes[None, :])).tolist()]


def by_grid(shapes: np.ndarray, points: np.ndarray, predicate: str) -> list[tuple[int, int]]:
    x, y = np.array([(p.x, p.y) if p else (np.nan, np.nan) for p in points]).T
    return list(zip(*map(list, PolygonGrid(shapes.copy()).pairs(x, y, predicate)), strict=True))


@pytest.mark.parametrize("predicate", POINT_PREDICATES)
def test_edges_corners_holes_and_parts_are_those_of_geos(predicate: str) -> None:
    steps = np.arange(-0.5, 8.6, 0.5)
    lattice = np.stack(np.meshgrid(steps, steps), axis=-1).reshape(-1, 2)
    points = np.array([*shapely.points(lattice), shapely.Point(), None])
    expected = by_geos(SHAPES, points, predicate)
    assert len(expected) > 40
    assert by_grid(SHAPES, points, predicate) == expected


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10**9), offset=st.sampled_from([0.0, 84.9, 5.0e5, 6.2e6]))
@pytest.mark.parametrize("predicate", POINT_PREDICATES)
def test_random_polygons_and_points_on_their_edges(
    predicate: str, seed: int, offset: float
) -> None:
    dice = np.random.default_rng(seed)
    rings = dice.random((12, 3, 2)) * dice.choice([0.01, 0.2, 1.0], (12, 1, 1))
    shapes = shapely.polygons(rings + dice.random((12, 1, 2)) + offset)
    corners = shapely.get_coordinates(shapes)
    bounds = shapely.bounds(shapes).reshape(-1, 2)
    middles = (corners[:-1] + corners[1:]) / 2
    points = shapely.points(
        np.concatenate([corners, middles, bounds, offset + 2 * dice.random((60, 2))])
    )
    assert by_grid(shapes, points, predicate) == by_geos(shapes, points, predicate)


def test_a_cell_wholly_inside_answers_without_a_test() -> None:
    grid = PolygonGrid(np.array([SQUARE]))
    assert grid._inside.mean() > 0.9
    assert len(grid.pairs(np.array([2.0]), np.array([2.0]), "within").left) == 1


@pytest.mark.parametrize("shapes", [[], [None], [shapely.Polygon()]])
def test_nothing_to_meet(shapes: list[shapely.Polygon | None]) -> None:
    found = PolygonGrid(np.array(shapes, dtype=object)).pairs(np.zeros(2), np.zeros(2), "within")
    assert found.left.size == found.right.size == 0


def test_large_beside_small_polygons_keep_the_grid_small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("geo.join.engines.grid._MOST_ENTRIES", 10_000)
    shapes = np.array([*shapely.box(np.zeros(500), 0, 10, 10), shapely.box(0, 0, 1e-6, 1e-6)])
    grid = PolygonGrid(shapes)
    assert 500 <= len(grid._polygon) <= 10_000
    assert len(grid.pairs(np.array([5e-7]), np.array([5e-7]), "within").left) == 501
