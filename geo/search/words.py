"""The words of many documents, sorted, and the documents that hold each."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import OSA

Strength = npt.NDArray[np.float32]
"""How well each document answers, shape (documents,): 0 not at all, 1 as well as can be."""

LEAST_BEGINNING = 6
"""So many letters a word must have to be sought, with a slip, as the beginning of a longer one."""

_LAST = "\U0010ffff"


def edits_allowed(word: str) -> int:
    """Return how many slips a word may hold: 0 below four letters and with digits, then 1, 2."""
    if len(word) < 4 or not word.isalpha():
        return 0
    return 1 if len(word) < 8 else 2


class WordList:
    """Words by alphabet, and for each the documents that hold it.

    Parameters
    ----------
    held
        (word, document number, weight of the word in it, 0 to 1). Of several weights the largest
        counts.
    size
        Number of documents.
    """

    def __init__(self, held: Iterable[tuple[str, int, float]], size: int) -> None:
        heaviest: dict[str, dict[int, float]] = {}
        for word, document, weight in held:
            weights = heaviest.setdefault(word, {})
            if weight > weights.get(document, 0.0):
                weights[document] = weight
        self._size = size
        self._beginnings: dict[int, list[str]] = {}
        self._words = sorted(heaviest)
        by_word = [heaviest[word] for word in self._words]
        self._documents = np.fromiter(chain.from_iterable(by_word), dtype=np.intp)
        weights_in_order = chain.from_iterable(weights.values() for weights in by_word)
        self._weights = np.fromiter(weights_in_order, dtype=np.float32)
        self._starts = np.cumsum([0, *map(len, by_word)], dtype=np.intp)

    def entries(self) -> Iterator[tuple[str, int, float]]:
        """Return each word with each document that holds it and its weight there, once."""
        for word, start, end in zip(self._words, self._starts, self._starts[1:], strict=False):
            held = zip(self._documents[start:end].tolist(), self._weights[start:end], strict=True)
            yield from ((word, document, float(weight)) for document, weight in held)

    def strength(self, spans: Iterable[range], quality: float) -> Strength:
        """Return how well the documents answer that hold a word of the spans."""
        found = np.zeros(self._size, dtype=np.float32)
        for span in spans:
            held = slice(self._starts[span.start], self._starts[span.stop])
            np.maximum.at(found, self._documents[held], self._weights[held] * np.float32(quality))
        return found

    def same(self, word: str) -> list[range]:
        """Return the word itself."""
        low = bisect_left(self._words, word)
        return [range(low, bisect_right(self._words, word, lo=low))]

    def beginning(self, start: str) -> list[range]:
        """Return the words that begin so."""
        return [self._beginning(start)]

    def endings(self, word: str) -> list[range]:
        """Return whole words that differ in the last letter, from eight letters in the last two."""
        edits = edits_allowed(word)
        if not edits:
            return []
        alike = self._beginning(word[: len(word) - edits])
        near = _within(word, self._words[alike.start : alike.stop], edits)
        return [range(place, place + 1) for place in near + alike.start]

    def with_slips(self, word: str) -> list[range]:
        """Return words whose beginning is the word but for slips.

        Of a short word a slip leaves too little to go by: unless two neighbours are swapped, it
        must be the whole word, and begin with the same letter.
        """
        edits = edits_allowed(word)
        if not edits:
            return []
        if len(word) < LEAST_BEGINNING:
            swaps = (
                f"{word[:n]}{word[n + 1]}{word[n]}{word[n + 2 :]}" for n in range(len(word) - 1)
            )
            alike = self._beginning(word[0])
            near = _within(word, self._words[alike.start : alike.stop], edits) + alike.start
            whole = [range(place, place + 1) for place in near]
            return [*whole, *(self._beginning(swap) for swap in swaps)]
        return [
            self._beginning(starts[place])
            for length in range(len(word) - edits, len(word) + edits + 1)
            for starts in [self._starts_of(length)]
            for place in _within(word, starts, edits)
        ]

    def _beginning(self, start: str) -> range:
        low = bisect_left(self._words, start)
        return range(low, bisect_left(self._words, start + _LAST, lo=low))

    def _starts_of(self, length: int) -> list[str]:
        """Beginnings of that length, each once; kept, for every question with a slip wants some."""
        found = self._beginnings.get(length)
        if found is None:
            found = list(dict.fromkeys(w[:length] for w in self._words if len(w) >= length))
            self._beginnings[length] = found
        return found


def _within(word: str, candidates: Sequence[str], edits: int) -> npt.NDArray[np.intp]:
    if not candidates:
        return np.empty(0, dtype=np.intp)
    distances = process.cdist([word], candidates, scorer=OSA.distance, score_cutoff=edits)
    return np.flatnonzero(distances[0] <= edits)
