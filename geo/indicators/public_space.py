"""SDG 11.7.1: share of the city that is public space, and who lives near open public space.

`Share = (A_open + A_streets) / A_city`, `Access = 100 * P(within 400 m on the network) / P(city)`.
Open public space has no buildings and is open to everybody **free of charge**. Source: UN-Habitat,
metadata of indicator 11.7.1 (https://unstats.un.org/sdgs/metadata/). "Park" in the programme is a
word, no evidence: see `openness`.
"""

from collections.abc import Mapping
from types import MappingProxyType

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from geo.crs import METRES, to_metres
from geo.domains import PARK_TYPES
from geo.errors import IndicatorError
from geo.indicators.estimate import Estimate, Interval, require_border
from geo.indicators.population import checked_population, inside
from geo.indicators.public_transport import Ways, nearest_way
from geo.network.positions import positions
from geo.network.streets import Network
from geo.network.travel import ROUNDING

ACCESS_M = 400.0
"""On the street network, about five minutes on foot."""

NEVER = frozenset({"industrial", "innovation", "medical"})
"""Kinds of park that are no open public space unless evidence says so for the site itself."""

WIDTH_M: Mapping[str, float] = MappingProxyType(
    {
        "motorway": 24.0, "trunk": 20.0, "primary": 22.0, "secondary": 18.0, "tertiary": 14.0,
        "unclassified": 10.0, "residential": 10.0, "living_street": 8.0, "service": 5.0,
        "pedestrian": 10.0, "footway": 2.5, "path": 1.5, "steps": 2.0, "cycleway": 2.5,
        "track": 3.5, "road": 8.0,
    }
)  # fmt: skip
"""Metres between the property lines by class of street, a choice of this project; pavements are
inside. A link road is as wide as a tertiary one. Other classes: 0 at least, 8 at most."""

_LINK_M, _UNKNOWN_M = 14.0, 8.0


def openness(
    public_access: pd.Series, evidence: pd.Series, park_type: pd.Series | None = None
) -> pd.Series:
    """Return `open`, `closed` or `unknown` for each place.

    Evidence of the place itself decides: `free` with evidence is open, `restricted` and `closed`
    are not. Without it, a kind of park in `NEVER` is closed and all else unknown.

    Raises
    ------
    IndicatorError
        If a kind of park is not known.
    """
    proven = evidence.map(lambda said: isinstance(said, str) and bool(said.strip()))
    result = pd.Series("unknown", index=public_access.index)
    if park_type is not None:
        strange = sorted(set(park_type.dropna()) - set(PARK_TYPES))
        if strange:
            raise IndicatorError(f"`park_type` is `{strange[0]}`; allowed: {', '.join(PARK_TYPES)}")
        result[park_type.isin(NEVER)] = "closed"
    result[public_access.isin(["restricted", "closed"])] = "closed"
    result[(public_access == "free") & proven] = "open"
    return result


