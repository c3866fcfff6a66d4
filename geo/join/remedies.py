"""What the reader of a join must be told, and the join that mends it, where there is one."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import shapely

from geo import domains
from geo.crs import DEGREES
from geo.join import transfer
from geo.join.codes import CODES
from geo.join.engine import FindPairs
from geo.join.ground import Ground
from geo.join.kinds import is_intensive
from geo.join.pairs import Pairs
from geo.join.planning import Plan, Sums, Warn
from geo.join.reading import system_before
from geo.join.side import Sorted
from geo.join.spec import JoinSpec
from geo.join.table import GROUPED, without
from geo.read import Finding, Report
from geo.read.surroundings import AGGLOMERATION, lies_in

_ORDER = tuple(CODES)
_NEEDED = {"distance_m": None, "k": 1, "share": None, "pattern": None}
_EDGE_IN = {"within": "covered_by", "contains": "covers", "contains_properly": "covers"}
_MOST_LOOKED_AT = 100_000
"""Pairs that are looked at for shared edges."""

_NEVER_ADDED = "investment_mln_rub"
"""The dataset repeats a project's sum at its site and gives parts beside wholes."""


class Join:
    """A join that has been counted; its methods each look for one kind of fault.

    Parameters
    ----------
    plan, pairs, left, right, spec, ground, find
        The counts without warnings, and what they were counted from.
    """

    def __init__(
        self,
        plan: Plan,
        pairs: Pairs,
        left: Sorted,
        right: Sorted,
        spec: JoinSpec,
        ground: Ground,
        find: FindPairs,
    ) -> None:
        self.plan, self.pairs, self.spec = plan, pairs, spec
        self.left, self.right, self.ground, self.find = left, right, ground, find
        self.sides = (("left", left), ("right", right))
        self.names = {"left": left.layer.id, "right": right.layer.id}
        self.empty = not (left.placed.any() and right.placed.any())

    def warnings(self) -> tuple[Warn, ...]:
        """Return what there is to say, the gravest first."""
        found = [
            *self._layers(),
            *self._matches(),
            *self._sums(),
            *self._certainty(),
            *self._preparation(),
        ]
        return tuple(sorted(found, key=lambda warn: _ORDER.index(warn.code)))

    def _layers(self) -> Iterator[Warn]:
        for name, side in self.sides:
            layer = side.layer.id
            if not len(side):
                yield _warn("empty_layer", layer=layer)
            elif not side.placed.any():
                yield _warn("no_places", layer=layer, count=len(side))
            elif count := _swapped(side):
                remedy = self.spec.changed(**{f"{name}_swap": True})
                yield _warn("lat_lon_swapped", remedy, layer=layer, count=count)
        if self.empty:
            return
        spec, names = self.spec, self.names
        near = ("dwithin", "nearest", "disjoint")
        if spec.predicate not in near and self._are_apart():
            yield _warn("no_overlap", self._by("nearest"), **names)
        elif points := self._holds_nothing():
            rows = len(self.right)
            remedy = self._by("nearest")
            layer = self.right.layer.id
            yield _warn("holds_nothing", remedy, layer=layer, count=points, rows=rows)
        elif not len(self.pairs) and spec.how != "anti":
            yield _warn("no_match", self._other(self._by("nearest")), **names)

    def _matches(self) -> Iterator[Warn]:
        plan, spec = self.plan, self.spec
        inclusive = _EDGE_IN.get(spec.predicate)
        if inclusive and (count := self._lost_on_edges(inclusive)):
            yield _warn("lost_on_edges", self._by(inclusive), count=count)
        if spec.how == "anti":
            return
        if count := self._on_shared_edges():
            remedy = self._other(self._by("covered_by", multiplicity="first"))
            yield _warn("shared_edges", remedy, count=count, layer=self.right.layer.id)
        if plan.multi_matched and spec.multiplicity == "all":
            yield _warn(
                "rows_multiplied",
                spec.changed(multiplicity=self._single()),
                count=plan.multi_matched,
                most=plan.max_matches,
                before=plan.left_rows,
                after=plan.rows_out,
            )
        if plan.ties:
            other = "smaller_area" if spec.tie_rule == "id" and self._areal(self.right) else "all"
            remedy = self._other(spec.changed(tie_rule=other))
            yield _warn("ties", remedy, count=plan.ties, rule=spec.tie_rule)
        counted = spec.multiplicity == "count" or any(s.function == "count" for s in spec.summaries)
        if counted and self._areal(self.left):
            yield _warn("counts_by_area", layer=self.left.layer.id)
        if {spec.predicate, spec.multiplicity} & {"dwithin", "nearest"}:
            yield _warn("straight_line")

    def _sums(self) -> Iterator[Warn]:
        spec = self.spec
        left = [s for s in self.plan.sums if s.side == "left"]
        # Sums of years and shares mean nothing, before as after.
        changed = [s for s in left if self._has_grown(s) and not is_intensive(s.column, spec)]
        if changed and spec.multiplicity not in GROUPED and not spec.transfer:
            yield _warn(
                "sums_changed",
                self._other(spec.changed(multiplicity=self._single())),
                column=changed[0].column,
                before=changed[0].before,
                after=changed[0].after,
                count=len(changed),
            )
        for total in self.plan.sums:
            rest, whole = total.residual, total.before
            if rest is not None and abs(rest) > 1e-9 * abs(whole):
                yield _warn("residual", column=total.column, residual=rest, total=whole)
        if spec.transfer:
            yield _warn("uniform_sources", layer=self.left.layer.id)
            if count := transfer.overlapping(self.pairs, self.right, self.ground):
                yield _warn("targets_overlap", layer=self.right.layer.id, count=count)
        added = [s.column for s in spec.summaries if s.function == "sum"]
        added += [column for column, kind in spec.transfer if kind == "extensive"]
        if _NEVER_ADDED in added:
            yield _warn("sums_repeat", column=_NEVER_ADDED)

    def _certainty(self) -> Iterator[Warn]:
        counts = self.plan.certainty
        for _, side in self.sides:
            layer = side.layer.id
            if count := int(side.at_site.sum()):
                yield _warn("placed_at_site", layer=layer, count=count, pairs=counts["member"])
            methods = side.columns.get("geometry_method")
            derived = 0 if methods is None else int(methods.isin(domains.DERIVED_OUTLINES).sum())
            if derived:
                yield _warn("derived_outlines", layer=layer, count=derived)
        if counts["possible"]:
            total = counts["possible"] + counts["certain"]
            yield _warn("possible", count=counts["possible"], total=total)

    def _preparation(self) -> Iterator[Warn]:
        for _, side in self.sides:
            layer, repairs, report = side.layer.id, side.repairs, side.layer.report
            if report is not None:
                yield from _reading(layer, report)
            if before := system_before(report):
                yield _warn("reprojected", layer=layer, source=before, target=DEGREES)
            if count := int((~side.placed).sum()):
                yield _warn("no_place", layer=layer, count=count)
            if count := len(repairs.rows):
                areas = {"before": repairs.before_m2, "after": repairs.after_m2}
                yield _warn("repaired", layer=layer, count=count, **areas)
            if self.spec.repair == "ignore" and (count := side.not_valid()):
                remedy = self.spec.changed(repair="make_valid")
                yield _warn("not_repaired", remedy, layer=layer, count=count)
            source = side.crs.to_string()
            if source != self.plan.crs:
                systems = {"source": source, "target": self.plan.crs}
                yield _warn("reprojected", layer=layer, **systems)
            if layer in self.ground.wide:
                yield _warn("geodesic", layer=layer)
            if count := side.repeated_ids:
                yield _warn("repeated_ids", layer=layer, count=count)
        same = [c for c in self.left.columns.columns if c in self.right.columns.columns]
        if same:
            yield _warn("same_columns", count=len(same), column=same[0], **self.names)

    def _other(self, remedy: JoinSpec) -> JoinSpec | None:
        """Return a remedy, unless it is what is done already."""
        return None if remedy == self.spec else remedy

    def _are_apart(self) -> bool:
        a, b = (shapely.total_bounds(shapes) for shapes in self.ground.compared)
        return bool(a[0] > b[2] or b[0] > a[2] or a[1] > b[3] or b[1] > a[3])

    def _holds_nothing(self) -> int:
        """Return how many right rows are points or lines, if they are asked to hold something."""
        if self.spec.predicate not in ("within", "covered_by", "centre_in", "share"):
            return 0
        flat = int((self.right.placed & (self.right.dimensions < 2)).sum())
        return flat if 2 * flat > int(self.right.placed.sum()) else 0

    def _lost_on_edges(self, inclusive: str) -> int:
        lost = without(self.pairs.left, len(self.left))
        here, there = self.ground.compared
        asked = self.left.as_evidence(here)[lost]
        found = self.find(asked, self.right.as_evidence(there), JoinSpec(inclusive))
        return len(np.unique(found.left))

    def _on_shared_edges(self) -> int:
        """Return how many rows have several matches because they lie on an edge."""
        if self.spec.predicate not in ("intersects", "covered_by", "touches", "centre_in"):
            return 0
        many = np.flatnonzero(self.pairs.match_count > 1)[:_MOST_LOOKED_AT]
        a, b = self.pairs.left[many], self.pairs.right[many]
        here, there = self.ground.compared
        known = (self.left.dimensions[a] >= 0) & (self.right.dimensions[b] == 2)
        a, b = a[known], b[known]
        return len(np.unique(a[shapely.touches(here[a], there[b])]))

    def _has_grown(self, sums: Sums) -> bool:
        if not self.plan.multi_matched:
            return False
        return abs(sums.after) > abs(sums.before) * (1 + 1e-9)

    def _single(self) -> str:
        """Return the multiplicity that leaves one match of each row, the most meaningful first."""
        if self.spec.predicate in ("dwithin", "nearest"):
            return "nearest"
        both = self._areal(self.left) and self._areal(self.right)
        return "largest_overlap" if both and self.spec.predicate != "disjoint" else "first"

    def _by(self, predicate: str, **options: Any) -> JoinSpec:
        """Return the join with another predicate, without what only the present one uses."""
        more = {"geometry": "left"} if self.spec.geometry == "intersection" else {}
        return self.spec.changed(predicate=predicate, **_NEEDED, **more, **options)

    @staticmethod
    def _areal(side: Sorted) -> bool:
        return bool((side.dimensions == 2).any())


