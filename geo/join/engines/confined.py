"""Whether a file of unknown origin may be read here: it must pass where files of strangers do."""

from pathlib import Path

from geo.join.refusals import refuse
from geo.read import Limits, read


def demand_readable(path: Path, *, name: str, crs: str | None, limits: Limits) -> None:
    """Read a file once in the confined process, for no more than to see that this goes well.

    A file says of itself how large it is, and may say anything: what it unpacks to is known when
    it was unpacked under limits.

    Parameters
    ----------
    path, name, crs
        As in `geo.join.engines.geoparquet.describe`.
    limits
        Of size, rows, time and memory.

    Raises
    ------
    JoinError
        If the file is refused there.
    """
    rejected = read(path, name=name, limits=limits, crs=crs).report.rejected
    if rejected is not None:
        raise refuse("not_trusted", file=name, reason=rejected.reason)
