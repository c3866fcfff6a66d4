"""Which engine does a join: the one that is asked for, or the one that suits its size."""

from dataclasses import dataclass
from pathlib import Path

from geo.join.engines.geoparquet import describe, is_geoparquet
from geo.join.engines.stream import MOST_RIGHT_ROWS, unable
from geo.join.refusals import refuse
from geo.join.spec import JoinSpec

AUTO, MEMORY, STREAM, DASK = "auto", "memory", "stream", "dask"
ENGINES = (AUTO, MEMORY, STREAM, DASK)

STREAM_FROM = 200_000
"""Left rows: as many as are read row by row with all checks (see `upload_max_features`)."""


@dataclass(frozen=True)
class Choice:
    """An engine, and why it was taken.

    Parameters
    ----------
    engine
        memory, stream or dask.
    reason
        English, for the command line and the provenance.
    """

    engine: str
    reason: str


def choose(
    left: object,
    right: object,
    spec: JoinSpec,
    *,
    out: Path | None,
    engine: str = AUTO,
    scheduler: str | None = None,
) -> Choice:
    """Choose the engine; of files only the footers are read.

    Parameters
    ----------
    left, right
        Files, or anything else that `geo.join.join` takes.
    spec
        How they are to be joined.
    out
        The file that is to be written; None for a result in memory.
    engine
        One of `ENGINES`.
    scheduler
        Address of the scheduler of a cluster; with `auto` it asks for `dask`.

    Raises
    ------
    JoinError
        If there is no engine of that name, or it cannot do this join; names one that can.
    """
    if engine not in ENGINES:
        raise refuse("unknown_engine", found=engine, allowed=", ".join(ENGINES))
    if engine == AUTO and scheduler is not None:
        engine, reason = DASK, "a scheduler is named"
    else:
        reason = "as asked"
    if engine == DASK and scheduler is None:
        raise refuse("no_scheduler", found="", reason="--scheduler is not given")
    if engine == MEMORY:
        return Choice(MEMORY, reason)
    option = unable(spec)
    others = [
        x for x in (left, right, out) if not isinstance(x, str | Path) or not is_geoparquet(x)
    ]
    if engine != AUTO:
        if others:
            raise refuse("engine_needs_files", engine=engine, found=_named(others[0]))
        if option:
            raise refuse("engine_cannot", engine=engine, option=option)
        return Choice(engine, reason)
    if others:
        return Choice(MEMORY, "not all of it is GeoParquet")
    rows = describe(str(left), crs=spec.left_crs).rows
    right_rows = describe(str(right), crs=spec.right_crs).rows
    if rows < STREAM_FROM:
        return Choice(MEMORY, f"{rows} rows on the left are fewer than {STREAM_FROM}")
    if option:
        return Choice(MEMORY, f"only it can do {option}")
    if right_rows > MOST_RIGHT_ROWS:
        return Choice(MEMORY, f"{right_rows} rows on the right are more than {MOST_RIGHT_ROWS}")
    return Choice(STREAM, f"{rows} rows on the left are at least {STREAM_FROM}")


def _named(found: object) -> str:
    if found is None:
        return "no --out"
    return Path(found).name if isinstance(found, str | Path) else type(found).__name__