def _reading(layer: str, report: Report) -> Iterator[Warn]:
    """Yield what the reading of a file did to its rows, each kind of repair once."""
    if report.dropped:
        first = report.dropped[0]
        yield _warn(
            "rows_left_out",
            layer=layer,
            count=len(report.dropped),
            row=first.row or 0,
            reason=first.reason,
            finding=first.code,
        )
    kinds: dict[str, list[Finding]] = {}
    for found in report.repaired:
        if found.code != "reprojected":
            kinds.setdefault(found.code, []).append(found)
    for code, group in kinds.items():
        count = sum(int(found.values.get("count", 1)) for found in group)
        reason = f"{group[0].reason}; {group[0].action}"
        yield _warn("mended_in_reading", layer=layer, count=count, reason=reason, finding=code)


def _warn(code: str, remedy: JoinSpec | None = None, /, **values: str | float) -> Warn:
    return Warn(code, values, remedy)


def _swapped(side: Sorted) -> int:
    """Return how many rows lie in the agglomeration only when latitude comes first, if all do."""
    boxes = shapely.bounds(side.degrees[side.placed])
    low, high = boxes[:, :2], boxes[:, 2:]
    inside = lies_in(low, AGGLOMERATION) & lies_in(high, AGGLOMERATION)
    turned = lies_in(low[:, ::-1], AGGLOMERATION) & lies_in(high[:, ::-1], AGGLOMERATION)
    return len(boxes) if not inside.any() and turned.all() else 0
