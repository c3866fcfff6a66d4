import pytest

from geo.search.marks import marks


@pytest.mark.parametrize(
    ("text", "question", "marked"),
    [
        ("Лагерный сад", "лагер", ["Лагер"]),
        ("Лагерный сад", "САД лагерный", ["Лагерный", "сад"]),
        ("Лагерный сад", "lagernyj sad", ["Лагерный", "сад"]),
        ("Lagerny Sad", "Kfuthysq", ["Lagerny"]),
        ("Берегоукрепление в Лагерном саду", "лагерный", ["Лагерном"]),
        ("Томский Академгородок", "акадмгородок", ["Академгородок"]),
        ("Научно-образовательный парк", "образовательный", ["образовательный"]),
        ("Сибирский химический комбинат", "СХК", []),
        ("Siberian Chemical Combine", "СХК", []),
        ("Лагерный сад", "", []),
        ("Лагерный сад", "(.*)", []),
    ],
)
def test_marks(text: str, question: str, marked: list[str]) -> None:
    assert [text[start:end] for start, end in marks(text, question)] == marked
