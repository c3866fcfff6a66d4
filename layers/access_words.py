"""What is said of access: names of places, intervals, and why a place is refused."""

import math

from geo.access import Place
from geo.errors import (
    GeoError,
    NetworkError,
    NotReachedError,
    PopulationError,
    PositionError,
    SnapshotError,
)
from geo.indicators.estimate import Interval
from geo.network import CAP_M
from geo.snapshot import Snapshot
from layers.locale import Translator

_REFUSALS: tuple[tuple[type[GeoError], str], ...] = (
    (NotReachedError, "not_reached"),
    (PositionError, "position"),
    (PopulationError, "population"),
    (NetworkError, "network"),
    (SnapshotError, "snapshot"),
)
REFUSALS = tuple(error for error, _ in _REFUSALS)
"""What the page can be refused by."""

OUTSIDE = "outside"
"""Code of a place beyond the snapshot, which is refused before anything is computed."""


def place_name(place: Place, translator: Translator) -> str:
    """Return what a place is called; a position is a what-if place, and named so."""
    if place.park_type is None:
        lon, lat = place.id.split(",")
        return translator.t("access.what_if", lon=lon, lat=lat)
    return place.name_ru if translator.lang == "ru" else place.name_en


def refusal_code(error: GeoError) -> str:
    """Return the code under which a refusal has words."""
    return next(code for kind, code in _REFUSALS if isinstance(error, kind))


def refusal_text(code: str, translator: Translator) -> str:
    """Return why, and what to do; of what is in the files, nothing."""
    return translator.t(f"access.error.{code}", cap=translator.length(CAP_M))


def ground_text(snapshot: Snapshot, translator: Translator) -> str:
    """Return which longitudes and latitudes a snapshot covers."""
    names = ("west", "south", "east", "north")
    ends = zip(names, snapshot.bounds, strict=True)
    return translator.t(
        "access.covers", **{name: translator.number(value, 3) for name, value in ends}
    )


def count_text(low: float, high: float, translator: Translator) -> str:
    """Return a number of people, buildings or stops, or the interval it lies in."""
    ends = [translator.number(math.floor(low), 0), translator.number(math.ceil(high), 0)]
    if round(low) == round(high):
        return translator.number(round(low), 0)
    return translator.t("access.between", low=ends[0], high=ends[1])


def minutes_text(interval: Interval, translator: Translator) -> str:
    """Return minutes or their interval, or that there is no way."""
    t, (low, high) = translator.t, (interval.low, interval.high)
    if not math.isfinite(low):
        return t("access.no_way")
    if not math.isfinite(high):
        return t("access.at_least", low=translator.number(low))
    if translator.number(low) == translator.number(high):
        return translator.number(low)
    return t("access.between", low=translator.number(low), high=translator.number(high))
