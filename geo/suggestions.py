"""What to give up when a query shows nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.link import field_of

if TYPE_CHECKING:
    # A query makes suggestions, so at run time its module comes after this one.
    from geo.filters import Outcome
    from geo.query import Query


@dataclass(frozen=True)
class Suggestion:
    """The smallest change that gives rows when there are none.

    Parameters
    ----------
    dropped
        Conditions to give up, as (link key, value) like `Query.conditions`.
    query
        The query without them.
    count
        Rows it shows.
    """

    dropped: tuple[tuple[str, str], ...]
    query: Query
    count: int


def suggest(query: Query, outcome: Outcome) -> Suggestion | None:
    """Find the fewest keys of the link to give up so that rows are shown.

    Giving up one of several options under a key never helps, for they are alternatives: a key goes
    as a whole. Of equally many keys those with fewer conditions go, then those that give more
    rows, then those that stand first in the link. None if the dataset is empty.
    """
    by_field: dict[str, list[tuple[str, str]]] = {}
    for key, value in query.conditions():
        by_field.setdefault(field_of(key), []).append((key, value))
    misses = outcome.nearest_misses()
    if not misses:
        return None
    place = {field: number for number, field in enumerate(outcome.fields)}
    fields = min(
        misses,
        key=lambda found: (
            sum(len(by_field[field]) for field in found),
            -misses[found],
            [place[field] for field in found],
        ),
    )
    dropped = tuple(condition for field in fields for condition in by_field[field])
    changed = query
    for key, _ in dropped:
        changed = changed.without(key)
    return Suggestion(dropped, changed, misses[fields])
