"""Pairs found by the workers of a `dask.distributed` cluster, spatially partitioned.

Both files are read by the workers, a row group each, and shuffled along a Hilbert curve as
`dask_geopandas` frames of geometries alone, so that a partition is a compact piece of the map.
Each left partition is then compared with those right partitions alone that its rows could match,
by the function that the engine in memory uses. Only row numbers and distances come back.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import dask_geopandas  # noqa: F401 - teaches dask what a GeoDataFrame is
import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow.parquet as pq
import shapely
from dask import dataframe as dd
from dask.delayed import delayed
from distributed import Client, KilledWorker

from geo.join import memory
from geo.join.engine import Found, Shapes
from geo.join.engines.geoparquet import GeoParquet
from geo.join.engines.ordering import ranks
from geo.join.engines.parts import Finder
from geo.join.engines.rows import laid_out
from geo.join.engines.scheduler import connected
from geo.join.layer import Layer
from geo.join.refusals import refuse
from geo.join.side import Sorted
from geo.join.spec import JoinSpec

Finders = Callable[[GeoParquet, GeoParquet, JoinSpec], Finder]

_ROW = "row"
_LOOKED_AT = ("geometry_method", "site_id")
"""Columns that say which rows are drawn at their site and are no evidence of place."""

_PARTITIONS_A_WORKER = 4


@contextmanager
def finders(scheduler: str) -> Iterator[Finders]:
    """Connect to a cluster; what is given finds the pairs of two files there, all at once.

    Raises
    ------
    JoinError
        If the cluster cannot be used; see `geo.join.engines.scheduler`.
    """
    with connected(scheduler) as client:

        def found(left: GeoParquet, right: GeoParquet, spec: JoinSpec) -> Finder:
            pairs = _in_ranks(_pairs(client, left, right, spec), left, right)

            def of_part(side: Sorted, first: int) -> Found:
                part = slice(*np.searchsorted(pairs.left, [first, first + len(side)]))
                distance = None if pairs.distance_m is None else pairs.distance_m[part]
                return Found(pairs.left[part] - first, pairs.right[part], distance)

            return of_part

        yield found


def _pairs(client: Client, left: GeoParquet, right: GeoParquet, spec: JoinSpec) -> Found:
    """Return the pairs of a predicate by number of row in the files."""
    if spec.predicate == "nearest" and (spec.on or spec.exclusive):
        option = "predicate=nearest with on or exclusive"
        raise refuse("engine_cannot", engine="dask", option=option)
    workers = len(client.scheduler_info(n_workers=-1)["workers"])
    try:
        with client.as_current():
            here, there = (
                _spread(source, other, spec, name, workers)
                for source, other, name in ((left, right, "left"), (right, left, "right"))
            )
            jobs = _jobs(*_with_boxes(client, here), *_with_boxes(client, there), spec)
            found = client.gather(client.compute(jobs))
    except (KilledWorker, OSError, ImportError) as error:
        raise refuse("worker_failed", reason=type(error).__name__) from error
    return _together(found, measured=spec.predicate in ("dwithin", "nearest"))


def _spread(
    source: GeoParquet, other: GeoParquet, spec: JoinSpec, name: str, workers: int
) -> list[Any]:
    """Return partitions of a file, each a compact piece of the map, kept by the workers."""
    groups = pq.ParquetFile(source.path).metadata
    sizes = [groups.row_group(n).num_rows for n in range(groups.num_row_groups)]
    if not sum(sizes):
        return []
    firsts = np.cumsum([0, *sizes[:-1]]).tolist()
    meta = gpd.GeoDataFrame({_ROW: np.zeros(0, np.int64)}, geometry=[])
    frame = dd.from_map(
        _read, range(len(sizes)), firsts, source=source, system=_system(source, other, spec),
        spec=spec, name=name, meta=meta,
    )  # fmt: skip
    frame = frame.persist()
    if not len(frame):
        return []
    parts = min(len(sizes) * _PARTITIONS_A_WORKER, workers * _PARTITIONS_A_WORKER)
    return list(frame.spatial_shuffle(by="hilbert", npartitions=parts).persist().to_delayed())


def _system(source: GeoParquet, other: GeoParquet, spec: JoinSpec) -> str:
    """Return in which coordinates the rows are compared, as `geo.join.ground` has it."""
    same = source.crs.equals(other.crs, ignore_axis_order=True)
    if same and spec.predicate not in ("dwithin", "nearest"):
        return "shapes"
    return "degrees" if spec.distance == "geodesic" else "metres"


def _read(
    group: int, first: int, *, source: GeoParquet, system: str, spec: JoinSpec, name: str
) -> gpd.GeoDataFrame:
    """Read a row group: the rows that are somewhere, with their numbers in the file."""
    columns = tuple(column for column in source.columns if column in _LOOKED_AT)
    with pq.ParquetFile(source.path) as file:
        rows = file.read_row_group(group, columns=[*columns, source.geometry])
    # Without ids the rows stay in the order of the file.
    nameless = replace(source, key="", columns=columns)
    layer = Layer(source.id, gpd.GeoDataFrame(geometry=[], crs=source.crs))
    side = laid_out(layer, nameless, rows, first=first, repair=spec.repair)
    shapes: Shapes = side.as_evidence(getattr(side, system))
    if name == "left" and spec.predicate == "centre_in":
        shapes = np.asarray(shapely.point_on_surface(shapes), dtype=object)
    kept = np.flatnonzero(~shapely.is_missing(shapes))
    return gpd.GeoDataFrame({_ROW: kept + first}, geometry=shapes[kept])


def _with_boxes(
    client: Client, parts: Sequence[Any]
) -> tuple[Sequence[Any], npt.NDArray[np.float64]]:
    boxes = client.gather(client.compute([delayed(_box)(part) for part in parts]))
    return parts, np.array(boxes).reshape(-1, 4)


def _box(part: gpd.GeoDataFrame) -> npt.NDArray[np.float64]:
    return np.asarray(shapely.total_bounds(part.geometry.array))


def _jobs(
    left: Sequence[Any],
    left_boxes: npt.NDArray[np.float64],
    right: Sequence[Any],
    right_boxes: npt.NDArray[np.float64],
    spec: JoinSpec,
) -> list[Any]:
    """Return one job for each left partition, with the right ones that it could match."""
    asked = spec.changed(
        summaries=(), transfer=(), on=(), exclusive=False, multiplicity="all", how="inner"
    )
    if spec.predicate in ("centre_in", "share"):
        asked = JoinSpec(distance=spec.distance)
    reach = spec.distance_m if spec.predicate in ("dwithin", "nearest") else 0.0
    jobs = []
    for part, box in zip(left, left_boxes, strict=True):
        near = np.ones(len(right), dtype=bool)
        if reach is not None and not (reach and spec.distance == "geodesic"):
            # A little more than asked: a distance is rounded, and so are these sums.
            low, high = box[:2] - reach * 1.001, box[2:] + reach * 1.001
            near = (right_boxes[:, :2] <= high).all(1) & (right_boxes[:, 2:] >= low).all(1)
        others = [other for other, is_near in zip(right, near, strict=True) if is_near]
        if others and not np.isnan(box).any():
            jobs.append(delayed(_compare)(part, others, asked))
    return jobs


def _compare(left: gpd.GeoDataFrame, right: list[gpd.GeoDataFrame], spec: JoinSpec) -> Found:
    others = pd.concat(right)
    here, there = (np.asarray(side.geometry.array, dtype=object) for side in (left, others))
    found = memory.find_pairs(here, there, spec)
    rows = (left[_ROW].to_numpy()[found.left], others[_ROW].to_numpy()[found.right])
    return Found(*rows, found.distance_m)


def _together(found: list[Found], *, measured: bool) -> Found:
    none = np.zeros(0, dtype=np.int64)
    left = np.concatenate([none, *(part.left for part in found)])
    right = np.concatenate([none, *(part.right for part in found)])
    if not measured:
        return Found(left, right)
    return Found(left, right, np.concatenate([np.zeros(0), *(p.distance_m for p in found)]))


def _in_ranks(found: Found, left: GeoParquet, right: GeoParquet) -> Found:
    """Turn numbers of rows in the files into places in the order of ids."""
    places = (ranks(left)[found.left], ranks(right)[found.right])
    order = np.lexsort(places[::-1])
    return Found(
        places[0][order],
        places[1][order],
        None if found.distance_m is None else found.distance_m[order],
    )
