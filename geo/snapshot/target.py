"""Where a snapshot may be written: nothing that is not its own is moved or deleted."""

from pathlib import Path

from geo.errors import SnapshotError
from geo.snapshot.manifest import FILE, Manifest, parse_manifest


def read_manifest(folder: Path) -> Manifest:
    """Read `snapshot.toml` alone; the files it names need not be there or whole.

    Raises
    ------
    SnapshotError
        If there is none, or it cannot be used.
    """
    try:
        return parse_manifest((folder / FILE).read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError) as error:
        raise SnapshotError(
            f"{folder.name}: no {FILE} in the folder, so it is no snapshot"
        ) from error
    except UnicodeDecodeError as error:
        raise SnapshotError(f"{FILE}: not UTF-8") from error


def true_folder(folder: Path) -> Path:
    """Return the folder itself: a link is followed, so that it stays a link.

    Raises
    ------
    SnapshotError
        If the link leads nowhere, or the folder is the one that is worked in or lies around it.
    """
    try:
        found = folder.resolve()
    except (OSError, RuntimeError) as error:  # a link to itself
        raise SnapshotError(f"{folder.name} is a link that leads nowhere") from error
    if folder.is_symlink() and not found.exists():
        raise SnapshotError(f"{folder.name} is a link that leads nowhere")
    if Path.cwd().is_relative_to(found):
        raise SnapshotError(f"{found.name or folder} is the folder that is worked in, or around it")
    return found


def strangers(folder: Path) -> list[str]:
    """Return what lies in a folder and is no file of the snapshot there, by its names.

    In a folder without `snapshot.toml` that is everything.

    Raises
    ------
    SnapshotError
        If `snapshot.toml` cannot be used: then nobody knows what belongs to it.
    """
    own = set()
    if (folder / FILE).is_file():
        own = {FILE, *(entry.path for entry in read_manifest(folder).entries.values())}
    return sorted(
        name
        for name in (path.relative_to(folder).as_posix() for path in folder.iterdir())
        if name not in own or (folder / name).is_dir()
    )


def target_faults(folder: Path) -> list[str]:
    """Return what stands in the way of writing a snapshot in place of a folder."""
    if not folder.exists():
        return []
    if not folder.is_dir():
        return [f"{folder.name} is a file"]
    try:
        others = strangers(folder)
    except SnapshotError as error:
        return [f"{folder.name} cannot be told from a folder of other files: {error}"]
    if not others:
        return []
    listed = ", ".join(others[:5]) + (", …" if len(others) > 5 else "")
    return [f"{folder.name} is a folder with other files in it: {listed}"]
