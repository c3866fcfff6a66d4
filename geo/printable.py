"""Text of strangers on a terminal, which obeys some characters instead of showing them."""


def printable(text: str) -> str:
    r"""Return a text with every character that a terminal would obey, or not show, escaped.

    Examples
    --------
    >>> printable("слой\x1b[2J")
    'слой\\x1b[2J'
    """
    return "".join(one if one.isprintable() else ascii(one)[1:-1] for one in text)


def printable_lines(text: str) -> str:
    """Do the same to each line of a text; the line breaks stay."""
    return "\n".join(map(printable, text.split("\n")))
