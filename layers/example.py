"""A small layer to try the upload with. Its objects are invented; two of them hold mistakes."""

import json
from typing import Any

from layers.locale import Translator

NAME = "example.geojson"

_SQUARE = [[84.9400, 56.4700], [84.9440, 56.4700], [84.9440, 56.4722], [84.9400, 56.4722]]
_CROSSED = [[84.9500, 56.4750], [84.9540, 56.4772], [84.9540, 56.4750], [84.9500, 56.4772]]
_FEATURES: tuple[tuple[str, int | None, dict[str, Any] | None], ...] = (
    ("garden", 2019, {"type": "Polygon", "coordinates": [[*_SQUARE, _SQUARE[0]]]}),
    ("crossed", 2021, {"type": "Polygon", "coordinates": [[*_CROSSED, _CROSSED[0]]]}),
    ("stop", 2023, {"type": "Point", "coordinates": [84.9612, 56.4689]}),
    ("planned", None, None),
    ("outside", 2020, {"type": "Point", "coordinates": [84.97, 156.47]}),
)


def example(translator: Translator) -> bytes:
    """Return the layer as GeoJSON, the names of its objects in the language of the viewer."""
    features = [
        {
            "type": "Feature",
            "properties": {
                "name": translator.t(f"own.example.{name}"),
                "kind": translator.t(f"own.example.kind.{'area' if number < 2 else 'place'}"),
                "year": year,
            },
            "geometry": geometry,
        }
        for number, (name, year, geometry) in enumerate(_FEATURES)
    ]
    layer = {"type": "FeatureCollection", "features": features}
    return json.dumps(layer, ensure_ascii=False, indent=1).encode()
