"""A change of a data folder that is looked at as a whole before any of it is there."""

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from geo import catalog, column_tables, dictionary
from geo.dataset import load
from geo.errors import TracingError
from geo.export.staging import replace_text


def edit(folder: Path, change: Callable[[Path], None]) -> tuple[str, ...]:
    """Change a data folder, or leave it as it was.

    The change is made in a copy; the catalogue and the tables of the README are brought up to date
    there, and the copy is read as the Atlas would read it. Only then are the changed files moved
    into place one by one, the catalogue after the files it describes.

    Parameters
    ----------
    folder
        The data folder.
    change
        Changes the files of the copy it is given.

    Returns
    -------
    tuple
        Names of the files written, relative to the folder.

    Raises
    ------
    CatalogError, DatasetError
        If the changed folder breaks a rule of the dataset.
    TracingError
        If somebody else has changed a file meanwhile.
    WritingError
        If a file cannot be written.
    """
    names = _files(folder)
    before = {name: (folder / name).read_bytes() for name in names}
    with tempfile.TemporaryDirectory(prefix="atlas-data-") as scratch:
        copy = Path(scratch) / "data"
        for name in names:
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(folder / name, copy / name)
        change(copy)
        catalog.refresh(copy)
        column_tables.refresh(copy)
        load(copy)
        after = {name: (copy / name).read_bytes() for name in names}
    changed = tuple(name for name in names if after[name] != before[name])
    if any((folder / name).read_bytes() != before[name] for name in changed):
        raise TracingError("the data folder was changed by somebody else meanwhile; try again")
    for name in changed:
        replace_text(folder / name, after[name].decode("utf-8"))
    return changed


def _files(folder: Path) -> list[str]:
    """Return the files of the catalogue, what explains them, and last the catalogue itself."""
    entries = [entry.path for entry in catalog.read_catalog(folder)]
    further = (dictionary.FILE, column_tables.README)
    return [*entries, *(name for name in further if (folder / name).is_file()), catalog.FILE]
