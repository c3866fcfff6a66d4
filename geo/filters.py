"""Which rows satisfy each condition of a query, and which satisfy all conditions but one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt

from geo.facets import FACETS
from geo.link import FIELDS
from geo.places import Box, Inside, Near, distances, in_box, in_outline, members

if TYPE_CHECKING:
    # A query is answered by means of this module, so at run time its own comes later.
    from geo.columns import Columns
    from geo.query import Query

Mask: TypeAlias = npt.NDArray[np.bool_]


def masks(query: Query, columns: Columns) -> dict[str, Mask]:
    """Return for each field of the query that filters which rows satisfy it.

    A row that lacks the field does not satisfy it.
    """
    found: dict[str, Mask] = {}
    for key in FACETS:
        if options := getattr(query, FIELDS[key]):
            found[FIELDS[key]] = columns.facets[key].any_of(options)
    if query.years:
        first, last = query.years
        found["years"] = (columns.start <= last) & (columns.end >= first)
    if query.money:
        least, most = query.money
        found["money"] = (columns.money >= least) & (columns.money <= most)
    if query.text:
        found["text"] = columns.text.match(query.text)
    match query.place:
        case Box():
            found["place"] = in_box(columns.degrees, query.place)
        case Near():
            found["place"] = distances(columns.metres, query.place) <= query.place.metres
        case Inside(site_id):
            found["place"] = _inside(columns, site_id)
    return found


def _inside(columns: Columns, site_id: str) -> Mask:
    site = columns.positions.get(site_id)
    outline = None if site is None else columns.degrees[site]
    by_membership = members(columns.site_ids, site_id)
    by_position = in_outline(columns.degrees, ~columns.borrowed, outline)
    return by_membership | by_position


class Outcome:
    """Which fields each row fails, as one number a row, so that any "all but" is one comparison.

    Parameters
    ----------
    satisfied
        Rows that satisfy each field, shape (rows,).
    size
        Number of rows.
    """

    def __init__(self, satisfied: Mapping[str, Mask], size: int) -> None:
        self.fields = tuple(satisfied)
        self._failed = np.zeros(size, dtype=np.int64)
        for field, mask in satisfied.items():
            self._failed |= np.where(mask, 0, self._bits([field]))
        self._patterns, self._sizes = np.unique(self._failed, return_counts=True)

    def passing(self, *, but: str = "") -> Mask:
        """Return which rows satisfy all fields, or all but one."""
        own = self._bits([but])
        return np.asarray((self._failed | own) == own, dtype=bool)

    def count(self, *, but: Iterable[str]) -> int:
        """Count the rows that satisfy all fields but some."""
        own = self._bits(but)
        return int(self._sizes[(self._patterns | own) == own].sum())

    def _bits(self, fields: Iterable[str]) -> int:
        return sum(1 << self.fields.index(field) for field in fields if field in self.fields)
