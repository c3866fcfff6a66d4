"""What the list and the filters of the page need, in both languages, as one JSON file.

It is fetched once for a release; after that only row numbers, counts and ids travel.
"""

import functools
import json
from collections.abc import Sequence
from typing import Any

import numpy as np

from geo.dataset import Dataset
from geo.facets import vocabulary
from geo.histograms import FIRST_YEAR, LAST_YEAR, MONEY_EDGES
from layers import sublines
from layers.help import explained
from layers.locale import LANGUAGES, Translator, is_missing, messages
from layers.style import PARKS

RADII_M = (300, 500, 1_000, 2_000, 3_000, 5_000, 10_000, 20_000)
"""How far round a point one may look, in metres."""

_PREFIXES = ("ui.", "map.")
_DECIMALS = 6


@functools.lru_cache(maxsize=2)
def build_index(dataset: Dataset) -> bytes:
    """Return the index of a dataset: release, rows, facets, years, money, radii, terms, messages.

    A row's name and second line stand under each language; `at` is [longitude, latitude], null
    without a place; `off` is how far it may lie off in metres, null where nobody says; `outline`
    tells whether it has an inside. Rows keep the order of `dataset.rows`, so a row number is a
    place in this list.
    """
    index = {
        "release": dataset.release,
        "rows": _rows(dataset),
        "facets": _facets(dataset),
        "years": [FIRST_YEAR, LAST_YEAR],
        "money": [int(edge) for edge in MONEY_EDGES],
        "radii": RADII_M,
        "terms": explained(),
        "messages": {
            lang: {k: v for k, v in messages(lang).items() if k.startswith(_PREFIXES)}
            for lang in LANGUAGES
        },
    }
    return json.dumps(index, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def _rows(dataset: Dataset) -> list[dict[str, Any]]:
    translators = [Translator(lang) for lang in LANGUAGES]
    lines = {
        ("site", t.lang): [
            sublines.of_site(dataset, site, t)
            for site in dataset.sites.reset_index().to_dict("records")
        ]
        for t in translators
    } | {
        ("project", t.lang): [
            sublines.of_project(dataset, project, t)
            for project in dataset.projects.reset_index().to_dict("records")
        ]
        for t in translators
    }
    subs = {lang: lines["site", lang] + lines["project", lang] for lang in LANGUAGES}
    return [
        {
            "id": row["id"],
            "type": row["row_type"],
            "park": None if is_missing(row["park_type"]) else row["park_type"],
            "status": row["status"],
            **{lang: [row[f"name_{lang}"], subs[lang][number]] for lang in LANGUAGES},
            "at": None
            if np.isnan(row["lon"])
            else [round(row["lon"], _DECIMALS), round(row["lat"], _DECIMALS)],
            "off": None if is_missing(row["position_accuracy_m"]) else row["position_accuracy_m"],
            "outline": bool(outline),
        }
        for number, (row, outline) in enumerate(
            zip(
                dataset.rows.drop(columns="geometry").to_dict("records"),
                dataset.rows.geom_type.isin(["Polygon", "MultiPolygon"]),
                strict=True,
            )
        )
    ]


def _facets(dataset: Dataset) -> dict[str, list[dict[str, Any]]]:
    options = vocabulary(dataset)
    return {
        "park": [
            {
                **_worded("park", park.id),
                "title": {lang: Translator(lang).t(f"park.{park.id}.full") for lang in LANGUAGES},
                "colour": park.colour,
                "letter": {lang: park.letter(lang) for lang in LANGUAGES},
            }
            for park in PARKS
        ],
        "direction": [
            _named(key, dataset.directions.loc[key], "name") for key in options["direction"]
        ],
        "cluster": [
            {
                **_named(key, dataset.clusters.loc[key], "short"),
                "title": {lang: dataset.clusters.loc[key, f"name_{lang}"] for lang in LANGUAGES},
            }
            for key in options["cluster"]
        ],
        "kind": _all_worded("kind", options["kind"]),
        "status": _all_worded("status", options["status"]),
    }


def _all_worded(vocabulary_name: str, ids: Sequence[str]) -> list[dict[str, Any]]:
    return [_worded(vocabulary_name, key) for key in ids]


def _worded(vocabulary_name: str, key: str) -> dict[str, Any]:
    words = {lang: Translator(lang).t(f"{vocabulary_name}.{key}") for lang in LANGUAGES}
    return {"id": key, **words}


def _named(key: str, record: Any, field: str) -> dict[str, Any]:
    return {"id": key, **{lang: record[f"{field}_{lang}"] for lang in LANGUAGES}}
