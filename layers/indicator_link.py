"""The page of indicators as a link: snapshot, border, and the numbers of the calculator."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from geo.link import Note
from geo.snapshot import BORDERS
from layers.indicator_report import WORKED

MOST = 1e15
"""A number above it is a slip of the finger: the Earth has 5.1e14 square metres."""

_LONGEST = 80
Pair = tuple[float, float]


@dataclass(frozen=True)
class IndicatorLink:
    """What the link of the page asks.

    Parameters
    ----------
    border
        One of the three borders; empty for the first that there is.
    snapshot
        Id of the snapshot the link was made on; empty where it does not say.
    built, people, years
        Of the calculator: square metres and people at two dates, years between them.
    notes
        What of the link could not be used.
    """

    border: str = ""
    snapshot: str = ""
    built: Pair = WORKED[0]
    people: Pair = WORKED[1]
    years: float = WORKED[2]
    notes: tuple[Note, ...] = ()

    def to_params(self) -> dict[str, list[str]]:
        """Write the link; what is as it was at first is left out."""
        params = {
            "snapshot": [self.snapshot] if self.snapshot else [],
            "border": [self.border] if self.border else [],
            "built": [written(one) for one in self.built] if self.built != WORKED[0] else [],
            "people": [written(one) for one in self.people] if self.people != WORKED[1] else [],
            "years": [written(self.years)] if self.years != WORKED[2] else [],
        }
        return {name: values for name, values in params.items() if values}


def read_link(params: Mapping[str, Sequence[str]]) -> IndicatorLink:
    """Read a link; what cannot be used is left out and named in a note."""
    notes: list[Note] = []

    def texts(name: str) -> list[str]:
        return [value[:_LONGEST] for value in params.get(name, ()) if value]

    def numbers(name: str, count: int) -> tuple[float, ...] | None:
        given = texts(name)
        found = [_number(text) for text in given]
        usable = tuple(one for one in found if one is not None)
        if given and len(usable) == len(given) == count:
            return usable
        if given:
            notes.append(Note("malformed", name, " ".join(given)))
        return None

    border = next(iter(texts("border")), "")
    if border and border not in BORDERS:
        notes.append(Note("unknown_value", "border", border))
        border = ""
    built, people, years = numbers("built", 2), numbers("people", 2), numbers("years", 1)
    return IndicatorLink(
        border=border,
        snapshot=next(iter(texts("snapshot")), ""),
        built=(built[0], built[1]) if built else WORKED[0],
        people=(people[0], people[1]) if people else WORKED[1],
        years=years[0] if years else WORKED[2],
        notes=tuple(notes),
    )


def typed_number(text: str) -> float | None:
    """Return a number as people write it, with spaces and a decimal comma, or None.

    Examples
    --------
    >>> typed_number("510 000,5")
    510000.5
    """
    return _number("".join(text.split()).replace(",", "."))


def written(value: float) -> str:
    """Return a number as links and fields have it."""
    return f"{value:.12g}"


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) and 0 <= value <= MOST else None
