"""Ground covered by buildings at the date of a snapshot: the half of 11.3.1 that one date gives."""

import geopandas as gpd
import shapely
from shapely.geometry.base import BaseGeometry

from geo.crs import to_metres
from geo.indicators.estimate import Estimate, Interval, ground_m2, require_border
from geo.indicators.population import checked_population, within

NOT_COMPUTED = ("rates of land and people (one date only)",)


def built_up(
    buildings: gpd.GeoDataFrame,
    population: gpd.GeoDataFrame | None,
    city: BaseGeometry,
    *,
    border: str,
) -> Estimate:
    """Return built-up area a person, the secondary measure of 11.3.1, and the built-up share.

    Buildings that overlap count once, and those on the border with the part inside. A map that
    lacks buildings gives too little, which is said as an assumption.

    Parameters
    ----------
    buildings
        Their ground.
    population
        Points with `people`; None where nobody knows them.
    city
        The border, in metres of EPSG:32645.
    border
        Which of the three borders it is.

    Raises
    ------
    IndicatorError
        If the border is not known, has no area or crosses itself.
    PopulationError
        If numbers of people are missing or negative.
    """
    require_border(border)
    city_m2 = ground_m2(city)
    shapes = shapely.make_valid(to_metres(buildings.geometry).to_numpy())
    near = shapes[shapely.intersects(shapes, city)]
    built_m2 = float(shapely.intersection(shapely.union_all(near), city).area)
    share = 100 * built_m2 / city_m2
    values = {"built_share_pct": Interval(share, share)}
    components: dict[str, Interval | float | int | str] = {
        "built_m2": built_m2,
        "city_m2": city_m2,
        "buildings": len(near),
    }
    if population is not None:
        people = float(within(checked_population(population), city)["people"].sum())
        components["people_total"] = people
        if people > 0:
            values["built_m2_per_person"] = Interval(built_m2 / people, built_m2 / people)
    return Estimate(
        indicator="11.3.1",
        border=border,
        values=values,
        components=components,
        assumptions={"buildings": "as drawn in the snapshot; those not drawn are missing"},
        not_computed=NOT_COMPUTED,
    )
