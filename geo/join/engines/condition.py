"""What the rows of a join done in parts were like: without a place, or mended."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

import numpy as np
import shapely

from geo.join.engines.rows import PointRows
from geo.join.planning import Warn
from geo.join.side import Sorted


@dataclass(frozen=True)
class Condition:
    """Counts over rows of one layer, which can be added up.

    Parameters
    ----------
    rows, unplaced
        All of them, and those without a position that can be compared.
    repaired, before_m2, after_m2
        Outlines that were mended, and their area before and after.
    """

    rows: int = 0
    unplaced: int = 0
    repaired: int = 0
    before_m2: float = 0.0
    after_m2: float = 0.0

    @classmethod
    def of(cls, side: Sorted) -> Self:
        """Look at rows that are laid out."""
        placed = side.placed
        if not isinstance(side, PointRows):
            placed = placed & np.isfinite(shapely.bounds(side.shapes)).all(axis=1)
        mended = side.repairs
        unplaced = int((~placed).sum())
        return cls(len(side), unplaced, len(mended.rows), mended.before_m2, mended.after_m2)

    def __add__(self, other: "Condition") -> "Condition":
        """Return the counts over both."""
        return Condition(
            self.rows + other.rows,
            self.unplaced + other.unplaced,
            self.repaired + other.repaired,
            self.before_m2 + other.before_m2,
            self.after_m2 + other.after_m2,
        )

    def warnings(self, layer: str) -> Iterator[Warn]:
        """Yield what the engine in memory says of such rows."""
        if self.unplaced:
            code = "no_places" if self.unplaced == self.rows else "no_place"
            yield Warn(code, {"layer": layer, "count": self.unplaced})
        if self.repaired:
            areas = {"before": self.before_m2, "after": self.after_m2}
            yield Warn("repaired", {"layer": layer, "count": self.repaired, **areas})
