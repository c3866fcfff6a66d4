"""The two states of files that are compared: on disk, or in a revision of git."""

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from geo.errors import GeoError

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
    """

    name: str
    before: bytes | None
    after: bytes | None


def pairs(old: str, new: Path) -> Iterator[State]:
    """Yield every file that differs between two states, in the order of the names.

    Parameters
    ----------
    old
        A file or folder; or a revision of git, of the file or folder `new`.
    new
        A file or folder.

    Raises
    ------
    RevisionError
        If one of them is not there, or the two cannot be compared.
    """
    if not new.exists():
        raise RevisionError(f"there is no `{new}`")
    before = _on_disk(Path(old)) if Path(old).exists() else _in_revision(old, new)
    after = _on_disk(new)
    if Path(old).is_file() and new.is_file():
        before = {new.name: next(iter(before.values()))}
    for name in sorted(before.keys() | after.keys()):
        if before.get(name) != after.get(name):
            yield State(name, before.get(name), after.get(name))


def _on_disk(path: Path) -> dict[str, bytes]:
    if path.is_file():
        return {path.name: path.read_bytes()}
    return {
        file.relative_to(path).as_posix(): file.read_bytes()
        for file in path.rglob("*")
        if file.is_file() and file.suffix in ENDINGS
    }


def _in_revision(revision: str, path: Path) -> dict[str, bytes]:
    folder = path if path.is_dir() else path.parent
    # Made a commit first: what begins with a hyphen could be read as an option.
    commit = _git(
        folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"
    ).decode().strip()  # fmt: skip
    wanted = "." if path.is_dir() else path.name
    names = _git(folder, "ls-tree", "-r", "-z", "--name-only", commit, "--", wanted).decode()
    return {
        name: _git(folder, "cat-file", "blob", f"{commit}:./{name}")
        for name in names.split("\0")
        if name and (path.is_file() or Path(name).suffix in ENDINGS)
    }


def _git(folder: Path, *arguments: str) -> bytes:
    program = shutil.which("git")
    if program is None:
        raise RevisionError("git is not installed, so no revision can be read")
    done = subprocess.run(  # noqa: S603 - our own arguments, no shell
        [program, "-C", str(folder), *arguments], capture_output=True, timeout=_SECONDS, check=False
    )
    if done.returncode:
        raise RevisionError(
            "neither a file, nor a folder, nor a revision of git in which the data stand"
        )
    return done.stdout
