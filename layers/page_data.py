"""What the script of the map page is told: layers, styles, settlements, texts of both languages."""

import json
from dataclasses import asdict
from typing import Any, Literal

from geo import settings
from geo.dataset import Dataset
from geo.view import View
from layers import style
from layers.locale import LANGUAGES, messages
from layers.published import digest, layer_bytes
from layers.snapshot_card import snapshot_card

Delivery = Literal["url", "inline"]

START = (84.80, 56.42, 85.16, 56.645)
"""The box of the starting view (west, south, east, north): Tomsk and Seversk with most sites."""

OSM_COPYRIGHT = "https://www.openstreetmap.org/copyright"
OSM_ATTRIBUTION = "© OpenStreetMap contributors"
OSM_MAX_ZOOM = 19

_MESSAGES = ("map.", "park.", "kind.", "status.", "value.")


def page_data(
    dataset: Dataset, *, delivery: Delivery, view: View | None = None, offline: bool = False
) -> dict[str, Any]:
    """Return the data block of a map page, ready for `json.dumps`; see `layers.page.build_map`."""
    return {
        "release": dataset.release,
        "shown": None if view is None else view.ids,
        "hosted": offline,
        "layers": [
            {
                "id": entry.id,
                "kind": entry.kind,
                "title": {"ru": entry.title_ru, "en": entry.title_en},
                **_content(dataset, entry.id, delivery),
            }
            # The host of an offline page has the rows, and sends them.
            for kind in (() if offline else ("sites", "projects"))
            for entry in dataset.catalog.of_kind(kind)
        ],
        "parks": [_park(park) for park in style.PARKS],
        "settlements": _settlements(dataset),
        "attribution": {lang: dataset.catalog.attributions(lang) for lang in LANGUAGES},
        "tiles": None if offline else _tiles(),
        "copyright": {"link": OSM_COPYRIGHT, "attribution": OSM_ATTRIBUTION},
        "snapshot": None if offline or delivery == "inline" else snapshot_card(),
        "start": START,
        "sizes": {
            "min": style.DISC_MIN_PX,
            "max": style.DISC_MAX_PX,
            "perRoot": style.DISC_PX_PER_ROOT_HA,
        },
        "colours": {"light": style.LIGHT, "dark": style.DARK},
        "messages": {lang: _messages(lang) for lang in LANGUAGES},
    }


def to_script_block(data: object) -> str:
    r"""Return JSON that may stand inside a script element, whatever the texts in it hold.

    Examples
    --------
    >>> to_script_block({"name": "</script>"})
    '{"name":"\\u003c/script\\u003e"}'
    """
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def _content(dataset: Dataset, layer_id: str, delivery: Delivery) -> dict[str, Any]:
    if delivery == "inline":
        return {"data": json.loads(layer_bytes(dataset, layer_id))}
    return {"url": f"layers/{layer_id}.geojson?v={digest(layer_bytes(dataset, layer_id))}"}


def _park(park: style.ParkStyle) -> dict[str, Any]:
    letters = {lang: park.letter(lang) for lang in LANGUAGES}
    return {k: v for k, v in asdict(park).items() if not k.startswith("letter")} | {
        "letter": letters
    }


def _settlements(dataset: Dataset) -> list[dict[str, Any]]:
    """List the settlements, larger ones first: the script writes names until they collide."""
    ordered = dataset.settlements.sort_values("rank", kind="stable").reset_index()
    return [
        {
            "id": row["id"],
            "name": {"ru": row["name_ru"], "en": row["name_en"]},
            "lon": float(row["longitude"]),
            "lat": float(row["latitude"]),
            "rank": int(row["rank"]),
        }
        for row in ordered.to_dict("records")
    ]


def _tiles() -> dict[str, Any] | None:
    url = settings.current().tile_url
    if not url:
        return None
    return {"url": url, "max_zoom": OSM_MAX_ZOOM}


def _messages(lang: str) -> dict[str, str]:
    return {key: text for key, text in messages(lang).items() if key.startswith(_MESSAGES)}
