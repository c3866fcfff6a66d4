"""What can go wrong in the library: one base class, leaves named after the fault.

No class here holds words for the user: codes and values only. The edges (command line,
HTTP, views) turn them into sentences in the user's language.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as field_of
from typing import Any

from geo.rules import RULES


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
    rule
        Which rule is broken: key of `geo.rules.RULES`.
    values
        What was found and what is expected, as the words of the rule need it.
    """

    file: str
    row: int | None
    id: str | None
    field: str | None
    rule: str
    values: Mapping[str, str | int] = field_of(default_factory=dict)

    @property
    def reason(self) -> str:
        """What is wrong and what was expected, in English."""
        return RULES[self.rule].format_map(self.values)

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


class TracingError(GeoError, ValueError):
    """An outline cannot be looked for or taken over; says which site or object, and what to do."""


class ReportError(GeoError, ValueError):
    """A report of reading would not account for every row, or names a code that does not exist."""


class NotWritableError(GeoError, ValueError):
    """What is to be exported cannot stand in a file of that format; names what and where."""


class WritingError(GeoError, OSError):
    """A file could not be written in full; what stood there before is untouched."""


class ProvenanceError(GeoError, ValueError):
    """A provenance document is not one, or asks for what must not be done."""


class JoinError(GeoError, ValueError):
    """A join is refused; `code` says why and `values` with what, see `geo.join.refusals`."""

    def __init__(self, code: str, message: str, values: Mapping[str, str | int | float]) -> None:
        self.code = code
        self.values = dict(values)
        super().__init__(message)

    def __reduce__(self) -> tuple[Any, ...]:
        return JoinError, (self.code, str(self), self.values)


@dataclass(frozen=True)
class OptionProblem:
    """One option of a join that cannot be used: its name, what was found, what is allowed."""

    option: str
    code: str
    found: str
    allowed: str

    def __str__(self) -> str:
        return f"`{self.option}` is {self.found}; allowed: {self.allowed} [{self.code}]"


class JoinOptionsError(JoinError):
    """Options of a join cannot be used; holds every problem found, not just the first."""

    def __init__(self, problems: Sequence[OptionProblem]) -> None:
        self.problems = tuple(problems)
        options = ", ".join(dict.fromkeys(problem.option for problem in problems))
        super().__init__("options", "; ".join(map(str, problems)), {"options": options})


class SnapshotError(GeoError, ValueError):
    """A snapshot folder is incomplete, was changed, or lacks the layer that is asked for.

    Parameters
    ----------
    message
        What is wrong.
    files
        Names of the files that are missing or changed, where that is what is wrong.
    """

    def __init__(self, message: str, *, files: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.files = tuple(files)


class FetchError(GeoError, ValueError):
    """Data of OpenStreetMap cannot be had; `code` is a key of `geo.fetch.refusals.REASONS`."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        super().__init__(message)


class NetworkError(GeoError, ValueError):
    """A street network cannot be built from what was given; names every fault found."""


class NotReachedError(GeoError, ValueError):
    """A place lies farther from every street than the longest allowed way to one."""


class PositionError(GeoError, ValueError):
    """A site has no position, or one whose accuracy is not stated, so that nothing is measured."""


class PopulationError(GeoError, ValueError):
    """A table or raster of population cannot be used as it is."""


class IndicatorError(GeoError, ValueError):
    """The inputs of an indicator break its definition; names the value and the rule."""


class NobodyError(IndicatorError):
    """Nobody lives inside a border, so that there is no share of people."""


class BorderShapeError(IndicatorError):
    """The border of a city has no area or crosses itself, so that nobody knows what is inside."""


class BorderMismatchError(IndicatorError):
    """Values for different borders (urban centre, city, agglomeration) were mixed."""
