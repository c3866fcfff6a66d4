"""Which documents hold the words of a question, and how well."""

import functools
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from geo.search.spelling import sounding, stem, switched, without_signs
from geo.search.words import LEAST_BEGINNING, Strength, WordList
from geo.text import MAX_LENGTH, words

SAME, BEGUN, ENDING, SOUNDS_BEGUN, SLIP, WRONG_LAYOUT = 1.0, 0.9, 0.85, 0.8, 0.6, 0.95
"""What a way to find a word is worth; that of the layout multiplies the others."""

_LEAST_SOUND = 2
_LEAST_ROOT = 4


# Typed between words, and not always there in a name.
_LITTLE = frozenset(
    {
        "в", "во", "на", "из", "у", "к", "ко", "с", "со", "о", "об", "за", "по", "от", "до", "и",
        "для", "при", "или", "in", "on", "at", "of", "to", "the", "for", "and", "a", "an", "by",
        "or",
    }
)  # fmt: skip
# Punctuation that is a letter in the Russian layout.
_LETTER_KEYS = re.compile(r"(?=.*[a-z])(?=.*[\[\]{};':\",.<>`~])", re.IGNORECASE)


@dataclass(frozen=True)
class Piece:
    """What stands between two spaces of a question: its words in each layout, likelier one first.

    `worth` goes with `readings`.
    """

    readings: tuple[tuple[str, ...], ...]
    worth: tuple[float, ...]


def pieces(text: str, *, with_little_words: bool = False) -> tuple[Piece, ...]:
    """Read a question of any content; only its first MAX_LENGTH characters count.

    Little words are left out where they are not all there is, unless they are asked for.
    """
    parts = text[:MAX_LENGTH].split()
    telling = [
        part for part in parts if _LITTLE.isdisjoint({part.casefold(), switched(part.casefold())})
    ]
    read = (_piece(part) for part in (not with_little_words and telling) or parts)
    return tuple(dict.fromkeys(piece for piece in read if piece.readings))


def _piece(part: str) -> Piece:
    readings = [(words(without_signs(part)), 1.0), (_switched(part), WRONG_LAYOUT)]
    if _LETTER_KEYS.match(part):
        readings.reverse()
    found = [reading for reading in readings if reading[0]]
    return Piece(tuple(words for words, _ in found), tuple(worth for _, worth in found))


def _switched(part: str) -> tuple[str, ...]:
    """Return the words of the other layout, none if letters are lost: they were meant."""
    other = switched(part)
    lost = any(one.isalpha() and not two.isalpha() for one, two in zip(part, other, strict=True))
    return () if lost else words(other)


