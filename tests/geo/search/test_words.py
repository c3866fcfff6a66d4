import pytest

from geo.search.words import WordList

WORDS = WordList([("парк", 0, 1.0), ("парк", 0, 0.5), ("парки", 1, 0.5), ("сад", 1, 1.0)], 3)


def strength(spans: list[range]) -> list[float]:
    return [round(float(value), 6) for value in WORDS.strength(spans, 0.5)]


def test_the_heaviest_weight_counts() -> None:
    assert strength(WORDS.same("парк")) == [0.5, 0, 0]


def test_beginning() -> None:
    assert strength(WORDS.beginning("пар")) == [0.5, 0.25, 0]


def test_nothing() -> None:
    assert strength(WORDS.same("лес")) == [0, 0, 0]
    assert WordList([], 2).strength(WordList([], 2).beginning("а"), 1.0).tolist() == [0, 0]


def test_slips() -> None:
    assert strength(WORDS.with_slips("прак")) == [0.5, 0.25, 0]
    assert WORDS.with_slips("сат") == []


MANY = WordList(
    [(word, n, 1.0) for n, word in enumerate(["керамик", "кедры", "томский", "бедр", "металлург"])],
    5,
)


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("кедр", ["кедры"]),  # neither керамик nor бедр
        ("томкс", ["томский"]),  # neighbours swapped
        ("метол", []),  # one slip from the beginning of металлург
        ("метале", ["металлург"]),  # from six letters a beginning
    ],
)
def test_a_slip_in_a_short_word_is_no_other_word(word: str, found: list[str]) -> None:
    words = [one for one, _, _ in MANY.entries()]
    assert sorted({words[place] for span in MANY.with_slips(word) for place in span}) == found
