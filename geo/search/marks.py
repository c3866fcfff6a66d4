"""Which parts of a text a question was found in."""

import re
from collections.abc import Sequence

from rapidfuzz.distance import OSA

from geo.search.index import Piece, pieces
from geo.search.spelling import sounding, stem
from geo.search.words import edits_allowed
from geo.text import normalise

_WORD = re.compile(r"[^\W_]+")
_LEAST_OTHER = 3


def marks(text: str, question: str) -> list[tuple[int, int]]:
    """Return the spans of a text in which the words of a question are found, in order.

    The same letters at the beginning of a word are marked as far as they go; a word in the other
    alphabet, with another ending or with a slip is marked whole.

    Examples
    --------
    >>> marks("Лагерный сад", "лагер")
    [(0, 5)]
    >>> marks("Лагерный сад", "sad")
    [(9, 12)]
    """
    asked = pieces(question)
    # What was found by the other layout is marked by it alone, and not by a stray letter.
    return _spans(text, asked, 0, 1) or _spans(text, asked, 1, _LEAST_OTHER)


def _spans(
    text: str, asked: Sequence[Piece], reading: int, least_letters: int
) -> list[tuple[int, int]]:
    parts = [
        part
        for piece in asked
        for words in piece.readings[reading : reading + 1]
        for word in words
        for part in word.split("-")
        if len(part) >= least_letters
    ]
    return [
        (found.start(), found.start() + length)
        for found in _WORD.finditer(text)
        if (length := max((_length(found[0], part) for part in parts), default=0))
    ]


def _length(shown: str, asked: str) -> int:
    """Return how many letters of a shown word answer an asked one."""
    word = normalise(shown)
    if word.startswith(asked):
        return len(asked) if len(word) == len(shown) else len(shown)
    heard, sought = sounding(word), sounding(asked)
    alike = (
        stem(word) == stem(asked)
        or (len(sought) > 1 and heard.startswith(sought))
        or _slipped(word, asked)
        or _slipped(heard, sought)
    )
    return len(shown) if alike else 0


def _slipped(word: str, asked: str) -> bool:
    edits = edits_allowed(asked)
    return edits > 0 and OSA.distance(word[: len(asked)], asked, score_cutoff=edits) <= edits
