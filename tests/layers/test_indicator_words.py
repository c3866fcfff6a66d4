import pytest

from geo.indicators import Gap
from layers.indicator_words import choice_text, gap_text, measure_name, value_text
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
        assert gap_text(Gap("nobody", border, "11.7.1", border), translator)
    for choice, values in (
        ("bound", ["high"]), ("paths", ["named"]), ("low_m", ["400.0", "600.0"]),
        ("high_m", ["900.0"]), ("access_m", ["300.0"]), ("walk_kmh", ["5.0"]),
        ("width_factor", ["0.8", "1.2"]), ("border", ["agglomeration"]),
    ):  # fmt: skip
        assert "{" not in choice_text(choice, values, translator)
