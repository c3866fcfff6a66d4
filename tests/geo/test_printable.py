import doctest

from geo import printable as module
from geo.printable import printable, printable_lines


def test_what_a_terminal_would_obey_is_escaped() -> None:
    assert printable("Слой «ё» \x1b[2J\x07\x9b\u202e\udcff") == (
        r"Слой «ё» \x1b[2J\x07\x9b\u202e\udcff"
    )
    written = "г.\u00a0Томск, 1\u202f000 м², пере\u00adнос, 👨\u200d👩"
    assert printable(written) == written
    assert printable("\u2028\ufeff\u2066") == r"\u2028\ufeff\u2066"
    assert printable(printable("\x1b")) == r"\x1b"
    assert printable("a\nb") == r"a\nb"
    assert printable_lines("a\nb\r") == "a\nb\\r"
    assert doctest.testmod(module).failed == 0
