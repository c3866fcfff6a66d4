"""SDG 11.2.1: share of people with convenient access to public transport.

`I = 100 * P(union of A(s)) / P(city)`, A(s) being what lies within 500 m on the street network of
a low-capacity stop (bus, trolleybus, tram, BRT, minibus) or 1,000 m of a high-capacity one (train,
metro, ferry). Source: UN-Habitat, metadata of indicator 11.2.1
(https://unstats.un.org/sdgs/metadata/). The union is taken by counting each point of people once,
at its way to the nearest stop, access legs included.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from shapely.geometry.base import BaseGeometry

from geo.crs import to_metres
from geo.errors import IndicatorError, NobodyError
from geo.indicators.estimate import Estimate, Interval, ground_m2, require_border
from geo.indicators.population import checked_population, group_of, inside
from geo.network.snapping import snap
from geo.network.streets import Network
from geo.network.travel import ROUNDING, travel_times

LOW_CAPACITY_M = 500.0
HIGH_CAPACITY_M = 1000.0
CAPACITY: Mapping[str, str] = MappingProxyType(
    {
        "bus": "low", "trolleybus": "low", "tram": "low", "brt": "low", "minibus": "low",
        "train": "high", "metro": "high", "subway": "high", "ferry": "high",
    }
)  # fmt: skip
"""Mode of a stop -> capacity by the official text; any other is unknown, which gives bounds."""

CAPACITIES = ("low", "high", "unknown")
Ways = Mapping[str, NDArray[np.float64]]
"""Capacity -> metres on the network from each point of people, see `ways_to_stops`."""

_SAME_STOP_M = 150.0
_NOT_COMPUTED = (
    "frequency of service (no timetable)",
    "affordability (no fares, no incomes)",
    "access for people with disabilities (no data on stops)",
)


def public_transport(
    network: Network,
    stops: gpd.GeoDataFrame,
    population: gpd.GeoDataFrame,
    city: BaseGeometry,
    *,
    border: str,
    low_m: float = LOW_CAPACITY_M,
    high_m: float = HIGH_CAPACITY_M,
    groups: Sequence[str] = (),
    counted: str = "people",
    ways: Ways | None = None,
) -> Estimate:
    """Return the share of people near a stop, with bounds for stops of unknown capacity.

    Parameters
    ----------
    network
        Streets on foot.
    stops
        Points with `mode` and `name_ru`; those outside the city count as well.
    population
        Points with `people`, and a column for each of `groups` (women, people over 65).
    city
        The border, in metres of EPSG:32645.
    border
        Which of the three borders it is.
    low_m, high_m
        Thresholds, for sensitivity.
    groups
        Columns of people to report apart.
    counted
        The column that counts; `buildings` where nobody knows the people, see `houses`.
    ways
        What `ways_to_stops` gives for these stops and all of `population`, at least as far as the
        thresholds, where a caller has it already.

    Raises
    ------
    IndicatorError
        If the network is not on foot, nobody lives inside the border, or the border is not known,
        has no area or crosses itself.
    PopulationError
        If numbers of people are missing or negative.
    """
    require_border(border)
    ground_m2(city)
    if network.mode != "walk":
        raise IndicatorError(f"the network is `{network.mode}`; the way to a stop is walked")
    checked = checked_population(population, counted=counted)
    here = inside(checked, city)
    people = checked[here]
    if not float(people[counted].sum()) > 0:
        raise NobodyError("nobody lives inside the border, so there is no share")
    if ways is None:
        ways = ways_to_stops(network, stops, checked.geometry, within_m=max(low_m, high_m))
    proven, possible = near_stops(
        {name: metres[here] for name, metres in ways.items()}, low_m=low_m, high_m=high_m
    )
    values: dict[str, Interval] = {}
    components: dict[str, Interval | float | int | str] = {}
    for group in (counted, *groups):
        number = group_of(people, group, counted=counted)
        served = Interval(float(number[proven].sum()), float(number[possible].sum()))
        of_group = float(number.sum())
        components[f"{group}_served"] = served
        components[f"{group}_total"] = of_group
        if of_group > 0:
            share = Interval(100 * served.low / of_group, 100 * served.high / of_group)
            values[f"{group}_share_pct"] = share
    capacity = capacity_of(stops)
    return Estimate(
        indicator="11.2.1",
        border=border,
        values=values,
        components={
            **components,
            "stop_points": len(stops),
            "stops_named_once": stop_places(stops),
            **{f"stop_points_{name}": int((capacity == name).sum()) for name in CAPACITIES},
        },
        assumptions={"low_capacity_m": low_m, "high_capacity_m": high_m, "distance": "network"},
        not_computed=_NOT_COMPUTED,
    )


def capacity_of(stops: gpd.GeoDataFrame) -> pd.Series:
    """Return low, high or unknown for each stop, by its `mode`."""
    found: pd.Series = stops["mode"].map(CAPACITY).fillna("unknown")
    return found


def ways_to_stops(
    network: Network, stops: gpd.GeoDataFrame, people: gpd.GeoSeries, *, within_m: float
) -> Ways:
    """Return by capacity the metres from each point of people to the nearest such stop.

    They do not depend on border and thresholds, so that one search serves all of them. Infinite
    beyond `within_m`.
    """
    capacity = capacity_of(stops)
    return {
        name: nearest_way(network, stops.geometry[capacity == name], people, limit_m=within_m)
        for name in CAPACITIES
    }


def near_stops(
    ways: Ways, *, low_m: float, high_m: float
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return which points of people certainly have a stop near, and which may have one.

    A stop of unknown capacity counts certainly within the shorter distance, possibly within the
    longer one.
    """
    known = (ways["low"] <= low_m + ROUNDING) | (ways["high"] <= high_m + ROUNDING)
    proven = known | (ways["unknown"] <= min(low_m, high_m) + ROUNDING)
    possible = known | (ways["unknown"] <= max(low_m, high_m) + ROUNDING)
    return proven, possible


def nearest_way(
    network: Network, places: gpd.GeoSeries, people: gpd.GeoSeries, *, limit_m: float
) -> NDArray[np.float64]:
    """Return the metres on the network from each point of people to the nearest place.

    All places are one origin, so one search serves them; infinite beyond the limit, and where there
    is no place.
    """
    if len(places) == 0:
        return np.full(len(people), np.inf)
    origin = snap(network, places, cap_m=limit_m).together()
    homes = snap(network, people, cap_m=limit_m)
    metres = travel_times(network.by_length.reversed, origin, homes, limit=limit_m)
    return np.asarray(metres[0])


def stop_places(stops: gpd.GeoDataFrame) -> int:
    """Return the number of stops, platforms of one name and mode within 150 m counted once."""
    return len(np.unique(stop_places_of(stops)))


def stop_places_of(stops: gpd.GeoDataFrame) -> NDArray[np.int64]:
    """Return for each platform the number of the stop that it belongs to.

    Platforms of one name and mode within 150 m are one stop; one without a name is a stop of its
    own, since nothing tells that others belong to it.
    """
    points = to_metres(stops.geometry).to_numpy()
    one, other = shapely.STRtree(points).query(points, predicate="dwithin", distance=_SAME_STOP_M)
    names, modes = stops["name_ru"].to_numpy(), stops["mode"].to_numpy()
    named = np.array([isinstance(name, str) and bool(name.strip()) for name in names], dtype=bool)
    same = named[one] & (names[one] == names[other]) & (modes[one] == modes[other])
    links = coo_array((np.ones(same.sum()), (one[same], other[same])), shape=(len(stops),) * 2)
    return np.asarray(connected_components(links, directed=False)[1], dtype=np.int64)
