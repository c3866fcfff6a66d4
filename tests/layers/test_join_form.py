from itertools import product

import pytest

from geo.join import JoinSpec, vocabulary
from layers.join_form import changed, uses


@pytest.mark.parametrize("before", vocabulary.PREDICATES)
@pytest.mark.parametrize("after", vocabulary.PREDICATES)
def test_every_predicate_follows_every_other(before: str, after: str) -> None:
    spec = changed(changed(JoinSpec(), "predicate", before), "predicate", after)
    assert spec.predicate == after
    assert changed(spec, "predicate", "intersects") == JoinSpec()


def test_a_predicate_brings_what_it_asks_for() -> None:
    assert changed(JoinSpec(), "predicate", "dwithin").distance_m == 500
    assert changed(JoinSpec(), "predicate", "share").share == 0.5
    assert changed(JoinSpec(), "predicate", "pattern").pattern == "T********"


def test_chosen_again_it_keeps_what_was_set() -> None:
    spec = JoinSpec("dwithin", distance_m=1_234.0)
    assert changed(spec, "predicate", "dwithin") == spec


@pytest.mark.parametrize(
    ("how", "multiplicity"), list(product(vocabulary.SIDES, vocabulary.MULTIPLICITIES))
)
def test_sides_and_multiplicities_never_end_in_a_refusal(how: str, multiplicity: str) -> None:
    first = changed(changed(JoinSpec(), "how", how), "multiplicity", multiplicity)
    assert first.multiplicity == multiplicity
    last = changed(changed(JoinSpec(), "multiplicity", multiplicity), "how", how)
    assert last.how == how


def test_another_tie_rule_forgets_the_priorities() -> None:
    spec = JoinSpec(
        multiplicity="first", tie_rule="priority", priority_column="kind", priority=("a",)
    )
    assert changed(spec, "tie_rule", "id") == JoinSpec(multiplicity="first")


def test_the_shared_part_is_given_up_where_nothing_is_shared() -> None:
    assert changed(JoinSpec(geometry="intersection"), "predicate", "disjoint").geometry == "left"


def test_which_options_mean_something() -> None:
    nearest = changed(JoinSpec(), "predicate", "nearest")
    assert uses(nearest, "k")
    assert uses(nearest, "distance_m")
    assert not uses(JoinSpec(), "distance_m")
    assert not uses(JoinSpec(), "tie_rule")
    assert uses(JoinSpec(multiplicity="first"), "tie_rule")
    assert not uses(JoinSpec(how="anti"), "right_columns")
    assert not uses(JoinSpec(multiplicity="list"), "right_columns")
