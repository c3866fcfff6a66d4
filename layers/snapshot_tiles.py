"""Layers of a snapshot as vector tiles: streets, buildings and ground, however many."""

import functools

import numpy as np
import pandas as pd
import shapely

from geo.snapshot import Snapshot
from geo.tiles import Pyramid

TILED = (
    *("buildings", "walk_edges", "drive_edges", "water", "open_space", "boundaries"),
    *("stops", "pois"),
)
"""Layers that are drawn; people by point are computed with, not shown."""


@functools.lru_cache(maxsize=2 * len(TILED))
def pyramid(snapshot: Snapshot, layer: str) -> Pyramid:
    """Return the tiles of a layer; a feature's id is the number of its row.

    A street used both ways has two rows in a snapshot: it is drawn once, as the first of them.

    Raises
    ------
    SnapshotError
        As `Snapshot.layer`.
    """
    geometries = np.array(snapshot.layer(layer).geometry.array, dtype=object)
    if layer.endswith("_edges"):
        turned = shapely.to_wkb(shapely.normalize(geometries))
        geometries[pd.Series(turned).duplicated().to_numpy()] = None
    return Pyramid(geometries)
