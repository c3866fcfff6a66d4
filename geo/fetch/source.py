"""Where elements come from: a host that is asked, or a file. Both answer the same questions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from shapely.geometry.base import BaseGeometry

from geo.fetch.elements import Element, Refused
from geo.fetch.grid import Box


@dataclass(frozen=True)
class Gathered:
    """Elements, each once, and what must be said of them.

    `date` is the state of the data, see `Source.date`; `stale` the moment at which the oldest kept
    copy was received that stands in for a failed host, None where there is none; `asked` the
    queries themselves.
    """

    elements: list[Element]
    refused: tuple[Refused, ...]
    date: datetime
    stale: datetime | None = None
    asked: tuple[str, ...] = ()


class Source(Protocol):
    """What a fetch needs to know. Every method raises FetchError where there is no answer."""

    @property
    def name(self) -> str:
        """Who is asked, for `snapshot.toml`."""

    def date(self, answers: Sequence[Gathered]) -> datetime:
        """Return the state of the data of several answers.

        Of a host it is the oldest among them; of a file, which has one state, its newest edit.
        """

    def administrative(self, names: Sequence[str], box: Box | None = None) -> Gathered:
        """Return administrative relations that have one of the names, without their ways.

        Those in a box only, where one is given; a file may return others as well.
        """

    def boundaries(self, ids: Sequence[int]) -> Gathered:
        """Return relations by id, with their ways and nodes."""

    def themes(self, themes: Sequence[str], area: BaseGeometry) -> Gathered:
        """Return the elements of themes in or near an area (EPSG:4326), members included."""
