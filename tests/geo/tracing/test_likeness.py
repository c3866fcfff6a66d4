import pytest

from geo.tracing.likeness import likeness, shown_name
from geo.tracing.sifting import LEAST_LIKENESS


def alike(name: str, sought: str) -> float:
    found = likeness({"name": name}, [sought])
    assert found is not None
    return found


@pytest.mark.parametrize("name", ["Лагерный сад", "«ЛАГЕРНЫЙ  САД»", "Сад Лагерный"])
def test_case_quotes_and_order_make_no_difference(name: str) -> None:
    assert alike(name, "Лагерный сад") == 1


def test_yo_makes_no_difference() -> None:
    assert alike("Звездный", "Звёздный") == 1


@pytest.mark.parametrize(
    ("name", "sought", "same"),
    [
        ("ОГАУЗ «Томская областная клиническая больница»", "Томская областная клиническая больница",
         True),
        ("ЦВВС «Звёздный»", "Звёздный", True),
        ("Томский политехнический университет", "Томский государственный университет", False),
        ("Общежитие №5 ТГУ", "ТГУ", False),
        ("Городской сад", "Лагерный сад", False),
    ],
)  # fmt: skip
def test_the_limit_parts_the_same_from_the_similar(name: str, sought: str, same: bool) -> None:
    assert (alike(name, sought) >= LEAST_LIKENESS) == same


def test_any_of_the_names_will_do() -> None:
    tags = {"name": "Парк", "alt_name": "Роща; Лагерный сад"}
    assert likeness(tags, ["Сквер", "Лагерный сад"]) == 1


@pytest.mark.parametrize("tags", [{}, {"name": ""}, {"name": " \u200b"}, {"name": "«»"}])
def test_without_a_name_nothing_is_known(tags: dict[str, str]) -> None:
    assert likeness(tags, ["Сад"]) is None
    assert likeness({"name": "Сад"}, []) is None


def test_a_hostile_name_is_one_bearable_line() -> None:
    shown = shown_name({"name": "a\x1b[31m\n\u202eb" + "я" * 1_000_000})
    assert shown.startswith("a [31m b")
    assert len(shown) == 200
