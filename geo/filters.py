"""Which rows satisfy each condition of a query, and which satisfy all conditions but one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt

from geo.dated import known_by, later_than
from geo.facets import FACETS
from geo.link import FIELDS, UNKNOWN
from geo.own.conditions import key_of, own_mask
from geo.places import Box, Inside, Near, in_box, in_outline, members

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
    if query.money == UNKNOWN:
        found["money"] = np.isnan(columns.money)
    elif query.money:
        least, most = query.money
        found["money"] = (columns.money >= least) & (columns.money <= most)
    if query.known:
        found["known"] = known_by(query.known, columns.dated_to)
    if query.since:
        found["since"] = later_than(query.since, columns.dated_from)
    if query.text:
        found["text"] = columns.match(query.text)
    match query.place:
        case Box():
            found["place"] = in_box(columns.degrees, query.place)
        case Near():
            found["place"] = columns.distances(query.place) <= query.place.metres
        case Inside(site_id):
            found["place"] = _inside(columns, site_id)
    for name, chosen in query.own:
        found[key_of(name)] = own_mask(columns.own, name, chosen, before=columns.listed)
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

    def passing(self, *, but: str | tuple[str, ...] = "") -> Mask:
        """Return which rows satisfy all fields, or all but one or some."""
        own = self._bits([but] if isinstance(but, str) else but)
        return np.asarray((self._failed | own) == own, dtype=bool)

    def nearest_misses(self) -> dict[tuple[str, ...], int]:
        """Return the fewest fields that any row fails, as they occur, and how many rows fail them.

        Each key is a smallest set of fields without which rows would be shown, in the order of
        `fields`; there is no smaller one.
        """
        patterns, sizes = np.unique(self._failed, return_counts=True)
        bits = np.array([int(pattern).bit_count() for pattern in patterns])
        return {
            tuple(f for n, f in enumerate(self.fields) if int(pattern) >> n & 1): int(size)
            for pattern, size in zip(
                patterns[bits == bits.min(initial=64)], sizes[bits == bits.min(initial=64)],
                strict=True,
            )
        }  # fmt: skip

    def _bits(self, fields: Iterable[str]) -> int:
        return sum(1 << self.fields.index(field) for field in fields if field in self.fields)
