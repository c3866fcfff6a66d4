"""What can go wrong in the library: one base class, leaves named after the fault.

No class here holds words for the user: codes and values only. The edges (command line,
HTTP, views) turn them into sentences in the user's language.
"""

from collections.abc import Sequence
from dataclasses import dataclass


class GeoError(Exception):
    """Base of every error that the library raises on purpose."""


@dataclass(frozen=True)
class Problem:
    """One fault in one place of one file.

    Parameters
    ----------
    file
        File name as the catalogue writes it, relative to the data folder.
    row
        Number of the row (feature or record) in the file, counted from 1; None for the whole file.
    id
        The row's id, where it has one.
    field
        Column at fault; None for the whole row.
    reason
        What is wrong and what was expected, in English.
    """

    file: str
    row: int | None
    id: str | None
    field: str | None
    reason: str

    def __str__(self) -> str:
        where = [self.file]
        if self.row is not None:
            where.append(f"row {self.row}")
        if self.id:
            where.append(f"id `{self.id}`")
        if self.field:
            where.append(f"field `{self.field}`")
        return f"{', '.join(where)}: {self.reason}"


class DatasetError(GeoError, ValueError):
    """The dataset breaks its own rules; holds every problem found, not just the first."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        shown = "\n".join(f"  {problem}" for problem in self.problems[:20])
        more = len(self.problems) - 20
        super().__init__(
            f"{len(self.problems)} problem(s) in the dataset:\n{shown}"
            + (f"\n  … and {more} more" if more > 0 else "")
        )


class CatalogError(GeoError, ValueError):
    """`catalog.toml` is missing, cannot be read, or names a file that is not there."""


class UnknownLayerError(GeoError, KeyError):
    """No layer of that id in the catalogue."""

    def __str__(self) -> str:
        return str(self.args[0]) if self.args else ""


class MissingCrsError(GeoError, ValueError):
    """A frame has no coordinate reference system, so nothing can be measured in it."""


class OutlineError(GeoError, ValueError):
    """The outline of a site cannot be derived: the point it rests on is not in the tables."""


class ReportError(GeoError, ValueError):
    """A report of reading would not account for every row, or names a code that does not exist."""
