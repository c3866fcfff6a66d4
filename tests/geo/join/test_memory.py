"""The seam of the engine in memory: what it gives before anything is chosen."""

import numpy as np
import pytest
import shapely

import geo
from geo.errors import JoinError
from geo.join import JoinSpec, memory
from geo.join.memory import find_pairs
from tests.geo.join.places import frame, point


def shapes(*given: object) -> np.ndarray:
    found = np.empty(len(given), dtype=object)
    found[:] = given
    return found


SQUARE = shapely.box(0, 0, 30, 30)
RING = shapely.Polygon(SQUARE.exterior, [shapely.box(10, 10, 20, 20).exterior.coords])


def test_equal_are_point_sets_not_boxes_nor_vertices() -> None:
    dense, turned = SQUARE.segmentize(7), SQUARE.reverse()
    found = find_pairs(shapes(SQUARE, RING), shapes(dense, RING, turned), JoinSpec("equals"))
    assert list(zip(found.left, found.right, strict=True)) == [(0, 0), (0, 2), (1, 1)]


def test_neighbours_come_with_all_that_are_as_near_and_no_more() -> None:
    right = shapes(*(shapely.Point(x, 0) for x in (1, -2, 2, 3, -3, 9)))
    for k, expected in ((1, [0]), (2, [0, 1, 2]), (3, [0, 1, 2]), (4, [0, 1, 2, 3, 4])):
        found = find_pairs(shapes(shapely.Point(0, 0)), right, JoinSpec("nearest", k=k))
        assert list(found.right) == expected
        assert found.distance_m is not None
        assert list(found.distance_m) == [abs(right[n].x) for n in expected]


def test_points_in_outlines_do_not_depend_on_who_asks() -> None:
    rng = np.random.default_rng(2)
    spots = shapely.points(rng.integers(0, 40, (300, 2)).astype(float))
    areas = shapes(SQUARE, RING, shapely.box(5, 5, 35, 25))
    for predicate, inverse in (("within", "contains"), ("covered_by", "covers")):
        found = find_pairs(spots, areas, JoinSpec(predicate))
        turned = find_pairs(areas, spots, JoinSpec(inverse))
        assert set(zip(found.left, found.right, strict=True)) == set(
            zip(turned.right, turned.left, strict=True)
        )


def test_too_many_pairs_to_compare_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "MOST_PAIRS", 3)
    with pytest.raises(JoinError, match="too_many_pairs"):
        find_pairs(shapes(SQUARE, RING), shapes(SQUARE, RING), JoinSpec("disjoint"))


def test_a_row_is_not_its_own_neighbour() -> None:
    places = {"a": point(0, 0), "b": point(10, 0), "c": point(30, 0)}
    found = geo.join(frame(places), frame(places), "nearest", exclusive=True).pairs
    assert list(zip(found["left_id"], found["right_id"], strict=True)) == [
        ("a", "b"),
        ("b", "a"),
        ("c", "b"),
    ]


def test_a_tie_at_the_last_place_is_one_and_a_tie_before_it_is_none() -> None:
    left = frame({"p": point(0, 0)})
    right = frame({"a": point(5, 0), "b": point(0, 9), "c": point(0, -9), "d": point(20, 0)})
    with pytest.raises(JoinError, match="ties"):
        geo.join(left, right, "nearest", k=2, tie_rule="error")
    kept = geo.join(left, right, "nearest", k=3, tie_rule="error").pairs
    assert list(kept["right_id"]) == ["a", "b", "c"]
    assert list(kept["tie_count"]) == [1, 2, 2]
