"""One side of a join: a frame, what its rows are called, and where it comes from."""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, NoReturn, TypeAlias
from weakref import WeakKeyDictionary

import geopandas as gpd
import numpy as np
import pyproj
import shapely

from geo import dataset, domains, settings
from geo.catalog import Entry
from geo.crs import DEGREES
from geo.dataset import Dataset
from geo.join.names import check_name
from geo.join.reading import system_before
from geo.join.refusals import refuse
from geo.own import layer as own_layer
from geo.read import Limits, Report, read, systems
from geo.read.refusal import RefusedError
from geo.read.surroundings import AGGLOMERATION, lies_in
from geo.uploads import Options

SITES = "sites"
"""The six kinds of park as one layer."""


@dataclass(frozen=True, eq=False)
class Layer:
    """A layer to be joined.

    Parameters
    ----------
    id
        Layer id or file stem; joined columns are called `<id>.<column>`.
    frame
        GeoDataFrame in any CRS. It is never changed.
    key
        Column with the rows' ids; "" takes `id`, or the index where there is no such column.
    sha256
        Of the file, in hex; "" for a frame that never was one.
    release
        Of the dataset, for a shipped layer.
    title_ru, title_en, licence, attribution_ru, attribution_en, retrieved
        As in the catalogue; "" where not known.
    path
        What it was called: a layer id of the dataset, or the file as it was named.
    source
        shipped, file or frame.
    options
        How it was read where it did not say so itself: crs, encoding, layer, swap.
    report
        What reading the file found.
    entries
        Of the catalogue, for a shipped layer.
    """

    id: str
    frame: gpd.GeoDataFrame
    key: str = ""
    sha256: str = ""
    release: str = ""
    title_ru: str = ""
    title_en: str = ""
    licence: str = ""
    attribution_ru: str = ""
    attribution_en: str = ""
    retrieved: str = ""
    path: str = ""
    source: str = "frame"
    options: Mapping[str, Any] = field(default_factory=dict)
    report: Report | None = None
    entries: tuple[Entry, ...] = ()
    laid_out: dict[str, Any] = field(default_factory=dict, init=False, repr=False)
    """By policy of repair, the rows as `geo.join.side` has laid them out; gone with the layer."""

    @property
    def system(self) -> str:
        """The coordinate system, of a file that in which it was before; "" where none is known."""
        crs = self.frame.crs
        return system_before(self.report) or ("" if crs is None else str(crs.to_string()))

    def described(self) -> dict[str, Any]:
        """Return where the layer comes from, as JSON has it."""
        names = (
            *("id", "source", "path", "sha256", "release", "title_ru", "title_en", "licence"),
            *("attribution_ru", "attribution_en", "retrieved"),
        )
        about = {name: getattr(self, name) for name in names}
        return about | {
            "rows": len(self.frame),
            "crs": self.system or None,
            "options": dict(self.options),
        }


Side: TypeAlias = "gpd.GeoDataFrame | str | Path | Layer"


def as_layer(
    given: Side,
    *,
    name: str = "layer",
    crs: str | None = None,
    swap: bool = False,
    layer: str | None = None,
    encoding: str | None = None,
) -> Layer:
    """Return the layer meant.

    Parameters
    ----------
    given
        A frame, the id of a layer of the dataset (`sites` are the six kinds of park together), a
        file, which is read like that of a stranger, or a Layer.
    name
        What a frame is called; also the side in messages: left or right.
    crs, swap
        Coordinate system instead of what the layer says; exchange longitude and latitude of the
        rows that do not lie in the agglomeration as they stand.
    layer, encoding
        Which layer or sheet of a file that holds several; of its text, if that is not UTF-8.

    Raises
    ------
    JoinError
        If there is no such layer, it has no geometries, the file is refused, or an option for
        files is given for something else.
    """
    options = Options(crs=crs, encoding=encoding, layer=layer, swap=swap)
    shipped = None
    if isinstance(given, str | Path):
        shipped = of_dataset(dataset.shared(), str(given))
        if shipped is None:
            return _from_file(Path(given), options, name)
    for option, value in (("layer", layer), ("encoding", encoding)):
        if value is not None:
            raise refuse("only_for_files", option=f"{name}_{option}", found=value)
    found = shipped or (given if isinstance(given, Layer) else Layer(name, given))
    if not isinstance(found.frame, gpd.GeoDataFrame) or found.frame.active_geometry_name is None:
        raise refuse("no_geometry", layer=found.id)
    if crs is not None and found.options.get("crs") != crs:
        found = _with_crs(found, crs, f"{name}_crs")
    return _swapped(found) if swap and not found.options.get("swap") else found


def of_dataset(shared: Dataset, layer_id: str) -> Layer | None:
    """Return a layer of a dataset, the same object each time; None for another id."""
    known = {entry.id for entry in shared.catalog} | {SITES}
    if layer_id not in known:
        return None
    layers = _layers.setdefault(shared, {})
    if layer_id not in layers:
        layers[layer_id] = _sites(shared) if layer_id == SITES else _of_entry(shared, layer_id)
    return layers[layer_id]


