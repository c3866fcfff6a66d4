import numpy as np
import pandas as pd
import pytest

import geo
from geo.errors import JoinError
from tests.geo.join.places import box, frame, parks, point

SPOTS = {"a": point(10, 10), "b": point(20, 10), "c": point(30, 10), "d": point(40, 10)}


def figures(function: str, column: str = "size", **options: object) -> pd.Series:
    spots = frame(SPOTS, size=[4.0, 1.0, None, 1.0], kind=["x", "y", "x", None])
    result = geo.join(
        parks(), spots, multiplicity="count", summaries=[(column, function)], **options
    )
    name = f"right.{column}.{function}" if column else f"right.{function}"
    return result.table.set_index("left.id")[name]


@pytest.mark.parametrize(
    ("function", "expected"),
    [
        ("count", 3),
        ("sum", 6),
        ("mean", 2),
        ("median", 1),
        ("min", 1),
        ("max", 4),
        ("std", np.sqrt(3)),
        ("mode", 1),
        ("unique", (4, 1)),
        ("concat", (4, 1, 1)),
    ],
)
def test_figures_by_hand(function: str, expected: object) -> None:
    found = figures(function)
    assert found["A"] == (expected if isinstance(expected, tuple) else pytest.approx(expected))
    # Nothing lies in B: what is counted is 0, everything else is not known.
    assert (found["B"] == 0) if function == "count" else pd.isna(found["B"])


def test_matches_are_counted_without_a_column() -> None:
    assert figures("count", "").to_dict() == {"A": 4, "B": 0}


def test_texts_have_a_mode_and_a_list() -> None:
    assert figures("mode", "kind")["A"] == "x"
    assert figures("unique", "kind")["A"] == ("x", "y")


def test_a_mean_may_be_weighted_by_the_common_area() -> None:
    districts = frame({"d": box(0, 0, 300, 200), "e": box(300, 0, 500, 200)}, income=[10.0, 30.0])
    table = geo.join(parks(), districts, summaries=[("income", "mean", "area")]).table
    found = table.drop_duplicates("left.id").set_index("left.id")["right.income.mean.area"]
    assert found["A"] == pytest.approx((300 * 10 + 100 * 30) / 400)
    assert found["B"] == 30


def test_figures_stand_on_every_row_of_the_table() -> None:
    table = geo.join(parks(), frame(SPOTS), how="inner", summaries=[("", "count")]).table
    assert list(table["right.count"]) == [4] * 4


@pytest.mark.parametrize(
    ("summary", "code"), [(("kind", "sum"), "not_numeric"), (("x", "max"), "no_column")]
)
def test_figures_that_mean_nothing_are_refused(summary: tuple[str, str], code: str) -> None:
    spots = frame(SPOTS, kind=["x", "y", "x", None])
    with pytest.raises(JoinError) as error:
        geo.join(parks(), spots, summaries=[summary])
    assert error.value.code == code


def test_a_sum_of_nothing_known_is_not_known() -> None:
    spots = frame({"a": point(10, 10), "b": point(20, 10)}, size=[np.nan, np.nan])
    table = geo.join(parks(), spots, multiplicity="count", summaries=[("size", "sum")]).table
    assert table["right.size.sum"].isna().all()


def test_a_name_that_the_layer_has_already_is_refused() -> None:
    spots = frame(SPOTS, size=[1.0] * 4, **{"size.sum": [5.0] * 4})
    with pytest.raises(JoinError) as error:
        geo.join(parks(), spots, summaries=[("size", "sum")])
    assert error.value.code == "name_taken"


def test_a_figure_asked_twice_stands_once() -> None:
    table = geo.join(parks(), frame(SPOTS), how="inner", summaries=[("", "count")] * 2).table
    assert [name for name in table.columns if name == "right.count"] == ["right.count"]
