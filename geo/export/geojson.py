"""A view as GeoJSON (RFC 7946)."""

import json

import shapely

from geo.dataset import Dataset
from geo.export.records import geometries, records
from geo.view import View


def to_geojson(dataset: Dataset, view: View) -> bytes:
    """Write the rows of a view as a FeatureCollection, in its order, one feature a line.

    A feature has all fields of its row and `row_type`; what is not known is null, also the place.
    Beside the features stand `release` of the dataset, `query` and `lang` (the link of this view),
    `licence` (an SPDX expression) and `attribution` (by language) of the layers the rows are from.

    Parameters
    ----------
    dataset
        The dataset that the view was made from.
    view
        Which rows, in which order.

    Returns
    -------
    bytes
        UTF-8.
    """
    found = records(dataset, view)
    layers = {str(r["park_type"] if r["row_type"] == "site" else "projects") for r in found}
    entries = [entry for entry in dataset.catalog if entry.id in layers]
    head = {
        "type": "FeatureCollection",
        "release": dataset.release,
        "query": view.query.to_string(),
        "lang": view.lang,
        "licence": " AND ".join(dict.fromkeys(entry.licence for entry in entries)),
        "attribution": {
            "ru": list(dict.fromkeys(entry.attribution_ru for entry in entries)),
            "en": list(dict.fromkeys(entry.attribution_en for entry in entries)),
        },
    }
    features = [
        _json(
            {
                "type": "Feature",
                "id": record["id"],
                "properties": record,
                "geometry": None if geometry is None else shapely.geometry.mapping(geometry),
            }
        )
        for record, geometry in zip(found, geometries(dataset, view), strict=True)
    ]
    lines = ",\n".join(features)
    text = f'{_json(head)[:-1]}, "features": [\n{lines}\n]}}\n'
    return text.encode()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
