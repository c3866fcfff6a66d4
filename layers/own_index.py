"""What list, filters and map need of a viewer's layer, as bytes for the routes under `/own/`."""

import json
from typing import Any

import numpy as np
import shapely

from geo.own.fields import Field, Span
from geo.own.layer import Layer
from layers.findings import done, found
from layers.locale import LANGUAGES, Translator
from layers.own import OwnLayer

MOST_IN_ONE_PIECE = 5_000
"""Features up to which the map fetches a layer whole; larger ones come as tiles."""

_DECIMALS = 6


def own_index(own: OwnLayer) -> bytes:
    """Return the index of a layer as JSON.

    `name`, `key` (how links call it), `numbers` (of the rows in the file; an id is "own:" and the
    number), `names` by language (one list where both are the same), `at` (longitude and latitude
    of each row one after another, null without a place), `filters` (columns that can be filtered
    by: name, kind, options or ends), `unfiltered` (how many others there are), `form` (geojson or
    tiles), `box` (west, south, east, north; null if no row has a place).
    """
    layer = own.layer
    rows = own.dataset.rows.iloc[own.dataset.listed :]
    names = {lang: rows[f"name_{lang}"].tolist() for lang in LANGUAGES}
    same = names["ru"] == names["en"]
    places = np.round(rows[["lon", "lat"]].to_numpy(dtype=float), _DECIMALS)
    index = {
        "name": layer.name,
        "key": layer.key,
        "numbers": layer.numbers.tolist(),
        "names": {"ru": names["ru"]} if same else names,
        "at": [None if value != value else value for value in places.ravel().tolist()],
        "filters": [_filter(field) for field in layer.filters],
        "unfiltered": len(layer.fields) - len(layer.filters),
        "form": form(layer),
        "box": _box(layer),
    }
    return _json(index)


def form(layer: Layer) -> str:
    """Return how the layer reaches the map: geojson or tiles."""
    return "geojson" if len(layer) <= MOST_IN_ONE_PIECE else "tiles"


def own_geojson(own: OwnLayer) -> bytes:
    """Return the geometries of a layer as GeoJSON; a feature is known by the place of its row.

    The ids count from 0 in the order of the index, which has the names; rows without a place are
    left out, as they are in no place of the map.
    """
    shapes = np.asarray(own.layer.frame.geometry.array, dtype=object)
    texts = shapely.to_geojson(shapely.force_2d(shapes))
    features = ",\n".join(
        f'{{"type":"Feature","id":{number},"properties":{{}},"geometry":{text}}}'
        for number, text in enumerate(texts)
        if text is not None
    )
    return f'{{"type":"FeatureCollection","features":[\n{features}\n]}}'.encode()


def own_report(own: OwnLayer, translator: Translator) -> bytes:
    """Return what reading the file found as JSON: codes and values, and words for people."""
    report = own.report
    said = {
        name: [
            {
                **finding.to_json(),
                "reason": found(finding, translator),
                "action": done(finding, translator),
            }
            for finding in getattr(report, name)
        ]
        for name in ("repaired", "dropped", "warnings")
    }
    return _json({**report.to_json(), "sha256": own.sha256, "lang": translator.lang, **said})


def _filter(field: Field) -> dict[str, Any]:
    if isinstance(field.values, Span):
        return {"name": field.name, "kind": field.kind, "ends": _ends(field, field.values)}
    return {"name": field.name, "kind": field.kind, "options": field.options}


def _ends(field: Field, span: Span) -> list[str]:
    if field.kind == "date":
        return [str(np.datetime64(int(end), "D")) for end in span.ends]
    # As short as it can be read back: a large one with an exponent.
    return [repr(end).removesuffix(".0") for end in map(float, span.ends)]


def _box(layer: Layer) -> list[float] | None:
    box = shapely.total_bounds(np.asarray(layer.frame.geometry.array, dtype=object))
    return None if np.isnan(box).any() else [round(float(edge), _DECIMALS) for edge in box]


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
