"""A prepared question of access for the script that draws it: paths in metres, curves by minute.

All positions are whole metres of EPSG:32645 east and south of an origin, as SVG has it.
"""

import functools
from collections.abc import Iterable, Mapping
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely

from geo.access import STOP, Access, Place, Prepared, Reach, places
from geo.access.demand import demand
from geo.crs import METRES, to_degrees, to_metres
from geo.domains import TRUE_OUTLINES
from geo.snapshot import Snapshot
from layers.access_link import position
from layers.access_words import place_name
from layers.locale import Translator
from layers.style import BY_PARK, PARKS

MOST_STREETS = 8_000
MOST_BUILDINGS = 4_000
"""Beyond these the smaller streets, or the buildings, are not drawn."""

_MAJOR = ("motorway", "trunk", "primary", "secondary", "tertiary")
_DETAIL_M = 1.5
_MARGIN = 0.04
Origin = npt.NDArray[np.float64]


@functools.lru_cache(maxsize=8)
def origin_of(snapshot: Snapshot) -> tuple[float, float]:
    """Return the middle of a snapshot, in whole metres of EPSG:32645."""
    ground = to_metres(gpd.GeoSeries([shapely.box(*snapshot.bounds)], crs=4326)).iloc[0]
    return float(round(ground.centroid.x)), float(round(ground.centroid.y))


def position_at(snapshot: Snapshot, east: float, south: float) -> str | None:
    """Return `lon,lat` of a point of the drawing; None where there is none."""
    x, y = origin_of(snapshot)
    point = to_degrees(gpd.GeoSeries.from_xy([x + east], [y - south], crs=METRES)).iloc[0]
    return None if point.is_empty else position(f"{point.x},{point.y}")


@functools.lru_cache(maxsize=8)
def totals(snapshot: Snapshot) -> dict[str, float]:
    """Return how many people and buildings the snapshot holds."""
    return {name: float(weights.sum()) for name, _, weights in demand(snapshot)}


def key(answer: Access, translator: Translator) -> str:
    """Return what tells one drawing from another; the minutes change nothing in it."""
    return "\n".join(
        (answer.snapshot.about.id, answer.place.id, answer.network.mode, translator.lang)
    )


@functools.lru_cache(maxsize=16)
def drawn(prepared: Prepared, translator: Translator) -> Mapping[str, Any]:
    """Return all that is drawn of a place, as JSON has it; not to be changed.

    `ground` are paths by layer, `rings` the isochrones (`high`, and `low` where the place is
    uncertain), `place.curves` low and high by minute from 0 to 60, `sites` the same curves of every
    site (None where it cannot be measured from), in the order of the kinds of park.
    """
    answer = prepared.answer
    origin = np.array(origin_of(answer.snapshot))
    sites = [
        {
            "id": site_id,
            "name": place_name(place, translator),
            "chosen": site_id == answer.place.id,
            "curves": _curves(prepared.sites.get(site_id)),
            **_sign(place, translator),
            **_placed(place, origin),
        }
        for site_id, place in places(answer.snapshot).items()
    ]
    order = [park.id for park in PARKS]
    return {
        "ground": {**_frozen(answer.snapshot), **_streets(answer)},
        "marks": _marks(answer.snapshot),
        "place": {
            "name": place_name(answer.place, translator),
            "what_if": answer.place.park_type is None,
            "curves": _curves(answer.reach),
            **_placed(answer.place, origin),
        },
        "rings": _rings(answer),
        "sites": sorted(sites, key=lambda site: order.index(site["park"])),
        "totals": totals(answer.snapshot),
    }


def path(lines: Iterable[Any], origin: Origin, *, closed: bool = False) -> str:
    """Return lines or rings as the `d` of an SVG path."""
    parts = []
    for line in lines:
        xy = np.rint(shapely.get_coordinates(line) - origin).astype(int)
        points = "L".join(f"{x} {-y}" for x, y in xy)
        parts.append(f"M{points}{'Z' if closed else ''}")
    return "".join(parts)


