"""The questions of a fetch as queries to the Overpass API."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeAlias

from shapely.geometry.base import BaseGeometry

from geo.errors import FetchError
from geo.fetch.answers import Answer
from geo.fetch.elements import merged_saying
from geo.fetch.grid import Box, boxes, quarters
from geo.fetch.overpass import TOO_MUCH, Overpass
from geo.fetch.place import NAME_TAGS
from geo.fetch.source import Gathered
from geo.fetch.themes import HEAD, boxed, query

_MOST_HALVINGS = 3
_Asked: TypeAlias = tuple[str, Answer]


class Online:
    """A source that is asked over the network.

    Parameters
    ----------
    overpass
        The endpoint.
    on_box
        Called with how many boxes of how many are done.
    """

    def __init__(
        self, overpass: Overpass, *, on_box: Callable[[int, int], None] = lambda *_: None
    ) -> None:
        self._overpass = overpass
        self._on_box = on_box

    @property
    def name(self) -> str:
        """Scheme and host of the endpoint, and its path."""
        return f"Overpass API, {self._overpass.endpoint.url}"

    def date(self, answers: Sequence[Gathered]) -> datetime:
        """Return the oldest state of the data among answers."""
        return min(one.date for one in answers)

    def administrative(self, names: Sequence[str], box: Box | None = None) -> Gathered:
        """Return administrative relations that have one of the names, without their ways."""
        statements = "".join(
            f'relation["boundary"="administrative"]["{tag}"={_quoted(name)}];'
            for name in names
            for tag in NAME_TAGS
        )
        where = "" if box is None else boxed(box)
        asked = f"{HEAD}{where};({statements});out body;"
        return _gathered([(asked, self._overpass.elements(asked))])

    def boundaries(self, ids: Sequence[int]) -> Gathered:
        """Return relations by id, with their ways and nodes."""
        listed = ",".join(str(number) for number in sorted(ids))
        asked = f"{HEAD};relation(id:{listed});(._;>;);out body qt;"
        return _gathered([(asked, self._overpass.elements(asked))])

    def themes(self, themes: Sequence[str], area: BaseGeometry) -> Gathered:
        """Return the elements of themes in the boxes that touch an area, members included."""
        parts = boxes(area)
        answers: list[_Asked] = []
        for done, box in enumerate(parts):
            self._on_box(done, len(parts))
            answers += self._in_box(themes, box, area, _MOST_HALVINGS)
        self._on_box(len(parts), len(parts))
        return _gathered(answers)

    def _in_box(
        self, themes: Sequence[str], box: Box, area: BaseGeometry, halvings: int
    ) -> list[_Asked]:
        asked = query(themes, box)
        try:
            return [(asked, self._overpass.elements(asked, in_parts=halvings > 0))]
        except FetchError as error:
            if error.code not in TOO_MUCH or not halvings:
                raise
        try:
            return [
                answer
                for quarter in quarters(box, area)
                for answer in self._in_box(themes, quarter, area, halvings - 1)
            ]
        except FetchError:
            kept = self._overpass.kept(asked)
            if kept is None:
                raise
            return [(asked, kept)]


def _gathered(pairs: Sequence[_Asked]) -> Gathered:
    answers = [answer for _, answer in pairs]
    stale = [one.asked for one in answers if one.stale]
    elements, refused = merged_saying(one.elements for one in answers)
    refused += [broken for one in answers for broken in one.refused]
    return Gathered(
        elements=elements,
        refused=tuple(dict.fromkeys(refused)),
        date=min(one.timestamp or one.asked for one in answers),
        stale=min(stale, default=None),
        asked=tuple(asked for asked, _ in pairs),
    )


def _quoted(text: str) -> str:
    """Return a text as a string of the query language, whatever stands in it."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
