"""The table of a join of three projects with two parks, measured: 111 in all, and what becomes."""

from typing import Any

import pytest

import geo
from tests.geo.join.places import parks, projects

TABLE = [
    ("intersects", {}, 5, 221, 1, 4, 220),
    ("within", {}, 3, 111, 3, 0, 0),
    ("touches", {}, 4, 121, 2, 2, 20),
    ("overlaps", {}, 4, 211, 2, 2, 200),
    ("covered_by", {}, 4, 121, 2, 2, 20),
    ("dwithin", {"distance_m": 350}, 5, 221, 1, 4, 220),
]


@pytest.mark.parametrize(
    ("predicate", "options", "rows", "total", "unmatched", "inner_rows", "inner_total"), TABLE
)
def test_rows_and_sums_by_predicate(
    predicate: str,
    options: dict[str, Any],
    rows: int,
    total: float,
    unmatched: int,
    inner_rows: int,
    inner_total: float,
) -> None:
    left = geo.join(projects(), parks(), predicate=predicate, **options)
    assert (len(left.table), left.table["left.money"].sum()) == (rows, total)
    assert len(left.unmatched.left) == left.plan.unmatched_left == unmatched
    inner = geo.join(projects(), parks(), predicate=predicate, how="inner", **options)
    assert (len(inner.table), inner.table["left.money"].sum()) == (inner_rows, inner_total)
    money = next(total for total in left.plan.sums if total.column == "money")
    assert (money.before, money.after) == (111, total)


def test_largest_overlap_is_b_with_sixty_per_cent() -> None:
    result = geo.join(projects(), parks(), multiplicity="largest_overlap", how="inner")
    across = result.pairs.set_index("left_id").loc["across"]
    assert across["right_id"] == "B"
    assert across["overlap_area_m2"] == pytest.approx(4_800)
    assert across["share"] == pytest.approx(0.6)
    assert across["match_count"] == 2
