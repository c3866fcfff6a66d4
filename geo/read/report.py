"""What was found in a file and what became of each row, with nothing left unsaid."""

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Self, TypeAlias

from geo.errors import ReportError
from geo.read.codes import CODES, Outcome

Value: TypeAlias = str | int | float


@dataclasses.dataclass(frozen=True)
class Finding:
    """One thing found in one place.

    Parameters
    ----------
    code
        Key of `geo.read.codes.CODES`.
    row
        Number of the row in the file, counted from 1; None for the file as a whole.
    id
        The row's id as text, where it has one.
    field
        Column at fault; None for the whole row or file.
    values
        What the code's texts are filled in with.

    Raises
    ------
    ReportError
        If the code is unknown or a value that its texts need is missing.
    """

    code: str
    row: int | None = None
    id: str | None = None
    field: str | None = None
    values: Mapping[str, Value] = dataclasses.field(default_factory=lambda: MappingProxyType({}))

    def __post_init__(self) -> None:
        if self.code not in CODES:
            raise ReportError(f"no code `{self.code}`")
        if missing := CODES[self.code].values - self.values.keys():
            raise ReportError(f"`{self.code}` needs the values {sorted(missing)}")

    @property
    def outcome(self) -> Outcome:
        """What became of the row or file."""
        return CODES[self.code].outcome

    @property
    def reason(self) -> str:
        """What was found, in English."""
        return CODES[self.code].reason.format_map(self.values)

    @property
    def action(self) -> str:
        """What was done or is to be done, in English."""
        return CODES[self.code].action.format_map(self.values)

    def __str__(self) -> str:
        return f"{self.reason}; {self.action}"

    def to_json(self) -> dict[str, Any]:
        """Return the finding as the report's JSON has it."""
        return {
            "row": self.row,
            "id": self.id,
            "field": self.field,
            "code": self.code,
            "reason": self.reason,
            "action": self.action,
            "values": dict(self.values),
        }

    @classmethod
    def from_json(cls, entry: Mapping[str, Any]) -> Self:
        """Turn what `to_json` gave back into a finding; the words are made anew."""
        return cls(
            entry["code"],
            entry["row"],
            entry["id"],
            entry["field"],
            MappingProxyType(dict(entry["values"])),
        )


@dataclasses.dataclass(frozen=True)
class Report:
    """What became of every row of one file.

    Parameters
    ----------
    file
        Name of the file as it was given.
    rows_in, kept
        Rows found and rows in the frame; both 0 for a refused file, whose rows nobody counted.
    repaired, dropped, warnings
        In the order of rows, the file as a whole first. A row may be repaired more than once, and
        is dropped at most once.
    rejected
        Why the file was refused, None if it was not.

    Raises
    ------
    ReportError
        Unless rows_in = kept + dropped, each row is dropped once, and each finding has the outcome
        of the list that it stands in.
    """

    file: str
    rows_in: int
    kept: int
    repaired: tuple[Finding, ...] = ()
    dropped: tuple[Finding, ...] = ()
    warnings: tuple[Finding, ...] = ()
    rejected: Finding | None = None

    def __post_init__(self) -> None:
        if self.rows_in != self.kept + len(self.dropped):
            raise ReportError(
                f"{self.rows_in} rows in, {self.kept} kept and {len(self.dropped)} dropped"
            )
        if self.rejected is not None and self.rows_in:
            raise ReportError(f"a refused file has no rows, not {self.rows_in}")
        rows = [finding.row for finding in self.dropped]
        if None in rows or len(set(rows)) != len(rows):
            raise ReportError("each row is dropped by its number and once")
        lists: tuple[tuple[Outcome, Sequence[Finding]], ...] = (
            (Outcome.REPAIRED, self.repaired),
            (Outcome.DROPPED, self.dropped),
            (Outcome.WARNING, self.warnings),
            (Outcome.REFUSED, (self.rejected,) if self.rejected else ()),
        )
        for outcome, findings in lists:
            if strange := {f.code for f in findings if f.outcome is not outcome}:
                raise ReportError(f"{sorted(strange)} cannot stand under `{outcome}`")

    def __iter__(self) -> Iterator[Finding]:
        """Yield every finding, the gravest first."""
        if self.rejected:
            yield self.rejected
        yield from self.dropped
        yield from self.repaired
        yield from self.warnings

    @property
    def exit_code(self) -> int:
        """0 clean or with warnings only, 1 with repairs or drops, 2 refused."""
        if self.rejected:
            return 2
        return 1 if self.repaired or self.dropped else 0

    def renamed(self, file: str) -> Self:
        """Return the same report under another file name."""
        return dataclasses.replace(self, file=file)

    def to_json(self) -> dict[str, Any]:
        """Return the report as `validate --json` prints it for one file."""
        return {
            "file": self.file,
            "rows_in": self.rows_in,
            "kept": self.kept,
            "repaired": [finding.to_json() for finding in self.repaired],
            "dropped": [finding.to_json() for finding in self.dropped],
            "warnings": [finding.to_json() for finding in self.warnings],
            "rejected": self.rejected and f"{self.rejected.reason}; {self.rejected.action}",
            "rejected_code": self.rejected and self.rejected.code,
            "rejected_values": self.rejected and dict(self.rejected.values),
        }

    @classmethod
    def from_json(cls, report: Mapping[str, Any]) -> Self:
        """Turn what `to_json` gave back into a report."""
        code = report["rejected_code"]
        return cls(
            file=report["file"],
            rows_in=report["rows_in"],
            kept=report["kept"],
            repaired=tuple(map(Finding.from_json, report["repaired"])),
            dropped=tuple(map(Finding.from_json, report["dropped"])),
            warnings=tuple(map(Finding.from_json, report["warnings"])),
            rejected=None if code is None else Finding(code, values=report["rejected_values"]),
        )


def refused(file: str, code: str, **values: Value) -> Report:
    """Return the report of a file that was not read."""
    return Report(file, 0, 0, rejected=Finding(code, values=MappingProxyType(values)))
