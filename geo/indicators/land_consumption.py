"""SDG 11.3.1: land consumption rate against population growth rate.

Source: UN-Habitat, metadata of indicator 11.3.1 (https://unstats.un.org/sdgs/metadata/). The rate
of land is linear and that of people logarithmic by definition. That the ratio explodes near zero
growth: Nicolau et al. (2019), https://doi.org/10.3390/ijgi8010010.
"""

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from geo.errors import IndicatorError
from geo.indicators.estimate import NOTICE, one_border

LEAST_GROWTH = 0.001
"""A year. Below it, to either side, the ratio is printed as not interpretable: our choice."""

READINGS = {
    "spreads": "land grows faster than people",
    "densifies": "people grow faster than land",
    "in_step": "land and people grow alike",
    "spreads_while_people_leave": "land grows while people leave; the negative ratio is not good",
    "spreads_people_steady": "land grows while the number of people hardly changes",
    "no_new_building": "no new building",
    "steady": "no new building, and the number of people hardly changes: nothing to interpret",
    "check_data": "built-up area shrinks: check the data, this is rare",
}
"""Codes of `LandConsumption.reading` in words."""


_SERIES = ("year", "border", "built_m2", "population")


@dataclass(frozen=True)
class LandConsumption:
    """The indicator with all it is made of.

    Rates are shares a year; `ratio` is None where growth of people is less than `LEAST_GROWTH` to
    either side, and then `interpretable` is false: no number may be printed for it. Built-up area a
    person is in the unit of the area given (square metres by the text), `total_change` a share of
    the first area.
    """

    built: tuple[float, float]
    population: tuple[float, float]
    years: float
    lcr: float
    pgr: float
    ratio: float | None
    interpretable: bool
    reading: str
    built_per_person: tuple[float, float]
    total_change: float
    notice: str = NOTICE


def lcrpgr(
    built: tuple[float, float], population: tuple[float, float], years: float
) -> LandConsumption:
    """Return LCR, PGR, their ratio and the secondary measures.

    `LCR = (V2 - V1) / V1 / T`, `PGR = ln(P2 / P1) / T`, `LCRPGR = LCR / PGR`.

    Parameters
    ----------
    built
        Built-up area at both dates, in square metres, within one border.
    population
        People at the same dates within the same border.
    years
        Between the dates.

    Raises
    ------
    IndicatorError
        If a value is not positive and finite, or the values lie so far apart that a result is not.

    Examples
    --------
    >>> round(lcrpgr((100, 110), (500_000, 510_000), 5).ratio, 4)
    5.0498
    """
    named = {
        "built": built,
        "population": population,
        "years": (years,),
    }
    wrong = [
        f"`{name}` is {value:g}"
        for name, values in named.items()
        for value in values
        if not (math.isfinite(value) and value > 0)
    ]
    if wrong:
        raise IndicatorError(f"every value must be positive: {', '.join(wrong)}")
    total_change = (built[1] - built[0]) / built[0]
    growth = population[1] / population[0]
    lcr = total_change / years
    pgr = (math.log(growth) if growth > 0 else -math.inf) / years
    interpretable = abs(pgr) >= LEAST_GROWTH
    ratio = lcr / pgr if interpretable else None
    per_person = (built[0] / population[0], built[1] / population[1])
    _refuse_endless(lcr=lcr, pgr=pgr, ratio=ratio or 0.0, built_per_person=max(per_person))
    return LandConsumption(
        built=built,
        population=population,
        years=years,
        lcr=lcr,
        pgr=pgr,
        ratio=ratio,
        interpretable=interpretable,
        reading=_reading(lcr, pgr),
        built_per_person=per_person,
        total_change=total_change,
    )


def land_consumption_series(table: pd.DataFrame) -> pd.DataFrame:
    """Return the indicator for each step between the dates of one border.

    Parameters
    ----------
    table
        `year`, `border`, `built_m2` and `population`, one row a date.

    Raises
    ------
    BorderMismatchError
        If the rows are of different borders.
    IndicatorError
        If a column is missing, there are fewer than two dates, a year is no whole number or stands
        twice, or a value is not positive.
    """
    missing = [f"`{name}`" for name in _SERIES if name not in table]
    if missing:
        raise IndicatorError(f"no column {', '.join(missing)}; needed: {', '.join(_SERIES)}")
    border = one_border(list(table["border"]))
    numbers = pd.to_numeric(table["year"], errors="coerce").to_numpy(dtype=float, na_value=np.nan)
    wrong = np.flatnonzero(~(np.isfinite(numbers) & (numbers == np.round(numbers))))
    if len(wrong):
        row = int(wrong[0])
        raise IndicatorError(
            f"`year` is {table['year'].iloc[row]} in row {row + 1}; a whole number"
        )
    rows = table.assign(year=numbers.astype(int)).sort_values("year")
    if len(rows) < 2 or rows["year"].duplicated().any():
        raise IndicatorError("two or more different years are needed, each once")
    years = rows["year"].to_numpy(dtype=int)
    built = rows["built_m2"].to_numpy(dtype=float)
    people = rows["population"].to_numpy(dtype=float)
    steps = []
    for step in range(len(rows) - 1):
        rates = lcrpgr(
            (built[step], built[step + 1]),
            (people[step], people[step + 1]),
            float(years[step + 1] - years[step]),
        )
        steps.append(
            {
                "border": border,
                "from_year": years[step],
                "to_year": years[step + 1],
                "lcr": rates.lcr,
                "pgr": rates.pgr,
                "ratio": rates.ratio,
                "reading": rates.reading,
                "built_m2_per_person": rates.built_per_person[1],
                "total_change": rates.total_change,
            }
        )
    return pd.DataFrame(steps)


def _refuse_endless(**results: float) -> None:
    endless = [f"`{name}`" for name, value in results.items() if not math.isfinite(value)]
    if endless:
        raise IndicatorError(
            f"not computable: the values lie too far apart for {', '.join(endless)}"
        )


def _reading(lcr: float, pgr: float) -> str:
    if lcr < 0:
        return "check_data"
    if abs(pgr) < LEAST_GROWTH:
        return "spreads_people_steady" if lcr else "steady"
    if lcr == 0:
        return "no_new_building"
    if pgr < 0:
        return "spreads_while_people_leave"
    if math.isclose(lcr, pgr):
        return "in_step"
    return "spreads" if lcr > pgr else "densifies"
