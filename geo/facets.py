"""The five closed lists that rows are filtered by, and how many rows each option would give."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from geo import domains

if TYPE_CHECKING:
    # A dataset may hold a viewer's layer, which has facets, so at run time its module comes later.
    from geo.dataset import Dataset

FACETS = ("park", "direction", "cluster", "kind", "status")
"""Facet keys in the order of the link."""


@dataclass(frozen=True)
class Facet:
    """Rows by option, counted under all other filters.

    `counts` runs beside `options`; a row with two options counts in both. `no_data` is the number
    of rows that state none and therefore fail any choice in this facet; `not_applicable` of them
    cannot have one, as a site has no kind of project.
    """

    options: tuple[str, ...]
    counts: tuple[int, ...]
    no_data: int
    not_applicable: int = 0


@dataclass(frozen=True, eq=False)
class Membership:
    """Which rows have which option: `holds` has the shape (options, rows).

    `inapplicable` tells which rows cannot have any; None where all can.
    """

    options: tuple[str, ...]
    holds: npt.NDArray[np.bool_]
    inapplicable: npt.NDArray[np.bool_] | None = None

    def __len__(self) -> int:
        return int(self.holds.shape[1])

    def any_of(self, chosen: Sequence[str]) -> npt.NDArray[np.bool_]:
        """Return which rows have at least one of the options; none has an unknown one."""
        places = [self.options.index(option) for option in chosen if option in self.options]
        return np.asarray(self.holds[places].any(axis=0), dtype=bool)

    def count(self, visible: npt.NDArray[np.bool_]) -> Facet:
        """Count the visible rows by option."""
        counts = np.count_nonzero(self.holds & visible, axis=1)
        no_data = int(np.count_nonzero(visible & ~self.holds.any(axis=0)))
        outside = 0 if self.inapplicable is None else np.count_nonzero(visible & self.inapplicable)
        return Facet(self.options, tuple(int(n) for n in counts), no_data, int(outside))


def vocabulary(dataset: Dataset) -> dict[str, tuple[str, ...]]:
    """Return the options of each facet, in the order of every list on screen."""
    return {
        "park": domains.PARK_TYPES,
        "direction": tuple(dataset.directions.index),
        "cluster": tuple(dataset.clusters.index),
        "kind": domains.PROJECT_KINDS,
        "status": domains.STATUSES,
    }


def membership(
    options: tuple[str, ...], values: Iterable[object], *, size: int | None = None
) -> Membership:
    """Lay out one column of the rows.

    Parameters
    ----------
    options
        The closed list.
    values
        One a row: an option, a tuple of options, or a missing value.
    size
        Number of rows, if there are more of them than values: the others have no option.

    Raises
    ------
    KeyError
        If a row has an option that is not in the list.
    """
    number = {option: place for place, option in enumerate(options)}
    cells = [value if isinstance(value, tuple) else (value,) for value in values]
    holds = np.zeros((len(options), size or len(cells)), dtype=bool)
    for row, cell in enumerate(cells):
        for value in cell:
            if isinstance(value, str):
                holds[number[value], row] = True
    return Membership(options, holds)
