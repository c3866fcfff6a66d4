"""One function for all engines: two layers in, a file with its provenance out."""

import tempfile
from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from geo import dataset, dictionary
from geo.dictionary import Column, Kind
from geo.errors import ProvenanceError
from geo.export import write
from geo.export.staging import Staging
from geo.export.writing import Written
from geo.join import join
from geo.join.content import KIND, content_of
from geo.join.engines.confined import demand_readable
from geo.join.engines.geoparquet import GeoParquet, describe
from geo.join.engines.selection import AUTO, DASK, MEMORY, STREAM, Choice, choose
from geo.join.engines.stream import Cancelled, Progress, stream
from geo.join.engines.unchanged import Fingerprint
from geo.join.engines.warnings import warnings_of
from geo.join.layer import Side
from geo.join.names import each_once
from geo.join.planning import Plan
from geo.join.spec import JoinSpec
from geo.join.target import check_target
from geo.provenance import Input, Notice, Origin, Output, Sum, document, to_bytes
from geo.provenance.origin import sha256_of
from geo.read import Limits

_FORMAT = "parquet"


@dataclass(frozen=True)
class Done:
    """A join that was written.

    Parameters
    ----------
    choice
        The engine that did it, and why that one.
    plan
        Counts, sums, warnings.
    provenance
        The document beside the file.
    """

    choice: Choice
    plan: Plan
    provenance: Mapping[str, Any]


def run(
    left: Side,
    right: Side,
    spec: JoinSpec,
    *,
    out: Path,
    engine: str = AUTO,
    scheduler: str | None = None,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
    lang: str = "ru",
) -> Done:
    """Join two layers with the engine that suits them, and write the table and its provenance.

    The rows, their order and their values are the same whichever engine does it. `stream` and
    `dask` take the rows of a file as they stand; `memory` reads a file with all the checks of
    `geo.read`, which gives degrees: in a file in metres, what lies within a centimetre of an edge
    may so be found on its other side.

    Parameters
    ----------
    left, right
        Whatever `geo.join.join` takes; for `stream` and `dask` two GeoParquet files.
    spec
        How.
    out
        Where to; it appears whole or not at all. The ending tells the format.
    engine
        auto, memory, stream or dask; `geo.join.engines.choose` says what auto takes.
    scheduler
        Address of the scheduler of a `dask.distributed` cluster, such as `tcp://10.0.0.1:8786`.
    progress, cancelled
        Is told the share done, 0 to 1; is asked from time to time whether to give up. The engine
        in memory has no use for them.
    lang
        Language of the title.

    Raises
    ------
    JoinError
        If the join is refused, by its options, its layers or the engine, or given up, or if a file
        changes while `stream` or `dask` read it.
    WritingError
        If the disk does not take the file; what was there before is untouched.
    """
    check_target(out, left, right)
    choice = choose(left, right, spec, out=out, engine=engine, scheduler=scheduler)
    if choice.engine == MEMORY:
        result = join(left, right, spec=spec)
        return Done(choice, result.plan, write(content_of(result, lang=lang), out).provenance)
    sides = (
        describe(str(left), crs=spec.left_crs),
        describe(str(right), crs=spec.right_crs),
    )
    inputs = _Inputs(sides)
    with _finders(choice, scheduler) as found, Staging(out) as staging:
        plan = stream(
            *sides, spec, staging.file, found=found, progress=progress, cancelled=cancelled
        )
        inputs.check()
        plan = replace(plan, warnings=warnings_of(plan, sides, spec))
        about = _document(plan, sides, inputs, spec, choice, staging.file, lang)
        staging.commit(to_bytes(about))
    return Done(choice, plan, about)


def is_by_files(operation: Mapping[str, Any]) -> bool:
    """Say whether the operation of a provenance document is a join done from file to file."""
    return operation.get("kind") == KIND and operation.get("engine") in (STREAM, DASK)


