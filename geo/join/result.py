"""A join under way and what it gives: each table is made when it is first asked for."""

from dataclasses import replace
from functools import cached_property
from typing import Any

import geopandas as gpd
import pandas as pd

from geo.join import summaries, transfer
from geo.join.engine import FindPairs, Positions, chosen, engine
from geo.join.ground import Ground
from geo.join.layer import Layer
from geo.join.pairs import Pairs, pairs_of
from geo.join.planning import Plan, counts_of
from geo.join.remedies import Join
from geo.join.side import Sorted
from geo.join.spec import JoinSpec
from geo.join.table import MEASURES, Rows, certainties, prefixes, rows_of, table_of
from geo.join.unmatched import Unmatched, unmatched_of


class JoinResult:
    """The outcome of a join.

    Parameters
    ----------
    left, right
        What was joined.
    spec
        How.
    engine
        Name of the engine that found the pairs.

    Raises
    ------
    JoinError
        If the options cannot be used with these layers; see `geo.join.refusals`.
    """

    def __init__(
        self, left: Layer, right: Layer, spec: JoinSpec, *, engine: str = "memory"
    ) -> None:
        self.left, self.right, self.spec = left, right, spec
        self.engine = chosen(engine)
        self._sides = (
            Sorted.of(left, spec.repair, "left"),
            Sorted.of(right, spec.repair, "right"),
        )
        self._check_columns()
        summaries.check_summaries(self._sides[1], spec)
        transfer.check_transfer(self._sides[0], spec)
        self._ground = Ground(*self._sides, spec)
        self._pairs: Pairs = pairs_of(*self._sides, spec, self._ground, self._find)
        if any(kind == "extensive" for _, kind in spec.transfer):
            transfer.check_overlaps(self._pairs, self._sides[1], self._ground)

    def _check_columns(self) -> None:
        """Refuse a spec that names columns which its layer does not have."""
        left, right = self._sides
        for name in self.spec.left_columns or ():
            left.column(name, "left_columns")
        for name in self.spec.right_columns or ():
            right.column(name, "right_columns")
        for name, _ in self.spec.right_kinds:
            right.column(name, "right_kinds")
        if self.spec.priority_column is not None:
            right.column(self.spec.priority_column, "priority_column")

    @property
    def places(self) -> tuple[Positions, Positions]:
        """For each of `pairs`, the numbers of its rows in the two `sides`."""
        return self._pairs.left, self._pairs.right

    @property
    def sides(self) -> tuple[Sorted, Sorted]:
        """Both layers as they were laid out: rows by id, valid shapes."""
        return self._sides

    @property
    def prefixes(self) -> tuple[str, str]:
        """What stands before the point in the names of the columns of the left and right layer."""
        return prefixes(*self._sides)

    @property
    def _find(self) -> FindPairs:
        return engine(self.engine)

    @cached_property
    def _rows(self) -> Rows:
        return rows_of(self._pairs, *self._sides, self.spec)

    @cached_property
    def pairs(self) -> pd.DataFrame:
        """The pairs that are kept, by left id, then right id.

        Columns left_id, right_id, match_no, match_count (before any choice), tie_count, where they
        were measured distance_m, share (of the area of the left row), overlap_area_m2,
        overlap_length_m, and certainty.
        """
        left, right = self._sides
        found = self._pairs
        columns: dict[str, Any] = {
            "left_id": left.ids[found.left],
            "right_id": right.ids[found.right],
            "match_no": found.match_no,
            "match_count": found.match_count,
            "tie_count": found.tie_count,
        }
        measured = {name: getattr(found, name) for name in MEASURES}
        columns |= {name: values for name, values in measured.items() if values is not None}
        return pd.DataFrame(columns | {"certainty": certainties(found.certainty)})

    @cached_property
    def table(self) -> gpd.GeoDataFrame:
        """The joined rows; see `geo.join.table.table_of`. Summaries come last but geometry.

        A transfer adds `<left layer>.<column>.split` for each extensive column: the part of the
        value that goes to this match, so that it can be added up.
        """
        table = table_of(self._rows, self._pairs, *self._sides, self.spec, self._ground)
        if not (self.spec.summaries or self.spec.transfer) or self.spec.how == "anti":
            return table
        before, after = self.prefixes
        more: dict[str, Any] = {}
        if self.spec.summaries:
            figures = summaries.summaries_of(self._pairs, *self._sides, self.spec)
            taken = figures.reindex(self._rows.left)
            more |= {f"{after}.{name}": taken[name].array for name in figures.columns}
        splits = transfer.splits(self._pairs, self._rows, self._sides[0], self.spec, self._ground)
        more |= {f"{before}.{name}.split": values for name, values in splits.items()}
        both = pd.concat([pd.DataFrame(table.drop(columns="geometry")), pd.DataFrame(more)], axis=1)
        return gpd.GeoDataFrame(both, geometry=table.geometry)

    @cached_property
    def transferred(self) -> gpd.GeoDataFrame | None:
        """The right rows with what `spec.transfer` shared out; see `geo.join.transfer`."""
        if not self.spec.transfer:
            return None
        return transfer.transferred(self._pairs, *self._sides, self.spec, self._ground)

    @cached_property
    def unmatched(self) -> Unmatched:
        """The rows of both sides without a match, with the nearest of the other side."""
        return unmatched_of(self._pairs, *self._sides, self.spec, self._ground, self._find)

    @cached_property
    def plan(self) -> Plan:
        """Counts, sums and warnings; the same as `geo.join.plan` gives for the same join."""
        counts = counts_of(self._pairs, self._rows, *self._sides, self.spec, self._ground)
        found = Join(counts, self._pairs, *self._sides, self.spec, self._ground, self._find)
        return replace(counts, warnings=found.warnings())

    @property
    def provenance(self) -> dict[str, Any]:
        """The join as JSON has it: inputs, options, how it was computed, counts, sums, warnings.

        `spec` read by `JoinSpec.from_json`, with the layers of the `inputs`, gives the join again.
        """
        plan = self.plan.to_json()
        return {
            "inputs": {"left": self.left.described(), "right": self.right.described()},
            "spec": self.spec.to_json(),
            "engine": self.engine,
            "plan": plan,
        }
