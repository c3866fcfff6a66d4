"""A prepared question of access for the script that draws it: paths in metres, curves by minute.

All positions are whole metres of EPSG:32645 east and south of an origin, as SVG has it.
"""

import functools
from collections.abc import Mapping, Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.access import Access, Place, Prepared, Reach, gain_of, places, union_of
from geo.access.demand import demand
from geo.domains import TRUE_OUTLINES
from geo.snapshot import Snapshot
from layers.access_ground import Origin, frozen, marks, origin_of, outlines, streets
from layers.access_words import place_name
from layers.locale import Translator
from layers.style import BY_PARK, PARKS


@functools.lru_cache(maxsize=8)
def totals(snapshot: Snapshot) -> dict[str, float]:
    """Return how many people and buildings the snapshot holds."""
    found = demand(snapshot)
    return {name: float(found.of(name).sum()) for name in found.parts}


def key(answers: Sequence[Access], translator: Translator) -> str:
    """Return what tells one drawing from another; the minutes change nothing in it."""
    first = answers[0]
    ids = [one.place.id for one in answers]
    return "\n".join((first.snapshot.about.id, first.network.mode, translator.lang, *ids))


@functools.lru_cache(maxsize=16)
def drawn(several: tuple[Prepared, ...], translator: Translator) -> Mapping[str, Any]:
    """Return all that is drawn of a place and those beside it, as JSON has it; not to be changed.

    `ground` are paths by layer. `places` are the place and those beside it, each with `rings`, its
    isochrones (`high`, and `low` where it is uncertain), and `curves`, low and high by minute from
    0 to 60. `together` has the curves of several and the outline of them (`rings`). `sites` are all
    sites with their curves (None where one cannot be measured from), in the order of the kinds of
    park; `kinds` the kinds, with the curves of all their sites together and, for a what-if place,
    of those who come to it and to no site of the kind (`gain`); `gain` is that for all the sites.
    """
    prepared, answer = several[0], several[0].answer
    origin = np.array(origin_of(answer.snapshot))
    sites = [
        {
            "id": site_id,
            "name": place_name(place, translator),
            "chosen": site_id == answer.place.id,
            "beside": any(site_id == one.answer.place.id for one in several[1:]),
            "curves": None if reach is None else _curves(reach.curves),
            **_sign(place, translator),
            **_placed(place, origin),
        }
        for site_id, place in places(answer.snapshot).items()
        for reach in (prepared.sites.get(site_id),)
    ]
    order = [park.id for park in PARKS]
    return {
        "ground": {**frozen(answer.snapshot), **streets(answer.network, origin)},
        "marks": marks(answer.snapshot),
        "places": [
            {
                "id": one.answer.place.id,
                "name": place_name(one.answer.place, translator),
                "what_if": one.answer.place.park_type is None,
                "curves": _curves(one.answer.reach),
                "rings": _rings(one.answer, origin),
                **(
                    {}
                    if one.answer.place.park_type is None
                    else _sign(one.answer.place, translator)
                ),
                **_placed(one.answer.place, origin),
            }
            for one in several
        ],
        "together": _together([one.answer for one in several], origin),
        **_kinds(prepared, translator),
        "sites": sorted(sites, key=lambda site: order.index(site["park"])),
        "totals": totals(answer.snapshot),
    }


def _together(answers: Sequence[Access], origin: Origin) -> dict[str, Any] | None:
    """Return curves and outlines of several places together; None for one alone."""
    if len(answers) < 2:
        return None
    grounds = pd.concat([one.ground[one.ground["bound"] == "high"] for one in answers])
    whole = gpd.GeoSeries(grounds.geometry.groupby(grounds["minutes"]).agg(shapely.union_all))
    return {
        "curves": _curves(_unions([one.reached for one in answers], answers[0].snapshot)),
        "rings": [
            {"minutes": int(minutes), "high": outlines([shape], origin)}
            for minutes, shape in whole.items()
        ],
    }


def _kinds(prepared: Prepared, translator: Translator) -> dict[str, Any]:
    """Return the kinds of park with their sites together, and what a what-if place adds."""
    snapshot, place = prepared.answer.snapshot, prepared.answer.place
    known = {one: reach for one, reach in prepared.sites.items() if reach is not None}
    sites, new = places(snapshot), prepared.answer.reached

    def gain(today: list[Reach]) -> dict[str, Any] | None:
        if place.park_type is not None:
            return None
        wanted = demand(snapshot)
        return _curves({n: gain_of(new, today, n, wanted.of(n)) for n in wanted.parts})

    kinds = []
    for park in PARKS:
        of_kind = [reach for one, reach in known.items() if sites[one].park_type == park.id]
        if of_kind:
            one = next(site for site in sites.values() if site.park_type == park.id)
            kinds.append(
                {
                    **_sign(one, translator),
                    "sites": len(of_kind),
                    "curves": _curves(_unions(of_kind, snapshot)),
                    "gain": gain(of_kind),
                }
            )
    return {"kinds": kinds, "gain": gain([*known.values()]) if known else None}


def _unions(reached: Sequence[Reach], snapshot: Snapshot) -> dict[str, pd.DataFrame]:
    wanted = demand(snapshot)
    return {name: union_of(reached, name, wanted.of(name)) for name in wanted.parts}


def _rings(answer: Access, origin: Origin) -> list[dict[str, Any]]:
    rings: dict[int, dict[str, Any]] = {}
    for minutes, bound, shape in zip(
        answer.ground["minutes"], answer.ground["bound"], answer.ground.geometry, strict=True
    ):
        ring = rings.setdefault(int(minutes), {"minutes": int(minutes), "low": None, "high": ""})
        ring[bound] = outlines([shape], origin)
    return [rings[minutes] for minutes in sorted(rings)]


def _curves(curves: Mapping[str, pd.DataFrame]) -> dict[str, dict[str, list[float]]]:
    return {
        name: {bound: [round(float(v), 1) for v in table[bound]] for bound in ("low", "high")}
        for name, table in curves.items()
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
        "shape": outlines([shape], origin) if dimension == 2 else "",
        "guess": dimension > 0 and place.method not in TRUE_OUTLINES,
        "circle_m": place.accuracy_m if uncertain else None,
    }