def _outlines(shapes: Any, origin: Origin, *, detail_m: float = _DETAIL_M) -> str:
    areas = shapely.get_parts(shapely.simplify(np.asarray(shapes, dtype=object), detail_m))
    areas = areas[shapely.get_dimensions(areas) == 2]
    return path(shapely.get_rings(areas), origin, closed=True)


@functools.lru_cache(maxsize=8)
def _frozen(snapshot: Snapshot) -> dict[str, str]:
    origin, found = np.array(origin_of(snapshot)), {}
    for layer in ("water", "open_space", "buildings"):
        if layer in snapshot and (
            layer != "buildings" or len(snapshot.layer(layer)) <= MOST_BUILDINGS
        ):
            found[layer] = _outlines(to_metres(snapshot.layer(layer).geometry), origin)
    return found


def _streets(answer: Access) -> dict[str, Any]:
    network, origin = answer.network, np.array(origin_of(answer.snapshot))
    kinds = np.array([str(kind).removesuffix("_link") for kind in network.highway])
    major = np.isin(kinds, _MAJOR)
    kept = np.flatnonzero(~major)[: max(0, MOST_STREETS - int(major.sum()))]
    lines = shapely.simplify(network.geometry, _DETAIL_M)
    west, south, east, north = shapely.total_bounds(network.geometry) - np.tile(origin, 2)
    margin = _MARGIN * max(east - west, north - south)
    return {
        "major": path(lines[major], origin),
        "minor": path(lines[kept], origin),
        "left_out": int((~major).sum()) - len(kept),
        "view": [
            round(float(value))
            for value in (west - margin, -north - margin, east + margin, -south + margin)
        ],
    }


@functools.lru_cache(maxsize=8)
def _marks(snapshot: Snapshot) -> list[dict[str, Any]]:
    """Return stops and institutions as small signs."""
    origin, found = np.array(origin_of(snapshot)), []
    for layer in ("stops", "pois"):
        if layer in snapshot:
            frame = snapshot.layer(layer)
            xy = shapely.get_coordinates(to_metres(frame.geometry)) - origin
            kinds = [STOP] * len(frame) if layer == "stops" else frame["kind"].tolist()
            found += [
                {"kind": kind, "at": [round(float(x)), round(float(-y))]}
                for kind, (x, y) in zip(kinds, xy, strict=True)
            ]
    return found


def _rings(answer: Access) -> list[dict[str, Any]]:
    origin = np.array(origin_of(answer.snapshot))
    rings: dict[int, dict[str, Any]] = {}
    for minutes, bound, shape in zip(
        answer.ground["minutes"], answer.ground["bound"], answer.ground.geometry, strict=True
    ):
        ring = rings.setdefault(int(minutes), {"minutes": int(minutes), "low": None, "high": ""})
        ring[bound] = _outlines([shape], origin)
    return [rings[minutes] for minutes in sorted(rings)]


def _curves(reach: Reach | None) -> dict[str, dict[str, list[float]]] | None:
    if reach is None:
        return None
    return {
        name: {bound: [round(float(v), 1) for v in table[bound]] for bound in ("low", "high")}
        for name, table in reach.items()
    }


def _sign(place: Place, translator: Translator) -> dict[str, Any]:
    style = BY_PARK[str(place.park_type)]
    return {
        "park": style.id,
        "colour": style.colour,
        "letter": style.letter(translator.lang),
        "kind": translator.t(f"park.{style.id}"),
    }


def _placed(place: Place, origin: Origin) -> dict[str, Any]:
    shape = place.geometry
    if shape is None:
        return {"at": None, "shape": "", "guess": False, "circle_m": None}
    x, y = shapely.get_coordinates(shape.centroid)[0] - origin
    dimension = int(shapely.get_dimensions(shape))
    uncertain = dimension == 0 and place.accuracy_m
    return {
        "at": [round(float(x)), round(float(-y))],
        "shape": _outlines([shape], origin) if dimension == 2 else "",
        "guess": dimension > 0 and place.method not in TRUE_OUTLINES,
        "circle_m": place.accuracy_m if uncertain else None,
    }
