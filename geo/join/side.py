"""A layer laid out for joining, once: ids in order, valid shapes, accuracy, membership."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import pyproj
import shapely
from pandas.api.types import infer_dtype
from shapely import GeometryType

from geo.crs import DEGREES, METRES, ZONE
from geo.densify import densified
from geo.join.engine import Metres, Positions, Shapes
from geo.join.layer import Layer
from geo.join.refusals import refuse
from geo.read.surroundings import WORLD, lies_in
from geo.read.systems import offers

POSITION_OF_SITE = "position_of_site"
ZONE_EASTING_M = (230_000.0, 770_000.0)
"""Where the scale of EPSG:32645 is within 0.05 % of the truth: 270 km on either side of 87° E."""

_POINTS = (GeometryType.POINT, GeometryType.MULTIPOINT)


@dataclass(frozen=True)
class Repairs:
    """What was done to outlines that were not valid: positions, and their area before and after."""

    rows: Positions
    before_m2: float
    after_m2: float


class Sorted:
    """The rows of a layer in the order of their ids; all positions in this package are in it.

    Parameters
    ----------
    layer
        The layer.
    repair
        make_valid, refuse or ignore.
    name
        left or right, for messages.
    """

    def __init__(self, layer: Layer, repair: str, name: str) -> None:
        self.layer = layer
        frame = layer.frame
        if frame.crs is None:
            raise _no_crs(layer, name)
        _check_names(layer)
        self.crs: pyproj.CRS = frame.crs
        self.key, ids = _ids(layer)
        order = order_of(ids)
        self.ids: npt.NDArray[Any] = ids if order is None else ids[order]
        columns = pd.DataFrame(frame.drop(columns=frame.active_geometry_name))
        columns = columns.set_axis([str(name) for name in columns.columns], axis=1)
        columns.index = pd.RangeIndex(len(columns))
        shapes = np.asarray(frame.geometry.array, dtype=object)
        self.columns: pd.DataFrame = columns if order is None else columns.take(order)
        if order is not None:
            self.columns.index = pd.RangeIndex(len(columns))
            shapes = shapes[order]
        self.placed: npt.NDArray[np.bool_] = ~(
            shapely.is_missing(shapes) | shapely.is_empty(shapes)
        )
        self.shapes, self.repairs = _valid(shapes, self, repair)
        if not self.placed.all():
            self.shapes = only(self.shapes, self.placed)

    def __len__(self) -> int:
        return len(self.ids)

    @classmethod
    def of(cls, layer: Layer, repair: str, name: str) -> Self:
        """Return the rows of a layer, laid out at the first call and dropped with the layer."""
        if repair not in layer.laid_out:
            layer.laid_out[repair] = cls(layer, repair, name)
        found: Self = layer.laid_out[repair]
        return found

    @cached_property
    def metres(self) -> Shapes:
        """The shapes in EPSG:32645; long edges have new vertices first.

        Raises
        ------
        JoinError
            If a row lies so far from the zone that its metres are of no use.
        """
        if self.is_wide:
            self._demand_zone()
        return self._in(METRES, self.shapes)

    @cached_property
    def degrees(self) -> Shapes:
        """The shapes in EPSG:4326; long edges have new vertices first."""
        return self._in(DEGREES, self.shapes)

    def degrees_of(self, rows: Positions) -> Shapes:
        """Return the shapes of some rows as `degrees` has them, (rows,), reprojecting no others."""
        used, place = np.unique(rows, return_inverse=True)
        if "degrees" in self.__dict__ or 2 * len(used) > len(self):
            return np.asarray(self.degrees[rows])
        return np.asarray(self._in(DEGREES, self.shapes[used])[place])

    @cached_property
    def accuracy_m(self) -> Metres:
        """Radius around each position in which the true one lies; NaN where it is not known."""
        radius = self.numbers("position_accuracy_m")
        # Nothing lies nearer than where it lies: a negative radius says nothing.
        return np.where(radius >= 0, radius, np.nan)

    @cached_property
    def at_site(self) -> npt.NDArray[np.bool_]:
        """Which rows are drawn at their site for want of a position of their own."""
        if not {"geometry_method", "site_id"} <= set(self.columns.columns):
            return np.zeros(len(self), dtype=bool)
        return (self.columns["geometry_method"] == POSITION_OF_SITE).to_numpy(dtype=bool)

    @cached_property
    def own_place(self) -> npt.NDArray[np.bool_]:
        """Which rows have a position of their own, which is all that counts as evidence."""
        return self.placed & ~self.at_site

    def as_evidence(self, shapes: Shapes) -> Shapes:
        """Return shapes, one for each row, with None where it has no position of its own."""
        return shapes if self.own_place.all() else only(shapes, self.own_place)

    @cached_property
    def dimensions(self) -> npt.NDArray[np.int64]:
        """0 for points, 1 lines, 2 outlines, -1 for no place."""
        return np.asarray(shapely.get_dimensions(self.shapes), dtype=np.int64)

    @cached_property
    def is_wide(self) -> bool:
        """Whether some row lies where EPSG:32645 measures more than 0.05 % wrong."""
        turn = pyproj.Transformer.from_crs(self.crs, METRES, always_xy=True)
        boxes = shapely.bounds(self.shapes)
        if not len(boxes) or np.isnan(boxes).all():
            return False
        west, south = np.nanmin(boxes[:, :2], axis=0)
        east, north = np.nanmax(boxes[:, 2:], axis=0)
        x, y = np.meshgrid(np.linspace(west, east, 5), np.linspace(south, north, 5))
        easting = turn.transform(x.ravel(), y.ravel(), errcheck=False)[0]
        low, high = ZONE_EASTING_M
        return not bool(((easting >= low) & (easting <= high)).all())

    @cached_property
    def repeated_ids(self) -> int:
        """How many rows have the id of a row before them."""
        return int((self.ids[1:] == self.ids[:-1]).sum())

    def not_valid(self) -> int:
        """Return how many outlines are not valid as they are."""
        return int((self.placed & ~shapely.is_valid(self.shapes)).sum())

    def column(self, name: str, option: str) -> "pd.Series[Any]":
        """Return a column of the layer.

        Parameters
        ----------
        name
            As the layer calls it.
        option
            Which option of the join names it, for messages.

        Raises
        ------
        JoinError
            If there is no such column.
        """
        if name not in self.columns.columns:
            shown = ", ".join(map(str, self.columns.columns[:20]))
            layer = self.layer.id
            raise refuse("no_column", option=option, column=name, layer=layer, allowed=shown)
        found: pd.Series[Any] = self.columns[name]
        return found

    def numbers(self, column: str) -> Metres:
        """Return a column as float64, NaN where it is missing or no number."""
        if column not in self.columns.columns:
            return np.full(len(self), np.nan)
        found = pd.to_numeric(self.columns[column], errors="coerce")
        return np.asarray(found.to_numpy(dtype=float, na_value=np.nan))

    def _demand_zone(self) -> None:
        west, south, east, north = ZONE
        boxes = shapely.bounds(self.degrees)
        inside = (boxes[:, :2] >= (west, south)) & (boxes[:, 2:] <= (east, north))
        beyond = np.flatnonzero(self.placed & ~inside.all(axis=1))
        if len(beyond):
            first = str(self.ids[beyond[0]])
            raise refuse("beyond_zone", layer=self.layer.id, count=len(beyond), id=first)

    def _in(self, target: str, shapes: Shapes) -> Shapes:
        if self.crs.equals(pyproj.CRS(target), ignore_axis_order=True):
            return shapes
        series = gpd.GeoSeries(densified(shapes, self.crs), crs=self.crs)
        return np.asarray(series.to_crs(target).array, dtype=object)


def only(shapes: Shapes, kept: npt.NDArray[np.bool_]) -> Shapes:
    """Return a copy with None in the place of the shapes that are not kept."""
    found = shapes.copy()
    found[~kept] = None
    return found


def _check_names(layer: Layer) -> None:
    """Refuse a frame in which a name means two columns."""
    names = Counter(str(name) for name in layer.frame.columns)
    name, times = names.most_common(1)[0]
    if times > 1:
        raise refuse("repeated_column", layer=layer.id, column=name)


def _ids(layer: Layer) -> tuple[str, npt.NDArray[Any]]:
    """Return the column that holds the ids ("" for the index), and the ids."""
    columns = layer.frame.columns
    if layer.key and layer.key not in columns:
        shown = ", ".join(map(str, columns[:20]))
        raise refuse("no_column", option="key", column=layer.key, layer=layer.id, allowed=shown)
    key = layer.key or ("id" if "id" in columns else "")
    values = layer.frame[key] if key else layer.frame.index.to_series()
    if not isinstance(values, pd.Series) or (not layer.key and values.isna().any()):
        key, values = "", layer.frame.index.to_series()
    found = values.to_numpy()
    return key, found if found.dtype.kind in "iuf" else found.astype(object)


def order_of(ids: npt.NDArray[Any]) -> Positions | None:
    """Return the positions of rows in the order of their ids; None if they stand so already."""
    if ids.dtype.kind in "iuf" or infer_dtype(ids, skipna=False) == "string":
        keys = ids
    else:
        # Ids of several types have no order of their own: by type, then by text.
        keys = np.array(
            [f"{'' if isinstance(v, str) else type(v).__name__}\0{v}" for v in ids], dtype=object
        )
    if len(keys) < 2 or bool((keys[1:] >= keys[:-1]).all()):
        return None
    return np.argsort(keys, kind="stable")


def _valid(shapes: Shapes, rows: Sorted, repair: str) -> tuple[Shapes, Repairs]:
    none = Repairs(np.zeros(0, dtype=np.int64), 0.0, 0.0)
    if repair == "ignore":
        return shapes, none
    checked = np.flatnonzero(rows.placed & ~np.isin(shapely.get_type_id(shapes), _POINTS))
    broken = checked[~shapely.is_valid(shapes[checked])]
    if not len(broken):
        return shapes, none
    if repair == "refuse":
        raise refuse(
            "invalid_geometry",
            layer=rows.layer.id,
            count=len(broken),
            id=str(rows.ids[broken[0]]),
            problem=str(shapely.is_valid_reason(shapes[broken[0]])).partition("[")[0],
        )
    mended = shapely.make_valid(shapes[broken], method="structure", keep_collapsed=False)
    done = shapes.copy()
    done[broken] = mended
    rows.placed[broken] = ~shapely.is_empty(mended)
    before, after = (
        gpd.GeoSeries(part, crs=rows.crs).to_crs(METRES).area.sum()
        for part in (shapes[broken], mended)
    )
    return done, Repairs(broken, float(before), float(after))


def _no_crs(layer: Layer, name: str) -> Exception:
    """Return the refusal of a layer without a system, with those that its coordinates fit."""
    corners = shapely.bounds(layer.frame.geometry.array).reshape(-1, 2)
    corners = corners[np.isfinite(corners).all(axis=1)]
    found: tuple[str, ...] = ()
    if len(corners):
        found = (DEGREES,) if lies_in(corners, WORLD).all() else offers(corners)
    offer = ", ".join(found) or "EPSG:?"
    return refuse("no_crs", layer=layer.id, offer=offer, option=f"{name}_crs")
