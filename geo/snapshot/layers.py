"""The layers a snapshot may hold, and the columns each must have."""

from collections.abc import Mapping
from dataclasses import dataclass

import geopandas as gpd
import pandas as pd

from geo.domains import GEOMETRY_METHODS, PARK_TYPES, PUBLIC_ACCESS

BORDERS = ("urban_centre", "administrative_city", "agglomeration")
"""The three borders that results are published for; they are never mixed."""

NAMES = {"name_ru": "text", "name_en": "text"}
_POINTS = frozenset({"Point"})
_LINES = frozenset({"LineString"})
_AREAS = frozenset({"Polygon", "MultiPolygon"})
_NODES = {"id": "integer"}
_EDGES = {
    "from_id": "integer",
    "to_id": "integer",
    "highway": "text",
    "maxspeed_kmh": "number",
    "name": "text",
}


@dataclass(frozen=True)
class LayerSpec:
    """What one layer must be: kinds of column, allowed shapes, columns of closed values."""

    columns: Mapping[str, str]
    shapes: frozenset[str]
    values: Mapping[str, tuple[str, ...]]

    def faults(self, frame: gpd.GeoDataFrame) -> list[str]:
        """Return what is wrong with a frame; nothing when it can be used."""
        found = [f"no column `{name}`" for name in self.columns if name not in frame]
        if frame.crs is None or frame.crs.to_epsg() != 4326:
            found.append(f"CRS is {frame.crs}, not EPSG:4326")
        for name, kind in self.columns.items():
            if name in frame and not _is(kind, frame[name]):
                found.append(f"`{name}` holds {frame[name].dtype}, not {kind}")
        for name, allowed in self.values.items():
            if name in frame and not frame[name].isin(allowed).all():
                strange = frame.loc[~frame[name].isin(allowed), name].iloc[0]
                found.append(f"`{name}` is `{strange}`; allowed: {', '.join(allowed)}")
        strange_shapes = set(frame.geom_type.dropna()) - self.shapes
        if strange_shapes:
            found.append(f"shapes are {', '.join(sorted(strange_shapes))}")
        missing = int((frame.geometry.isna() | frame.geometry.is_empty).sum())
        if missing:
            found.append(f"{missing} row(s) have no geometry")
        return found


def _is(kind: str, column: pd.Series) -> bool:
    if kind == "integer":
        return bool(pd.api.types.is_integer_dtype(column))
    if kind == "number":
        return bool(pd.api.types.is_numeric_dtype(column))
    texts = column.dropna()
    return bool(texts.map(lambda value: isinstance(value, str)).all())


def _spec(
    columns: Mapping[str, str], shapes: frozenset[str], **values: tuple[str, ...]
) -> LayerSpec:
    return LayerSpec(columns, shapes, values)


LAYERS: Mapping[str, LayerSpec] = {
    "walk_nodes": _spec(_NODES, _POINTS),
    "walk_edges": _spec(_EDGES, _LINES),
    "drive_nodes": _spec(_NODES, _POINTS),
    "drive_edges": _spec(_EDGES, _LINES),
    "stops": _spec({"id": "text", "mode": "text", **NAMES}, _POINTS),
    "population": _spec({"people": "number"}, _POINTS),
    "buildings": _spec({"id": "text", "kind": "text"}, _AREAS),
    "open_space": _spec(
        {"id": "text", "kind": "text", "public_access": "text", "evidence": "text", **NAMES},
        _AREAS,
        public_access=PUBLIC_ACCESS,
    ),
    "water": _spec({"id": "text", **NAMES}, _AREAS),
    "pois": _spec({"id": "text", "kind": "text", **NAMES}, _POINTS),
    "boundaries": _spec({"id": "text", "border": "text", **NAMES}, _AREAS, border=BORDERS),
    "sites": _spec(
        {
            "id": "text",
            "park_type": "text",
            "geometry_method": "text",
            "position_accuracy_m": "number",
            "public_access": "text",
            "evidence": "text",
            **NAMES,
        },
        _POINTS | _AREAS,
        park_type=PARK_TYPES,
        geometry_method=GEOMETRY_METHODS,
        public_access=PUBLIC_ACCESS,
    ),
}
"""All layers by id; a snapshot holds some of them. Further columns are kept as they are."""
