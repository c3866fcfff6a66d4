"""The door: hands a file to a child process with limits and takes back a frame and a report.

Nothing of the file is looked into here but its size. The child answers with Arrow, WKB and JSON,
never with anything that could run.
"""

import json
import math
import os
import selectors
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from geo.read.limits import Limits
from geo.read.refusal import RefusedError
from geo.read.report import Report, refused

if TYPE_CHECKING:  # heavy, and of no use to the child process, which imports this package too
    import geopandas as gpd
    import numpy as np
    import numpy.typing as npt

    from geo.dataset import Dataset

_ROOT = Path(__file__).resolve().parents[2]
_DRIVERS = frozenset({"FlatGeobuf", "ESRI Shapefile"})
"""Of GDAL, the only ones that the child can open a file with."""

_NOTHING_LISTENS = "127.0.0.1:9"
_POLL_SECONDS = 0.05
_BLOCK = 65_536
_LAST_WORDS = 4_000
"""Bytes of the child's error output that are looked through for the cause of its death."""


@dataclass(frozen=True, eq=False)
class Reading:
    """What reading a file gave.

    Parameters
    ----------
    frame
        GeoDataFrame in EPSG:4326, index counting from 0, with all columns of the file; None for a
        refused file. The geometry of a row without a place is None. For an attribute table
        (`table=True`) every geometry is None.
    rows
        For each row of the frame the number of its row in the file, counted from 1.
    report
        What was found and what became of each row.
    """

    frame: "gpd.GeoDataFrame | None"
    rows: "npt.NDArray[np.int64] | None"
    report: Report


