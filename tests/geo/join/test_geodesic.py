import numpy as np
import pytest
import shapely

import geo
from geo.crs import DEGREES
from geo.errors import JoinError
from geo.join import JoinSpec
from geo.join.geodesic import GEOD, areas, distances, find_pairs, lengths
from tests.geo.join.places import box, frame, point

RNG = np.random.default_rng(11)
POINTS = shapely.points(RNG.uniform(20, 150, 60), RNG.uniform(-70, 75, 60))


def truth(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    x, y = shapely.get_coordinates(a), shapely.get_coordinates(b)
    return np.asarray(GEOD.inv(x[:, 0], x[:, 1], y[:, 0], y[:, 1])[2])


def test_between_points_the_distance_is_exact() -> None:
    assert distances(POINTS[:30], POINTS[30:]) == pytest.approx(truth(POINTS[:30], POINTS[30:]))


def test_distance_to_an_outline_is_that_to_its_nearest_point() -> None:
    square = np.array([shapely.box(84.9, 56.4, 85, 56.5)])
    spot = np.array([shapely.Point(85.01, 56.45)])
    assert distances(square, spot)[0] == pytest.approx(
        truth(spot, shapely.points([[85, 56.45]]))[0]
    )
    assert distances(square, np.array([shapely.Point(84.95, 56.45)]))[0] == 0


@pytest.mark.parametrize("k", [1, 3])
def test_neighbours_are_those_of_a_full_comparison(k: int) -> None:
    left, right = POINTS[:20], POINTS[20:]
    found = find_pairs(left, right, JoinSpec("nearest", k=k, distance="geodesic"))
    for row in range(20):
        table = truth(np.repeat(left[row : row + 1], 40), right)
        assert set(found.right[found.left == row]) == set(np.argsort(table)[:k])


def test_within_a_distance_is_what_a_full_comparison_finds() -> None:
    left, right = POINTS[:20], POINTS[20:]
    spec = JoinSpec("dwithin", distance_m=1_500_000, distance="geodesic")
    found = find_pairs(left, right, spec)
    table = np.array([truth(np.repeat(left[n : n + 1], 40), right) for n in range(20)])
    expected = np.argwhere(table <= 1_500_000)
    assert np.array_equal(np.column_stack([found.left, found.right]), expected)


def test_measures_agree_with_the_plane_at_tomsk() -> None:
    left = frame(
        {
            "a": box(0, 0, 300, 300),
            "l": shapely.LineString([(480_000, 6_260_100), (480_900, 6_260_100)]),
        }
    )
    right = frame({"b": box(100, 0, 1_000, 1_000)})
    spec = JoinSpec(transfer={"n": "extensive"})  # type: ignore[arg-type]
    both = [
        geo.join(left.assign(n=1.0), right.to_crs(DEGREES), spec=spec, distance=kind).pairs
        for kind in ("projected", "geodesic")
    ]
    for name in ("overlap_area_m2", "overlap_length_m", "share"):
        a, b = (pairs[name].to_numpy() for pairs in both)
        assert np.allclose(a, b, rtol=1e-3, equal_nan=True), name


def test_a_grid_is_refused_on_the_ellipsoid() -> None:
    with pytest.raises(JoinError, match="grid_geodesic"):
        geo.join(
            frame({"p": point(0, 0)}), frame({"q": point(1, 0)}), grid_m=1, distance="geodesic"
        )


def test_what_has_no_area_or_length_has_none() -> None:
    shapes = np.array([None, shapely.Polygon(), shapely.Point(85, 56)], dtype=object)
    assert list(areas(shapes)) == [0, 0, 0]
    assert list(lengths(shapes)) == [0, 0, 0]