class TextIndex:
    """The words of documents, as they are written and as they sound.

    Parameters
    ----------
    documents
        Of each document its texts with their weights (0 to 1).
    """

    def __init__(self, documents: Sequence[Sequence[tuple[str, float]]]) -> None:
        held = (
            (part, number, weight)
            for number, fields in enumerate(documents)
            for text, weight in fields
            for word in words(text)
            for part in _parts(word)
        )
        self._size = len(documents)
        self._written = WordList(held, self._size)
        entries = list(self._written.entries())
        stems = ((stem(word), number, weight) for word, number, weight in entries)
        self._stems = WordList(stems, self._size)
        sounds = ((sounding(word), number, weight) for word, number, weight in entries)
        self._spoken = WordList((entry for entry in sounds if entry[0]), self._size)
        self._cached = functools.lru_cache(maxsize=256)(self._find)

    def entries(self) -> Iterator[tuple[str, int, float]]:
        """Return each word with each document that holds it and its weight there, once."""
        return self._written.entries()

    def find(self, text: str) -> Strength:
        """Return how well each document holds every word of a question.

        A word is found

        1. where a word of the document begins with it or sounds the same in the other alphabet;
           also where only the ending of a case or plural differs, or, from four letters, the last
           letter (from eight letters, the last two);
        2. if no document has it so, where a word begins with its sound;
        3. if none has, it holds a slip: the beginning of a word, or its sound, within one slip is
           enough (from eight letters, two). A slip is one letter added, left out or changed, or
           two neighbours swapped. Below six letters it is a whole word, begun with the same
           letter, or a word of the same root.

        Each way is tried for what was typed, then for what the same keys write in the other
        layout, before the next. A hyphenated word may stand in the document apart or as one. If
        then no document has all words, each may be found in any of these ways.

        Parameters
        ----------
        text
            Anything; only the first MAX_LENGTH characters are read.

        Returns
        -------
        ndarray
            Shape (documents,), read-only; 0 where a word is missing, all 1 for no word at all.
        """
        return self._cached(pieces(text))

    def count(self, text: str) -> tuple[Strength, npt.NDArray[np.intp]]:
        """Return the summed strengths of the pieces of a question, and how many each document has.

        Unlike with `find`, a document need not have all of them.
        """
        strengths = [self._first_way(piece) for piece in pieces(text)]
        if not strengths:
            return np.zeros(self._size, dtype=np.float32), np.zeros(self._size, dtype=np.intp)
        together = np.stack(strengths)
        return together.sum(axis=0), np.count_nonzero(together, axis=0)

    def _find(self, asked: tuple[Piece, ...]) -> Strength:
        found = self._all_of(asked, self._first_way)
        if len(asked) and not found.any():
            found = self._all_of(asked, self._any_way)
        found.flags.writeable = False
        return found

    def _all_of(self, asked: Sequence[Piece], way: Callable[[Piece], Strength]) -> Strength:
        """Return the mean of the strengths of all pieces where none is 0."""
        total = np.zeros(self._size, dtype=np.float32)
        everywhere = np.ones(self._size, dtype=bool)
        for piece in asked:
            strength = way(piece)
            total += strength
            everywhere &= strength > 0
        if not asked:
            return np.ones(self._size, dtype=np.float32)
        return np.where(everywhere, total / len(asked), 0).astype(np.float32)

    def _first_way(self, piece: Piece) -> Strength:
        found = np.zeros(self._size, dtype=np.float32)
        for look in (self._right, self._sounding, self._slipped):
            for reading, worth in zip(piece.readings, piece.worth, strict=True):
                found = _weakest(self._word(word, look) for word in reading) * np.float32(worth)
                if found.any():
                    return found
        return found

    def _any_way(self, piece: Piece) -> Strength:
        return functools.reduce(
            np.maximum,
            (
                _weakest(self._word(word, self._anyhow) for word in reading) * np.float32(worth)
                for reading, worth in zip(piece.readings, piece.worth, strict=True)
            ),
        )

    def _word(self, word: str, look: Callable[[str], Strength]) -> Strength:
        found = look(word.replace("-", ""))
        if "-" in word:
            found = np.maximum(found, _weakest(look(part) for part in word.split("-")))
        return found

    def _right(self, word: str) -> Strength:
        written, spoken, sound = self._written, self._spoken, sounding(word)
        ways = [
            written.strength(written.same(word), SAME),
            written.strength(written.beginning(word), BEGUN),
            written.strength(written.endings(word), ENDING),
            self._stems.strength(self._stems.same(stem(word)), ENDING),
        ]
        if len(sound) >= _LEAST_SOUND:
            ways.append(spoken.strength(spoken.same(sound), BEGUN))
        return functools.reduce(np.maximum, ways)

    def _sounding(self, word: str) -> Strength:
        found, sound = self._right(word), sounding(word)
        if not found.any() and len(sound) >= _LEAST_SOUND:
            found = self._spoken.strength(self._spoken.beginning(sound), SOUNDS_BEGUN)
        return found

    def _slipped(self, word: str) -> Strength:
        found = self._sounding(word)
        return found if found.any() else self._with_slips(word)

    def _anyhow(self, word: str) -> Strength:
        return np.maximum(self._sounding(word), self._with_slips(word))

    def _with_slips(self, word: str) -> Strength:
        written, spoken, root = self._written, self._spoken, stem(word)
        found = written.strength(written.with_slips(word), SLIP)
        # Another word of the same root: пихта, пихтовый.
        if _LEAST_ROOT <= len(root) < len(word) < LEAST_BEGINNING:
            found = np.maximum(found, written.strength(written.beginning(root), SLIP))
        slips = spoken.with_slips(sounding(word))
        return np.maximum(found, spoken.strength(slips, SLIP * SOUNDS_BEGUN))


def _weakest(strengths: Iterable[Strength]) -> Strength:
    return functools.reduce(np.minimum, strengths)


def _parts(word: str) -> Iterable[str]:
    yield word.replace("-", "")
    if "-" in word:
        yield from word.split("-")
