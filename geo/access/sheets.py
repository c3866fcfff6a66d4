"""The numbers of access on the sheets of the dataset's sites: in both modes, as plain values."""

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any, get_args

import geopandas as gpd
import shapely

from geo import dataset
from geo.access.numbers import measure
from geo.access.place import Place, places
from geo.access.prepared import network_of
from geo.access.refusals import REFUSALS, refusal_code
from geo.crs import to_metres
from geo.indicators.estimate import NOTICE
from geo.network import Mode
from geo.snapshot import Snapshot

MINUTES = (5, 10, 15, 30)
MODES: tuple[Mode, ...] = get_args(Mode)
Sheet = Mapping[str, Any]

_METHOD = "3"
"""Another one whenever the same snapshot would give other numbers."""

_SHARED = ("place", "notice", "snapshot", "mode")


def covered(snapshot: Snapshot) -> Mapping[str, Place]:
    """Return the sites of the dataset that lie wholly inside a snapshot, by id."""
    ground = _ground(snapshot.bounds)
    return {
        site_id: place
        for site_id, place in places(snapshot).items()
        if site_id in dataset.shared().sites.index and shapely.covers(ground, place.geometry)
    }


def key_of(snapshot: Snapshot) -> str:
    """Return what the sheets follow from: equal keys mean equal numbers."""
    parts = [_METHOD, dataset.shared().release, snapshot.about.id]
    parts += [f"{entry.id} {entry.sha256}" for entry in snapshot.entries.values()]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def sheets_of(snapshot: Snapshot) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield id and sheet of each site that the snapshot covers, as `sheet_of` gives it."""
    for site_id, place in covered(snapshot).items():
        yield site_id, sheet_of(snapshot, place)


def sheet_of(snapshot: Snapshot, place: Place) -> dict[str, Any]:
    """Return the numbers of a place on foot and by car, as JSON has them.

    Returns
    -------
    dict
        `notice`, `snapshot`, `edge_km` (from the place to the border of the streets, beyond which
        nothing is counted), and for `walk` and `drive` what `Numbers.to_json` gives, or `refused`
        with a code of `geo.access.refusals`.
    """
    about = snapshot.about
    streets = snapshot.entries.get("walk_edges")
    border = _ground(snapshot.bounds if streets is None else streets.bounds).boundary
    return {
        "notice": NOTICE,
        "snapshot": {
            "id": about.id,
            "example": about.is_example,
            "title": {"ru": about.title_ru, "en": about.title_en},
            "notice": {"ru": about.notice_ru, "en": about.notice_en},
            "retrieved": about.retrieved,
            "licence": about.licence,
            "attribution": {"ru": about.attribution_ru, "en": about.attribution_en},
        },
        "edge_km": round(float(shapely.distance(border, place.geometry)) / 1000, 3),
        **{mode: _numbers(snapshot, place, mode) for mode in MODES},
    }


def _numbers(snapshot: Snapshot, place: Place, mode: Mode) -> dict[str, Any]:
    try:
        found = measure(snapshot, place, network_of(snapshot, mode), minutes=MINUTES).to_json()
    except REFUSALS as error:
        return {"refused": refusal_code(error)}
    return {name: value for name, value in found.items() if name not in _SHARED}


def _ground(bounds: tuple[float, float, float, float]) -> shapely.Polygon:
    corners = gpd.GeoSeries([shapely.box(*bounds).segmentize(0.05)], crs=4326)
    ground: shapely.Polygon = to_metres(corners).iloc[0]
    return ground
