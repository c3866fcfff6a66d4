"""What a link asks to compare, and what a text may mean that can be compared."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from geo.dataset import Dataset
from geo.search.ranking import search_of
from geo.text import MAX_LENGTH, clean
from layers import objects
from layers.comparison import KINDS, MOST
from layers.locale import Translator

_SHOWN = 80
_MOST_FOUND = 6
_MOST_NEAREST = 2
_MOST_NOTES = 5


@dataclass(frozen=True)
class Note:
    """What is not compared as asked, in words, and what may have been meant."""

    text: str
    nearest: tuple[objects.Ref, ...] = ()


@dataclass(frozen=True)
class Choice:
    """The objects to compare, each once and `MOST` at most, and what was left out."""

    refs: tuple[objects.Ref, ...]
    notes: tuple[Note, ...]


def choose(dataset: Dataset, asked: Sequence[str], translator: Translator) -> Choice:
    """Return the objects with the ids of a link, in their order.

    Parameters
    ----------
    dataset, translator
        Where to look, in which language to answer.
    asked
        Any texts, any number of them.
    """
    found: list[objects.Ref] = []
    notes: list[Note] = []
    times = Counter(filter(None, map(clean, asked)))
    for text, n in times.items():
        ref = _find(dataset, text)
        if ref is None:
            unknown = translator.t("compare.unknown", id=text[:_SHOWN])
            # Only the first notes are shown: no search for the rest.
            wanted = len(notes) < _MOST_NOTES
            nearest = found_by(dataset, text, found)[:_MOST_NEAREST] if wanted else ()
            notes.append(Note(unknown, nearest))
            continue
        if n > 1 or ref in found:
            name = translator.pick(objects.record_of(dataset, ref), "name")
            notes.append(Note(translator.t("compare.twice", name=name)))
        if ref not in found:
            found.append(ref)
    more = len(notes) - _MOST_NOTES
    if more > 0:
        notes[_MOST_NOTES:] = [Note(translator.t("compare.more_notes", n=translator.number(more)))]
    if len(found) > MOST:
        asked_for = translator.number(len(found))
        notes.insert(0, Note(translator.t("compare.too_many", asked=asked_for, most=MOST)))
    return Choice(tuple(found[:MOST]), tuple(notes))


def found_by(
    dataset: Dataset, text: str, without: Sequence[objects.Ref]
) -> tuple[objects.Ref, ...]:
    """Return the sites and parks a text may mean, best first, or those whose name is like it."""
    text = text[:MAX_LENGTH].replace("-", " ")
    index = search_of(dataset)
    for answers in (index.best(text, limit=100), index.nearest(text, limit=20)):
        refs = (objects.Ref(one.document.type, one.document.id) for one in answers)
        found = [ref for ref in dict.fromkeys(refs) if ref.kind in KINDS and ref not in without]
        if found:
            return tuple(found[:_MOST_FOUND])
    return ()


def _find(dataset: Dataset, asked: str) -> objects.Ref | None:
    for kind in KINDS:
        try:
            return objects.find(dataset, asked, kind)
        except objects.UnknownObjectError:
            continue
    return None
