"""Search in names: what counts as the same word, and which rows hold the words of a question."""

import functools
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import OSA

MAX_LENGTH = 200
"""Longest question that is searched, in characters: longer than any name of the dataset."""

# U+2010, to which compatibility normalisation also takes the non-breaking hyphen.
_HYPHEN = "\u2010"
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_LAST = "\U0010ffff"


def clean(text: str) -> str:
    """Make one line of a text: single spaces, no control, invisible or broken characters."""
    kept = (
        " " if unicodedata.category(char) == "Cc" else char
        for char in text
        if unicodedata.category(char) not in ("Cf", "Cs")
    )
    return " ".join("".join(kept).split())


def normalise(text: str) -> str:
    """Reduce a text to its words, so that case, ё, accents and punctuation make no difference.

    Hyphens inside a word stay, for `words` and `TextIndex` read such a word both ways.

    Examples
    --------
    >>> normalise("«ТОМСКИЙ» нефте-химический; самолёт")
    'томский нефте-химический самолет'
    """
    composed = unicodedata.normalize("NFKC", text).casefold()
    # Folding can leave marks apart from their letters, and a stress mark would split its word.
    bare = (
        char
        for char in unicodedata.normalize("NFKC", composed)
        if unicodedata.category(char) not in ("Mn", "Cf")
    )
    return " ".join(_WORD.findall("".join(bare).replace("ё", "е").replace(_HYPHEN, "-")))


def words(text: str) -> tuple[str, ...]:
    """Return the distinct words of a text in order, normalised."""
    return tuple(dict.fromkeys(normalise(text).split()))


def edits_allowed(token: str) -> int:
    """Return how many slips a word may hold: 0 below four letters and with digits, then 1, 2."""
    if len(token) < 4 or not token.isalpha():
        return 0
    return 1 if len(token) < 8 else 2


class TextIndex:
    """The words of all rows, sorted, and the rows that hold each.

    Parameters
    ----------
    texts
        One text a row, in any case and punctuation.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        pairs = sorted(
            {(token, row) for row, text in enumerate(texts) for token in _indexed(words(text))}
        )
        self._size = len(texts)
        self._vocabulary = sorted({token for token, _ in pairs})
        self._rows = np.array([row for _, row in pairs], dtype=np.intp)
        first = dict(reversed([(token, place) for place, (token, _) in enumerate(pairs)]))
        self._starts = np.array([first[t] for t in self._vocabulary] + [len(pairs)], dtype=np.intp)
        self._match = functools.lru_cache(maxsize=256)(self._find)

    def match(self, text: str) -> npt.NDArray[np.bool_]:
        """Return which rows hold every word of the text; all rows when it has no word.

        A word of the question is found in a row when a word of the row begins with it or, from
        four letters, is the same but for the last letter (from eight letters, the last two), as
        with another case of a noun. When no word of any row is found so, it holds a slip: then
        the beginning of a word within one slip is enough (from eight letters, two). A slip is one
        letter added, left out or changed, or two neighbours swapped. A hyphenated word may stand
        in the row apart or as one.

        Parameters
        ----------
        text
            Anything; only the first MAX_LENGTH characters are read.

        Returns
        -------
        ndarray
            Shape (rows,), read-only.
        """
        return self._match(words(text[:MAX_LENGTH]))

    def _find(self, asked: tuple[str, ...]) -> npt.NDArray[np.bool_]:
        found = np.ones(self._size, dtype=bool)
        for word in asked:
            held = self._holding(word.replace("-", ""))
            if "-" in word:
                apart = (self._holding(part) for part in word.split("-"))
                held |= functools.reduce(np.logical_and, apart)
            found &= held
            if not found.any():
                break
        found.flags.writeable = False
        return found

    def _holding(self, token: str) -> npt.NDArray[np.bool_]:
        found = np.zeros(self._size, dtype=bool)
        as_typed = [span for span in (self._beginning(token), *self._endings(token)) if span]
        for span in as_typed or self._begun_with_slips(token):
            found[self._rows[self._starts[span.start] : self._starts[span.stop]]] = True
        return found

    def _beginning(self, start: str) -> range:
        low = bisect_left(self._vocabulary, start)
        return range(low, bisect_left(self._vocabulary, start + _LAST, lo=low))

    def _endings(self, token: str) -> list[range]:
        """Whole words that are the token with another ending."""
        edits = edits_allowed(token)
        if not edits:
            return []
        alike = self._beginning(token[: len(token) - edits])
        near = _within(token, self._vocabulary[alike.start : alike.stop], edits)
        return [range(place, place + 1) for place in near + alike.start]

    def _begun_with_slips(self, token: str) -> list[range]:
        """Words whose beginning is the token but for slips."""
        edits = edits_allowed(token)
        if not edits:
            return []
        return [
            self._beginning(starts[place])
            for length in range(len(token) - edits, len(token) + edits + 1)
            for starts in [self._starts_of(length)]
            for place in _within(token, starts, edits)
        ]

    def _starts_of(self, length: int) -> list[str]:
        return list(dict.fromkeys(w[:length] for w in self._vocabulary if len(w) >= length))


def _indexed(found: Iterable[str]) -> Iterable[str]:
    for word in found:
        yield word.replace("-", "")
        if "-" in word:
            yield from word.split("-")


def _within(token: str, candidates: Sequence[str], edits: int) -> npt.NDArray[np.intp]:
    if not candidates:
        return np.empty(0, dtype=np.intp)
    distances = process.cdist([token], candidates, scorer=OSA.distance, score_cutoff=edits)
    return np.flatnonzero(distances[0] <= edits)