def again(
    operation: Mapping[str, Any],
    files: Mapping[str, Path],
    *,
    name: str,
    limits: Limits | None,
) -> Written:
    """Do a join from file to file again; that of a cluster here, where the bytes are the same.

    Parameters
    ----------
    operation
        Of the provenance document.
    files
        Where the files that it names are now.
    name
        Of the file that is made.
    limits
        Those within which each file must be readable, as that of a stranger is; None for files of
        a known origin, which are then read here without limits.

    Raises
    ------
    ProvenanceError
        If the operation is not one of such a join.
    JoinError
        If the join, or one of the files, is refused.
    """
    names = [str(operation.get(side)) for side in ("left", "right")]
    spec, lang = operation.get("spec"), operation.get("lang")
    if not isinstance(spec, Mapping) or lang not in ("ru", "en") or not set(names) <= set(files):
        raise ProvenanceError(
            "operation: must name `left` and `right`, `spec`, and `lang` ru or en"
        )
    wanted = JoinSpec.from_json(spec)
    if limits is not None:
        for one, crs in dict(zip(names, (wanted.left_crs, wanted.right_crs), strict=True)).items():
            demand_readable(files[one], name=one, crs=crs, limits=limits)
    sides = (
        describe(files[names[0]], name=names[0], crs=wanted.left_crs),
        describe(files[names[1]], name=names[1], crs=wanted.right_crs),
    )
    with tempfile.TemporaryDirectory(prefix="atlas-replay-") as folder:
        file = Path(folder) / Path(name).name
        inputs = _Inputs(sides)
        plan = stream(*sides, wanted, file)
        inputs.check()
        plan = replace(plan, warnings=warnings_of(plan, sides, wanted))
        choice = Choice(str(operation["engine"]), str(operation.get("engine_reason", "")))
        about = _document(plan, sides, inputs, wanted, choice, file, str(lang))
        return Written(file.name, about, file.read_bytes())


class _Inputs:
    """Both files as they are before their rows are read."""

    def __init__(self, sides: tuple[GeoParquet, GeoParquet]) -> None:
        self._seen = [Fingerprint.of(side.path, side.name) for side in sides]
        self.described = each_once(
            Input(side.name, "file", seen.sha256, side.rows, side.crs.to_string())
            for side, seen in zip(sides, self._seen, strict=True)
        )

    def check(self) -> None:
        """Refuse what was read if a file is another now: its sha256 would vouch for other rows."""
        for one in self._seen:
            one.check()


def _finders(choice: Choice, scheduler: str | None) -> Any:
    if choice.engine != DASK:
        return nullcontext()
    # Only who asks for a cluster pays for loading it.
    from geo.join.engines.cluster import finders

    return finders(str(scheduler))


def _document(
    plan: Plan,
    sides: tuple[GeoParquet, GeoParquet],
    inputs: "_Inputs",
    spec: JoinSpec,
    choice: Choice,
    file: Path,
    lang: str,
) -> dict[str, Any]:
    left, right = sides
    operation = {
        "kind": KIND,
        "left": left.name,
        "right": right.name,
        "spec": spec.to_json(),
        "engine": choice.engine,
        "engine_reason": choice.reason,
        "computed": {
            "crs": plan.crs,
            "distance": plan.distance,
            "reprojected": list(plan.reprojected),
            "densify_m": plan.densify_m,
        },
        "lang": lang,
    }
    counts = {name: value for name, value in plan.to_json().items() if isinstance(value, int)}
    names = {"left": left.id, "right": right.id if right.id != left.id else f"{right.id}-2"}
    origin = Origin(
        operation,
        inputs.described,
        counts={**counts, **plan.certainty},
        sums=tuple(Sum(f"{names[s.side]}.{s.column}", s.before, s.after) for s in plan.sums),
        warnings=tuple(Notice(warn.code, warn.reason) for warn in plan.warnings),
    )
    title = f"{left.id} + {right.id}"
    return document(
        title_ru=title,
        title_en=title,
        origin=origin,
        output=Output(
            name=file.name,
            format=_FORMAT,
            sha256=sha256_of(file),
            size=file.stat().st_size,
            rows=pq.read_metadata(file).num_rows,
        ),
        columns=_columns(file, names, sides),
    )


def _columns(
    file: Path, names: Mapping[str, str], sides: tuple[GeoParquet, GeoParquet]
) -> list[Column]:
    """Say of each column of the file where it comes from; those of the join are described."""
    folder = dataset.shared().catalog.folder
    schema, found = pq.read_schema(file), []
    for name in schema.names[:-1]:
        owner = next(
            (s.name for key, s in zip(names.values(), sides, strict=True)
             if name.startswith(f"{key}.")),
            None,
        )  # fmt: skip
        column = Column(name, source=owner) if owner else dictionary.describe(folder, KIND, name)
        found.append(replace(column, kind=_kind(schema.field(name).type)))
    return found


def _kind(found: pa.DataType) -> Kind:
    tests: dict[Kind, Any] = {
        "integer": pa.types.is_integer,
        "number": pa.types.is_floating,
        "boolean": pa.types.is_boolean,
        "date": pa.types.is_date,
        "datetime": pa.types.is_timestamp,
        "list": pa.types.is_list,
    }
    return next((kind for kind, test in tests.items() if test(found)), "text")
