import doctest

from geo import printable as module
from geo.printable import printable, printable_lines


def test_what_a_terminal_would_obey_is_escaped() -> None:
    assert printable("Слой «ё» \x1b[2J\x07\x9b\u202e\udcff") == (
        r"Слой «ё» \x1b[2J\x07\x9b\u202e\udcff"
    )
    assert printable(printable("\x1b")) == r"\x1b"
    assert printable("a\nb") == r"a\nb"
    assert printable_lines("a\nb\r") == "a\nb\\r"
    assert doctest.testmod(module).failed == 0
