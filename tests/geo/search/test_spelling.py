import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.search.spelling import sounding, stem, switched, without_signs
from geo.text import normalise

# One row a word: as written, then GOST 7.79-2000 B, ISO 9, BGN, passport and free typing.
SPELLINGS = [
    ("лагерный", "lagernyj", "lagernyy", "lagerny", "lagernyi", "lagerniy", "lagernii"),
    ("берёзовая", "berezovaya", "beryozovaya", "berjozovaja", "berëzovaâ", "berezovaia"),
    ("площадка", "ploshchadka", "ploschadka", "ploshhadka", "ploŝadka"),
    ("железнодорожный", "zheleznodorozhnyj", "železnodorožnyj", "zheleznodorozhny"),
    ("химический", "khimicheskiy", "himicheskij", "khimicheskii"),
    ("церковь", "tserkov", "tzerkov"),
    ("юность", "yunost", "junost", "iunost"),
    ("елизаровых", "yelizarovykh", "elizarovyh", "jelizarovykh"),
    ("район", "rayon", "rajon", "raion"),
    ("детская", "detskaya", "detskaja", "detskaia"),
    ("объект", "obekt", "obekt"),
    ("сибур", "sibur", "SIBUR"),
    ("микран", "micran", "mikran"),
    ("филармония", "filarmoniya", "philarmonija"),
]


@pytest.mark.parametrize("spellings", SPELLINGS, ids=lambda row: row[0])
def test_one_sound_for_all_spellings(spellings: tuple[str, ...]) -> None:
    assert len({sounding(normalise(one)) for one in spellings}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("парк", "пара"), ("томск", "омск"), ("шина", "сина"), ("жар", "зар"), ("цех", "чех")],
)
def test_different_words_sound_different(one: str, other: str) -> None:
    assert sounding(one) != sounding(other)


@given(st.text("абвгдежзийклмнопрстуфхцчшщъыьэюя", max_size=20))
def test_a_sound_is_latin(word: str) -> None:
    assert set(sounding(word)) <= set(string.ascii_letters)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ghbdtn", "привет"),
        ("Kfuthysq cfl", "Лагерный сад"),
        (",fcctqy", "бассейн"),
        ("ЕЫГ", "TSU"),
        ("j'p", "оэз"),
        ("f1", "а1"),
    ],
)
def test_switched_layout(typed: str, meant: str) -> None:
    assert switched(typed) == meant


@given(st.text("йцукенгшщзхъфывапролджэячсмитьбюё"))
def test_a_layout_is_switched_back(text: str) -> None:
    # A text of nothing but Ж is ";" in the other layout, where no letter tells which one it is.
    assert switched(switched(f"йц{text}")) == f"йц{text}"


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("лагерного", "лагерный"),
        ("мостов", "мост"),
        ("больницами", "больница"),
        ("сада", "сад"),
        ("parks", "park"),
    ],
)
def test_endings(word: str, other: str) -> None:
    assert stem(word) == stem(other)


def test_a_short_word_keeps_its_ending() -> None:
    assert stem("ая") == "ая"
    assert stem("том") == "том"


def test_signs() -> None:
    assert without_signs("bol'nitsa Tom'") == "bolnitsa Tom"
    assert without_signs("'quoted'") == "'quoted"
    assert without_signs("д'Артаньян") == "д'Артаньян"
