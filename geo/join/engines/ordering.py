"""The rows of a GeoParquet file in the order of their ids, a piece at a time.

A file that stands in that order is read once. Any other is sorted outside memory: the ids alone
are sorted in memory, then every row goes to the temporary file of its range of ranks, and each of
those is sorted by itself.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from geo.join.engines.geoparquet import GeoParquet
from geo.join.refusals import refuse

Ranks = npt.NDArray[np.int64]

_RANK = "\0rank"
_IDS_AT_ONCE = 1_000_000
_MOST_FILES = 200
"""Open at the same time."""


def keyed(source: GeoParquet, *, rows: int) -> tuple[GeoParquet, bool]:
    """Find out how rows are called and whether they stand in that order, by the ids alone.

    Returns
    -------
    The file, without a key if any id is missing, as `geo.join.side` has it; and whether it needs
    sorting.

    Raises
    ------
    JoinError
        If the ids are neither numbers nor texts.
    """
    if not source.key:
        return source, False
    last, unordered = None, False
    for batch in source.batches([source.key], rows):
        ids = _ids(batch, source)
        if ids.null_count:
            return replace(source, key=""), False
        if len(ids):
            before = [ids[1:], ids[:-1]]
            ordered = pc.all(pc.greater_equal(*before)).as_py() is not False
            follows = last is None or pc.greater_equal(ids[0], last).as_py()
            unordered = unordered or not (ordered and follows)
            last = ids[-1]
    return source, unordered


def ranks(source: GeoParquet) -> Ranks:
    """Return the place of each row in the order of ids, equal ids in the order of the file."""
    if not source.key:
        return np.arange(source.rows)
    ids = pa.chunked_array([_ids(b, source) for b in source.batches([source.key], _IDS_AT_ONCE)])
    order = pc.sort_indices(ids).to_numpy()
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    return rank


def in_order(
    source: GeoParquet, *, needs_sorting: bool, rows: int, folder: Path
) -> Iterator[tuple[int, pa.RecordBatch]]:
    """Yield the number of the first row, and rows, by id; equal ids in the order of the file.

    Parameters
    ----------
    needs_sorting
        As `keyed` says.
    rows
        Most rows at a time.
    folder
        For temporary files, as large together as the file is unpacked; the caller removes it.
    """
    names = [*source.columns, source.geometry]
    first = 0
    batches = _sorted(source, names, rows, folder) if needs_sorting else source.batches(names, rows)
    for batch in batches:
        yield first, batch
        first += len(batch)


def _ids(batch: pa.RecordBatch, source: GeoParquet) -> Any:
    ids = batch.column(0)
    if pa.types.is_dictionary(ids.type):
        ids = ids.dictionary_decode()
    kind = ids.type
    if not (
        pa.types.is_integer(kind)
        or pa.types.is_floating(kind)
        or pa.types.is_string(kind)
        or pa.types.is_large_string(kind)
    ):
        raise refuse("engine_cannot", engine="stream", option=f"{source.id}.{source.key}: {kind}")
    return ids


def _sorted(
    source: GeoParquet, names: list[str], rows: int, folder: Path
) -> Iterator[pa.RecordBatch]:
    rank = ranks(source)
    width = max(rows, -(-len(rank) // _MOST_FILES))
    files = _dealt(source, names, rows, folder, rank, width)
    for file in files:
        with pa.memory_map(str(file)) as mapped, pa.ipc.open_file(mapped) as reader:
            table = reader.read_all()
            table = table.take(pc.sort_indices(table.column(_RANK))).drop_columns([_RANK])
        file.unlink()
        yield from table.combine_chunks().to_batches(max_chunksize=rows)


def _dealt(
    source: GeoParquet,
    names: list[str],
    rows: int,
    folder: Path,
    rank: Ranks,
    width: int,
) -> list[Path]:
    """Write each row to the file of its range of ranks; return the files in order."""
    files = [folder / f"{n}.arrow" for n in range(-(-len(rank) // width))]
    with ExitStack() as stack:
        writers: list[Any] = []
        first = 0
        for batch in source.batches(names, rows):
            ranks = rank[first : first + len(batch)]
            first += len(batch)
            batch = batch.append_column(_RANK, pa.array(ranks))
            if not writers:
                writers = [
                    stack.enter_context(pa.ipc.new_file(str(file), batch.schema)) for file in files
                ]
            order = np.argsort(ranks, kind="stable")
            batch = batch.take(pa.array(order))
            edges = np.searchsorted(ranks[order], np.arange(len(files) + 1) * width)
            for writer, start, end in zip(writers, edges, edges[1:], strict=False):
                if end > start:
                    writer.write_batch(batch.slice(start, end - start))
    return files
