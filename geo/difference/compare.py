"""Compares two states of a layer row by row."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
from shapely.geometry.base import BaseGeometry

from geo.read.repair import area_m2

_GEOD = pyproj.Geod(ellps="WGS84")
_KEY = "id"


@dataclass(frozen=True)
class Moved:
    """How a geometry has changed; the shapes are None where there is no place.

    Parameters
    ----------
    before, after
        Shapes in EPSG:4326.
    moved_m
        Between the centroids, on the ellipsoid; None if one of the shapes is missing.
    area_before_m2, area_after_m2
        On the ellipsoid; None without a shape, 0 for points and lines.
    """

    before: BaseGeometry | None
    after: BaseGeometry | None
    moved_m: float | None
    area_before_m2: float | None
    area_after_m2: float | None


@dataclass(frozen=True)
class Change:
    """A row that was added, removed or changed.

    Parameters
    ----------
    id
        Of the row; its number as `#n` where the layer has no column of unique ids.
    kind
        added, removed or changed.
    fields
        Column -> value before and after, None where there was none; for a changed row only.
    geometry
        What became of the place; None if it is the same.
    """

    id: str
    kind: str
    fields: Mapping[str, tuple[Any, Any]]
    geometry: Moved | None

    def to_json(self) -> dict[str, Any]:
        """Return the change as the command prints it; numbers in metres."""
        moved = self.geometry
        return {
            "id": self.id,
            "kind": self.kind,
            "fields": {name: {"old": old, "new": new} for name, (old, new) in self.fields.items()},
            "geometry": moved
            and {
                "moved_m": moved.moved_m,
                "area_before_m2": moved.area_before_m2,
                "area_after_m2": moved.area_after_m2,
            },
        }


@dataclass(frozen=True)
class Difference:
    """All changes of one file, in the order of the rows: changed and added, then removed."""

    file: str
    changes: tuple[Change, ...]

    def count(self, kind: str) -> int:
        """Return how many rows were added, removed or changed."""
        return sum(change.kind == kind for change in self.changes)

    def to_json(self) -> dict[str, Any]:
        """Return the difference as the command prints it for one file."""
        return {"file": self.file, "changes": [change.to_json() for change in self.changes]}


def compare(
    file: str, before: gpd.GeoDataFrame | None, after: gpd.GeoDataFrame | None
) -> Difference:
    """Compare two states of a layer.

    Rows are the same if they have the same `id`; where one of the states lacks unique ids, the same
    number. Geometries are the same if all their positions are, in their order.

    Parameters
    ----------
    file
        What the layer is called.
    before, after
        In EPSG:4326, as `geo.read` gives them; None for a file that did not or does not exist.
    """
    by_id = all(_has_ids(state) for state in (before, after) if state is not None)
    old, new = _rows(before, by_id=by_id), _rows(after, by_id=by_id)
    return Difference(file, tuple(_changes(old, new)))


def _changes(old: dict[str, dict[str, Any]], new: dict[str, dict[str, Any]]) -> Iterator[Change]:
    for key, row in new.items():
        if key not in old:
            yield Change(key, "added", {}, _moved(None, row["geometry"]))
            continue
        fields = _fields(old[key], row)
        moved = _moved(old[key]["geometry"], row["geometry"])
        if fields or moved:
            yield Change(key, "changed", fields, moved)
    for key, row in old.items():
        if key not in new:
            yield Change(key, "removed", {}, _moved(row["geometry"], None))


def _fields(old: dict[str, Any], new: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    names = [*new, *(name for name in old if name not in new)]
    return {
        name: (old.get(name), new.get(name))
        for name in names
        if name != "geometry" and old.get(name) != new.get(name)
    }


def _moved(before: BaseGeometry | None, after: BaseGeometry | None) -> Moved | None:
    if before is None and after is None:
        return None
    if before is not None and after is not None and before.equals_exact(after, 0):
        return None
    return Moved(before, after, _distance_m(before, after), _area(before), _area(after))


def _distance_m(before: BaseGeometry | None, after: BaseGeometry | None) -> float | None:
    if before is None or after is None:
        return None
    start, end = before.centroid, after.centroid
    return round(float(_GEOD.inv(start.x, start.y, end.x, end.y)[2]), 2)


def _area(shape: BaseGeometry | None) -> float | None:
    return None if shape is None else area_m2(shape)


def _has_ids(frame: gpd.GeoDataFrame) -> bool:
    return _KEY in frame and bool(frame[_KEY].notna().all() and frame[_KEY].is_unique)


def _rows(frame: gpd.GeoDataFrame | None, *, by_id: bool) -> dict[str, dict[str, Any]]:
    """Return the rows by key, their values as JSON can hold them."""
    if frame is None:
        return {}
    columns = {
        str(name): [_plain(value) for value in frame[name].astype(object)]
        for name in frame.columns
        if name != frame.geometry.name
    }
    columns["geometry"] = [shape if shape else None for shape in frame.geometry.array]
    keys = (
        [str(value) for value in frame[_KEY]] if by_id else [f"#{n + 1}" for n in range(len(frame))]
    )
    return {
        key: {name: values[n] for name, values in columns.items()} for n, key in enumerate(keys)
    }


def _plain(value: Any) -> Any:
    if isinstance(value, np.ndarray | list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, np.generic):
        value = value.item()
    if value is None or (not isinstance(value, dict) and pd.isna(value)):
        return None
    return value if isinstance(value, str | bool | int | float | dict) else str(value)
