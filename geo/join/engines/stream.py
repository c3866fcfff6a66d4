"""The engine `stream`: GeoParquet in and out, in memory that does not grow with the left layer.

The right layer is held in memory; the left one is read, joined and written a part at a time, by
as many threads as there are processors. The answer is that of the engine in memory.
"""

import json
import os
import tempfile
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any, Self

import geopandas as gpd
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pyproj
import shapely

from geo.crs import DEGREES
from geo.join.engines.assembly import GEOMETRY
from geo.join.engines.condition import Condition
from geo.join.engines.geoparquet import GeoParquet
from geo.join.engines.ordering import in_order, keyed
from geo.join.engines.parts import Comparison, Finder, Part
from geo.join.engines.points import positions
from geo.join.engines.rows import whole
from geo.join.engines.totals import Totals
from geo.join.layer import Layer
from geo.join.pairs import check_measurable
from geo.join.planning import Plan
from geo.join.refusals import refuse
from geo.join.side import Sorted
from geo.join.spec import JoinSpec
from geo.join.summaries import check_summaries

ROWS = 131_072
"""Left rows that are joined at a time; each thread holds so many."""

MOST_RIGHT_ROWS = 2_000_000

Progress = Callable[[float], None]
Cancelled = Callable[[], bool]


def unable(spec: JoinSpec) -> str:
    """Name the first option that this engine cannot do; "" if it can do all."""
    asked = {
        f"how={spec.how}": spec.how in ("right", "outer"),
        "predicate=disjoint": spec.predicate == "disjoint",
        "transfer": bool(spec.transfer),
        "grid_m": spec.grid_m > 0,
        "left_swap or right_swap": spec.left_swap or spec.right_swap,
    }
    return next((option for option, wanted in asked.items() if wanted), "")


