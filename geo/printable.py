"""Text of strangers on a terminal, which obeys some characters instead of showing them."""

import unicodedata

_JOINERS = "\u00ad\u200c\u200d"
"""Soft hyphen and joiners: parts of words and of emoji."""


def printable(text: str) -> str:
    r"""Return a text with every character that a terminal would obey, or not show, escaped.

    Spaces of all kinds stay, as typography has them.

    Examples
    --------
    >>> printable("слой\x1b[2J")
    'слой\\x1b[2J'
    """
    return "".join(one if _is_text(one) else ascii(one)[1:-1] for one in text)


def printable_lines(text: str) -> str:
    """Do the same to each line of a text; the line breaks stay."""
    return "\n".join(map(printable, text.split("\n")))


def _is_text(letter: str) -> bool:
    return letter.isprintable() or letter in _JOINERS or unicodedata.category(letter) == "Zs"
