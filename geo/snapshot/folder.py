"""A snapshot folder: read with every file checked against its hash, written all or nothing."""

import hashlib
import io
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import geopandas as gpd
import pyarrow as pa

from geo.crs import to_degrees
from geo.errors import SnapshotError
from geo.snapshot.layers import LAYERS
from geo.snapshot.manifest import FILE, About, Entry, parse_manifest, render_manifest

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
    try:
        text = (folder / FILE).read_text(encoding="utf-8")
    except (FileNotFoundError, NotADirectoryError) as error:
        raise SnapshotError(
            f"{folder.name}: no {FILE} in the folder, so it is no snapshot"
        ) from error
    except UnicodeDecodeError as error:
        raise SnapshotError(f"{FILE}: not UTF-8") from error
    manifest = parse_manifest(text)
    faults = {}
    for entry in manifest.entries.values():
        try:
            _content(folder, entry)
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

    Raises
    ------
    SnapshotError
        If a layer is not known or breaks its rules, or the folder exists and is no snapshot.
    """
    unknown = [name for name in layers if name not in LAYERS]
    faults = [f"layer `{name}` is not known" for name in unknown]
    for name, frame in layers.items():
        if name not in unknown:
            faults += [f"layer `{name}`: {fault}" for fault in LAYERS[name].faults(frame)]
    if folder.exists() and not (folder / FILE).is_file() and any(folder.iterdir()):
        faults.append(f"{folder.name} is a folder with other files in it")
    if faults:
        raise SnapshotError("; ".join(faults))
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".snapshot-") as scratch:
        made = Path(scratch) / "made"
        made.mkdir()
        entries = [_write_layer(made, name, frame) for name, frame in layers.items()]
        (made / FILE).write_text(render_manifest(about, entries), encoding="utf-8")
        checked = open_snapshot(made)
        for name in layers:
            checked.layer(name)
        _put(made, folder, Path(scratch) / "before")
    return open_snapshot(folder)


def _put(made: Path, folder: Path, aside: Path) -> None:
    """Move a finished folder into place; what was there comes back if that is interrupted."""
    if folder.exists():
        folder.rename(aside)
    try:
        made.rename(folder)
    except BaseException:
        if aside.exists():
            aside.rename(folder)
        raise


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


def _frame(folder: Path, entry: Entry) -> gpd.GeoDataFrame:
    content = _content(folder, entry)
    try:
        frame = gpd.read_parquet(io.BytesIO(content))
    except (ValueError, pa.ArrowException) as error:
        raise SnapshotError(f"{entry.path} is no GeoParquet") from error
    faults = LAYERS[entry.id].faults(frame)
    if len(frame) != entry.rows:
        faults.append(f"{len(frame)} rows instead of {entry.rows}")
    if faults:
        raise SnapshotError(f"{entry.path}: {'; '.join(faults)}")
    return frame
