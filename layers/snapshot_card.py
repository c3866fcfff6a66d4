"""What the map page is told of the open snapshot: what there is to draw, where, and whose it is."""

import functools
import logging
from typing import Any

from geo import snapshot as snapshots
from geo.errors import SnapshotError
from layers.locale import LANGUAGES
from layers.snapshot_tiles import CLOSE_ZOOM, DRAWN, offered

_log = logging.getLogger(__name__)


@functools.cache
def _read() -> snapshots.Snapshot | SnapshotError:
    try:
        return snapshots.shared()
    except SnapshotError as error:
        _log.warning("%s", error)
        return error


def snapshot_card() -> dict[str, Any] | None:
    """Return the open snapshot for the script of the map, as JSON has it.

    `fault` alone where it cannot be opened: names of the files that are missing or changed. None
    if it has nothing to draw.
    """
    snapshot = _read()
    if isinstance(snapshot, SnapshotError):
        return {"fault": list(snapshot.files)}
    about = snapshot.about
    layers = [name for name in DRAWN if name in offered(snapshot)]
    if not layers:
        return None
    return {
        "url": "tiles/",
        "layers": layers,
        "bounds": snapshot.bounds,
        "closeZoom": CLOSE_ZOOM,
        "title": {lang: getattr(about, f"title_{lang}") for lang in LANGUAGES},
        "retrieved": about.retrieved,
        "example": about.is_example,
        "osm": about.licence.startswith("ODbL"),
        "attribution": {lang: getattr(about, f"attribution_{lang}") for lang in LANGUAGES},
    }
