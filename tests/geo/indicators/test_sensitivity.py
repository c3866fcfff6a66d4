import pytest

from geo.errors import BorderMismatchError, IndicatorError
from geo.indicators import Interval, one_border, sensitivity


def test_one_choice_at_a_time_the_widest_first() -> None:
    found = sensitivity(
        lambda a, b: 10.0 * a + b,
        base={"a": 1, "b": 5},
        variants={"b": [4, 7], "a": [0, 3]},
    )
    assert found.index.tolist() == ["a", "b"]
    assert found.loc["a", ["low", "high", "spread", "low_at"]].tolist() == [5, 35, 30, "0"]
    assert found.loc["b", ["low", "high", "base"]].tolist() == [14, 17, 15]


def test_a_variant_without_base_is_refused() -> None:
    with pytest.raises(IndicatorError, match="no base value for c"):
        sensitivity(lambda: 0.0, base={}, variants={"c": [1]})


def test_intervals_and_borders() -> None:
    with pytest.raises(IndicatorError):
        Interval(2, 1)
    assert one_border(["agglomeration"] * 2) == "agglomeration"
    with pytest.raises(BorderMismatchError):
        one_border(["agglomeration", "urban_centre"])
    with pytest.raises(IndicatorError):
        one_border([])
