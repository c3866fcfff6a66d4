"""Files that appear whole or not at all, each with its provenance."""

import errno
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from geo.errors import WritingError
from geo.provenance import SUFFIX
from geo.provenance.schema import LONGEST_NAME, plain_name

_PREFIX, _LOCK = ".atlas-export-", "lock"
_PROBE = 1 << 20
"""Bytes: more than what is left of a disk when a block no longer fits."""

_REASONS = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the quota of the disk is used up",
    errno.EFBIG: "the file would be larger than may be written here",
    errno.EACCES: "writing is not permitted there",
    errno.EROFS: "the disk can only be read",
    errno.ENOENT: "there is no such folder",
    errno.ENOTDIR: "there is no such folder",
    errno.ENAMETOOLONG: "the name is too long",
}


class Staging:
    """A place beside a file in which its successor is made, and the move into its place.

    Use it as a context manager: write to `file`, then call `commit`. Whatever happens before
    `commit` leaves the old file as it was. What a killed process leaves behind is removed by the
    next one that writes to the folder.

    Parameters
    ----------
    target
        The file that is to appear. A file of that name is replaced, and so is a symbolic link: what
        it leads to stays as it is.
    """

    def __init__(self, target: Path) -> None:
        self.target = target
        self._folder: Path | None = None
        self._lock = -1

    @property
    def file(self) -> Path:
        """Where to write; the name is that of the target, the folder is hidden beside it."""
        if self._folder is None:
            raise WritingError(f"{self.target.name}: nothing is being written")
        return self._folder / self.target.name

    def __enter__(self) -> Self:
        with told(self.target):
            _demand_nameable(self.target.name)
            _demand_file(self.target)
            _sweep(self.target.parent)
            self._folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=self.target.parent))
            # Held as long as this process lives: who finds it free may remove the folder.
            self._lock = os.open(self._folder / _LOCK, os.O_CREAT | os.O_RDWR, 0o600)
            fcntl.flock(self._lock, fcntl.LOCK_EX)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            os.close(self._lock)
            self._folder = None
        if isinstance(error, OSError) and not isinstance(error, WritingError):
            raise WritingError(_reason(self.target, error)) from error

    def commit(self, sidecar: bytes) -> None:
        """Move the file and its provenance into place.

        The provenance goes first: should the process die between the two, it names a sha256 that
        the old file has not, so nothing false is ever vouched for.

        Raises
        ------
        WritingError
            If anything cannot be written; the old file is then as it was.
        """
        with told(self.target):
            beside = self.file.with_name(self.file.name + SUFFIX)
            beside.write_bytes(sidecar)
            mode = _usual_mode()
            for path in (self.file, beside):
                path.chmod(mode)
                _sync(path)
            self._move(beside)
            _sync(self.target.parent)

    def _move(self, beside: Path) -> None:
        """Move both; should the second not go, put back what stood in the place of the first."""
        place = self.target.with_name(self.target.name + SUFFIX)
        old = self.file.with_name(f"{self.file.name}.before")
        if had := place.is_file():
            shutil.copy2(place, old)
        beside.replace(place)
        try:
            self.file.replace(self.target)
        except OSError:
            if had:
                old.replace(place)
            else:
                place.unlink()
            raise


def replace_text(target: Path, text: str) -> None:
    """Write a file that appears whole or not at all, without provenance.

    Permissions are those of the file that was there before.

    Raises
    ------
    WritingError
        If it cannot be written; what was there is then as it was.
    """
    with told(target):
        _demand_file(target)
        mode = target.stat().st_mode if target.exists() else _usual_mode()
        with tempfile.NamedTemporaryFile(
            "w", dir=target.parent, prefix=f".{target.name}-", suffix=".part", delete=False,
            encoding="utf-8", newline="",
        ) as file:  # fmt: skip
            part = Path(file.name)
            try:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
                part.chmod(mode)
                part.replace(target)
            finally:
                part.unlink(missing_ok=True)


def ask_system(file: Path) -> None:
    """Write on at the end of a file where a library has failed without saying why.

    Raises
    ------
    OSError
        If the system does not take it either: it says why.
    """
    with suppress(FileNotFoundError), file.open("r+b") as handle:
        handle.seek(0, os.SEEK_END)
        handle.write(bytes(_PROBE))


def _demand_nameable(name: str) -> None:
    """Refuse a name that the provenance could not hold, so that nobody could replay the file."""
    if len(name) > LONGEST_NAME:
        return  # the system says it
    try:
        plain_name(name)
    except ValueError as error:
        raise WritingError(
            f"`{name}`: its provenance cannot hold this name; choose one without backslashes, "
            "colons, control characters and bytes that are not UTF-8"
        ) from error


def _demand_file(target: Path) -> None:
    if target.is_dir():
        raise WritingError(f"{target.name}: is a folder")
    if target.exists() and not target.is_file():
        raise WritingError(
            f"{target.name}: is a device or a pipe, which a file would replace; name a file"
        )


@contextmanager
def told(target: Path) -> Iterator[None]:
    """Turn an error of the system into one that names the file without its folder."""
    try:
        yield
    except WritingError:
        raise
    except OSError as error:
        raise WritingError(_reason(target, error)) from error


def _reason(target: Path, error: OSError) -> str:
    why = _REASONS.get(error.errno or 0, "it could not be written")
    return f"{target.name}: {why}; what was there before is untouched"


def _usual_mode() -> int:
    """Return the permissions that a file made here would have; temporary ones have fewer."""
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sweep(folder: Path) -> None:
    """Remove what processes that are no more have left in a folder."""
    for left in folder.glob(f"{_PREFIX}*"):
        lock = left / _LOCK
        if not lock.is_file():
            continue
        handle = os.open(lock, os.O_RDWR)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            continue
        else:
            shutil.rmtree(left, ignore_errors=True)
        finally:
            os.close(handle)