def of_own(own: own_layer.Layer) -> Layer:
    """Return a layer that a viewer brought."""
    return Layer(
        id=stem(own.name),
        frame=own.frame,
        sha256=own.sha256,
        path=own.name,
        source="file",
        options={name: value for name, value in own.options.items() if value},
        report=own.report,
    )


def stem(name: str) -> str:
    """Return a file name without its endings: what joined columns begin with."""
    return Path(name).name.split(".")[0] or name


_ANSWERED_BY = {"many_layers": "layer", "not_utf8": "encoding", "crs_needed": "crs"}
"""Code of a refused file -> the option that answers it."""

_layers: WeakKeyDictionary[Dataset, dict[str, Layer]] = WeakKeyDictionary()


def _of_entry(shared: Dataset, layer_id: str) -> Layer:
    entry = shared.catalog[layer_id]
    if layer_id in domains.PARK_TYPES:
        frame = shared.sites[shared.sites["park_type"] == layer_id]
    else:
        frame = getattr(shared, layer_id)
    if {"longitude", "latitude"} <= set(frame.columns):
        places = gpd.points_from_xy(frame["longitude"], frame["latitude"])
        frame = gpd.GeoDataFrame(frame, geometry=places, crs=entry.crs)
    return Layer(
        id=layer_id,
        frame=frame,
        sha256=entry.sha256,
        release=shared.release,
        title_ru=entry.title_ru,
        title_en=entry.title_en,
        licence=entry.licence,
        attribution_ru=entry.attribution_ru,
        attribution_en=entry.attribution_en,
        retrieved=entry.retrieved,
        path=layer_id,
        source="shipped",
        entries=(entry,),
    )


def _sites(shared: Dataset) -> Layer:
    parts = [_of_entry(shared, park_type) for park_type in domains.PARK_TYPES]

    def together(name: str, between: str) -> str:
        return between.join(dict.fromkeys(getattr(part, name) for part in parts))

    return replace(
        parts[0],
        id=SITES,
        frame=shared.sites,
        sha256=hashlib.sha256("".join(part.sha256 for part in parts).encode()).hexdigest(),
        title_ru=together("title_ru", ", "),
        title_en=together("title_en", ", "),
        licence=together("licence", " AND "),
        attribution_ru=together("attribution_ru", "; "),
        attribution_en=together("attribution_en", "; "),
        retrieved=max(part.retrieved for part in parts),
        path=SITES,
        entries=tuple(entry for part in parts for entry in part.entries),
    )


def _from_file(path: Path, options: Options, side: str) -> Layer:
    limits = Limits.of(settings.current())
    if path.is_file() and path.stat().st_size > limits.max_mb * 1e6:
        # By its size alone: its bytes must not come into memory for that.
        _refuse_file(read(path, name=path.name, limits=limits).report, path.name, side)
    if not path.is_file():
        known = ", ".join([SITES, *(entry.id for entry in dataset.shared().catalog)])
        raise refuse("unknown_layer", found=path.name, allowed=known)
    check_name(path.name)
    content = path.read_bytes()
    reading = read(content, name=path.name, limits=limits, **asdict(options))
    if reading.frame is None:
        _refuse_file(reading.report, path.name, side)
    return Layer(
        id=stem(path.name),
        frame=reading.frame,
        sha256=hashlib.sha256(content).hexdigest(),
        path=str(path),
        source="file",
        options={name: value for name, value in asdict(options).items() if value},
        report=reading.report,
    )


def _refuse_file(report: Report, name: str, side: str) -> NoReturn:
    rejected = report.rejected
    reason = "refused" if rejected is None else rejected.reason
    action = "mend the file" if rejected is None else rejected.action
    if rejected is not None and (option := _ANSWERED_BY.get(rejected.code)):
        action += f" ({side}_{option})"
    raise refuse("not_readable", layer=name, reason=reason, action=action)


def _with_crs(layer: Layer, crs: str, option: str) -> Layer:
    frame = layer.frame.set_crs(system_of(crs, option), allow_override=True)
    return replace(layer, frame=frame, options={**layer.options, "crs": crs})


def system_of(crs: str, option: str) -> pyproj.CRS:
    """Return the coordinate system that an option names.

    Raises
    ------
    JoinError
        If it is none that has positions on a map.
    """
    try:
        return systems.known(crs)
    except RefusedError as error:
        raise refuse("bad_crs", option=option, found=crs) from error


def _swapped(layer: Layer) -> Layer:
    """Exchange the coordinates of the rows that lie elsewhere, as `geo.read` does for a file."""
    shapes = np.array(layer.frame.geometry.array, dtype=object)
    box = shapely.bounds(layer.frame.geometry.to_crs(DEGREES).array)
    inside = lies_in(box[:, :2], AGGLOMERATION) & lies_in(box[:, 2:], AGGLOMERATION)
    others = np.flatnonzero(~inside & ~shapely.is_missing(shapes))
    shapes[others] = shapely.transform(shapes[others], lambda points: points[:, ::-1])
    frame = layer.frame.set_geometry(
        gpd.GeoSeries(shapes, index=layer.frame.index), crs=layer.frame.crs
    )
    return replace(layer, frame=frame, options={**layer.options, "swap": True})
