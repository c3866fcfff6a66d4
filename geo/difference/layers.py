"""Reads both states of files with the reader of strangers' files, and compares them."""

from collections.abc import Iterable, Iterator

import geopandas as gpd

from geo.difference.compare import Difference, compare
from geo.difference.states import State
from geo.errors import GeoError
from geo.read import Limits, Reader


class UnreadableError(GeoError, ValueError):
    """A state cannot be compared, because its file was refused or has rows that were left out."""


def differences(states: Iterable[State], limits: Limits) -> Iterator[Difference]:
    """Yield what has changed in each file that has changed rows.

    A table (CSV) is compared column by column, coordinates included.

    Raises
    ------
    UnreadableError
        If a state cannot be read whole; `python -m geo validate` tells why.
    """
    with Reader(limits) as reader:
        for state in states:
            before = _frame(reader, state.old_name or state.name, state.before)
            after = _frame(reader, state.name, state.after)
            found = compare(state.name, before, after)
            if found.changes:
                yield found


def _frame(reader: Reader, name: str, content: bytes | None) -> gpd.GeoDataFrame | None:
    if content is None:
        return None
    reading = reader.read(content, name=name, table=name.endswith(".csv"))
    report = reading.report
    if report.rejected:
        raise UnreadableError(f"{name}: {report.rejected.reason}")
    if report.dropped:
        first = report.dropped[0]
        raise UnreadableError(f"{name}, row {first.row}: {first.reason}")
    return reading.frame
