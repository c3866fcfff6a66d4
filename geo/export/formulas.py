"""Keeps text from being run as a formula by a program that opens a table."""

import re

_RISKY = "=+\\-@\t\r\n\0＝＋－＠"
_TO_GUARD = re.compile(f"'*[{_RISKY}]")
_GUARDED = re.compile(f"''*[{_RISKY}]")


def guard(text: str) -> str:
    """Put an apostrophe before text that a spreadsheet could take for a formula.

    That is text beginning with = + - @, their full-width twins, a tab, a line break or NUL. Text
    that begins with apostrophes and then such a character gets one more, so that `unguard` always
    gives the original back. All other text stays as it is.

    Examples
    --------
    >>> guard("=1+1"), guard("'=1+1"), guard("'tis")
    ("'=1+1", "''=1+1", "'tis")
    """
    return f"'{text}" if _TO_GUARD.match(text) else text


def unguard(text: str) -> str:
    """Take off the apostrophe that `guard` put on.

    Examples
    --------
    >>> unguard("'=1+1"), unguard("'tis")
    ('=1+1', "'tis")
    """
    return text[1:] if _GUARDED.match(text) else text
