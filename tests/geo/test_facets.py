import numpy as np
import pytest

from geo import domains
from geo.facets import FACETS, Facet, membership, vocabulary
from tests.geo import synthetic

EVERY = np.ones(5, dtype=bool)


def test_counts_of_a_column_of_lists() -> None:
    column = membership(("a", "b", "c"), [("a", "b"), ("b",), (), None, float("nan")])
    assert column.count(EVERY) == Facet(("a", "b", "c"), (1, 2, 0), 3)
    assert column.any_of(("a", "c")).tolist() == [True, False, False, False, False]
    assert column.any_of(("a", "b")).tolist() == [True, True, False, False, False]


def test_only_visible_rows_count() -> None:
    column = membership(("a", "b"), ["a", "a", "b", None, None])
    visible = np.array([True, False, True, False, True])
    assert column.count(visible) == Facet(("a", "b"), (1, 1), 1)


def test_no_row_has_an_unknown_option() -> None:
    assert not membership(("a",), ["a"]).any_of(("z",)).any()


def test_a_value_outside_the_list_is_an_error() -> None:
    with pytest.raises(KeyError, match="z"):
        membership(("a",), ["z"])


def test_no_rows() -> None:
    assert membership(("a",), []).count(np.ones(0, dtype=bool)) == Facet(("a",), (0,), 0)


def test_options_stand_in_the_order_of_lists() -> None:
    options = vocabulary(synthetic.make(1, sites=1, projects=1))
    assert tuple(options) == FACETS
    assert options["status"] == domains.STATUSES
    assert options["cluster"] == synthetic.CLUSTERS
