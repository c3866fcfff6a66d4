"""How much of a stranger's file is worth reading: the sizes and times at which it is refused."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:  # the process that reads has no use for settings and starts faster without
    from geo.settings import Settings


DEPTH = 64
"""Lists and objects within each other, in a value or around it."""

DIGITS = 4300
"""Of one number; Python's own limit, beyond which its conversion takes quadratic time."""

TEXT_CHARACTERS = 10_000_000
"""Of one cell of a table; an outline of 200,000 vertices in WKT has fewer."""

PAIRS = 200_000
"""Pairs of neighbouring polygons that are compared for overlaps, about one second."""

ADDED_VERTICES = 1_000_000
"""Put on long edges so that they stay where they are in degrees; beyond it they may be longer."""

ZIP_MEMBERS = 1_000
ZIP_RATIO = 200
"""Times that a member may grow. Spreadsheets reach 50; what deflate can do at most is 1,032."""


@dataclass(frozen=True)
class Limits:
    """The limits of one reading.

    Parameters
    ----------
    max_mb, unpacked_mb
        Of the file, and of what is in it when it is packed; 1 MB is 1,000,000 bytes.
    max_features, max_columns, max_vertices
        Of the layer as a whole.
    seconds
        From the start of reading to the answer, by the clock.
    memory_mb
        Address space of the process that reads.
    repair_seconds, repair_vertices
        Of one geometry that is not valid; all repairs together get half of `seconds`.
    """

    max_mb: float = 50
    unpacked_mb: float = 200
    max_features: int = 200_000
    max_columns: int = 500
    max_vertices: int = 5_000_000
    seconds: float = 10
    memory_mb: int = 2_000
    repair_seconds: float = 1
    repair_vertices: int = 100_000

    @classmethod
    def of(cls, settings: "Settings") -> Self:
        """Return the limits that the operator has set for uploads."""
        return cls(
            max_mb=settings.upload_max_mb,
            unpacked_mb=settings.upload_unpacked_mb,
            max_features=settings.upload_max_features,
            max_columns=settings.upload_max_columns,
            max_vertices=settings.upload_max_vertices,
            seconds=settings.upload_seconds,
            memory_mb=settings.upload_memory_mb,
            repair_seconds=settings.upload_repair_seconds,
            repair_vertices=settings.upload_repair_vertices,
        )
