"""Search in the dataset: the rows that a text filter shows, and the objects that come to mind."""

from collections.abc import Sequence
from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process

from geo.dataset import Dataset
from geo.search.document import Document
from geo.search.documents import documents
from geo.search.index import TextIndex, pieces
from geo.search.spelling import sounding
from geo.text import words

CANDIDATES = 80
"""How many of the strongest documents are compared with the question as a whole."""

# Between equals, what one looks for in an atlas of parks comes first.
_FIRST = {
    "site": 0.06, "park": 0.05, "organisation": 0.05, "cluster": 0.04, "direction": 0.03,
    "park_type": 0.03, "project_kind": 0.03, "settlement": 0.03, "project": 0.02, "action": 0.0,
    "address": 0.0, "own": 0.0,
}  # fmt: skip
_SAME_NAME, _NAME_ENDS, _NAME_BEGINS, _LIKENESS = 2.0, 0.4, 0.35, 0.6
_LEAST_LIKENESS, _LEAST_LETTERS = 60.0, 3


@dataclass(frozen=True)
class Found:
    """A document and how well it answers; larger is better."""

    document: Document
    score: float


class SearchIndex:
    """The search of one dataset.

    Parameters
    ----------
    dataset
        Where to search.
    further
        What else can be found, and has no row.
    """

    def __init__(self, dataset: Dataset, further: Sequence[Document] = ()) -> None:
        self._documents = [*documents(dataset), *further]
        self._rows = len(dataset.rows)
        self._index = TextIndex([document.fields for document in self._documents])
        self._names = [tuple(_heard(n) for n in d.names if n) for d in self._documents]
        self._choices = [name for names in self._names for name in names]
        self._bearers = [number for number, names in enumerate(self._names) for _ in names]

    def match(self, text: str) -> npt.NDArray[np.bool_]:
        """Return which rows of `dataset.rows` hold every word of a text.

        Parameters
        ----------
        text
            Anything, see `geo.search.index.TextIndex.find`; without a word, all rows match.

        Returns
        -------
        ndarray
            Shape (rows,), read-only.
        """
        found = self._index.find(text)[: self._rows] > 0
        found.flags.writeable = False
        return found

    def best(self, text: str, limit: int = 10) -> list[Found]:
        """Return what a text most likely means, best first; nothing for a text without a word.

        A site or project among them is always one that `match` shows as well.
        """
        asked = pieces(text)
        if not asked:
            return []
        strengths = self._index.find(text)
        strongest = np.argsort(-strengths, kind="stable")[:CANDIDATES]
        readings = _readings(text)
        ranked = [
            Found(self._documents[n], self._score(int(n), float(strengths[n]), readings))
            for n in strongest
            if strengths[n] > 0
        ]
        return sorted(ranked, key=lambda found: -found.score)[:limit]

    def nearest(self, text: str, limit: int = 5) -> list[Found]:
        """Return what comes near a text of which nothing holds every word.

        First the objects that hold at least half of its words, then those with a similar name.
        """
        asked = pieces(text)
        strengths, held = self._index.count(text)
        readings = _readings(text)
        partly = [
            Found(self._documents[n], self._score(int(n), float(strengths[n]), readings))
            for n in np.flatnonzero((held > 0) & (2 * held >= len(asked)))
        ]
        partly.sort(key=lambda found: -found.score)
        return [*partly, *self._alike(readings, limit)][:limit]

    def _alike(self, readings: Sequence[str], limit: int) -> list[Found]:
        best: dict[int, float] = {}
        for reading in readings:
            if len(reading) < _LEAST_LETTERS:
                continue
            for _, likeness, place in process.extract(
                reading,
                self._choices,
                scorer=fuzz.WRatio,
                score_cutoff=_LEAST_LIKENESS,
                limit=3 * limit,
            ):
                number = self._bearers[place]
                best[number] = max(likeness / 100, best.get(number, 0.0))
        ranked = sorted(best.items(), key=lambda entry: -entry[1])[:limit]
        return [Found(self._documents[number], likeness) for number, likeness in ranked]

    def _score(self, number: int, strength: float, readings: Sequence[str]) -> float:
        likeness = 0.0
        for reading in readings:
            for name in self._names[number]:
                alike = _LIKENESS * fuzz.ratio(reading, name) / 100
                if name == reading:
                    alike += _SAME_NAME
                elif name.endswith(f" {reading}"):
                    # "National Research …": the beginning of an official name is left out.
                    alike += _NAME_ENDS
                elif name.startswith(reading):
                    alike += _NAME_BEGINS
                likeness = max(likeness, alike)
        return strength + likeness + _FIRST[self._documents[number].type]


def search_of(dataset: Dataset) -> SearchIndex:
    """Return the search of a dataset: built at the first call, dropped with the dataset."""
    index = _built.get(dataset)
    if index is None:
        index = _built[dataset] = SearchIndex(dataset)
    return index


_built: WeakKeyDictionary[Dataset, SearchIndex] = WeakKeyDictionary()


def _heard(text: str) -> str:
    """Return a text as the sounds of its words."""
    return " ".join(sounding(word.replace("-", "")) for word in words(text))


def _readings(text: str) -> tuple[str, ...]:
    """Return how a question may be heard: each piece as it likely is, and in the other layout."""
    asked = pieces(text, with_little_words=True)
    ways = (
        " ".join(
            sounding(word.replace("-", ""))
            for piece in asked
            for word in piece.readings[min(way, len(piece.readings) - 1)]
        )
        for way in (0, 1)
    )
    return tuple(dict.fromkeys(way for way in ways if way))
