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
from geo.indicators.population import checked_population, within
from geo.indicators.public_transport import nearest_way
from geo.network.positions import positions
from geo.network.streets import Network

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
    population: gpd.GeoDataFrame,
    city: BaseGeometry,
    *,
    border: str,
    access_m: float = ACCESS_M,
    width_factor: float = 1.0,
) -> Estimate:
    """Return shares of land and of people, the lower bound resting on proven spaces alone.

    Parameters
    ----------
    network
        Streets on foot; every class of `WIDTH_M` in it counts as street land.
    spaces
        Areas with `public_access` and `evidence`, and `park_type` where they are parks.
    population
        Points with `people`.
    city
        The border, in metres of EPSG:32645.
    border
        Which of the three borders it is.
    access_m
        Longest way to an open space, for sensitivity.
    width_factor
        Multiplies the widths of streets, for sensitivity.

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
    people = within(checked_population(population), city)
    total = float(people["people"].sum())
    if not total > 0:
        raise IndicatorError("nobody lives inside the border, so there is no share")
    park_type = spaces.get("park_type")
    state = openness(spaces["public_access"], spaces["evidence"], park_type)
    outlines = to_metres(spaces.geometry)
    areas, near, streets = [], [], []
    for counted in (["open"], ["open", "unknown"]):
        chosen = outlines[state.isin(counted)]
        land = shapely.intersection(shapely.union_all(chosen.to_numpy()), city)
        low_m2, high_m2 = street_land(network, city, without=land)
        areas.append(float(land.area))
        streets.append((low_m2 * width_factor, high_m2 * width_factor))
        near.append(_people_near(network, chosen, people, access_m))
    city_m2 = float(city.area)
    # More open space takes away the paths inside it, so both ends are computed as whole cases.
    totals = [areas[0] + streets[0][0], areas[1] + streets[1][1]]
    return Estimate(
        indicator="11.7.1",
        border=border,
        values={
            "public_space_share_pct": _share(totals, city_m2),
            "open_public_space_share_pct": _share(areas, city_m2),
            "people_near_open_space_pct": _share(near, total),
        },
        components={
            "city_m2": city_m2,
            "open_public_space_m2": Interval(*areas),
            "street_land_m2": Interval(*sorted((streets[0][0], streets[1][1]))),
            "people_near": Interval(*near),
            "people_total": total,
            **{f"spaces_{name}": int((state == name).sum()) for name in _STATES},
        },
        assumptions={
            "access_m": access_m,
            "width_factor": width_factor,
            "street_land": "length x width by class, outside open space",
        },
        not_computed=("by sex, age and disability unless the population says so",),
    )


_STATES = ("open", "closed", "unknown")


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


def _people_near(
    network: Network, outlines: gpd.GeoSeries, people: gpd.GeoDataFrame, access_m: float
) -> float:
    """Return the people within the distance of a way into any of the spaces, or inside one."""
    if len(outlines) == 0:
        return 0.0
    gates = [
        points
        for shape in outlines
        for points in positions(network, shape, method="traced", accuracy_m=None).candidates
    ]
    entries = gpd.GeoSeries(shapely.points(np.vstack(gates)), crs=METRES)
    near = np.isfinite(nearest_way(network, entries, people.geometry, limit_m=access_m))
    homes = to_metres(people.geometry).to_numpy()
    near |= np.asarray(shapely.covers(shapely.union_all(outlines.to_numpy()), homes))
    return float(people["people"].to_numpy(dtype=float)[near].sum())


def _share(bounds: list[float], whole: float) -> Interval:
    return Interval(*(100 * value / whole for value in bounds))
