import pytest

from geo.search.index import TextIndex
from geo.search.words import edits_allowed
from geo.text import MAX_LENGTH
from tests.geo.oracle import osa

TEXTS = [
    "Нефтехимический кластер «СИБУР»",
    "Томский технопарк, пр. Развития, 3",
    "Областная больница № 12",
    "Научно-образовательный парк know-how",
    "Ёлочный завод 2016",
    "Омск",
    "Мост на 400 мест",
    "Больничный городок на 400 мест",
]


def index_of(texts: list[str]) -> TextIndex:
    return TextIndex([[(text, 1.0)] for text in texts])


INDEX = index_of(TEXTS)


def found(text: str) -> list[int]:
    return INDEX.find(text).nonzero()[0].tolist()


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("", list(range(8))),
        ("?!.*+[](){}|\\^$", list(range(8))),
        ("НЕФТЕХИМ", [0]),
        ("кластер сибур", [0]),
        ("сибур больница", []),
        ("нефтехм", [0]),  # a letter left out of a beginning
        ("нефтяхимичецкий", [0]),  # two slips from eight letters
        ("нефтяхемиче", [0]),
        ("нефхемик", []),
        ("тмский", [1]),
        ("тмоский", [1]),
        ("томкс", [1]),  # neighbours swapped
        ("томск", [1]),  # right as typed, so it is not taken for Омск
        ("больницы", [2]),  # another ending
        ("боль", [2, 7]),
        ("мост", [6]),  # right as typed, so not мест
        ("бол", [2, 7]),
        ("бль", []),  # three letters hold no slip
        ("2016", [4]),
        ("2015", []),  # a number is right or wrong
        ("елочный", [4]),
        ("ЁЛОЧНЫЙ", [4]),
        ("То\u0301мский", [1]),  # a stress mark
        ("томски\u0438\u0306", [1]),  # й in two characters
        ("научно образовательный", [3]),
        ("научно-образовательный", [3]),
        ("нефте\u2011химический", [0]),  # a non-breaking hyphen
        ("нефте\u2010химический", [0]),
        ("научнообразовательный", [3]),
        ("нефте-химический", [0]),
        ("knowhow", [3]),
        ("know", [3]),
        ("№ 12", [2]),
        ("no12", []),
    ],
)
def test_match(text: str, rows: list[int]) -> None:
    assert found(text) == rows


@pytest.mark.parametrize(
    ("texts", "question", "rows"),
    [
        (["край", "краям", "кран"], "кра", [True, True, True]),
        (["а-б", "аб", "а"], "аб", [True, True, False]),
        (["а-б", "аб", "а"], "а-б", [True, True, False]),
    ],
)
def test_short_words(texts: list[str], question: str, rows: list[bool]) -> None:
    assert index_of(texts).find(question).astype(bool).tolist() == rows


def test_every_slip_is_forgiven() -> None:
    word = "технопарк"
    letters = "абя"
    typed = {word[:n] + word[n + 1 :] for n in range(1, len(word))}
    typed |= {word[:n] + c + word[n + 1 :] for n in range(len(word)) for c in letters}
    typed |= {word[:n] + c + word[n:] for n in range(len(word) + 1) for c in letters}
    typed |= {word[:n] + word[n + 1] + word[n] + word[n + 2 :] for n in range(len(word) - 1)}
    assert all(1 in found(text) for text in typed)


def test_distance_of_the_oracle() -> None:
    assert osa("abcd", "acbd")[-1] == 1
    assert osa("abc", "abcdef") == (3, 2, 1, 0, 1, 2, 3)


@pytest.mark.parametrize(
    ("token", "edits"),
    [("том", 0), ("томь", 1), ("больниц", 1), ("больница", 2), ("12345678", 0)],
)
def test_slips_allowed(token: str, edits: int) -> None:
    assert edits_allowed(token) == edits


def test_a_long_text_is_searched_by_its_beginning() -> None:
    start = "сибур" + " " * (MAX_LENGTH - 5)
    assert found(start + "больница") == [0]
    assert found("а" * 10_000) == []
    assert found("ж " * 5_000) == []


def test_an_answer_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="read-only"):
        INDEX.find("сибур")[0] = 0


def test_no_rows() -> None:
    assert TextIndex([]).find("томск").tolist() == []
    assert index_of(["", "…"]).find("томск").tolist() == [0, 0]