def public_space(
    network: Network,
    spaces: gpd.GeoDataFrame,
    population: gpd.GeoDataFrame | None,
    city: BaseGeometry,
    *,
    border: str,
    access_m: float = ACCESS_M,
    width_factor: float = 1.0,
    counted: str = "people",
    ways: Ways | None = None,
) -> Estimate:
    """Return shares of land and of people, the lower bound resting on proven spaces alone.

    Parameters
    ----------
    network
        Streets on foot; every class of `WIDTH_M` in it counts as street land.
    spaces
        Areas with `public_access` and `evidence`, and `park_type` where they are parks.
    population
        Points with `people`; None where nobody knows them, then only land has shares.
    city
        The border, in metres of EPSG:32645.
    border
        Which of the three borders it is.
    access_m
        Longest way to an open space, for sensitivity.
    width_factor
        Multiplies the widths of streets, for sensitivity.
    counted
        The column that counts; `buildings` where nobody knows the people, see `houses`.
    ways
        What `ways_to_spaces` gives for these spaces and all of `population`, at least as far as
        `access_m`, where a caller has it already.

    Raises
    ------
    IndicatorError
        If the network is not on foot, nobody lives inside, or the border is not known.
    PopulationError
        If numbers of people are missing or negative.
    """
    require_border(border)
    if network.mode != "walk":
        raise IndicatorError(f"the network is `{network.mode}`; open space is walked to")
    state = openness(spaces["public_access"], spaces["evidence"], spaces.get("park_type"))
    outlines = to_metres(spaces.geometry)
    areas, streets = [], []
    for states in _BOUNDS.values():
        land = shapely.intersection(
            shapely.union_all(outlines[state.isin(states)].to_numpy()), city
        )
        low_m2, high_m2 = street_land(network, city, without=land)
        areas.append(float(land.area))
        streets.append((low_m2 * width_factor, high_m2 * width_factor))
    city_m2 = float(city.area)
    # More open space takes away the paths inside it, so both ends are computed as whole cases.
    totals = [areas[0] + streets[0][0], areas[1] + streets[1][1]]
    values = {
        "public_space_share_pct": _share(totals, city_m2),
        "open_public_space_share_pct": _share(areas, city_m2),
    }
    components: dict[str, Interval | float | int | str] = {
        "city_m2": city_m2,
        "open_public_space_m2": Interval(*areas),
        "street_land_m2": Interval(*sorted((streets[0][0], streets[1][1]))),
        **{f"spaces_{name}": int((state == name).sum()) for name in _STATES},
    }
    if population is not None:
        checked = checked_population(population, counted=counted)
        here = inside(checked, city)
        people = checked[counted].to_numpy(dtype=float)[here]
        total = float(people.sum())
        if not total > 0:
            raise IndicatorError("nobody lives inside the border, so there is no share")
        if ways is None:
            ways = ways_to_spaces(network, spaces, checked.geometry, within_m=access_m)
        near = [float(people[ways[bound][here] <= access_m + ROUNDING].sum()) for bound in _BOUNDS]
        values[f"{counted}_near_open_space_pct"] = _share(near, total)
        components[f"{counted}_near"] = Interval(*near)
        components[f"{counted}_total"] = total
    return Estimate(
        indicator="11.7.1",
        border=border,
        values=values,
        components=components,
        assumptions={
            "access_m": access_m,
            "width_factor": width_factor,
            "street_land": "length x width by class, outside open space",
        },
        not_computed=("by sex, age and disability unless the population says so",),
    )


_STATES = ("open", "closed", "unknown")
_BOUNDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"low": ("open",), "high": ("open", "unknown")}
)
"""Which states of a space each bound counts."""


def street_land(
    network: Network, city: BaseGeometry, *, without: BaseGeometry
) -> tuple[float, float]:
    """Return the least and most square metres of streets inside a city but outside some land.

    Length times width by class; a class without a width counts 0 and 8 m.
    """
    low = np.array([_width(name, 0.0) for name in network.highway])
    high = np.array([_width(name, _UNKNOWN_M) for name in network.highway])
    inside = shapely.intersection(network.geometry, city.difference(without))
    metres = shapely.length(inside)
    return float(low @ metres), float(high @ metres)


def _width(highway: str, unknown_m: float) -> float:
    return _LINK_M if highway.endswith("_link") else WIDTH_M.get(highway, unknown_m)


def ways_to_spaces(
    network: Network, spaces: gpd.GeoDataFrame, people: gpd.GeoSeries, *, within_m: float
) -> Ways:
    """Return the metres from each point of people into the nearest open space, 0 inside one.

    `low` is to the spaces proven open, `high` to those and the unknown ones. Infinite beyond
    `within_m`.
    """
    state = openness(spaces["public_access"], spaces["evidence"], spaces.get("park_type"))
    outlines = to_metres(spaces.geometry)
    homes = to_metres(people).to_numpy()
    found = {}
    for bound, states in _BOUNDS.items():
        chosen = outlines[state.isin(states)]
        metres = nearest_way(network, gates(network, chosen), people, limit_m=within_m)
        metres[shapely.covers(shapely.union_all(chosen.to_numpy()), homes)] = 0.0
        found[bound] = metres
    return found


def gates(network: Network, outlines: gpd.GeoSeries) -> gpd.GeoSeries:
    """Return the points by which spaces are entered."""
    found = [
        points
        for shape in outlines
        for points in positions(network, shape, method="traced", accuracy_m=None).candidates
    ]
    return gpd.GeoSeries(shapely.points(np.vstack([*found, np.empty((0, 2))])), crs=METRES)


def _share(bounds: list[float], whole: float) -> Interval:
    return Interval(*(100 * value / whole for value in bounds))
