"""One file, from its format to the answer, inside the child process."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import shapely

from geo.read import encodings, kinds
from geo.read.archive import unpack_shapefile
from geo.read.columns import Place
from geo.read.delimited import read_delimited
from geo.read.geojson import read_geojson
from geo.read.geopackage import read_geopackage
from geo.read.ledger import Ledger
from geo.read.limits import Limits
from geo.read.neighbours import compare_rows
from geo.read.parsed import Parsed
from geo.read.report import Report
from geo.read.settle import Settling, Wishes

_PARSED = 0.6
"""Share of the work that is done when the file is parsed, and when its shapes are settled."""

_SETTLED = 0.9
_IN_AN_ENCODING = (kinds.GEOJSON, kinds.CSV, kinds.SHAPEFILE)
"""Formats whose text may be in any encoding; the others say or fix their own."""

_ROWS_OF_BATCH = 10_000


def perform(
    folder: Path, request: dict[str, Any], limits: Limits, tell: Callable[[float], None]
) -> Report:
    """Read `input` in the folder; leave `rows.arrow` there and return the report.

    Raises
    ------
    RefusedError
        If the file as a whole cannot be read.
    """
    ledger = Ledger()
    parsed = _parse(folder / "input", request, limits, ledger, lambda s: tell(s * _PARSED))
    settling = Settling(parsed, ledger, limits)
    wishes = Wishes(request["crs"], request["swap"])
    settling.run(wishes, lambda s: tell(_PARSED + s * (_SETTLED - _PARSED)))
    place = Place(parsed.rows, parsed.ids)
    columns, _ = parsed.columns.finish(place, settling.keep)
    shapes = settling.shapes[settling.keep]
    kept = place.where(settling.keep)
    wkb = pa.array(shapely.to_wkb(shapes), pa.binary())
    references = {name: frozenset(ids) for name, ids in request["references"].items()}
    if not parsed.rows_in:
        ledger.add("no_rows")
    compare_rows(shapes, wkb, columns, kept, ledger, references)
    _write(folder / "rows.arrow", kept, wkb, columns)
    return ledger.close(request["name"], rows_in=parsed.rows_in, kept=len(shapes))


def _parse(
    path: Path,
    request: dict[str, Any],
    limits: Limits,
    ledger: Ledger,
    tell: Callable[[float], None],
) -> Parsed:
    encoding = encodings.named(request["encoding"])
    kind = kinds.kind_of(path, request["name"], encoding)
    if kind in _IN_AN_ENCODING and encoding != encodings.UTF_8:
        ledger.add("reencoded", encoding=encoding)
    layer, places = request["layer"], not request["table"]
    if kind == kinds.GEOJSON:
        return read_geojson(path, encoding=encoding, ledger=ledger, limits=limits, tell=tell)
    if kind == kinds.CSV:
        return read_delimited(
            path, encoding=encoding, places=places, ledger=ledger, limits=limits, tell=tell
        )
    if kind == kinds.XLSX:
        from geo.read.workbook import read_workbook

        return read_workbook(path, layer=layer, places=places, ledger=ledger, limits=limits)
    if kind == kinds.GEOPARQUET:
        from geo.read.parquet import read_parquet

        return read_parquet(path, ledger=ledger, limits=limits)
    if kind == kinds.GEOPACKAGE:
        return read_geopackage(path, layer=layer, ledger=ledger, limits=limits)
    # GDAL and its 60 MB are loaded for those alone who need them.
    from geo.read.vector import read_vector

    if kind == kinds.SHAPEFILE:
        path = unpack_shapefile(path, path.parent, limits)
    return read_vector(
        path, kind, layer=layer, encoding=request["encoding"], ledger=ledger, limits=limits
    )


def _write(path: Path, place: Place, wkb: pa.Array, columns: dict[str, pa.Array]) -> None:
    names = ["", "geometry", *columns]
    table = pa.table([pa.array(place.rows), wkb, *columns.values()], names=names)
    with pa.ipc.new_file(str(path), table.schema) as writer:
        writer.write_table(table, max_chunksize=_ROWS_OF_BATCH)
