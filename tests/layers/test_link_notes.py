import pytest

from layers.access_link import read_link as read_access
from layers.indicator_link import read_link as read_indicators
from layers.link_notes import page_notes
from layers.locale import LANGUAGES, Translator


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_note_of_access_says_what_the_parameter_may_be(lang: str) -> None:
    asked = {"at": ["abc", "87.01,60.01"], "site": ["1,2"], "minutes": ["99"], "mode": ["fly"]}
    said = page_notes(read_access({**asked, "of": ["cats"]}).notes, "access", Translator(lang))
    assert len(said) == 6
    for value in ("abc", "87.01,60.01", "1,2", "99", "fly", "cats"):
        assert any(value in one for one in said)
    assert any("5" in one and "60" in one for one in said if "99" in one)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_note_of_indicators_has_words(lang: str) -> None:
    asked = {"border": ["mars"], "built": ["1"], "people": ["x", "y"], "years": ["soon"]}
    said = page_notes(read_indicators(asked).notes, "indicator", Translator(lang))
    assert len(said) == 4
    for value in ("mars", "x y", "soon"):
        assert any(value in one for one in said)
