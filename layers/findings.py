"""What reading a file has found, in the words of one viewer.

The text `check.<code>` of a finding has two parts: its first sentence says what was found, the rest
what was done or is to be done.
"""

import csv
import io
from collections.abc import Sequence

from geo.export.formulas import guard
from geo.findings import tally
from geo.read import Finding, Report
from geo.read.codes import ENTRIES
from geo.read.report import Value
from layers.locale import Translator

_COORDINATES = frozenset({"lon", "lat", "x", "y"})
_UNSEEN = "\ufffd"
_JOINERS = "\u200c\u200d"
"""Within words of some scripts, and within emoji."""

_NAME_LETTERS = 60
_ENDING_LETTERS = 12
_CSV_COLUMNS = ("row", "id", "field", "outcome", "code", "found", "done")


def plain(text: str) -> str:
    """Return text of a stranger as one line that runs one way.

    Control characters and marks that turn the direction of what follows become U+FFFD.
    """
    return "".join(map(_visible, text))


def _visible(letter: str) -> str:
    if letter.isprintable() or letter in _JOINERS:
        return letter
    return " " if letter.isspace() else _UNSEEN


def file_name(name: str) -> str:
    """Return the name of a file as it can be shown: without folders, a long one cut inside."""
    own = plain(name.replace("\\", "/").rstrip("/").rpartition("/")[2])
    if len(own) <= _NAME_LETTERS:
        return own
    return f"{own[: _NAME_LETTERS - _ENDING_LETTERS - 1]}…{own[-_ENDING_LETTERS:]}"


def found(finding: Finding, translator: Translator) -> str:
    """Say what was found."""
    return _filled(f"{_sentences(finding, translator)[0]}.", finding, translator)


def done(finding: Finding, translator: Translator) -> str:
    """Say what was done about it, or what is to be done."""
    return _filled(_sentences(finding, translator)[1], finding, translator)


def summary(report: Report, translator: Translator) -> str:
    """Say what became of the rows of a file that was read: rows in = kept + dropped, and so on."""
    counts = tally(report)
    said = translator.t(
        "own.rows",
        rows=translator.plural("count.row", counts.rows_in),
        kept=translator.number(counts.kept),
        dropped=translator.number(counts.dropped),
    )
    changed = translator.t(
        "own.changed",
        repaired=translator.number(counts.repaired),
        warnings=translator.number(counts.warnings),
    )
    return f"{said} {changed}"


def report_csv(findings: Sequence[Finding], translator: Translator) -> bytes:
    """Write findings as a table that a spreadsheet opens without running anything in it.

    Columns: row, id, field, outcome, code, found, done; the last two in the viewer's words.

    Returns
    -------
    bytes
        UTF-8 with byte order mark; lines end with CR LF.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_CSV_COLUMNS)
    for finding in findings:
        texts = (
            finding.id or "",
            finding.field or "",
            str(finding.outcome),
            finding.code,
            found(finding, translator),
            done(finding, translator),
        )
        writer.writerow(["" if finding.row is None else finding.row, *map(guard, texts)])
    return out.getvalue().encode("utf-8-sig")


def _sentences(finding: Finding, translator: Translator) -> tuple[str, str]:
    # A rule of the dataset has words of its own.
    name = f"rule.{finding.values['rule']}" if "rule" in finding.values else f"check.{finding.code}"
    # Cut before it is filled in: a value may hold a full stop as well.
    first, _, rest = translator.t(name).partition(". ")
    return first, rest


def _filled(template: str, finding: Finding, translator: Translator) -> str:
    values = {name: _value(name, value, translator) for name, value in finding.values.items()}
    return template.format_map(values)


def _value(name: str, value: Value, translator: Translator) -> str:
    if name == "entry" and value in ENTRIES:
        return translator.t(f"entry.{str(value).replace(' ', '-')}")
    if isinstance(value, str):
        return plain(value)
    # A decimal comma would make two coordinates look like four numbers.
    return f"{value:.12g}" if name in _COORDINATES else translator.number(value)
