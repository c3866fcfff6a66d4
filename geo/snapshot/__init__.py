"""Frozen snapshots of streets, stops, people and ground: a folder of GeoParquet files.

`docs/snapshots.md` describes the format; `write_snapshot` and `open_snapshot` are the only code
that writes and reads it.
"""

import functools
from pathlib import Path

from geo import settings
from geo.snapshot.folder import EXAMPLE, Snapshot, open_snapshot, write_snapshot
from geo.snapshot.layers import BORDERS, LAYERS, LayerSpec
from geo.snapshot.manifest import FILE, About, Entry
from geo.snapshot.target import read_manifest, target_faults, true_folder

__all__ = [
    "BORDERS",
    "EXAMPLE",
    "FILE",
    "LAYERS",
    "About",
    "Entry",
    "LayerSpec",
    "Snapshot",
    "open_snapshot",
    "read_manifest",
    "shared",
    "target_faults",
    "true_folder",
    "write_snapshot",
]


@functools.cache
def shared(folder: Path | None = None) -> Snapshot:
    """Return a snapshot opened once for a process.

    It is that of the folder, else that which the settings name, else the example.

    Raises
    ------
    SnapshotError
        As `open_snapshot`.
    """
    return open_snapshot(folder or settings.current().snapshot or EXAMPLE)
