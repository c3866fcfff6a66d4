"""The layers as they are published: GeoJSON with licence and attribution inside the file."""

import functools
import hashlib
import json
from codecs import BOM_UTF8
from typing import Any
from weakref import WeakKeyDictionary

import geopandas as gpd
import pandas as pd
from shapely.geometry import mapping

from geo.dataset import Dataset
from geo.domains import PARK_TYPES
from geo.errors import UnknownLayerError
from layers.locale import is_missing

PUBLISHED = (*PARK_TYPES, "projects", "organisations")
"""Ids of the layers that have places, in the order of the catalogue page."""

_made: WeakKeyDictionary[Dataset, dict[str, bytes]] = WeakKeyDictionary()


def layer_bytes(dataset: Dataset, layer_id: str) -> bytes:
    """Return the GeoJSON of one layer, made at the first call for a dataset.

    Unknown values are null. Beside `features` the collection says what it is: name, title, licence,
    attribution (both languages), source, date of retrieval and the release of the dataset.

    Raises
    ------
    UnknownLayerError
        If `layer_id` is not one of `PUBLISHED`.
    """
    if layer_id not in PUBLISHED:
        raise UnknownLayerError(f"no layer `{layer_id}` among {PUBLISHED}")
    made = _made.setdefault(dataset, {})
    if layer_id not in made:
        made[layer_id] = _write(dataset, layer_id)
    return made[layer_id]


@functools.lru_cache(maxsize=64)
def digest(content: bytes) -> str:
    """Return the 12 hex digits by which the address of a content names it."""
    return hashlib.sha256(content).hexdigest()[:12]


def table_bytes(dataset: Dataset, layer_id: str) -> bytes:
    """Return the CSV of a table of the catalogue, with the mark by which Excel knows UTF-8.

    Raises
    ------
    UnknownLayerError
        If the catalogue has no table of this id.
    """
    entry = dataset.catalog[layer_id]
    if not entry.path.endswith(".csv"):
        raise UnknownLayerError(f"`{layer_id}` is not a table; it is published as GeoJSON")
    return BOM_UTF8 + dataset.catalog.content(entry).removeprefix(BOM_UTF8)


def _write(dataset: Dataset, layer_id: str) -> bytes:
    entry = dataset.catalog[layer_id]
    collection = {
        "type": "FeatureCollection",
        "name": layer_id,
        "title": {"ru": entry.title_ru, "en": entry.title_en},
        "licence": entry.licence,
        "attribution": {"ru": entry.attribution_ru, "en": entry.attribution_en},
        "source": entry.source,
        "retrieved": entry.retrieved,
        "release": dataset.release,
        "features": _features(frame_of(dataset, layer_id)),
    }
    return json.dumps(collection, ensure_ascii=False, allow_nan=False).encode()


def frame_of(dataset: Dataset, layer_id: str) -> gpd.GeoDataFrame:
    """Return the rows of a published layer."""
    if layer_id in PARK_TYPES:
        return dataset.sites[dataset.sites["park_type"] == layer_id]
    frame: gpd.GeoDataFrame = getattr(dataset, layer_id)
    return frame


def _features(frame: gpd.GeoDataFrame) -> list[dict[str, Any]]:
    properties = pd.DataFrame(frame.drop(columns=frame.geometry.name)).reset_index()
    return [
        {
            "type": "Feature",
            "id": record["id"],
            "properties": {name: plain(value) for name, value in record.items()},
            "geometry": None if shape is None else mapping(shape),
        }
        for record, shape in zip(properties.to_dict("records"), frame.geometry, strict=True)
    ]


def plain(value: Any) -> Any:
    """Turn a cell into what JSON has: null for unknown, whole numbers without a point."""
    if isinstance(value, tuple):
        return list(value)
    if is_missing(value):
        return None
    return int(value) if isinstance(value, float) and value.is_integer() else value
