"""What is said of access: names of places, intervals, and why a place is refused."""

import math
from collections.abc import Mapping, Sequence

from geo.access import LEG_M, STOP, STOPS_WITHIN_M, Place
from geo.indicators.estimate import Interval, rounded_down
from geo.network import CAP_M, FAR_M
from geo.snapshot import Snapshot
from layers.access_link import position
from layers.locale import Translator

KINDS = ("clinic", "hospital", "university", "railway_station", STOP, "school", "marketplace")
"""Kinds of institutions that have words, in the order in which they are shown."""

OUTSIDE = "outside"
"""Code of a place beyond the snapshot, which is refused before anything is computed."""


def place_name(place: Place, translator: Translator) -> str:
    """Return what a place is called; a position is a what-if place, and named so."""
    if place.park_type is None:
        lon, lat = place.id.split(",")
        return translator.t("access.what_if", lon=lon, lat=lat)
    return place.name_ru if translator.lang == "ru" else place.name_en


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


def turned_inside(place: str, snapshot: Snapshot) -> str | None:
    """Return a position with its two numbers exchanged, if that lies inside a snapshot."""
    lon, _, lat = place.partition(",")
    turned = position(f"{lat},{lon}")
    if turned is None:
        return None
    west, south, east, north = snapshot.bounds
    x, y = (float(part) for part in turned.split(","))
    return turned if west <= x <= east and south <= y <= north else None


def lost_positions(candidates: int, used: int, translator: Translator) -> tuple[str, ...]:
    """Return how many of the positions where a place may lie have no street, if there are such."""
    if used >= candidates:
        return ()
    shown = {"n": translator.number(candidates), "lost": translator.number(candidates - used)}
    return (translator.t("access.lost_positions", **shown),)


def count_text(low: float, high: float, translator: Translator) -> str:
    """Return a number of people, buildings or stops, or the interval it lies in."""
    ends = [translator.number(math.floor(low), 0), translator.number(math.ceil(high), 0)]
    if round(low) == round(high):
        return translator.number(round(low), 0)
    return translator.t("access.between", low=ends[0], high=ends[1])


def stops_text(stops: Interval, points: Interval, translator: Translator) -> str:
    """Return how many stops lie near, and how many platforms they have."""
    return translator.t(
        "access.stops",
        n=count_text(stops.low, stops.high, translator),
        points=count_text(points.low, points.high, translator),
        within=translator.length(STOPS_WITHIN_M),
    )


def doubt_texts(
    doubts: Sequence[str], far: Mapping[str, float], translator: Translator
) -> tuple[str, ...]:
    """Return what is doubtful about the ways to the streets, in words.

    `doubts` are codes of `geo.access.doubts`, `far` the shares of those far from any street.
    """
    t, length = translator.t, translator.length
    return (
        *(t(f"access.doubt.{code}", leg=length(LEG_M)) for code in doubts),
        *(
            t(f"access.far.{name}", share=translator.percent(share), far=length(FAR_M))
            for name, share in far.items()
            if share
        ),
    )


def kind_name(kind: str, translator: Translator) -> str:
    """Return a kind of institution in words; one of a snapshot that has none, as it is written."""
    return translator.t(f"access.kind.{kind}") if kind in KINDS else kind.replace("_", " ")


def kind_order(kind: str) -> tuple[int, str]:
    """Return what kinds are sorted by: the known ones first, the others by the alphabet."""
    return (KINDS.index(kind) if kind in KINDS else len(KINDS), kind)


def nearest_name(names: Mapping[str, str], certain: object, translator: Translator) -> str:
    """Return what the nearest is called, and that it may be another where the place is uncertain.

    `names` has `name_ru` and `name_en`.
    """
    name = translator.pick(names, "name") or translator.missing
    return name if certain else translator.t("access.or_another", name=name)


def ways_texts(there: Interval, back: Interval, translator: Translator) -> list[str]:
    """Return the minutes to an institution, and those back where they are others."""
    ways = [minutes_text(way, translator) for way in (there, back)]
    if ways[0] == ways[1]:
        return ways[:1]
    return [
        translator.t("access.there", minutes=ways[0]),
        translator.t("access.back_way", minutes=ways[1]),
    ]


def minutes_text(interval: Interval, translator: Translator) -> str:
    """Return minutes or their interval, or that there is no way."""
    t, (low, high) = translator.t, (interval.low, interval.high)
    if not math.isfinite(low):
        return t("access.no_way")
    if not math.isfinite(high):
        return t("access.at_least", low=translator.number(rounded_down(low, 1)))
    shown = interval.rounded(1)
    if shown.low == shown.high:
        return translator.number(shown.low)
    return t("access.between", low=translator.number(shown.low), high=translator.number(shown.high))
