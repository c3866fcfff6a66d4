"""Certain pairs hold wherever their rows lie: answers by arithmetic, and by moving the rows."""

import math
import random
from typing import Any

import pytest
import shapely

import geo
from tests.geo.join import cases
from tests.geo.join.oracle import Row, holds
from tests.geo.join.places import box, frame, point


def certainty(left: Any, right: Any, a: float | None, b: float | None, **options: Any) -> str:
    result = geo.join(
        frame({"l": left}, position_accuracy_m=[a]),
        frame({"r": right}, position_accuracy_m=[b]),
        **options,
    )
    return str(result.pairs["certainty"][0])


PARK = box(0, 0, 100, 100)
MIDDLE, SIDE, OUTSIDE = point(50, 50), point(90, 50), point(130, 50)
SMALL = box(40, 40, 60, 60)


@pytest.mark.parametrize(
    ("left", "right", "a", "b", "options", "expected"),
    [
        # Depth of the middle is 50, of the side 10.
        (MIDDLE, PARK, 20, 29, {"predicate": "within"}, "certain"),
        (MIDDLE, PARK, 20, 31, {"predicate": "within"}, "possible"),
        (SIDE, PARK, 9, 0, {"predicate": "within"}, "certain"),
        (SIDE, PARK, 10, 0, {"predicate": "within"}, "possible"),
        (SIDE, PARK, 10, 0, {"predicate": "covered_by"}, "certain"),
        (SIDE, PARK, 11, 0, {"predicate": "covered_by"}, "possible"),
        (SMALL, PARK, 40, 0, {"predicate": "covered_by"}, "certain"),
        (SMALL, PARK, 41, 0, {"predicate": "covered_by"}, "possible"),
        (PARK, SMALL, 0, 39, {"predicate": "contains_properly"}, "certain"),
        (PARK, SIDE, 5, 4, {"predicate": "contains"}, "certain"),
        (SIDE, PARK, 10, 0, {"predicate": "intersects"}, "certain"),
        (SIDE, PARK, 11, 0, {"predicate": "intersects"}, "possible"),
        # Two boxes that share a strip of 20: it is gone after 20 m.
        (box(80, 0, 180, 100), PARK, 10, 9, {"predicate": "intersects"}, "certain"),
        (box(80, 0, 180, 100), PARK, 10, 11, {"predicate": "intersects"}, "possible"),
        (SMALL, PARK, 45, 0, {"predicate": "centre_in"}, "certain"),
        (SMALL, PARK, 51, 0, {"predicate": "centre_in"}, "possible"),
        (OUTSIDE, PARK, 29, 0, {"predicate": "disjoint"}, "certain"),
        (OUTSIDE, PARK, 30, 0, {"predicate": "disjoint"}, "possible"),
        (OUTSIDE, PARK, 10, 10, {"predicate": "dwithin", "distance_m": 50}, "certain"),
        (OUTSIDE, PARK, 10, 11, {"predicate": "dwithin", "distance_m": 50}, "possible"),
        # 20 m off the edge half of the box of 40 is left.
        (box(0, 30, 40, 70), PARK, 19, 0, {"predicate": "share", "share": 0.5}, "certain"),
        (box(0, 30, 40, 70), PARK, 21, 0, {"predicate": "share", "share": 0.5}, "possible"),
        (box(100, 0, 200, 100), PARK, 0, 0, {"predicate": "touches"}, "certain"),
        (box(100, 0, 200, 100), PARK, 0, 1, {"predicate": "touches"}, "possible"),
        (PARK, PARK, 1, 0, {"predicate": "equals"}, "possible"),
        (MIDDLE, PARK, None, 0, {"predicate": "within"}, "possible"),
        (MIDDLE, PARK, 0, None, {"predicate": "within"}, "possible"),
        (MIDDLE, PARK, 0, 0, {"predicate": "within"}, "certain"),
    ],
)
def test_certainty_by_arithmetic(
    left: Any, right: Any, a: float | None, b: float | None, options: Any, expected: str
) -> None:
    assert certainty(left, right, a, b, **options) == expected


