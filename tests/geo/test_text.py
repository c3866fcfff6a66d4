import pytest

from geo.text import clean, normalise, words


@pytest.mark.parametrize("text", ["ﷺ", "İstanbul ẞ", "a_b", "“x”–y", "\ud800ё", "ﬁn½"])
def test_normalised_text_stays_as_it_is(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


def test_yo_is_ye() -> None:
    assert normalise("САМОЛЁТ, самоле\u0308т") == "самолет самолет"


def test_words_are_distinct_and_in_order() -> None:
    assert words("Парк, завод_ПАРК «know-how»") == ("парк", "завод", "know-how")


def test_clean() -> None:
    assert clean(" а\t\n б\0в\u200b\ud800 ") == "а б в"
