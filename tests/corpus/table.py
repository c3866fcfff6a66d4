"""The table of the corpus: every file, how it is read, and what reading it must give."""

import functools
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.corpus.build import makers

HERE = Path(__file__).parent
FILES = HERE / "files"

LIMITS: Mapping[str, Mapping[str, float]] = {
    "": {},
    "tight": {
        "max_mb": 0.018,
        "unpacked_mb": 0.1,
        "max_features": 100,
        "max_columns": 20,
        "max_vertices": 2_000,
        "repair_vertices": 950,
        "repair_seconds": 0.1,
    },
}
"""Name -> limits other than the default ones, by their names in `geo.read.Limits`."""

Rows = dict[str, list[int]]


@dataclass(frozen=True)
class Case:
    """One file of the corpus.

    Parameters
    ----------
    name
        Relative to the folder that `lay_out` fills; also the name under which it is read.
    expected
        rows_in, kept, dropped, repaired, warnings (code -> rows, 0 for the file) and rejected.
    options
        Arguments of the reader: crs, encoding, layer, swap.
    limits
        Key of `LIMITS`.
    holds
        Column -> its values, where they are worth a look.
    """

    name: str
    expected: dict[str, Any]
    options: dict[str, Any] = field(default_factory=dict)
    limits: str = ""
    holds: dict[str, list[Any]] = field(default_factory=dict)


@functools.cache
def cases() -> tuple[Case, ...]:
    """Return the whole table."""
    table = tomllib.loads((HERE / "expected.toml").read_text(encoding="utf-8"))
    return tuple(
        Case(
            name=name,
            expected=_expected(row),
            options=row.get("options", {}),
            limits=row.get("limits", ""),
            holds=row.get("holds", {}),
        )
        for name, row in table.items()
    )


def _expected(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "rows_in": row.get("rows_in", 0),
        "kept": row.get("kept", 0),
        **{name: row.get(name, {}) for name in ("dropped", "repaired", "warnings")},
        "rejected": row.get("rejected"),
    }


def outcome(report: Mapping[str, Any]) -> dict[str, Any]:
    """Return of a report (`Report.to_json`, or a file of `validate --json`) what the table says."""
    return {
        "rows_in": report["rows_in"],
        "kept": report["kept"],
        **{name: _rows(report[name]) for name in ("dropped", "repaired", "warnings")},
        "rejected": report["rejected_code"],
    }


def _rows(findings: Sequence[Mapping[str, Any]]) -> Rows:
    rows: Rows = {}
    for finding in findings:
        rows.setdefault(finding["code"], []).append(finding["row"] or 0)
    return {code: sorted(numbers) for code, numbers in rows.items()}


def lay_out(
    folder: Path,
    *,
    part: tuple[str, ...] = ("",),
    canary: str = "/etc/passwd",
    url: str = "http://127.0.0.1:9",
) -> None:
    """Write the files of the corpus into a folder.

    Parameters
    ----------
    folder
        Where they are read from.
    part
        What the names begin with.
    canary, url
        The file and the address that the disguised ones point to.
    """
    for source in sorted(path for path in FILES.rglob("*") if path.is_file()):
        name = source.relative_to(FILES)
        if str(name).startswith(part):
            content = source.read_bytes().replace(b"@canary", canary.encode())
            _write(folder / name, content.replace(b"@url", url.encode()))
    for built, maker in makers(canary).items():
        if built.startswith(part):
            _write(folder / built, maker())


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
