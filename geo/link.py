"""Reads the parameters of a link without ever failing, and names whatever it could not use."""

import math
import re
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal, TypeAlias
from urllib.parse import parse_qsl

from geo.dated import days
from geo.places import Box, Inside, Near, Place
from geo.text import MAX_LENGTH, clean, words

KEYS = (
    "park", "direction", "cluster", "kind", "status",
    "years", "money", "known", "since", "q", "bbox", "near", "in", "sel", "sort",
)  # fmt: skip
"""The keys of a link, in the order in which it is written."""

FIELDS = {
    "park": "parks",
    "direction": "directions",
    "cluster": "clusters",
    "kind": "kinds",
    "status": "statuses",
    "years": "years",
    "money": "money",
    "known": "known",
    "since": "since",
    "q": "text",
    "bbox": "place",
    "near": "place",
    "in": "place",
}
"""Link key of each condition -> field of `geo.query.Query`."""

OWN = "own"
"""Key that names the layer of a viewer; `own.<column>` holds a condition on one of its columns."""

OTHERS_KEYS = ("lang", "format", "part")
"""Keys that stand in the same link and are read by someone else."""

MAX_LINK = 8192
"""Longest query string, and longest single value, that is read, in characters."""

LARGEST = 1e9
"""The largest number a link may hold, whatever its unit: a thousand million."""

ROUND_THE_EARTH_M = 2.1e7
"""The largest radius in metres: half the way round the Earth."""

UNKNOWN: Final = "unknown"
"""Stands in a link for a number that nobody states."""

Money: TypeAlias = tuple[float, float] | Literal["unknown"]

MAX_VALUES = 200
MAX_NOTES = 20
_SHOWN = 80

_NUMBER = re.compile(r"[+-]?[0-9]{1,20}(\.[0-9]{1,30})?([eE][+-]?[0-9]{1,3})?")
_YEAR = re.compile(r"[1-9][0-9]{3}")


@dataclass(frozen=True)
class Note:
    """Something in a link that was not used as written.

    Parameters
    ----------
    code
        unknown_key, unknown_value, malformed, reversed (and put right), repeated (the first one
        counts), conflict (another place was given before), shortened, no_words (a search
        without a letter), needs_point (sorting by distance without a point), needs_layer (what is
        said of a viewer's layer that is not loaded) or more_notes.
    key
        Key of the link; empty when the whole link is meant.
    value
        What was written there, at most 80 characters of it. Text of a stranger.
    """

    code: str
    key: str
    value: str


def number(text: str) -> float | None:
    """Read a decimal number with a point; None if it is not one or means nothing here.

    Nothing in the Atlas is larger than `LARGEST` or, but for zero, smaller than its inverse.
    """
    if not _NUMBER.fullmatch(text):
        return None
    value = float(text) + 0.0
    return value if value == 0 or 1 / LARGEST <= abs(value) <= LARGEST else None


def year(text: str) -> float | None:
    """Read a year of four digits; None if it is not one."""
    return float(text) if _YEAR.fullmatch(text) else None


def written(value: float) -> str:
    """Write a number so that `number` reads the same value: 500, not 500.0."""
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(float(value))


def written_near(near: Near) -> str:
    """Write a point as the value of `near`: longitude, latitude, radius, and its accuracy if any.

    Examples
    --------
    >>> written_near(Near(84.95, 56.47, 3000)), written_near(Near(84.95, 56.47, 3000, 500))
    ('84.95,56.47,3000', '84.95,56.47,3000,500')
    """
    numbers = [written(value) for value in (near.lon, near.lat, near.metres)]
    if near.accuracy_m is None:
        return ",".join([*numbers, UNKNOWN])
    return ",".join([*numbers, *([written(near.accuracy_m)] if near.accuracy_m else [])])


def _numbers(items: Sequence[str]) -> tuple[float, ...] | None:
    found = tuple(read for item in items if (read := number(item.strip())) is not None)
    return found if len(found) == len(items) else None


def _near(*numbers: float) -> Near | None:
    """Return the point of three or four numbers; None if it is nowhere."""
    if len(numbers) not in (3, 4):
        return None
    lon, lat, metres, accuracy_m = (*numbers, 0.0)[:4]
    on_earth = abs(lon) <= 180 and abs(lat) <= 90
    if on_earth and 1 <= metres <= ROUND_THE_EARTH_M and 0 <= accuracy_m <= ROUND_THE_EARTH_M:
        return Near(lon, lat, metres, accuracy_m)
    return None


def is_own_key(key: str) -> bool:
    """Tell whether a key of the link speaks of the layer of a viewer."""
    return key == OWN or key.startswith(f"{OWN}.")


def field_of(key: str) -> str:
    """Return the field of a query that a key of the link sets; each own column is one more."""
    return key if is_own_key(key) else FIELDS[key]


