"""Joins the left layer a part at a time: what a part gives does not depend on the others."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyproj
import shapely
from shapely import GeometryType

from geo.crs import DEGREES
from geo.join import memory
from geo.join.candidates import found_of, narrowed
from geo.join.engine import Found, Shapes
from geo.join.engines.assembly import GEOMETRY, assembled, named, to_wkb
from geo.join.engines.condition import Condition
from geo.join.engines.geoparquet import GeoParquet
from geo.join.engines.grid import POINT_PREDICATES, PolygonGrid
from geo.join.engines.rows import PointRows, laid_out
from geo.join.ground import Ground
from geo.join.layer import Layer
from geo.join.pairs import completed
from geo.join.planning import Plan, counts_of
from geo.join.side import Sorted
from geo.join.spec import JoinSpec
from geo.join.table import geometries, rows_of

Finder = Callable[[Sorted, int], Found]
"""Takes the rows of a part and the number of the first; gives pairs that the predicate allows."""

_GRID_PREDICATES = {name: name for name in POINT_PREDICATES} | {"centre_in": "intersects"}
_SURFACES = (GeometryType.POLYGON, GeometryType.MULTIPOLYGON)


class Part(NamedTuple):
    """What some left rows give: rows of the table, their counts, right positions in pairs.

    Also which dimensions the left rows have, and what they were like.
    """

    table: pa.Table
    plan: Plan
    matched_right: Any
    dimensions: frozenset[int]
    condition: Condition


@dataclass(frozen=True, eq=False)
class Comparison:
    """Everything that the parts of one join share; several threads may ask it at once.

    Parameters
    ----------
    source
        The left layer.
    layer
        Its name, for columns and messages.
    right, right_columns
        The whole right layer, laid out, and its attributes in the same order.
    spec
        With `distance` decided: projected or geodesic.
    found
        Gives the pairs of a part; None: they are looked for here.
    """

    source: GeoParquet
    layer: Layer
    right: Sorted
    right_columns: pa.Table
    spec: JoinSpec
    found: Finder | None = None

    def join(self, first: int, rows: pa.RecordBatch) -> Part:
        """Join some left rows, given in the order of ids, with the whole right layer."""
        table = pa.Table.from_batches([rows])
        side = laid_out(self.layer, self.source, table, first=first, repair=self.spec.repair)
        ground = Ground(side, self.right, self.spec)
        pairs = completed(self._found(side, first, ground), side, self.right, self.spec, ground)
        kept = rows_of(pairs, side, self.right, self.spec)
        before = named(
            table.select(list(self.source.columns)),
            side,
            prefix=self.layer.id,
            kept=self.spec.left_columns,
        )
        joined = assembled(
            kept,
            pairs,
            (before, self.right_named),
            (side, self.right),
            self.spec,
            prefix=self.right_prefix,
        )
        if self.spec.geometry == "left" and isinstance(side, PointRows) and self._in_degrees:
            own = table.column(self.source.geometry).take(pa.array(kept.left))
            places = own if side.placed.all() else _masked(own, side.placed[kept.left])
        else:
            shapes = geometries(kept, side, self.right, self.spec, ground)
            places = to_wkb(shapes)
        plan = counts_of(pairs, kept, side, self.right, self.spec, ground)
        dimensions = frozenset(np.unique(side.dimensions).tolist())
        found = joined.append_column(GEOMETRY, places)
        return Part(found, plan, pairs.right, dimensions, Condition.of(side))

    @cached_property
    def right_prefix(self) -> str:
        """What stands before the point in the names of right columns."""
        own = self.right.layer.id
        return own if own != self.layer.id else f"{own}-2"

    @cached_property
    def right_named(self) -> pa.Table:
        """The right columns under their names in the table."""
        return named(
            self.right_columns,
            self.right,
            prefix=self.right_prefix,
            kept=self.spec.right_columns,
        )

    @cached_property
    def _in_degrees(self) -> bool:
        return self.source.crs.equals(pyproj.CRS(DEGREES), ignore_axis_order=True)

    def _found(self, side: Sorted, first: int, ground: Ground) -> Found:
        if self.found is not None:
            return narrowed(self.found(side, first), side, self.right, self.spec)
        if isinstance(side, PointRows) and self._grid is not None:
            x, y = side.coordinates_in(ground.crs)
            if not side.own_place.all():
                x = np.where(side.own_place, x, np.nan)
            pairs = self._grid.pairs(x, y, _GRID_PREDICATES[self.spec.predicate])
            return narrowed(Found(*pairs), side, self.right, self.spec)
        return found_of(side, self.right, self.spec, ground, memory.find_pairs)

    @cached_property
    def _grid(self) -> PolygonGrid | None:
        """The grid over the right layer; None if it does not answer the predicate."""
        if self.spec.predicate not in _GRID_PREDICATES:
            return None
        shapes = self._compared_right()
        placed = shapes[~shapely.is_missing(shapes)]
        if not np.isin(shapely.get_type_id(placed), _SURFACES).all():
            return None
        # Copies: the grid prepares them, and others may be asking the originals meanwhile.
        return PolygonGrid(np.asarray(shapely.force_2d(shapes), dtype=object))

    def _compared_right(self) -> Shapes:
        """Return the right shapes as `Ground.compared` has them."""
        right = self.right
        if self.source.crs.equals(right.crs, ignore_axis_order=True):
            shapes = right.shapes
        else:
            shapes = right.degrees if self.spec.distance == "geodesic" else right.metres
        return right.as_evidence(shapes)


def _masked(column: Any, kept: Any) -> Any:
    return pc.if_else(pa.array(kept), column, pa.scalar(None, column.type))
