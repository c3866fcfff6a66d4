"""The two states of files that are compared: on disk, or in a revision of git."""

import filecmp
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from geo.errors import GeoError
from geo.read import Limits

ENDINGS = frozenset({".geojson", ".csv", ".gpkg", ".parquet", ".fgb"})
_SECONDS = 60


class RevisionError(GeoError, ValueError):
    """What is to be compared is neither a file, nor a folder, nor a revision of git."""


@dataclass(frozen=True)
class State:
    """A file of which there are two states.

    Parameters
    ----------
    name
        Relative to the folder, or the file's own name.
    before, after
        The bytes; None where there is no such file.
    old_name
        What the file was called before, by which its bytes are read; None: the same.
    """

    name: str
    before: bytes | None
    after: bytes | None
    old_name: str | None = None


def pairs(old: str, new: Path, *, max_mb: float = Limits().max_mb) -> Iterator[State]:
    """Yield every file that differs between two states, in the order of the names.

    Parameters
    ----------
    old
        A file or folder; or a revision of git, of the file or folder `new`.
    new
        A file or folder.
    max_mb
        Largest file that is read; 1 MB is 1,000,000 bytes.

    Raises
    ------
    RevisionError
        If one of them is not there, is neither file nor folder, or differs and is too large.
    """
    path = Path(old)
    if not _exists(new):
        raise RevisionError(f"there is no `{new}`")
    before: Mapping[str, Path | bytes]
    before = _on_disk(path) if _exists(path) else _in_revision(old, new, max_mb)
    after = _on_disk(new)
    old_name = None
    if path.is_file() and new.is_file():
        before = {new.name: path}
        old_name = path.name if path.name != new.name else None
    for name in sorted(before.keys() | after.keys()):
        left, right = before.get(name), after.get(name)
        if isinstance(left, Path) and isinstance(right, Path) and _same(left, right):
            continue
        state = State(name, _content(left, max_mb), _content(right, max_mb), old_name)
        if state.before != state.after:
            yield state


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # a name that no file can have
        return False


def _on_disk(path: Path) -> dict[str, Path]:
    if path.is_file():
        return {path.name: path}
    if not path.is_dir():
        raise RevisionError(
            f"`{path.name}`: is neither a file nor a folder but a device or a pipe; save what it "
            "gives as a file, and name that"
        )
    return {
        file.relative_to(path).as_posix(): file
        for file in path.rglob("*")
        if file.is_file() and file.suffix in ENDINGS
    }


def _same(left: Path, right: Path) -> bool:
    """Whether two files hold the same bytes; they may be larger than what is read."""
    with _readable(right.name):
        return filecmp.cmp(left, right, shallow=False)


def _content(given: Path | bytes | None, max_mb: float) -> bytes | None:
    if not isinstance(given, Path):
        return given
    with _readable(given.name):
        _demand_small(given.name, given.stat().st_size, max_mb)
        return given.read_bytes()


def _demand_small(name: str, size: int, max_mb: float) -> None:
    if size > max_mb * 1e6:
        raise RevisionError(
            f"{name}: has {size / 1e6:,.1f} MB, at most {max_mb:g} MB are compared; split the "
            "file, or raise the limit ATLAS_UPLOAD_MAX_MB"
        )


@contextmanager
def _readable(name: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise RevisionError(f"{name}: cannot be read; look at its permissions") from error


def _in_revision(revision: str, path: Path, max_mb: float) -> dict[str, bytes]:
    folder = path if path.is_dir() else path.parent
    wanted = "." if path.is_dir() else path.name
    try:
        # Made a commit first: what begins with a hyphen could be read as an option.
        commit = _git(
            folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"
        ).decode().strip()  # fmt: skip
        listed = _git(folder, "ls-tree", "-r", "-l", "-z", commit, "--", wanted).decode()
    except _GitError as error:
        raise RevisionError(
            f"`{revision}` is neither a file, nor a folder, nor a revision of git in which the "
            "data stand"
        ) from error
    found: dict[str, bytes] = {}
    for line in filter(None, listed.split("\0")):
        about, name = line.split("\t", 1)
        _, kind, blob, size = about.split()
        if kind == "blob" and (path.is_file() or Path(name).suffix in ENDINGS):
            _demand_small(name, int(size), max_mb)
            found[name] = _git(folder, "cat-file", "blob", blob)
    return found


class _GitError(RevisionError):
    """The repository lacks something, or there is none."""


def _git(folder: Path, *arguments: str) -> bytes:
    program = shutil.which("git")
    if program is None:
        raise RevisionError("git is not installed, so no revision can be read")
    done = subprocess.run(  # noqa: S603 - our own arguments, no shell
        [program, "-C", str(folder), *arguments], capture_output=True, timeout=_SECONDS, check=False
    )
    if done.returncode:
        raise _GitError("the repository does not give what was asked of it; look at it with git")
    return done.stdout