class Link:
    """The parameters of one link, and the notes about them.

    Parameters
    ----------
    params
        Values by key, or a query string with or without its question mark.
    """

    def __init__(self, params: Mapping[str, Sequence[str]] | str) -> None:
        self._notes: list[Note] = []
        self._values: dict[str, list[str]] = {}
        for key, values in self._parsed(params).items():
            if key not in KEYS and not is_own_key(key):
                if key not in OTHERS_KEYS:
                    self.note("unknown_key", key, ",".join(values[:3]))
                continue
            if len(values) > MAX_VALUES or any(len(value) > MAX_LINK for value in values):
                self.note("shortened", key, ",".join(values[:3]))
            filled = [value[:MAX_LINK] for value in values[:MAX_VALUES]]
            # A value of a stranger's column may begin or end with a space.
            filled = filled if is_own_key(key) else [value.strip() for value in filled]
            self._values[key] = [value for value in filled if value]

    def _parsed(self, params: Mapping[str, Sequence[str]] | str) -> dict[str, Sequence[str]]:
        if not isinstance(params, str):
            # A lone text is one value, although Python would read it letter by letter.
            return {k: [v] if isinstance(v, str) else v for k, v in params.items()}
        if len(params) > MAX_LINK:
            self.note("shortened", "", params)
        found: dict[str, list[str]] = {}
        for key, value in parse_qsl(params[:MAX_LINK].lstrip("?"), keep_blank_values=True):
            found.setdefault(key, []).append(value)
        return dict(found)

    @property
    def notes(self) -> tuple[Note, ...]:
        """The notes so far; beyond MAX_NOTES only their number."""
        more = len(self._notes) - MAX_NOTES
        shown = tuple(self._notes[:MAX_NOTES])
        return (*shown, Note("more_notes", "", str(more))) if more > 0 else shown

    def note(self, code: str, key: str, value: str) -> None:
        """Remember what could not be used."""
        self._notes.append(Note(code, key[:_SHOWN], value[:_SHOWN]))

    def ids(self, key: str, options: Sequence[str]) -> tuple[str, ...]:
        """Return the ids given under a key, in the order of the options, each once."""
        given = dict.fromkeys(self._items(key))
        for item in given:
            if item not in options:
                self.note("unknown_value", key, item)
        return tuple(option for option in options if option in given)

    def one_of(self, key: str, options: Container[str], otherwise: str) -> str:
        """Return the one id given under a key."""
        value = self._single(key)
        if value and value not in options:
            self.note("unknown_value", key, value)
            return otherwise
        return value or otherwise

    def text(self, key: str) -> str:
        """Return the one line of text given under a key; empty if it has no word in it."""
        value = self._single(key)
        whole = clean(value)
        line = whole[:MAX_LENGTH].rstrip()
        if line != whole:
            self.note("shortened", key, value)
        if value and not words(line):
            self.note("no_words", key, value)
            return ""
        return line

    def date(self, key: str) -> str:
        """Return the date given under a key: a year, a month or a day; empty for none."""
        value = self._single(key)
        if value and days(value) is None:
            self.note("malformed", key, value)
            return ""
        return value

    def span(
        self, key: str, read: Callable[[str], float | None], open_end: float
    ) -> tuple[float, float] | None:
        """Return two numbers in order; a lone one is the lower end. Neither is negative."""
        items = self._items(key)
        if not items:
            return None
        if len(items) > 2:
            self.note("repeated", key, ",".join(items[2:]))
        ends = [read(item) for item in items[:2]]
        numbers = [end for end in ends if end is not None and end >= 0]
        if len(numbers) < len(ends):
            self.note("malformed", key, ",".join(items[:2]))
            return None
        low, high = numbers if len(numbers) == 2 else (numbers[0], open_end)
        if low > high:
            self.note("reversed", key, ",".join(items[:2]))
        return min(low, high), max(low, high)

    def money(self) -> Money | None:
        """Return two sums in order, as `span` does, or that none is to be known."""
        if self._items("money") == [UNKNOWN]:
            return UNKNOWN
        return self.span("money", number, math.inf)

    def place(self, site_ids: Sequence[str]) -> Place | None:
        """Return the first usable place of bbox, near and in."""
        found = [
            place
            for place in (self._box(), self._near(), self._inside(site_ids))
            if place is not None
        ]
        for other in found[1:]:
            self.note("conflict", other.key, ",".join(self._values[other.key]))
        return found[0] if found else None

    def own(self) -> dict[str, list[str]]:
        """Return what is said of the layer of a viewer: values by key, commas part of them."""
        return {key: values for key, values in self._values.items() if is_own_key(key) and values}

    def _box(self) -> Box | None:
        value = self._single("bbox")
        if not value:
            return None
        corners = _numbers(value.split(",", 4))
        if corners is None or len(corners) != 4:
            self.note("malformed", "bbox", value)
            return None
        west, south, east, north = corners
        if max(abs(west), abs(east)) > 180 or max(abs(south), abs(north)) > 90:
            self.note("malformed", "bbox", value)
            return None
        if west > east or south > north:
            self.note("reversed", "bbox", value)
        return Box(min(west, east), min(south, north), max(west, east), max(south, north))

    def _near(self) -> Near | None:
        value = self._single("near")
        if not value:
            return None
        items = [item.strip() for item in value.split(",", 4)]
        stated = items[3:] != [UNKNOWN]
        numbers = _numbers(items if stated else items[:3])
        place = None if numbers is None else _near(*numbers)
        if place is None:
            self.note("malformed", "near", value)
            return None
        return place if stated else replace(place, accuracy_m=None)

    def _inside(self, site_ids: Sequence[str]) -> Inside | None:
        site_id = self.one_of("in", site_ids, "")
        return Inside(site_id) if site_id else None

    def _items(self, key: str) -> list[str]:
        given = self._values.get(key, [])
        items = [item for value in given for item in value.split(",")]
        if len(items) > MAX_VALUES:
            self.note("shortened", key, ",".join(items[:3]))
        return [item.strip() for item in items[:MAX_VALUES] if item.strip()]

    def _single(self, key: str) -> str:
        given = self._values.get(key, [])
        for extra in dict.fromkeys(given[1:]):
            if extra != given[0]:
                self.note("repeated", key, extra)
        return given[0] if given else ""
