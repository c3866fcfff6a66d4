"""The join agrees with two plain loops, over all predicates, sides, multiplicities, tie rules.

ATLAS_ORACLE=100000 runs as many cases. A case is a join; ten have the same two layers.
"""

import functools
import os
import random
from typing import Any

import pandas as pd
import pytest

import geo
from geo.errors import JoinError
from geo.join import JoinResult, Layer
from tests.geo.join import cases, oracle

CASES = int(os.environ.get("ATLAS_ORACLE", "2000"))
BLOCKS = 20
JOINS_OF_A_PAIR = 10


def plain(value: Any) -> Any:
    return None if value is None or (not isinstance(value, tuple) and pd.isna(value)) else value


def answer(result: JoinResult) -> oracle.Answer:
    pairs = list(zip(result.pairs["left_id"], result.pairs["right_id"], strict=True))
    table, multiplicity = result.table, result.spec.multiplicity

    def column(name: str) -> list[Any]:
        return [plain(v) for v in table[name]] if name in table.columns else [None] * len(table)

    lefts, rights = column("left.id"), column("right.id")
    counts = [0] * len(table) if result.spec.how == "anti" else column("match_count")
    if multiplicity in ("list", "count"):
        of_left: dict[Any, tuple[Any, ...]] = dict.fromkeys(lefts, ())
        for left, right in pairs:
            of_left[left] = (*of_left.get(left, ()), right)
        if multiplicity == "list" and result.spec.how != "anti":
            listed = zip(lefts, rights, strict=True)
            assert all(right == of_left[left] for left, right in listed if left is not None)
        rights = [
            rights[n][0] if left is None else of_left[left] if counts[n] else None
            for n, left in enumerate(lefts)
        ]
    numbers, ties = column("match_no"), column("tie_count")
    return oracle.Answer(list(zip(lefts, rights, numbers, counts, ties, strict=True)), pairs)


@functools.lru_cache(maxsize=1)
def layers(number: int) -> tuple[list[oracle.Row], list[oracle.Row], Layer, Layer]:
    rng = random.Random(f"layers {number}")  # noqa: S311 - repeatable, not secret
    lefts, rights = cases.rows(rng, "a"), cases.rows(rng, "b")
    frames = cases.frame(lefts), cases.frame(rights)
    return lefts, rights, Layer("left", frames[0]), Layer("right", frames[1])


def compare(seed: int) -> None:
    lefts, rights, left, right = layers(seed // JOINS_OF_A_PAIR)
    options = cases.options(random.Random(f"options {seed}"))  # noqa: S311
    try:
        expected: oracle.Answer | str = oracle.join(lefts, rights, options)
    except oracle.RefusedJoin as refusal:
        expected = refusal.code
    try:
        result = geo.join(left, right, geometry="none", **options)
        found: oracle.Answer | str = answer(result)
    except JoinError as error:
        found = error.code
    assert found == expected, f"seed {seed}: {options}"
    if isinstance(expected, str):
        return
    plan = result.plan
    matched = {left for left, _ in expected.pairs}
    assert plan.rows_out == len(expected.rows)
    assert plan.pairs == len(expected.pairs)
    assert plan.matched_left == len(matched)
    assert plan.unmatched_left == len(lefts) - len(matched)
    assert plan.unmatched_right == len(rights) - len({right for _, right in expected.pairs})
    assert sum(plan.certainty.values()) == len(expected.pairs)


@pytest.mark.parametrize("block", range(BLOCKS))
def test_join_agrees_with_the_oracle(block: int) -> None:
    size = CASES // BLOCKS
    for seed in range(block * size, (block + 1) * size):
        compare(seed)
