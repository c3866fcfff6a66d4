"""What is said of a snapshot that cannot be used."""

from collections.abc import Sequence

from geo.snapshot import FILE
from layers.locale import Translator


def broken_files(files: Sequence[str], translator: Translator) -> str:
    """Return which files of a snapshot are at fault: `SnapshotError.files`.

    Where it names none the snapshot was not opened at all, and its `snapshot.toml` is the one.
    """
    return translator.t("snapshot.broken", files=translator.join(files or (FILE,)))
