"""Collects what is found while a file is read, and closes the account at the end."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

from geo.read.codes import CODES, Outcome
from geo.read.report import Finding, Report, Value

LISTED = 1_000
"""Warnings of one code, or rows with one and the same repair, that are named one by one."""

_COUNTED = frozenset({"wrong_winding", "flattened", "swapped"})
"""Repairs that say no more of a row than that it had them: above LISTED one entry counts all."""

_EXCERPT = 60
_LIST = 20
_UNSEEN = dict.fromkeys((*range(32), *range(127, 160), *range(55296, 57344)), "�")


def shown(text: str, limit: int = _EXCERPT) -> str:
    """Return text that can be written anywhere: no control characters, no half ones, not long."""
    cut = text if len(text) <= limit else text[: limit - 1] + "…"
    return cut.translate(_UNSEEN)


def listed(names: Iterable[str], limit: int = _LIST) -> str:
    """Return names joined by commas, one with a comma in quotes; those too many are left out."""
    shown_names = []
    for name in names:
        text = shown(name)
        quoted = text.replace('"', '""')
        shown_names.append(f'"{quoted}"' if set(text) & set(',"') or text != text.strip() else text)
    kept = shown_names[:limit]
    return ", ".join([*kept, "…"] if len(shown_names) > limit else kept)


def excerpt(value: Any) -> str:
    """Return the beginning of a JSON value as JSON, whatever its size."""
    if isinstance(value, str):
        return shown(json.dumps(value[:_EXCERPT], ensure_ascii=False))
    if isinstance(value, list):
        return "[…]" if value else "[]"
    if isinstance(value, dict):
        return "{…}" if value else "{}"
    if isinstance(value, int) and not isinstance(value, bool) and value.bit_length() > 200:
        return f"about 10^{int(value.bit_length() * 0.30103)}"
    return shown(json.dumps(value, default=str))


class Ledger:
    """The findings of one file."""

    def __init__(self) -> None:
        self._found: dict[Outcome, list[Finding]] = {outcome: [] for outcome in Outcome}
        self._warned: Counter[str] = Counter()

    def add(
        self,
        code: str,
        row: int | None = None,
        id: str | None = None,
        field: str | None = None,
        **values: Value,
    ) -> None:
        """Enter a finding; of warnings with one code only the first LISTED are kept."""
        outcome = CODES[code].outcome
        if outcome is Outcome.WARNING:
            self._warned[code] += 1
            if self._warned[code] > LISTED:
                return
        self._found[outcome].append(Finding(code, row, id, field, values))

    @property
    def dropped(self) -> frozenset[int | None]:
        """Numbers of the rows that are left out."""
        return frozenset(finding.row for finding in self._found[Outcome.DROPPED])

    def close(self, file: str, *, rows_in: int, kept: int) -> Report:
        """Return the report: what was found in a row that is left out is not told any more."""
        dropped = self.dropped
        repaired, warnings = (
            [finding for finding in self._found[outcome] if finding.row not in dropped]
            for outcome in (Outcome.REPAIRED, Outcome.WARNING)
        )
        for code, count in self._warned.items():
            if count > LISTED:
                values: dict[str, Value] = {"count": count - LISTED, "like": code}
                warnings.append(Finding("more_of_the_same", values=values))
        return Report(
            file=file,
            rows_in=rows_in,
            kept=kept,
            repaired=_in_order(_counted(repaired)),
            dropped=_in_order(self._found[Outcome.DROPPED]),
            warnings=_in_order(warnings),
        )


def _in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda finding: finding.row or 0))


def _counted(repaired: list[Finding]) -> list[Finding]:
    groups: dict[tuple[str, tuple[tuple[str, Value], ...]], list[Finding]] = defaultdict(list)
    single = []
    for finding in repaired:
        if finding.code in _COUNTED:
            groups[finding.code, tuple(finding.values.items())].append(finding)
        else:
            single.append(finding)
    for (code, values), found in groups.items():
        if len(found) > LISTED:
            total: dict[str, Value] = dict(values) | {"count": len(found)}
            single.append(Finding(code, field=found[0].field, values=total))
        else:
            single += found
    return single
