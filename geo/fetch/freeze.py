"""From a source and a place to a snapshot folder: all layers first, then the folder at once."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import geopandas as gpd
from shapely.geometry.base import BaseGeometry

from geo.fetch import layers as makers
from geo.fetch.elements import Element, Refused
from geo.fetch.folders import check_folder
from geo.fetch.layers import Layer
from geo.fetch.place import Place
from geo.fetch.refusals import refuse
from geo.fetch.source import Gathered, Source
from geo.fetch.streets import streets
from geo.fetch.themes import GROUPS, LAYERS, Group
from geo.network.build import Mode
from geo.snapshot import About, Snapshot, write_snapshot

_MODES: tuple[Mode, ...] = ("walk", "drive")
_MAKERS: Mapping[str, Callable[[Sequence[Element], BaseGeometry], Layer]] = {
    "buildings": makers.buildings,
    "stops": makers.stops,
    "open_space": makers.open_space,
    "water": makers.water,
    "pois": makers.pois,
}


@dataclass(frozen=True, eq=False)
class Fetched:
    """Layers by the names of the snapshot, and what must be said of them.

    `empty` are layers of which nothing was found; `refused` the elements that could not be used,
    each with its reason; `date`, `stale` and `asked` as in `Gathered`.
    """

    layers: Mapping[str, gpd.GeoDataFrame]
    empty: tuple[str, ...]
    refused: tuple[Refused, ...]
    date: datetime
    stale: datetime | None
    asked: tuple[str, ...] = ()


def gather(
    source: Source,
    place: Place,
    layers: Sequence[str] = LAYERS,
    *,
    on_group: Callable[[str], None] = lambda _: None,
) -> Fetched:
    """Ask a source for the layers of a place.

    Raises
    ------
    FetchError
        If the source fails, or has no streets where streets are asked for.
    """
    found: dict[str, gpd.GeoDataFrame] = {}
    empty: list[str] = []
    gathered = list(place.answers)
    refused: list[Refused] = []
    for group in GROUPS:
        themes = _themes(group, layers)
        if not themes:
            continue
        on_group(group.id)
        answer = source.themes(themes, place.area)
        gathered.append(answer)
        refused += answer.refused
        for name, frame, faults in _frames(group, answer, place.area, layers):
            refused += faults
            if len(frame):
                found[name] = frame
            else:
                empty.append(name)
    if "boundaries" in layers and len(place.borders):
        found["boundaries"] = place.borders
    streetless = [mode for mode in _MODES if f"{mode}_edges" in empty]
    if streetless:
        raise refuse("empty", what=f"no streets to {' and '.join(streetless)}")
    if not found:
        raise refuse("empty", what=f"no {', '.join(empty or layers)}")
    stale = [one.stale for one in gathered if one.stale is not None]
    return Fetched(
        layers=found,
        empty=tuple(empty),
        refused=tuple(dict.fromkeys(refused)),
        date=source.date(gathered),
        stale=min(stale, default=None),
        asked=tuple(dict.fromkeys(query for one in gathered for query in one.asked)),
    )


def freeze(folder: Path, fetched: Fetched, place: Place, source: Source, made: str) -> Snapshot:
    """Write what was fetched as a snapshot, in place of the one that is there.

    Parameters
    ----------
    made
        The command that does it again.

    Raises
    ------
    FetchError
        If the folder must not be written, see `check_folder`, or cannot be.
    """
    check_folder(folder, list(fetched.layers))
    try:
        return write_snapshot(folder, _about(fetched, place, source, made), fetched.layers)
    except OSError as error:
        raise refuse("folder", name=folder.name, what="it cannot be written") from error


def names_of(layers: Sequence[str]) -> list[str]:
    """Return the snapshot's names of layers: a network is nodes and edges."""
    return [
        name
        for layer in layers
        for name in ((f"{layer}_nodes", f"{layer}_edges") if layer in _MODES else (layer,))
    ]


def _themes(group: Group, layers: Sequence[str]) -> tuple[str, ...]:
    if group.id == "streets":
        return group.themes if set(group.layers) & set(layers) else ()
    return tuple(theme for theme in group.themes if theme in layers)


def _frames(
    group: Group, answer: Gathered, area: BaseGeometry, layers: Sequence[str]
) -> list[tuple[str, gpd.GeoDataFrame, list[Refused]]]:
    made = []
    for layer in group.layers:
        if layer not in layers:
            continue
        if layer in _MODES:
            nodes, edges, faults = streets(answer.elements, layer, area)
            made += [(f"{layer}_nodes", nodes, faults), (f"{layer}_edges", edges, [])]
        else:
            made.append((layer, *_MAKERS[layer](answer.elements, area)))
    return made


def _about(fetched: Fetched, place: Place, source: Source, made: str) -> About:
    day = fetched.date.date().isoformat()
    stale = fetched.stale.date().isoformat() if fetched.stale else ""
    return About(
        id=f"osm-{place.id}-{day}",
        kind="openstreetmap",
        title_ru=place.title_ru,
        title_en=place.title_en,
        retrieved=day,
        source=source.name,
        query="\n".join([place.asked, *fetched.asked]),
        licence="ODbL-1.0",
        attribution_ru="© участники OpenStreetMap, ODbL 1.0",
        attribution_en="© OpenStreetMap contributors, ODbL 1.0",
        notice_ru=f"Источник не ответил: часть данных взята из копии от {stale}." if stale else "",
        notice_en=f"The source did not answer: some data are a kept copy of {stale}."
        if stale
        else "",
        made=made,
        stale=stale,
        left_out=left_out(fetched),
    )


def left_out(fetched: Fetched) -> str:
    """Return in one line what was found but could not be used, and what was not found."""
    reasons = Counter(f"{one.osm_type}: {one.reason}" for one in fetched.refused)
    parts = [f"{count} x {reason}" for reason, count in sorted(reasons.items())]
    return "; ".join([*parts, *(f"nothing found: {name}" for name in fetched.empty)])
