"""What the reader of a join done in parts must be told, as far as its counts show it."""

from collections.abc import Iterator

from geo.join.codes import CODES
from geo.join.engines.geoparquet import GeoParquet
from geo.join.kinds import is_intensive
from geo.join.planning import Plan, Warn
from geo.join.spec import JoinSpec
from geo.join.table import GROUPED

_ORDER = tuple(CODES)


def warnings_of(
    plan: Plan, sides: tuple[GeoParquet, GeoParquet], spec: JoinSpec
) -> tuple[Warn, ...]:
    """Return those of the plan and those that follow from its counts, the gravest first."""
    found = [*plan.warnings, *_warnings(plan, sides, spec)]
    return tuple(sorted(found, key=lambda warn: _ORDER.index(warn.code)))


def _warnings(plan: Plan, sides: tuple[GeoParquet, GeoParquet], spec: JoinSpec) -> Iterator[Warn]:
    left, right = sides
    for side in sides:
        if not side.rows:
            yield Warn("empty_layer", {"layer": side.id})
    if not plan.pairs and spec.how != "anti":
        yield Warn("no_match", {"left": left.id, "right": right.id})
    single = spec.changed(
        multiplicity="nearest" if spec.predicate in ("dwithin", "nearest") else "first"
    )
    if plan.multi_matched and spec.multiplicity == "all" and spec.how != "anti":
        values = {
            "count": plan.multi_matched,
            "most": plan.max_matches,
            "before": plan.left_rows,
            "after": plan.rows_out,
        }
        yield Warn("rows_multiplied", values, single)
        grown = [s for s in plan.sums if s.side == "left" and abs(s.after) > abs(s.before)]
        amounts = [s for s in grown if not is_intensive(s.column, spec)] or grown
        if amounts and spec.multiplicity not in GROUPED:
            first = amounts[0]
            yield Warn(
                "sums_changed",
                {"column": first.column, "before": first.before, "after": first.after,
                 "count": len(grown)},
                single,
            )  # fmt: skip
    if plan.ties:
        yield Warn("ties", {"count": plan.ties, "rule": spec.tie_rule})
    if possible := plan.certainty["possible"]:
        yield Warn("possible", {"count": possible, "total": possible + plan.certainty["certain"]})
    if {spec.predicate, spec.multiplicity} & {"dwithin", "nearest"}:
        yield Warn("straight_line", {})
    for side in sides:
        if side.id in plan.reprojected:
            systems = {"layer": side.id, "source": side.crs.to_string(), "target": plan.crs}
            yield Warn("reprojected", systems)