class Reader:
    """Reads files one after another in one child process, which starts with the first.

    A file that ends the child (limits, a crash) costs a new one for the next file. Use it as a
    context manager, from one thread at a time; files of different people need different readers.

    Parameters
    ----------
    limits
        Of each file.
    """

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._folder = Path(tempfile.mkdtemp(prefix="atlas-read-"))
        self._child: subprocess.Popen[bytes] | None = None
        self._count = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def warm(self) -> None:
        """Start the child process ahead of the first file, and do not wait for it."""
        if self._child is None:
            self._child = _start(self._folder, self.limits)

    def close(self) -> None:
        """End the child process and remove everything that it wrote."""
        self._kill()
        shutil.rmtree(self._folder, ignore_errors=True)

    def read(
        self,
        source: Path | bytes,
        *,
        name: str,
        crs: str | None = None,
        encoding: str | None = None,
        layer: str | None = None,
        swap: bool = False,
        table: bool = False,
        references: Mapping[str, Collection[str]] | None = None,
        progress: Callable[[float], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> Reading:
        """Read a file; see `geo.read.read`."""
        deadline = time.monotonic() + self.limits.seconds
        job = self._folder / str(self._count)
        self._count += 1
        job.mkdir(mode=0o700)
        request = {
            "job": job.name,
            "name": name,
            "crs": crs,
            "encoding": encoding,
            "layer": layer,
            "swap": swap,
            "table": table,
            "references": {c: sorted(ids) for c, ids in (references or {}).items()},
            "limits": asdict(self.limits),
        }
        try:
            self._bring(source, job / "input")
            self._ask(request, deadline, progress, cancelled)
            return self._answer(job, name)
        except RefusedError as refusal:
            return Reading(None, None, refused(name, refusal.code, **refusal.values))
        finally:
            shutil.rmtree(job, ignore_errors=True)

    def _answer(self, job: Path, name: str) -> Reading:
        """Read what the child has left; it may be out of its mind, so nothing is taken on trust."""
        from geo.read.frames import read_frame

        try:
            report = Report.from_json(json.loads((job / "report.json").read_bytes())).renamed(name)
            if report.rejected:
                return Reading(None, None, report)
            frame, rows = read_frame(job / "rows.arrow")
        except (ValueError, KeyError, TypeError, OSError) as error:
            self._kill()
            raise RefusedError("crashed") from error
        if len(frame) != report.kept:
            raise RefusedError("crashed")
        return Reading(frame, rows, report)

    def _bring(self, source: Path | bytes, target: Path) -> None:
        """Put a copy of the file where the child can see it, unless it is too big."""
        self._demand_size(source)
        # Before the copy is there: should this process be killed, the child takes the copy away.
        self.warm()
        try:
            if isinstance(source, bytes):
                target.write_bytes(source)
            else:
                shutil.copyfile(source, target)
        except OSError as error:
            raise RefusedError("not_readable") from error

    def _demand_size(self, source: Path | bytes) -> None:
        try:
            if isinstance(source, bytes):
                size = len(source)
            elif source.is_file():
                size = source.stat().st_size
            else:
                raise RefusedError("not_a_file", entry=_entry(source))
            if not size:
                raise RefusedError("empty_file")
            if size > self.limits.max_mb * 1e6:
                found = math.ceil(size / 1e5) / 10
                raise RefusedError("too_big", found_mb=found, limit_mb=self.limits.max_mb)
        except (OSError, ValueError) as error:  # a name with NUL is a ValueError
            raise RefusedError("not_readable") from error

    def _ask(
        self,
        request: Mapping[str, Any],
        deadline: float,
        progress: Callable[[float], None] | None,
        cancelled: Callable[[], bool] | None,
    ) -> None:
        """Send the request and wait for its end, the deadline, or the wish to stop."""
        self.warm()
        child = self._child
        if child is None or child.stdin is None or child.stdout is None:
            raise RefusedError("crashed")
        with suppress(BrokenPipeError):  # a child that is gone is found below
            child.stdin.write(json.dumps(request).encode() + b"\n")
            child.stdin.flush()
        heard = b""
        with selectors.DefaultSelector() as selector:
            selector.register(child.stdout, selectors.EVENT_READ)
            while True:
                if cancelled is not None and cancelled():
                    self._kill()
                    raise RefusedError("cancelled")
                if time.monotonic() >= deadline:
                    self._kill()
                    raise RefusedError("out_of_time", seconds=self.limits.seconds)
                if not selector.select(_POLL_SECONDS):
                    continue
                # Not readline: a second line in its buffer would not wake the selector.
                block = os.read(child.stdout.fileno(), _BLOCK)
                if not block:
                    raise self._death()
                *lines, heard = (heard + block).split(b"\n")
                for answer in map(json.loads, lines):
                    if answer["done"]:
                        return
                    if progress is not None:
                        progress(float(answer["share"]))

    def _death(self) -> RefusedError:
        """Say why the child is gone, and be ready for another."""
        child = self._child
        status = child.wait() if child is not None else 0
        with (self._folder / "stderr").open("rb") as file:
            file.seek(0, os.SEEK_END)
            file.seek(max(0, file.tell() - _LAST_WORDS))
            words = file.read()
        self._kill()
        if -status in (signal.SIGXCPU, signal.SIGALRM):
            return RefusedError("out_of_time", seconds=self.limits.seconds)
        if -status == signal.SIGKILL or b"alloc" in words or b"MemoryError" in words:
            return RefusedError("out_of_memory", limit_mb=self.limits.memory_mb)
        return RefusedError("crashed")

    def _kill(self) -> None:
        """End the child and what it started."""
        child, self._child = self._child, None
        if child is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                with suppress(BrokenPipeError):
                    pipe.close()


def read(
    source: Path | bytes,
    *,
    name: str,
    limits: Limits,
    crs: str | None = None,
    encoding: str | None = None,
    layer: str | None = None,
    swap: bool = False,
    table: bool = False,
    references: Mapping[str, Collection[str]] | None = None,
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Reading:
    """Read a layer in a child process of its own and account for every row.

    Parameters
    ----------
    source
        The file or its bytes.
    name
        What the file is called: its ending says the format (and the content must agree), and the
        report repeats it as given.
    limits
        Sizes and times beyond which the file is refused.
    crs
        Coordinate system as `EPSG:n`, instead of what the file says.
    encoding
        Of text that is not UTF-8, such as cp1251.
    layer
        Which layer of a GeoPackage or sheet of a workbook, if there are several.
    swap
        Exchange longitude and latitude of the rows that do not lie in the agglomeration as they
        stand.
    table
        The file is a table of attributes: no coordinates are looked for.
    references
        Column name -> ids that may stand in it, see `known_ids`; others are warned of.
    progress
        Called with the share done, 0 to 1, from the calling thread.
    cancelled
        Asked about twenty times a second; True ends the reading.

    Returns
    -------
    Reading
        Whatever the file is: a file that cannot be read is a refusal in the report, not an error.
    """
    with Reader(limits) as reader:
        return reader.read(
            source,
            name=name,
            crs=crs,
            encoding=encoding,
            layer=layer,
            swap=swap,
            table=table,
            references=references,
            progress=progress,
            cancelled=cancelled,
        )


def known_ids(dataset: "Dataset") -> dict[str, frozenset[str]]:
    """Return the ids that references in a layer may name, by column, as `read` takes them."""
    return {
        "direction_id": frozenset(dataset.directions.index),
        "cluster_id": frozenset(dataset.clusters.index),
        "site_id": frozenset(dataset.sites.index),
        "park_id": frozenset(dataset.parks.index),
    }


def _start(folder: Path, limits: Limits) -> "subprocess.Popen[bytes]":
    with (folder / "stderr").open("wb") as errors:
        return subprocess.Popen(  # noqa: S603 - our own program, no shell
            [sys.executable, "-P", "-B", "-m", "geo.read.child", str(limits.memory_mb)],
            cwd=folder,
            env=_environment(folder),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            start_new_session=True,
        )


def _entry(path: Path) -> str:
    """Return which of `geo.read.codes.ENTRIES` stands where a file is expected."""
    if path.is_dir():
        return "folder"
    if path.is_fifo():
        return "pipe"
    if path.exists():
        return "device"
    return "link to nowhere" if path.is_symlink() else "nothing"


def _environment(folder: Path) -> dict[str, str]:
    """Return the whole environment of the child: what GDAL must know before it loads."""
    from pyogrio import list_drivers

    return {
        "PYTHONPATH": str(_ROOT),
        "PYTHONUTF8": "1",
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "OGR_SKIP": ",".join(sorted(list_drivers().keys() - _DRIVERS)),
        "GDAL_HTTP_PROXY": _NOTHING_LISTENS,
        "GDAL_HTTPS_PROXY": _NOTHING_LISTENS,
        "CPL_CURL_ENABLE_VSIMEM": "NO",
        "OGR_SQLITE_LOAD_EXTENSIONS": "NO",
        "PROJ_NETWORK": "OFF",
        # One thread each: less address space, and nothing runs while a repair is forked off.
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "GDAL_NUM_THREADS": "1",
        "GDAL_CACHEMAX": "64",
        "MALLOC_ARENA_MAX": "2",
        "ARROW_DEFAULT_MEMORY_POOL": "system",
    }
