"""From areas and nodes of OpenStreetMap to the layers of a snapshot that are no streets."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import geopandas as gpd
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from geo.crs import DEGREES
from geo.fetch.areas import areas
from geo.fetch.elements import Element, Refused, tags_of
from geo.fetch.themes import POIS, THEMES


class Layer(NamedTuple):
    """One layer of a snapshot, and the elements of its theme that could not be used."""

    frame: gpd.GeoDataFrame
    refused: list[Refused]


def buildings(elements: Sequence[Element], within: BaseGeometry) -> Layer:
    """Return footprints with `id` and `kind`, the value of `building`."""
    return _polygons("buildings", elements, within, lambda tags: {"kind": tags["building"]})


def water(elements: Sequence[Element], within: BaseGeometry) -> Layer:
    """Return surfaces of water with `id` and names."""
    return _polygons("water", elements, within, _names)


def open_space(elements: Sequence[Element], within: BaseGeometry) -> Layer:
    """Return open ground with `id`, `kind`, `public_access`, `evidence` and names.

    Access is what tags say and nothing else: a park without `access` is unknown, not free.
    """

    def facts(tags: Mapping[str, str]) -> dict[str, str | None]:
        access, evidence = public_access(tags)
        return {
            "kind": _kind(tags), "public_access": access, "evidence": evidence, **_names(tags),
        }  # fmt: skip

    return _polygons("open_space", elements, within, facts)


def stops(elements: Sequence[Element], within: BaseGeometry) -> Layer:
    """Return stop points with `id`, `mode` and names; an area stands as a point inside it."""
    return _points("stops", elements, within, lambda tags: {"mode": mode(tags), **_names(tags)})


def pois(elements: Sequence[Element], within: BaseGeometry) -> Layer:
    """Return institutions with `id`, `kind` and names; an area stands as a point inside it."""

    def facts(tags: Mapping[str, str]) -> dict[str, str | None]:
        kind = next(name for (key, value), name in POIS.items() if tags.get(key) == value)
        return {"kind": kind, **_names(tags)}

    return _points("pois", elements, within, facts)


def public_access(tags: Mapping[str, str]) -> tuple[str, str]:
    """Return who may enter by the tags `access` and `fee`, and the tags that say so."""
    said = [f"{key}={tags[key]}" for key in ("access", "fee") if key in tags]
    evidence = f"OpenStreetMap: {', '.join(said)}" if said else ""
    access, fee = tags.get("access"), tags.get("fee", "no")
    if access in ("private", "no"):
        return "closed", evidence
    if access in ("customers", "permit", "members", "residents") or fee != "no":
        return "restricted", evidence
    if access in ("yes", "public", "permissive", "designated"):
        return "free", evidence
    return "unknown", evidence


def mode(tags: Mapping[str, str]) -> str:
    """Return what calls at a stop, of several the one that carries most; unknown where unsaid."""
    if tags.get("railway") == "tram_stop":
        return "tram"
    if tags.get("railway") in ("station", "halt"):
        return "metro" if "subway" in (tags.get("station"), tags.get("railway")) else "train"
    if tags.get("amenity") == "ferry_terminal":
        return "ferry"
    for key, name in _CALLS.items():
        if tags.get(key) == "yes":
            return name
    return "bus" if tags.get("highway") == "bus_stop" else "unknown"


_CALLS = {
    "subway": "metro", "train": "train", "ferry": "ferry", "tram": "tram", "bus": "bus",
    "trolleybus": "trolleybus", "share_taxi": "minibus",
}  # fmt: skip

_Facts = Callable[[Mapping[str, str]], Mapping[str, str | None]]


def _polygons(
    theme: str, elements: Sequence[Element], within: BaseGeometry, facts: _Facts
) -> Layer:
    found = areas(elements, wanted=THEMES[theme].wanted)
    frame = found.frame
    return Layer(
        _frame(_ids(frame), frame["tags"], frame.geometry.to_numpy(), within, facts),
        found.refused,
    )


def _points(theme: str, elements: Sequence[Element], within: BaseGeometry, facts: _Facts) -> Layer:
    wanted = THEMES[theme].wanted
    nodes = [one for one in elements if one["type"] == "node" and wanted(tags_of(one))]
    found = areas(elements, wanted=wanted)
    # A platform may be a line: its stop stands as a node as well, so it is no loss.
    refused = [one for one in found.refused if one.reason != "the way is not closed"]
    inside = found.frame.geometry.representative_point()
    ids = [f"node/{one['id']}" for one in nodes] + _ids(found.frame)
    tags = [tags_of(one) for one in nodes] + list(found.frame["tags"])
    shapes = [shapely.Point(one["lon"], one["lat"]) for one in nodes] + list(inside)
    return Layer(_frame(ids, tags, shapes, within, facts), refused)


def _ids(frame: gpd.GeoDataFrame) -> list[str]:
    pairs = zip(frame["osm_type"], frame["osm_id"], strict=True)
    return [f"{osm_type}/{osm_id}" for osm_type, osm_id in pairs]


def _frame(
    ids: Sequence[str],
    tags: "Sequence[Mapping[str, str]] | pd.Series",
    shapes: Sequence[Any],
    within: BaseGeometry,
    facts: _Facts,
) -> gpd.GeoDataFrame:
    rows = [{"id": one, **facts(of)} for one, of in zip(ids, tags, strict=True)]
    frame = gpd.GeoDataFrame(
        pd.DataFrame(rows, index=range(len(rows)), dtype=object), geometry=list(shapes), crs=DEGREES
    )
    shapely.prepare(within)
    return frame[shapely.intersects(within, frame.geometry.to_numpy())].reset_index(drop=True)


def _names(tags: Mapping[str, str]) -> dict[str, str | None]:
    return {"name_ru": tags.get("name:ru") or tags.get("name"), "name_en": tags.get("name:en")}


def _kind(tags: Mapping[str, str]) -> str:
    theme = THEMES["open_space"]
    return next(tags[key] for key, values in theme.tags.items() if tags.get(key) in values)
