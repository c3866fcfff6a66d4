"""SDG 11.7.1: share of the city that is public space, and who lives near open public space.

`Share = (A_open + A_streets) / A_city`, `Access = 100 * P(within 400 m on the network) / P(city)`.
Land that is both, a street across a square, counts once.
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
from geo.errors import IndicatorError, NobodyError
from geo.indicators.estimate import Estimate, Interval, ground_m2, require_border
from geo.indicators.population import checked_population, inside
from geo.indicators.public_transport import Ways, nearest_way
from geo.indicators.street_land import StreetGround, street_ground
from geo.network.positions import positions
from geo.network.streets import Network
from geo.network.travel import ROUNDING

ACCESS_M = 400.0
"""On the street network, about five minutes on foot."""

NEVER = frozenset({"industrial", "innovation", "medical"})
"""Kinds of park that are no open public space unless evidence says so for the site itself."""


REPAIRED = "outlines_repaired"
"""Among the assumptions: how many open spaces cross themselves, if any; their land was, and is."""


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
    drive: gpd.GeoDataFrame | None = None,
    streets: StreetGround | None = None,
) -> Estimate:
    """Return shares of land and of people, the lower bound resting on proven spaces alone.

    Parameters
    ----------
    network
        Streets on foot.
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
    drive
        Lines with `highway`, the streets for cars, whose land counts as that of streets on foot.
    streets
        What `street_ground` gives for these streets and widths, where a caller has it already.

    Raises
    ------
    IndicatorError
        If the network is not on foot, nobody lives inside, or the border is not known, has no area
        or crosses itself.
    PopulationError
        If numbers of people are missing or negative.
    """
    require_border(border)
    city_m2 = ground_m2(city)
    if network.mode != "walk":
        raise IndicatorError(f"the network is `{network.mode}`; open space is walked to")
    state = openness(spaces["public_access"], spaces["evidence"], spaces.get("park_type"))
    outlines = outlines_of(spaces)
    streets = streets or street_ground(network, drive, width_factor=width_factor)
    opened = {
        bound: shapely.intersection(
            shapely.union_all(outlines[state.isin(states)].to_numpy()), city
        )
        for bound, states in _BOUNDS.items()
    }
    paved = {bound: shapely.intersection(ground, city) for bound, ground in streets.items()}
    values = {
        "public_space_share_pct": _share(
            _areas({bound: shapely.union(opened[bound], paved[bound]) for bound in _BOUNDS}),
            city_m2,
        ),
        "open_public_space_share_pct": _share(_areas(opened), city_m2),
    }
    # Streets outside open space are least where most is open.
    outside = {
        "low": shapely.difference(paved["low"], opened["high"]),
        "high": shapely.difference(paved["high"], opened["low"]),
    }
    components: dict[str, Interval | float | int | str] = {
        "city_m2": city_m2,
        "open_public_space_m2": _areas(opened),
        "street_land_m2": _areas(outside),
        **{f"spaces_{name}": int((state == name).sum()) for name in _STATES},
    }
    if population is not None:
        checked = checked_population(population, counted=counted)
        here = inside(checked, city)
        people = checked[counted].to_numpy(dtype=float)[here]
        total = float(people.sum())
        if not total > 0:
            raise NobodyError("nobody lives inside the border, so there is no share")
        if ways is None:
            ways = ways_to_spaces(network, spaces, checked.geometry, within_m=access_m)
        near = [float(people[ways[bound][here] <= access_m + ROUNDING].sum()) for bound in _BOUNDS]
        components[f"{counted}_near"] = Interval(*near)
        values[f"{counted}_near_open_space_pct"] = _share(Interval(*near), total)
        components[f"{counted}_total"] = total
    return Estimate(
        indicator="11.7.1",
        border=border,
        values=values,
        components=components,
        assumptions={
            "access_m": access_m,
            "width_factor": width_factor,
            "street_land": f"length x width by class, land counted once; {_ON[drive is None]}",
            **_repairs(spaces, outlines),
        },
        not_computed=("by sex, age and disability unless the population says so",),
    )


_STATES = ("open", "closed", "unknown")
_BOUNDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"low": ("open",), "high": ("open", "unknown")}
)
"""Which states of a space each bound counts."""
_ON = {False: "streets on foot and for cars", True: "streets on foot alone"}


def outlines_of(spaces: gpd.GeoDataFrame) -> gpd.GeoSeries:
    """Return the outlines of spaces in metres; those that cross themselves are repaired.

    What has no area once repaired is left out of a shape: a spike would hide where it is entered.
    """
    shapes = to_metres(spaces.geometry)
    drawn = shapes.to_numpy()
    # Sound ones stay as they are drawn.
    sound = shapely.is_valid(drawn)
    repaired = shapely.make_valid(drawn, method="structure", keep_collapsed=False)
    return gpd.GeoSeries(np.where(sound, drawn, repaired), index=shapes.index, crs=METRES)


def _repairs(spaces: gpd.GeoDataFrame, outlines: gpd.GeoSeries) -> dict[str, float | int]:
    """Return what repairing outlines did to them, to be told; nothing where all were sound."""
    drawn = to_metres(spaces.geometry)
    wrong = ~shapely.is_valid(drawn.to_numpy())
    if not wrong.any():
        return {}
    return {
        REPAIRED: int(wrong.sum()),
        "outlines_before_m2": float(drawn.area.to_numpy()[wrong].sum()),
        "outlines_after_m2": float(outlines.area.to_numpy()[wrong].sum()),
    }


def ways_to_spaces(
    network: Network, spaces: gpd.GeoDataFrame, people: gpd.GeoSeries, *, within_m: float
) -> Ways:
    """Return the metres from each point of people into the nearest open space, 0 inside one.

    `low` is to the spaces proven open, `high` to those and the unknown ones. Infinite beyond
    `within_m`.
    """
    state = openness(spaces["public_access"], spaces["evidence"], spaces.get("park_type"))
    outlines = outlines_of(spaces)
    homes = to_metres(people).to_numpy()
    found = {}
    for bound, states in _BOUNDS.items():
        chosen = outlines[state.isin(states)]
        metres = nearest_way(network, gates(network, chosen), people, limit_m=within_m)
        metres[shapely.covers(shapely.union_all(chosen.to_numpy()), homes)] = 0.0
        found[bound] = metres
    return found


def gates(network: Network, outlines: gpd.GeoSeries) -> gpd.GeoSeries:
    """Return the points by which spaces are entered; one without area is not."""
    found = [
        points
        for shape in outlines[outlines.area > 0]
        for points in positions(network, shape, method="traced", accuracy_m=None).candidates
    ]
    return gpd.GeoSeries(shapely.points(np.vstack([*found, np.empty((0, 2))])), crs=METRES)


def _areas(ground: Mapping[str, BaseGeometry]) -> Interval:
    low, high = (float(ground[bound].area) for bound in _BOUNDS)
    # The high ground holds the low one, but sums of coordinates may differ in their last bits.
    return Interval(low, max(low, high))


def _share(bounds: Interval, whole: float) -> Interval:
    return Interval(100 * bounds.low / whole, 100 * bounds.high / whole)
