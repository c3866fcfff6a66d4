"""The folder in which a snapshot is made, beside its place: gone afterwards, come what may."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PREFIX = ".snapshot-"
MADE = "made"
_BEFORE = "before"


@contextmanager
def scratch_beside(folder: Path) -> Iterator[Path]:
    """Make a folder beside another one, and sweep up what a writing that was killed left there.

    The snapshot is made in the folder `MADE` inside it.
    """
    sweep(folder.parent)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=PREFIX) as name:
        lock = os.open(name, os.O_RDONLY)
        try:
            # Held as long as this process lives: so nobody else takes it for left behind.
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield Path(name)
        finally:
            os.close(lock)


def put(made: Path, folder: Path, scratch: Path) -> None:
    """Move a finished folder into place; what was there comes back if that is interrupted."""
    aside = scratch / _BEFORE / folder.name
    if folder.exists():
        aside.parent.mkdir()
        folder.rename(aside)
    try:
        made.rename(folder)
    except BaseException:
        if aside.exists():
            aside.rename(folder)
        raise


def sweep(parent: Path) -> None:
    """Delete the folders of writings that were killed; a snapshot that waited there comes back."""
    for scratch in parent.glob(f"{PREFIX}*"):
        if scratch.is_symlink() or not _is_own(scratch) or _is_in_use(scratch):
            continue
        for aside in scratch.glob(f"{_BEFORE}/*"):
            if not (parent / aside.name).exists():
                aside.rename(parent / aside.name)
        shutil.rmtree(scratch)


def _is_own(scratch: Path) -> bool:
    # Somebody else may call a folder by such a name.
    return scratch.is_dir() and {path.name for path in scratch.iterdir()} <= {MADE, _BEFORE}


def _is_in_use(scratch: Path) -> bool:
    lock = os.open(scratch, os.O_RDONLY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(lock)
    return False
