"""What a join gives, counted before it is run: rows, matches, sums, warnings with a remedy each."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from geo.join import transfer
from geo.join.codes import CODES
from geo.join.engine import Positions
from geo.join.ground import Ground
from geo.join.kinds import is_intensive
from geo.join.pairs import Pairs
from geo.join.side import Sorted
from geo.join.spec import JoinSpec
from geo.join.table import Rows, without
from geo.join.vocabulary import CERTAINTIES


@dataclass(frozen=True)
class Sums:
    """The sum of one numeric column before and after, missing values left out.

    Parameters
    ----------
    side
        left or right.
    column
        Of that layer.
    before, after
        Over the rows of the layer, and over the rows of the joined table.
    known
        Rows of the table with a value: where there are rows and none has one, `after` is no 0 but
        unknown.
    residual
        What a transfer of the column left unallotted; None without a transfer.
    """

    side: str
    column: str
    before: float
    after: float
    known: int
    residual: float | None = None


@dataclass(frozen=True)
class Warn:
    """Something that the reader of a result must know.

    Parameters
    ----------
    code, values
        The message `join.warn.<code>` of layers/locales, and what it is filled with.
    remedy
        The same join with the fault mended; None where there is no other join that mends it.
    """

    code: str
    values: Mapping[str, str | int | float]
    remedy: JoinSpec | None = None

    @property
    def reason(self) -> str:
        """The English sentence, for programs and the command line."""
        return CODES[self.code].format_map(self.values)


@dataclass(frozen=True)
class Plan:
    """Counts and sums of a join.

    Parameters
    ----------
    left_rows, right_rows, rows_out, pairs
        Rows of both layers and of the table; pairs that are kept.
    matched_left, matched_right, unmatched_left, unmatched_right
        Rows that are in a pair, and not.
    multi_matched, max_matches
        Left rows with several matches before any choice, and the most that one has.
    ties
        Left rows for which equal matches had to be decided between.
    certainty
        Pairs by certain, possible and member.
    sums
        For every numeric column of the table.
    warnings
        The gravest first.
    crs
        System in which it was asked whether rows meet.
    distance
        projected (EPSG:32645) or geodesic: how metres were taken.
    reprojected
        Layers that were reprojected for it.
    densify_m
        Longest edge that was reprojected in one piece; None if nothing was.
    """

    left_rows: int
    right_rows: int
    rows_out: int
    pairs: int
    matched_left: int
    matched_right: int
    unmatched_left: int
    unmatched_right: int
    multi_matched: int
    max_matches: int
    ties: int
    certainty: Mapping[str, int]
    sums: tuple[Sums, ...]
    warnings: tuple[Warn, ...]
    crs: str
    distance: str
    reprojected: tuple[str, ...]
    densify_m: float | None

    def told_sums(self, spec: JoinSpec) -> list[Sums]:
        """Return the sums that mean something: not those of years, shares or coordinates."""
        plain = spec.changed(right_kinds=())
        return [
            total
            for total in self.sums
            if not is_intensive(total.column, spec if total.side == "right" else plain)
        ]

    def is_unknown(self, total: Sums) -> bool:
        """Whether no row of the table has a value of the column, so that its sum is no 0."""
        return self.rows_out > 0 and total.known == 0

    def to_json(self) -> dict[str, Any]:
        """Return the plan as JSON has it; a remedy is written as its parameters of a link."""
        found = asdict(self)
        for written, warn in zip(found["warnings"], self.warnings, strict=True):
            written["remedy"] = None if warn.remedy is None else warn.remedy.to_params()
        return found


def counts_of(
    pairs: Pairs, rows: Rows, left: Sorted, right: Sorted, spec: JoinSpec, ground: Ground
) -> Plan:
    """Count what the pairs and the rows of the table come to; no warnings yet."""
    starts = pairs.match_no == 1
    codes = np.bincount(pairs.certainty, minlength=len(CERTAINTIES)).tolist()
    return Plan(
        left_rows=len(left),
        right_rows=len(right),
        rows_out=len(rows),
        pairs=len(pairs),
        matched_left=int(starts.sum()),
        matched_right=len(right) - len(without(pairs.right, len(right))),
        unmatched_left=len(left) - int(starts.sum()),
        unmatched_right=len(without(pairs.right, len(right))),
        multi_matched=int((pairs.match_count[starts] > 1).sum()),
        max_matches=int(pairs.match_count.max(initial=0)),
        ties=len(np.unique(pairs.left[pairs.decided])),
        certainty=dict(zip(CERTAINTIES, codes, strict=True)),
        sums=_sums(pairs, rows, left, right, spec, ground),
        warnings=(),
        crs=ground.crs,
        distance="geodesic" if ground.geodesic else "projected",
        reprojected=ground.reprojected,
        densify_m=ground.densify_m,
    )


def _sums(
    pairs: Pairs, rows: Rows, left: Sorted, right: Sorted, spec: JoinSpec, ground: Ground
) -> tuple[Sums, ...]:
    rest = transfer.residuals(pairs, left, spec, ground) if spec.transfer else {}
    sides = [("left", left, rows.left, spec.left_columns)]
    if spec.how != "anti" and spec.multiplicity not in ("list", "count"):
        sides.append(("right", right, rows.right, spec.right_columns))
    return tuple(
        Sums(name, column, before, after, known, rest.get(column) if name == "left" else None)
        for name, side, positions, kept in sides
        for column, before, after, known in _of_side(side, positions, kept)
    )


def _of_side(
    side: Sorted, rows: Positions, kept: tuple[str, ...] | None
) -> list[tuple[str, float, float, int]]:
    """Return of each numeric column name, sum over layer and table, and rows of it with a value."""
    columns = side.columns if kept is None else side.columns[list(kept)]
    numeric = columns.select_dtypes("number")
    if side.key:
        numeric = numeric.drop(columns=side.key, errors="ignore")
    times = np.bincount(rows[rows >= 0], minlength=len(side))
    given = numeric.to_numpy(dtype=float, na_value=np.nan)
    values = np.nan_to_num(given)
    before, after, known = values.sum(axis=0), times @ values, times @ ~np.isnan(given)
    return [
        (str(name), float(a), float(b), int(n))
        for name, a, b, n in zip(numeric.columns, before, after, known, strict=True)
    ]
