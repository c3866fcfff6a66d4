"""Whether a fetch may write where it is told to: asked before anybody is asked for data."""

import os
from collections.abc import Sequence
from pathlib import Path

from geo.errors import SnapshotError
from geo.fetch.refusals import refuse
from geo.snapshot import FILE, read_manifest, target_faults, true_folder


def check_folder(folder: Path, layers: Sequence[str]) -> None:
    """Refuse a folder that holds something else, or a snapshot with layers that would be lost.

    What a snapshot is stands in its `snapshot.toml` alone, so that one with a damaged file is
    protected as well.

    Raises
    ------
    FetchError
        Names what stands in the way.
    """
    try:
        target = true_folder(folder)
    except SnapshotError as error:
        raise refuse("target", what=str(error)) from error
    _check_writable(target)
    if faults := target_faults(target):
        raise refuse("target", what="; ".join(faults))
    if not (target / FILE).is_file():
        return
    before = read_manifest(target)
    if before.about.kind != "openstreetmap":
        raise refuse("folder", name=target.name, what=f"is a snapshot of kind {before.about.kind}")
    lost = sorted(set(before.entries) - set(layers))
    if lost:
        what = f"its layers {', '.join(lost)} would be lost"
        raise refuse("folder", name=target.name, what=what)


def answers_beside(folder: Path) -> Path:
    """Return the folder of answers that belongs to a snapshot folder."""
    whole = Path(os.path.abspath(folder))  # noqa: PTH100 - resolve() would follow a link
    return whole.parent / f"{whole.name}.answers"


def check_cache(cache: Path, folder: Path) -> None:
    """Refuse a folder of answers that is none, or lies where the snapshot goes.

    Raises
    ------
    FetchError
        Names what stands in the way.
    """
    target = cache.resolve()
    if target.exists() and not target.is_dir():
        raise refuse("cache", name=cache.name, what="is a file")
    if target.is_relative_to(folder.resolve()):
        raise refuse("cache", name=cache.name, what="lies in the folder of --out")
    _check_writable(target)


def _check_writable(folder: Path) -> None:
    """Refuse a folder that cannot be made, or not be written beside."""
    there = next(path for path in folder.parents if os.path.lexists(path))
    if not there.is_dir():
        raise refuse("folder", name=folder.name, what=f"{there.name} is no folder")
    if not os.access(there, os.W_OK | os.X_OK):
        raise refuse("folder", name=folder.name, what="it cannot be written there")