def stream(
    left: GeoParquet,
    right: GeoParquet,
    spec: JoinSpec,
    file: Path,
    *,
    found: Callable[[GeoParquet, GeoParquet, JoinSpec], Finder] | None = None,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Plan:
    """Join two files into a third.

    Parameters
    ----------
    left, right, spec
        What, how. Rows are called by their column `id`, else by their number in the file.
    file
        To be written; its folder takes temporary files too where the left rows need sorting.
    found
        Given both files and the options with `distance` decided, says who finds the pairs; None:
        this process.
    progress
        Is told the share that is done, 0 to 1.
    cancelled
        Is asked between parts.

    Returns
    -------
    Counts and sums; of warnings only those that the rows themselves show.

    Raises
    ------
    JoinError
        If the options cannot be used with these layers or this engine, or `cancelled` says so.
    """
    option = unable(spec)
    if option:
        raise refuse("engine_cannot", engine="stream", option=option)
    if right.rows > MOST_RIGHT_ROWS:
        sizes = {"found": right.rows, "limit": MOST_RIGHT_ROWS}
        raise refuse("right_too_large", layer=right.id, engine="stream", **sizes)
    left, needs_sorting = keyed(left, rows=ROWS)
    right, _ = keyed(right, rows=ROWS)
    _check_left_columns(left, spec)
    side, columns = whole(right, repair=spec.repair)
    check_summaries(side, spec)
    for name in spec.right_columns or ():
        side.column(name, "right_columns")
    for name, _ in spec.right_kinds:
        side.column(name, "right_kinds")
    spec = spec.changed(distance=_distance(left, side, spec))
    comparison = Comparison(
        left,
        _nameless(left),
        side,
        columns,
        spec,
        None if found is None else found(left, right, spec),
    )
    totals, dimensions, condition = Totals(len(side)), set[int](), Condition()
    with tempfile.TemporaryDirectory(dir=file.parent) as folder, _Writer(file) as writer:
        batches = in_order(left, needs_sorting=needs_sorting, rows=ROWS, folder=Path(folder))
        for part in _parts(comparison, batches, cancelled or (lambda: False)):
            totals.add(part.plan, part.matched_right)
            dimensions |= part.dimensions
            condition += part.condition
            writer.write(part.table)
            if progress is not None:
                progress(len(totals) / max(left.rows, 1))
    check_measurable(_of_dimensions(dimensions, left), side, spec)
    said = (*condition.warnings(left.id), *Condition.of(side).warnings(right.id))
    return replace(totals.plan(), warnings=said)


def _parts(
    comparison: Comparison, batches: Iterator[tuple[int, pa.RecordBatch]], cancelled: Cancelled
) -> Iterator[Part]:
    """Yield the parts in order, while threads make the next ones."""
    first = next(batches, None)
    if first is None:
        none = comparison.source.schema.empty_table().combine_chunks()
        first = (0, pa.RecordBatch.from_pylist([], schema=none.schema))
    # Alone: what all parts share, such as the index of the right layer, is made here.
    yield comparison.join(*first)
    threads = len(os.sched_getaffinity(0))
    with ThreadPoolExecutor(threads) as pool:
        waiting: deque[Future[Part]] = deque()
        for batch in batches:
            if cancelled():
                pool.shutdown(cancel_futures=True)
                raise refuse("cancelled")
            waiting.append(pool.submit(comparison.join, *batch))
            if len(waiting) > threads:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


class _Writer:
    """A GeoParquet file that takes one table after another, all of the columns of the first."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._writer: Any = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._writer is not None:
            self._writer.close()

    def write(self, table: pa.Table) -> None:
        if self._writer is None:
            self._writer = pq.ParquetWriter(self._file, table.schema, compression="zstd")
            self._writer.add_key_value_metadata({"geo": json.dumps(_GEO)})
        self._writer.write_table(table.cast(self._writer.schema))


_GEO = {
    "version": "1.1.0",
    "primary_column": GEOMETRY,
    "columns": {
        GEOMETRY: {
            "encoding": "WKB",
            "geometry_types": [],  # not known before the last row is
            "crs": pyproj.CRS(DEGREES).to_json_dict(),
        }
    },
}


def _check_left_columns(left: GeoParquet, spec: JoinSpec) -> None:
    named = [("left_columns", name) for name in spec.left_columns or ()]
    for option, name in [*named, *(("on", column) for column, _ in spec.on)]:
        if name not in left.columns:
            allowed = ", ".join(left.columns[:20])
            raise refuse("no_column", option=option, column=name, layer=left.id, allowed=allowed)


def _nameless(source: GeoParquet) -> Layer:
    """Return a layer that lends its name to parts."""
    return Layer(source.id, gpd.GeoDataFrame(geometry=[], crs=source.crs))


def _distance(left: GeoParquet, right: Sorted, spec: JoinSpec) -> str:
    """Decide how metres are taken, as the engine in memory does, by the extent of both layers."""
    if spec.distance != "auto":
        return spec.distance
    bounds = left.bounds or _extent(left)
    if not np.isfinite(bounds).all():
        return "geodesic" if right.is_wide else "projected"
    corners = shapely.MultiPoint([bounds[:2], bounds[2:]])
    box = gpd.GeoDataFrame(geometry=[corners.envelope], crs=left.crs)
    here = Sorted(Layer(left.id, box), "ignore", "left")
    return "geodesic" if here.is_wide or right.is_wide else "projected"


def _extent(source: GeoParquet) -> tuple[float, ...]:
    """Measure the extent of a file that does not state it, NaN where nothing has a place."""
    low, high = np.full(2, np.nan), np.full(2, np.nan)
    for batch in source.batches([source.geometry], ROWS):
        column = batch.column(0)
        found = positions(column)
        corners = (
            shapely.bounds(source.shapes(column.to_numpy(zero_copy_only=False))).reshape(-1, 2)
            if found is None
            else np.column_stack(found)
        )
        if len(corners):
            low = np.fmin(low, np.fmin.reduce(corners))
            high = np.fmax(high, np.fmax.reduce(corners))
    return (*low.tolist(), *high.tolist())


def _of_dimensions(dimensions: set[int], source: GeoParquet) -> Sorted:
    """Return one row for each dimension that the left layer has."""
    shapes = [shapely.Point(0, 0), shapely.LineString([(0, 0), (1, 1)]), shapely.box(0, 0, 1, 1)]
    chosen = [shapes[n] for n in sorted(dimensions) if n >= 0]
    return Sorted(
        Layer(source.id, gpd.GeoDataFrame(geometry=chosen, crs=source.crs)), "ignore", "left"
    )
