"""The plan is what comes out: counted anew from the tables."""

import random

import numpy as np
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
    assert counted.ties == (by_left["tie_count"].max() > 1).sum()
    assert counted.certainty == {
        word: int((pairs["certainty"] == word).sum()) for word in vocabulary.CERTAINTIES
    }
    prefixes = dict(zip(("left", "right"), result.prefixes, strict=True))
    for total in counted.sums:
        side = left if total.side == "left" else right
        assert total.before == pytest.approx(np.nansum(side.frame[total.column]))
        column = table[f"{prefixes[total.side]}.{total.column}"]
        assert total.after == pytest.approx(column.sum()), total
    assert result.plan == counted


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
