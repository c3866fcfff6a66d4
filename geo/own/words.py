"""Search in the rows of a viewer's layer: the words of all rows once, and where each stands."""

import functools
import re
from bisect import bisect_left
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from geo.search.index import TextIndex
from geo.text import MAX_LENGTH, words

_LETTER = re.compile(r"[^\W\d_]")
_LAST = "\U0010ffff"

Mask = npt.NDArray[np.bool_]


class RowWords:
    """The words of many short texts.

    The dataset's own search weighs each text of a document and would take ten times as long for a
    layer of 200,000 rows; here every different word is a document of its own.

    Parameters
    ----------
    texts
        One a row.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        numbers: dict[str, int] = {}
        codes: list[int] = []
        counts: list[int] = []
        for text in texts:
            found = words(text)
            counts.append(len(found))
            codes += [numbers.setdefault(word, len(numbers)) for word in found]
        self._size = len(texts)
        # A map of houses has as many numbers as rows: they neither sound nor have endings.
        self._figures = sorted(word for word in numbers if not _LETTER.search(word))
        self._figure_codes = np.array([numbers[word] for word in self._figures], dtype=np.int64)
        lettered = [word for word in numbers if _LETTER.search(word)]
        self._letter_codes = np.array([numbers[word] for word in lettered], dtype=np.int64)
        self._vocabulary = len(numbers)
        self._codes = np.array(codes, dtype=np.int64)
        self._rows = np.repeat(np.arange(self._size), counts)
        self._index = TextIndex([((word, 1.0),) for word in lettered])
        self._cached = functools.lru_cache(maxsize=64)(self._find)

    def match(self, text: str) -> Mask:
        """Return which rows hold every word of a question; all rows where it has none.

        How a word is found says `geo.search.index.TextIndex.find`.

        Returns
        -------
        ndarray
            Shape (rows,), read-only.
        """
        return self._cached(text[:MAX_LENGTH])

    def _find(self, text: str) -> Mask:
        found = np.ones(self._size, dtype=bool)
        for part in text.split():
            held = self._holding(part)
            if not held.any():  # several words without a space between, such as "Ленина,36"
                parts = [self._holding(word) for word in words(part)]
                held = functools.reduce(np.logical_and, parts) if parts else found
            found &= held
        found.flags.writeable = False
        return found

    def _holding(self, word: str) -> Mask:
        found = np.zeros(self._size, dtype=bool)
        plain = words(word)
        if not plain:
            return ~found
        here = np.zeros(self._vocabulary, dtype=bool)
        here[self._letter_codes[self._index.find(word) > 0]] = True
        low = bisect_left(self._figures, plain[0])
        high = bisect_left(self._figures, plain[0] + _LAST, lo=low)
        here[self._figure_codes[low:high]] = len(plain) == 1
        found[self._rows[here[self._codes]]] = True
        return found
