import pytest

from geo.indicators import Gap, Interval
from layers.indicator_words import (
    bound_text,
    choice_text,
    figure_text,
    gap_text,
    measure_name,
    value_text,
)
from layers.locale import LANGUAGES, Translator

EN = Translator("en")


@pytest.mark.parametrize(
    ("name", "low", "high", "text"),
    [
        ("people_share_pct", 66.349, 73.321, "66.3–73.4%"),
        ("people_share_pct", 24.1722, 24.1722, "24.2%"),
        ("people_share_pct", 0, 0, "0%"),
        ("city_m2", 8_421_303.6, 8_421_303.6, "8.42 km²"),
        ("open_public_space_m2", 153_328.1, 299_121.6, "153,328–299,122 m²"),
        ("built_m2_per_person", 9.1259, 9.1259, "9.1 m²"),
        ("people_served", 20_861, 23_053, "20,861–23,053"),
    ],
)
def test_a_value_has_its_unit_and_no_interval_is_narrowed(
    name: str, low: float, high: float, text: str
) -> None:
    assert value_text(name, low, high, EN) == text


def test_a_bound_is_rounded_the_same_alone_and_in_its_interval() -> None:
    between, exact = Interval(66.4379, 73.3081), Interval(24.1722, 24.1722)
    assert value_text("people_share_pct", between.low, between.high, EN) == "66.4–73.4%"
    assert bound_text("people_share_pct", between.low, between, EN) == "66.4%"
    assert bound_text("people_share_pct", between.high, between, EN) == "73.4%"
    assert bound_text("people_share_pct", 73.9999, between, EN) == "73.9%"
    assert bound_text("people_share_pct", exact.low, exact, EN) == "24.2%"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.02, "0.02"), (0.0, "0"), (-0.0, "0"), (1.2346e-12, "1.235 × 10⁻¹²"),
        (-2.5, "−2.5"), (-3e-9, "−3 × 10⁻⁹"), (2e15, "2 × 10¹⁵"),
    ],
)  # fmt: skip
def test_what_is_not_zero_is_not_shown_as_zero(value: float, text: str) -> None:
    assert figure_text(value, 7, EN) == text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_column_without_words_is_named_as_it_is(lang: str) -> None:
    assert "<b>cats" in measure_name("<b>cats_share_pct", Translator(lang))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_gap_and_choice_has_words(lang: str) -> None:
    translator = Translator(lang)
    for code in ("no_layer", "no_people", "faulty_people", "faulty_streets"):
        assert gap_text(Gap(code, "stops", "11.2.1"), translator)
    for border in ("urban_centre", "agglomeration"):
        assert gap_text(Gap("no_border", border, border=border), translator)
        for code in ("nobody", "not_computable", "faulty_border"):
            assert gap_text(Gap(code, border, "11.7.1", border), translator)
    for choice, values in (
        ("bound", ["high"]), ("paths", ["named"]), ("low_m", ["400.0", "600.0"]),
        ("high_m", ["900.0"]), ("access_m", ["300.0"]), ("walk_kmh", ["5.0"]),
        ("width_factor", ["0.8", "1.2"]), ("border", ["agglomeration"]),
    ):  # fmt: skip
        assert "{" not in choice_text(choice, values, translator)
