"""The plan is what comes out: counted anew from the tables."""

import random

import numpy as np
import pandas as pd
import pytest

import geo
from geo.errors import JoinError
from geo.join import Layer, as_layer, plan, vocabulary
from tests.geo.join import cases
from tests.geo.join.places import frame, point


def check(left: Layer, right: Layer, spec: geo.join.JoinSpec) -> None:
    counted, result = plan(left, right, spec), geo.join(left, right, spec=spec)
    table, pairs = result.table, result.pairs
    assert counted.rows_out == len(table)
    assert counted.pairs == len(pairs)
    assert counted.matched_left == pairs["left_id"].nunique()
    assert counted.matched_right == pairs["right_id"].nunique()
    assert counted.unmatched_left == len(result.unmatched.left)
    assert counted.unmatched_right == len(result.unmatched.right)
    by_left = pairs.groupby("left_id")
    assert counted.multi_matched == (by_left["match_count"].first() > 1).sum()
    assert counted.max_matches == (pairs["match_count"].max() if len(pairs) else 0)
    assert counted.ties == sum(was_decided(rows, spec) for _, rows in by_left)
    assert counted.certainty == {
        word: int((pairs["certainty"] == word).sum()) for word in vocabulary.CERTAINTIES
    }
    prefixes = dict(zip(("left", "right"), result.prefixes, strict=True))
    for total in counted.sums:
        side = left if total.side == "left" else right
        assert total.before == pytest.approx(np.nansum(side.frame[total.column]))
        column = table[f"{prefixes[total.side]}.{total.column}"]
        assert total.after == pytest.approx(column.sum()), total
        assert total.known == column.notna().sum(), total
    assert result.plan == counted


def was_decided(rows: pd.DataFrame, spec: geo.join.JoinSpec) -> bool:
    """Say whether one of equal matches of a row was left out, or one too many kept."""
    rule = "id" if spec.how == "anti" else spec.tie_rule
    if spec.how != "anti" and spec.multiplicity in vocabulary.CHOICES:
        return bool(rows["tie_count"].max() > 1)
    if spec.predicate != "nearest":
        return False
    near = rows[rows["distance_m"].notna()]
    if rule == "all":
        return len(near) > spec.k
    equal = near.groupby(near["distance_m"].round(6))["tie_count"]
    return bool((equal.first() > equal.size()).any())


@pytest.mark.parametrize("seed", range(40))
def test_the_plan_equals_the_result(seed: int) -> None:
    rng = random.Random(f"plan {seed}")  # noqa: S311 - repeatable, not secret
    left, right = (
        Layer(name, cases.frame(cases.rows(rng, name[0])).drop_duplicates("id"))
        for name in ("left", "right")
    )
    options = cases.options(rng)
    try:
        spec = geo.join.JoinSpec.from_options(options)
        plan(left, right, spec)
    except JoinError:
        return
    check(left, right, spec)


@pytest.mark.parametrize("predicate", ["intersects", "nearest", "within"])
def test_the_plan_of_shipped_layers_equals_the_result(predicate: str) -> None:
    check(as_layer("projects"), as_layer("sites"), geo.join.JoinSpec(predicate, how="outer"))


def test_the_plan_is_json() -> None:
    import json

    found = json.loads(json.dumps(geo.join("medical", "sport", "nearest").plan.to_json()))
    assert found["left_rows"] == 4
    assert {"code", "values", "remedy"} == set(found["warnings"][0])


def test_ties_are_rows_not_pairs() -> None:
    left = frame({"p": point(0, 0)})
    right = frame({"a": point(5, 0), "b": point(-5, 0), "c": point(0, 5)})
    counted = plan(left, right, geo.join.JoinSpec("nearest", tie_rule="all"))
    assert (counted.pairs, counted.ties) == (3, 1)


@pytest.mark.parametrize(
    ("k", "rule", "pairs", "ties"),
    [(1, "id", 1, 1), (2, "id", 2, 0), (3, "id", 2, 0), (1, "all", 2, 1), (2, "all", 2, 0)],
)
def test_equal_matches_of_which_none_is_left_out_are_no_tie(
    k: int, rule: str, pairs: int, ties: int
) -> None:
    left = frame({"p": point(0, 0)})
    right = frame({"a": point(5, 0), "b": point(-5, 0)})
    counted = plan(left, right, geo.join.JoinSpec("nearest", k=k, tie_rule=rule))
    assert (counted.pairs, counted.ties) == (pairs, ties)
    assert ("ties" in {warn.code for warn in counted.warnings}) == bool(ties)


def test_sums_that_mean_nothing_are_not_told_as_declared_for_the_right_alone() -> None:
    columns = {"density": 2.0, "jobs": 3.0, "start_year": 2014}
    left, right = (Layer(name, frame({name: point(0, 0)}, **columns)) for name in ("left", "right"))
    spec = geo.join.JoinSpec(right_kinds=(("density", "extensive"),))
    found = plan(left, right, spec)
    told = [(total.side, total.column) for total in found.told_sums(spec)]
    assert told == [("left", "jobs"), ("right", "density"), ("right", "jobs")]
