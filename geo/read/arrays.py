"""Layers that come in batches with geometry as WKB."""

from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import shapely

from geo.read.columns import Columns, Place
from geo.read.decoded import closed, decode
from geo.read.ledger import Ledger, shown
from geo.read.limits import Limits
from geo.read.parsed import Parsed
from geo.read.positions import Shapes
from geo.read.refusal import RefusedError

Mask: TypeAlias = npt.NDArray[np.bool_]


class Layer:
    """A layer that is put together batch by batch.

    Parameters
    ----------
    ledger, limits
        Where findings go, and what ends the reading.
    stated_crs, degrees_by_rule
        As in `geo.read.parsed.Parsed`.
    """

    def __init__(
        self, ledger: Ledger, limits: Limits, *, stated_crs: str | None, degrees_by_rule: bool
    ) -> None:
        self.columns = Columns(ledger, limits)
        self._ledger = ledger
        self._limits = limits
        self._stated_crs = stated_crs
        self._degrees_by_rule = degrees_by_rule
        self._count = self._vertices = 0
        self._rows = [np.zeros(0, np.int64)]
        self._shapes: list[Shapes] = [np.zeros(0, object)]
        self._ids: list[str | None] = []

    def add(self, wkb: Sequence[Any], ids: Sequence[str | None]) -> tuple[Place, Mask]:
        """Take in the geometries of a batch; return which of its rows are kept, by place and mask.

        Raises
        ------
        RefusedError
            If a limit is exceeded.
        """
        place = Place(np.arange(self._count + 1, self._count + 1 + len(wkb)), ids)
        self._count += len(wkb)
        if self._count > self._limits.max_features:
            raise RefusedError("too_many_features", limit=self._limits.max_features)
        shapes, keep = self._decoded(wkb, place)
        self._vertices += int(shapely.get_num_coordinates(shapes).sum())
        if self._vertices > self._limits.max_vertices:
            raise RefusedError("too_many_vertices", limit=self._limits.max_vertices)
        kept = place.where(keep)
        self._rows.append(kept.rows)
        self._shapes.append(shapes[keep])
        self._ids += kept.ids
        return kept, keep

    def finish(self) -> Parsed:
        """Return the layer."""
        return Parsed(
            rows_in=self._count,
            rows=np.concatenate(self._rows),
            ids=self._ids,
            shapes=np.concatenate(self._shapes),
            columns=self.columns,
            stated_crs=self._stated_crs,
            degrees_by_rule=self._degrees_by_rule,
        )

    def _decoded(self, wkb: Sequence[Any], place: Place) -> tuple[Shapes, Mask]:
        shapes = decode(shapely.from_wkb, wkb)
        keep = np.ones(len(wkb), dtype=bool)
        for n in np.flatnonzero(shapely.is_missing(shapes)).tolist():
            row, own_id = int(place.rows[n]), place.ids[n]
            if wkb[n] is None:
                self._ledger.add("null_geometry", row, own_id, "geometry")
                continue
            shapes[n] = closed(shapely.from_wkb, wkb[n])
            keep[n] = shapes[n] is not None
            code = "unclosed_ring" if keep[n] else "bad_wkb"
            self._ledger.add(code, row, own_id, "geometry")
        return shapes, keep


def collect(batches: Iterable[pa.RecordBatch], geometry: str, layer: Layer) -> Parsed:
    """Put batches of Arrow of one schema together, `geometry` being the column with WKB."""
    for batch in batches:
        wkb = batch.column(geometry).cast(pa.binary()).to_pylist()
        kept, keep = layer.add(wkb, _ids(batch))
        chosen = pa.array(keep)
        names = [name for name in batch.schema.names if name != geometry]
        layer.columns.add_arrays({n: batch.column(n).filter(chosen) for n in names}, kept)
    return layer.finish()


def _ids(batch: pa.RecordBatch) -> list[str | None]:
    if "id" not in batch.schema.names:
        return [None] * len(batch)
    values = batch.column("id").to_pylist()
    return [None if value is None else shown(str(value), 100) for value in values]
