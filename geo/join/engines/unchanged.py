"""A file that must stay as it is while it is read a piece at a time."""

from dataclasses import dataclass
from pathlib import Path
from typing import Self

from geo.join.refusals import refuse
from geo.provenance.origin import sha256_of


@dataclass(frozen=True)
class Fingerprint:
    """What a file was before its rows were read.

    Parameters
    ----------
    path, name
        Where it is, and what it is called.
    sha256
        Of its bytes, in hex.
    state
        Device, number, size and time of change, as the system keeps them.
    """

    path: Path
    name: str
    sha256: str
    state: tuple[int, ...]

    @classmethod
    def of(cls, path: Path, name: str) -> Self:
        """Take the fingerprint of a file."""
        state = _state(path)  # first: what changes while it is hashed must be seen as well
        return cls(path, name, sha256_of(path), state)

    def check(self) -> None:
        """Refuse a file that is not what it was.

        Raises
        ------
        JoinError
            If it was replaced, written to or removed.
        """
        if _state(self.path) != self.state:
            raise refuse("input_changed", file=self.name)


def _state(path: Path) -> tuple[int, ...]:
    try:
        found = path.stat()
    except FileNotFoundError:
        return ()
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns
