"""The counts of a join that is done in parts, put together."""

from dataclasses import replace

import numpy as np

from geo.join.engine import Positions
from geo.join.planning import Plan, Sums


class Totals:
    """Adds up the plans of parts of the left layer.

    Parameters
    ----------
    right_rows
        Rows of the right layer, which every part has as a whole.
    """

    def __init__(self, right_rows: int) -> None:
        self._matched = np.zeros(right_rows, dtype=bool)
        self._plan: Plan | None = None

    def add(self, part: Plan, matched_right: Positions) -> None:
        """Add the plan of a part, and the positions of the right rows in its pairs."""
        self._matched[matched_right] = True
        self._plan = part if self._plan is None else _added(self._plan, part)

    def __len__(self) -> int:
        return 0 if self._plan is None else self._plan.left_rows

    def plan(self) -> Plan:
        """Return the plan of all parts so far, of which there must be one."""
        if self._plan is None:
            raise ValueError("nothing was added up")
        matched = int(self._matched.sum())
        return replace(
            self._plan, matched_right=matched, unmatched_right=len(self._matched) - matched
        )


def _added(a: Plan, b: Plan) -> Plan:
    names = ("left_rows", "rows_out", "pairs", "matched_left", "unmatched_left", "multi_matched")
    return replace(
        a,
        **{name: getattr(a, name) + getattr(b, name) for name in (*names, "ties")},
        max_matches=max(a.max_matches, b.max_matches),
        certainty={word: count + b.certainty[word] for word, count in a.certainty.items()},
        sums=tuple(_sum(x, y) for x, y in zip(a.sums, b.sums, strict=True)),
    )


def _sum(a: Sums, b: Sums) -> Sums:
    before = a.before + b.before if a.side == "left" else a.before
    return replace(a, before=before, after=a.after + b.after, known=a.known + b.known)
