import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from geo.export.formulas import guard, unguard

RISKY = "=+-@\t\r\n\0＝＋－＠"


@given(st.text() | st.text(alphabet="'=+-@\t\r\n\0＝＋－＠a"))
@example("''=1")
@example("'")
def test_guard_is_undone(text: str) -> None:
    assert unguard(guard(text)) == text
    assert guard(text)[:1] not in set(RISKY)


@pytest.mark.parametrize("start", RISKY)
def test_risky_text_gets_an_apostrophe(start: str) -> None:
    assert guard(start + "1") == "'" + start + "1"
    assert guard("'" + start) == "''" + start


@pytest.mark.parametrize("text", ["", "Томск", "'tis", "a=1", " =1", "1-2", "‘=1", "−5"])
def test_other_text_stays(text: str) -> None:
    assert guard(text) == unguard(text) == text
