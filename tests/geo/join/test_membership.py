"""Rows that are drawn at their site join by membership and are no evidence of place."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

import geo
from geo.dataset import shared
from geo.join.membership import HOLDS, LIES_IN
from tests.geo.join.places import box, frame, point


def sites() -> Any:
    return frame({"north": box(0, 0, 100, 100), "south": box(200, 0, 300, 100)})


def rows() -> Any:
    """`own` lies in the south; `drawn` belongs to the north and is drawn there; `stray` nowhere."""
    shapes = {"drawn": point(50, 50), "own": point(250, 50), "stray": point(50, 50)}
    return frame(
        shapes,
        geometry_method=["position_of_site", "point", "position_of_site"],
        site_id=["north", "north", None],
        position_accuracy_m=[10.0, 10.0, 10.0],
    )


@pytest.mark.parametrize("predicate", sorted(LIES_IN | HOLDS))
def test_membership_is_reported_apart(predicate: str) -> None:
    options: dict[str, Any] = {"dwithin": {"distance_m": 10}, "share": {"share": 1}}.get(
        predicate, {}
    )
    sides = (sites(), rows()) if predicate.startswith(("contains", "covers")) else (rows(), sites())
    if predicate == "share":
        sides = (rows().set_geometry(rows().buffer(5)), sites())
    pairs = geo.join(*sides, predicate=predicate, **options).pairs
    found = {
        frozenset((a, b)): c
        for a, b, c in zip(pairs["left_id"], pairs["right_id"], pairs["certainty"], strict=True)
    }
    assert found.pop(frozenset(("drawn", "north"))) == "member"
    assert set(found) == {frozenset(("own", "south"))}


@pytest.mark.parametrize("predicate", ["disjoint", "touches", "overlaps", "equals"])
def test_membership_answers_no_question_about_shape(predicate: str) -> None:
    pairs = geo.join(rows(), sites(), predicate=predicate).pairs
    assert not (pairs["certainty"] == "member").any()
    assert set(pairs["left_id"]) <= {"own"}


@pytest.mark.parametrize("predicate", ["contains", "contains_properly", "covers"])
def test_a_row_holds_no_site_to_which_it_belongs(predicate: str) -> None:
    assert not len(geo.join(rows(), sites(), predicate=predicate).pairs)


def test_a_row_without_membership_is_unmatched_and_says_why() -> None:
    result = geo.join(rows(), sites())
    unmatched = result.unmatched.left.set_index("left.id")
    assert unmatched["reason"].to_dict() == {"stray": "placed_at_site"}
    assert unmatched["nearest_id"].isna().all()
    (warn,) = (warn for warn in result.plan.warnings if warn.code == "placed_at_site")
    assert warn.values == {"layer": "left", "count": 2, "pairs": 1}


def test_membership_has_no_measures() -> None:
    pairs = geo.join(rows(), sites(), "nearest").pairs.set_index("left_id")
    assert np.isnan(pairs.loc["drawn", "distance_m"])
    assert pairs.loc["own", "distance_m"] == 0


def test_all_members_are_kept_beside_the_nearest() -> None:
    pairs = geo.join(sites(), rows(), "nearest").pairs
    assert pairs.groupby("left_id")["right_id"].agg(list).to_dict() == {
        "north": ["drawn", "own"],
        "south": ["own"],
    }


def test_every_project_drawn_at_its_site_is_a_member_of_it() -> None:
    projects = shared().projects
    drawn = projects[projects["geometry_method"] == "position_of_site"]
    pairs = geo.join("projects", "sites", predicate="dwithin", distance_m=5_000).pairs
    members = pairs[pairs["certainty"] == "member"].set_index("left_id")["right_id"]
    pd.testing.assert_series_equal(
        members, drawn["site_id"].sort_index(), check_names=False, check_dtype=False
    )
    evidence = pairs[pairs["certainty"] != "member"]["left_id"]
    assert not set(evidence) & set(drawn.index)
