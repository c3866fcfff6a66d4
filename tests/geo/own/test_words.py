import pytest

from geo.own.words import RowWords

TEXTS = ["Дом 12 жилой", "дом 123, ул. Ленина", "Нефте-химический склад", "гараж № 7", ""]


@pytest.fixture(scope="module")
def index() -> RowWords:
    return RowWords(TEXTS)


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("дом", [0, 1]),
        ("ДОМ 12", [0, 1]),
        ("12 жилые", [0]),
        ("123", [1]),
        ("23", []),
        ("ленина,123", [1]),
        ("нефтехимический", [2]),
        ("химический", [2]),
        ("гаражи", [3]),
        ("7", [3]),
        ("склат", [2]),  # a slip
        ("дом склад", []),
        ("", [0, 1, 2, 3, 4]),
        ("!?", [0, 1, 2, 3, 4]),
    ],
)
def test_rows_that_hold_every_word(index, question, rows):
    assert index.match(question).nonzero()[0].tolist() == rows


def test_no_rows():
    assert RowWords([]).match("дом").tolist() == []
    assert RowWords(["", ""]).match("дом").tolist() == [False, False]
