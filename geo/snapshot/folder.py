"""A snapshot folder: read with every file checked against its hash, written all or nothing."""

import hashlib
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import geopandas as gpd
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from geo.crs import METRES, ZONE, to_degrees
from geo.errors import SnapshotError
from geo.snapshot.layers import LAYERS
from geo.snapshot.manifest import FILE, About, Entry, render_manifest
from geo.snapshot.scratch import MADE, put, scratch_beside
from geo.snapshot.target import read_manifest, target_faults, true_folder

_SAME_DEGREES = 1e-9
"""Bounds that differ by less are the same: a tenth of a millimetre."""

EXAMPLE = Path(__file__).resolve().parents[2] / "data" / "example"
"""The invented town that comes with the Atlas: to try everything, true of nowhere."""


@dataclass(frozen=True, eq=False)
class Snapshot:
    """A frozen state of streets, stops, people and ground; layers are read when asked for.

    Frames are shared by all callers, who must not change them.
    """

    folder: Path
    about: About
    entries: Mapping[str, Entry]
    _frames: dict[str, gpd.GeoDataFrame] = field(default_factory=dict, repr=False)

    def __contains__(self, layer: str) -> bool:
        return layer in self.entries

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east, north of everything, in degrees."""
        west, south, east, north = zip(
            *(entry.bounds for entry in self.entries.values()), strict=True
        )
        return min(west), min(south), max(east), max(north)

    def layer(self, layer: str) -> gpd.GeoDataFrame:
        """Return a layer in EPSG:4326.

        Raises
        ------
        SnapshotError
            If there is no such layer, its file was changed, or it breaks the rules of the layer.
        """
        if layer not in self.entries:
            known = ", ".join(self.entries)
            raise SnapshotError(
                f"snapshot `{self.about.id}` has no layer `{layer}`; it has {known}"
            )
        if layer not in self._frames:
            self._frames[layer] = _frame(self.folder, self.entries[layer])
        return self._frames[layer]


def open_snapshot(folder: Path) -> Snapshot:
    """Open a snapshot folder after checking that every file is there and unchanged.

    Raises
    ------
    SnapshotError
        If `snapshot.toml` cannot be used, or files are missing, changed or outside the folder;
        names every one.
    """
    manifest = read_manifest(folder)
    faults = {}
    for entry in manifest.entries.values():
        try:
            _require_bounds(entry, _content(folder, entry))
        except SnapshotError as error:
            faults[entry.path] = str(error)
    if faults:
        raise SnapshotError(
            f"snapshot `{manifest.about.id}`: {'; '.join(faults.values())}", files=[*faults]
        )
    return Snapshot(folder, manifest.about, manifest.entries)


def write_snapshot(folder: Path, about: About, layers: Mapping[str, gpd.GeoDataFrame]) -> Snapshot:
    """Write layers and `snapshot.toml` into a new folder, or in place of a snapshot there.

    Everything is written beside the folder, read back, and moved into place only when it is whole.
    A link to a folder stays a link.

    Raises
    ------
    SnapshotError
        If a layer is not known or breaks its rules, or the folder holds anything that is not
        listed in its `snapshot.toml`.
    """
    unknown = [name for name in layers if name not in LAYERS]
    faults = [f"layer `{name}` is not known" for name in unknown]
    for name, frame in layers.items():
        if name not in unknown:
            faults += [f"layer `{name}`: {fault}" for fault in LAYERS[name].faults(frame)]
        if not len(frame):
            faults.append(f"layer `{name}` has no rows; leave it out")
    target = true_folder(folder)
    faults += target_faults(target)
    if faults:
        raise SnapshotError("; ".join(faults))
    target.parent.mkdir(parents=True, exist_ok=True)
    with scratch_beside(target) as scratch:
        made = scratch / MADE
        made.mkdir()
        entries = [_write_layer(made, name, frame) for name, frame in layers.items()]
        (made / FILE).write_text(render_manifest(about, entries), encoding="utf-8")
        checked = open_snapshot(made)
        for name in layers:
            checked.layer(name)
        put(made, target, scratch)
    return open_snapshot(folder)


def _write_layer(folder: Path, name: str, frame: gpd.GeoDataFrame) -> Entry:
    path = folder / f"{name}.parquet"
    to_degrees(frame).to_parquet(path, index=False, compression="zstd")
    west, south, east, north = (float(value) for value in frame.total_bounds)
    return Entry(
        id=name,
        path=path.name,
        rows=len(frame),
        columns=tuple(frame.columns),
        bounds=(west, south, east, north),
        sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
    )


def _content(folder: Path, entry: Entry) -> bytes:
    path = folder / entry.path
    if not path.resolve().is_relative_to(folder.resolve()):
        raise SnapshotError(f"{entry.path} lies outside the folder")
    try:
        content = path.read_bytes()
    except OSError as error:
        raise SnapshotError(f"{entry.path} is missing") from error
    if hashlib.sha256(content).hexdigest() != entry.sha256:
        raise SnapshotError(
            f"{entry.path} is not the file that was frozen (its sha256 differs); make the "
            "snapshot anew"
        )
    return content


def _require_bounds(entry: Entry, content: bytes) -> None:
    """Refuse bounds that are not those which the file itself states, and what is far off.

    Only the end of a file is read for that; `_frame` compares with the coordinates.
    """
    try:
        stated = (pq.read_schema(io.BytesIO(content)).metadata or {}).get(b"geo", b"{}")
        columns = json.loads(stated).get("columns", {})
    except (ValueError, pa.ArrowException) as error:
        raise SnapshotError(f"{entry.path} is no GeoParquet") from error
    for bounds in (column["bbox"] for column in columns.values() if "bbox" in column):
        if not np.allclose(bounds, entry.bounds, rtol=0, atol=_SAME_DEGREES):
            raise SnapshotError(f"{entry.path}: `bounds` in {FILE} are not those of the file")
    west, south, east, north = entry.bounds
    if not (ZONE[0] <= west and ZONE[1] <= south and east <= ZONE[2] and north <= ZONE[3]):
        raise SnapshotError(
            f"{entry.path} reaches from {west:.1f}° to {east:.1f}° E, {south:.1f}° to "
            f"{north:.1f}° N: everything is measured in {METRES}, which is for {ZONE[0]:g}° to "
            f"{ZONE[2]:g}° E (at Moscow its lengths are 10.6 % too long)"
        )


def _frame(folder: Path, entry: Entry) -> gpd.GeoDataFrame:
    content = _content(folder, entry)
    try:
        frame = gpd.read_parquet(io.BytesIO(content))
    except (ValueError, pa.ArrowException) as error:
        raise SnapshotError(f"{entry.path} is no GeoParquet") from error
    faults = LAYERS[entry.id].faults(frame)
    if len(frame) != entry.rows:
        faults.append(f"{len(frame)} rows instead of {entry.rows}")
    if not np.allclose(frame.total_bounds, entry.bounds, rtol=0, atol=_SAME_DEGREES):
        faults.append(f"`bounds` in {FILE} are not those of the file")
    if faults:
        raise SnapshotError(f"{entry.path}: {'; '.join(faults)}")
    return frame
