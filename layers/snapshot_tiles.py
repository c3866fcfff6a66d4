"""Layers of a snapshot as vector tiles: streets, buildings and ground, however many."""

import functools
import threading
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from geo.errors import SnapshotError
from geo.snapshot import Snapshot
from geo.tiles import Backdrop, Tile

_SOURCES = {
    "water": ("water",),
    "open_space": ("open_space",),
    "streets": ("walk_edges", "drive_edges"),
    "buildings": ("buildings",),
    "stops": ("stops",),
    "boundaries": ("boundaries",),
    "pois": ("pois",),
}
TILED = tuple(_SOURCES)
"""Layers that come as tiles; people by point are computed with, not shown."""

DRAWN = ("water", "open_space", "streets", "buildings", "stops")
"""Those of them that the map draws below the parks, from below."""

# A view asks for many tiles at once: the first of them makes what all need.
_making = threading.Lock()

_MAJOR = ("motorway", "trunk", "primary", "secondary", "tertiary")
_ON_FOOT = ("footway", "path", "steps", "track", "cycleway", "bridleway", "corridor")
# Of tiles: a map shows them at the next zoom.
_FIRST_ZOOMS = {"major": 0, "minor": 11, "foot": 13}
_STOPS_ZOOM = 12

CLOSE_ZOOM = 1 + max(_FIRST_ZOOMS.values())
"""From this zoom of the map on everything there is, is in the tiles."""


def offered(snapshot: Snapshot) -> tuple[str, ...]:
    """Return the layers of a snapshot that come as tiles."""
    return tuple(
        name for name, sources in _SOURCES.items() if any(one in snapshot for one in sources)
    )


def tile(snapshot: Snapshot, layer: str, wanted: Tile) -> bytes:
    """Return one tile of an offered layer, which is named after it; empty where nothing is.

    Streets have `kind` (major, minor, foot); the lesser ones begin at a nearer zoom.

    Raises
    ------
    SnapshotError
        As `Snapshot.layer`, and if a row has coordinates that are no degrees.
    """
    with _making:
        backdrop = _backdrop(snapshot, layer)
    return backdrop.tile(wanted)


@functools.lru_cache(maxsize=2 * len(TILED))
def _backdrop(snapshot: Snapshot, layer: str) -> Backdrop:
    frames = {name: snapshot.layer(name) for name in _SOURCES[layer] if name in snapshot}
    geometries = np.concatenate(
        [np.asarray(frame.geometry.array, dtype=object) for frame in frames.values()]
    )
    _demand_degrees(layer, geometries)
    if layer != "streets":
        zooms = np.full(len(geometries), _STOPS_ZOOM) if layer == "stops" else None
        return Backdrop(layer, geometries, first_zooms=zooms)
    # A street used both ways, or on foot and by car, is drawn once.
    turned = pd.Series(shapely.to_wkb(shapely.normalize(geometries)))
    geometries[turned.duplicated().to_numpy()] = None
    kinds = _street_kinds(frames)
    return Backdrop(
        layer,
        geometries,
        kinds=kinds,
        first_zooms=np.array([_FIRST_ZOOMS[str(kind)] for kind in kinds], dtype=np.int64),
    )


def _street_kinds(frames: Mapping[str, pd.DataFrame]) -> npt.NDArray[np.str_]:
    highway = pd.concat([frame["highway"] for frame in frames.values()]).astype(str)
    classes = highway.str.removesuffix("_link").to_numpy()
    found: npt.NDArray[np.str_] = np.select(
        [np.isin(classes, _MAJOR), np.isin(classes, _ON_FOOT)], ["major", "foot"], "minor"
    )
    return found


def _demand_degrees(layer: str, geometries: npt.NDArray[np.object_]) -> None:
    places, row = shapely.get_coordinates(geometries, return_index=True)
    # Written so that what is no number fails as well.
    strange = ~((np.abs(places) <= (180, 90)).all(axis=1))
    if strange.any():
        rows = ", ".join(map(str, np.unique(row[strange])[:3]))
        raise SnapshotError(f"layer `{layer}`: coordinates of row {rows} are no degrees")