@pytest.mark.parametrize(
    ("far_accuracy", "expected"), [(29, "certain"), (31, "possible"), (None, "possible")]
)
def test_nearest_is_certain_if_no_other_row_may_be_nearer(
    far_accuracy: float | None, expected: str
) -> None:
    # At worst the near one is 100 + 10 + 5 away; the far one may be at 150 - 5 - its accuracy.
    left = frame({"l": point(0, 0)}, position_accuracy_m=[5])
    right = frame(
        {"near": point(100, 0), "far": point(0, 150)}, position_accuracy_m=[10, far_accuracy]
    )
    found = geo.join(left, right, "nearest").pairs
    assert list(found["right_id"]) == ["near"]
    assert list(found["certainty"]) == [expected]
    within = geo.join(left, right, "nearest", distance_m=115).pairs
    assert list(within["certainty"]) == [expected]
    assert list(geo.join(left, right, "nearest", distance_m=114).pairs["certainty"]) == ["possible"]


def test_the_second_nearest_may_be_certain_too() -> None:
    left = frame({"l": point(0, 0)}, position_accuracy_m=[0])
    places = {"a": point(100, 0), "b": point(110, 0), "c": point(500, 0)}
    right = frame(places, position_accuracy_m=[20, 20, 20])
    # Which of a and b is nearer is open, that both are nearer than c is not.
    assert list(geo.join(left, right, "nearest").pairs["certainty"]) == ["possible"]
    assert list(geo.join(left, right, "nearest", k=2).pairs["certainty"]) == ["certain"] * 2


@pytest.mark.parametrize("seed", range(24))
def test_no_displacement_breaks_a_certain_pair(seed: int) -> None:
    rng = random.Random(f"certain {seed}")  # noqa: S311 - repeatable, not secret
    options = {"predicate": rng.choice(("intersects", "within", "contains", "covers", "covered_by",
                                        "disjoint", "dwithin", "centre_in", "share"))}  # fmt: skip
    options |= {"dwithin": {"distance_m": 45.0}, "share": {"share": 0.3}}.get(
        options["predicate"], {}
    )
    lefts = [Row(f"l{n}", rng.choice(cases.KINDS)(rng), None, "p") for n in range(6)]
    lefts[0].shape = cases.square(rng)
    rights = [
        Row(f"r{n}", rng.choice((cases.square, cases.ring))(rng), None, "p") for n in range(6)
    ]
    for row in rights:
        row.shape = shapely.affinity.scale(row.shape, 3, 3)
    radius = [rng.choice((0, 1, 4, 9)) for _ in range(12)]
    result = geo.join(
        cases.frame(lefts).assign(position_accuracy_m=radius[:6]),
        cases.frame(rights).assign(position_accuracy_m=radius[6:]),
        **options,
    )
    certain = result.pairs[result.pairs["certainty"] == "certain"]
    shapes = {row.id: row.shape for row in (*lefts, *rights)}
    if options["predicate"] == "centre_in":  # the point goes with its row
        shapes |= {row.id: row.shape.representative_point() for row in lefts}
    reach = {row.id: r for row, r in zip((*lefts, *rights), radius, strict=True)}
    for left_id, right_id in zip(certain["left_id"], certain["right_id"], strict=True):
        limit = 0.999 * (reach[left_id] + reach[right_id])
        for step in range(16):
            angle = math.tau * step / 16
            moved = shapely.affinity.translate(
                shapes[left_id], limit * math.cos(angle), limit * math.sin(angle)
            )
            assert holds(moved, shapes[right_id], options), (options, left_id, right_id)


def test_the_plan_counts_pairs_by_certainty() -> None:
    left = frame({"a": MIDDLE, "b": SIDE, "c": MIDDLE}, position_accuracy_m=[20, 20, None])
    result = geo.join(left, frame({"p": PARK}, position_accuracy_m=[0]))
    assert result.plan.certainty == {"certain": 1, "possible": 2, "member": 0}
    (warn,) = (warn for warn in result.plan.warnings if warn.code == "possible")
    assert warn.values == {"count": 2, "total": 3}
