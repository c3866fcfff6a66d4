import math

import pandas as pd
import pytest

from geo.errors import BorderMismatchError, IndicatorError
from geo.indicators import NOTICE, READINGS, land_consumption_series, lcrpgr


def test_the_worked_numbers_of_the_specification() -> None:
    found = lcrpgr((100, 110), (500_000, 510_000), 5)
    assert found.lcr == pytest.approx(0.02)
    assert found.pgr == pytest.approx(0.0039605, abs=5e-8)
    assert found.ratio == pytest.approx(5.0498, abs=5e-5)
    assert found.built_per_person == pytest.approx((100 / 500_000, 110 / 510_000))
    assert found.total_change == pytest.approx(0.1)
    assert (found.interpretable, found.reading) == (True, "spreads")
    assert found.notice == NOTICE == "estimate from open data; not an official statistic"


@pytest.mark.parametrize(
    ("built", "people", "reading", "interpretable"),
    [
        ((100, 101), (100, 120), "densifies", True),
        ((100, 110), (100, 90), "spreads_while_people_leave", True),
        ((100, 100), (100, 90), "no_new_building", True),
        ((100, 90), (100, 120), "check_data", True),
        ((100, 110), (100_000, 100_100), "spreads_people_steady", False),
        ((100, 110), (100_000, 100_000), "spreads_people_steady", False),
        ((100, 100), (100_000, 100_100), "steady", False),
        ((100, 100), (100, 100), "steady", False),
        ((100, 100 + 100 * math.log(1.1)), (100, 110), "in_step", True),
    ],
)
def test_every_quadrant_has_its_words(built, people, reading: str, interpretable: bool) -> None:
    found = lcrpgr(built, people, 5)
    assert (found.reading, found.interpretable) == (reading, interpretable)
    assert reading in READINGS


@pytest.mark.parametrize("after", [100_000, 100_100, 99_900])
def test_hardly_any_growth_has_no_ratio(after: float) -> None:
    assert lcrpgr((100, 110), (100_000, after), 5).ratio is None


@pytest.mark.parametrize(
    ("built", "people", "years", "result"),
    [
        ((1e-300, 1e15), (1, 2), 1, "lcr"),
        ((1, 2), (1e-300, 1e15), 5, "pgr"),
        ((1, 2), (1e15, 1e-320), 5, "pgr"),
        ((1, 2), (1, 2), 1e-310, "lcr"),
        ((1e15, 1e15), (1e-300, 2e-300), 5, "built_per_person"),
    ],
)
def test_what_no_number_can_hold_is_refused(built, people, years: float, result: str) -> None:
    with pytest.raises(IndicatorError, match=f"not computable.*`{result}`"):
        lcrpgr(built, people, years)


@pytest.mark.parametrize(
    ("built", "people", "years"),
    [
        ((0, 1), (1, 1), 5),
        ((1, 1), (1, -1), 5),
        ((1, 1), (1, 1), 0),
        ((1, math.nan), (1, 1), 5),
        ((1, 1), (math.inf, 1), 5),
    ],
)
def test_senseless_values_are_named(built, people, years: float) -> None:
    with pytest.raises(IndicatorError, match=r"`(built|population|years)` is"):
        lcrpgr(built, people, years)


def series(**columns: object) -> pd.DataFrame:
    base = {
        "year": [2010, 2000, 2005],
        "border": "urban_centre",
        "built_m2": [121.0, 100.0, 110.0],
        "population": [520_200.0, 500_000.0, 510_000.0],
    }
    return pd.DataFrame(base | columns)


def test_a_series_goes_from_date_to_date() -> None:
    found = land_consumption_series(series())
    assert found["from_year"].tolist() == [2000, 2005]
    assert found["lcr"].tolist() == pytest.approx([0.02, 0.02])
    assert found["ratio"].iloc[0] == pytest.approx(5.0498, abs=5e-5)


def test_borders_are_never_mixed() -> None:
    mixed = series(border=["urban_centre", "agglomeration", "urban_centre"])
    with pytest.raises(BorderMismatchError, match="agglomeration, urban_centre"):
        land_consumption_series(mixed)
    with pytest.raises(IndicatorError, match="allowed: urban_centre"):
        land_consumption_series(series(border="tomsk"))
    with pytest.raises(IndicatorError, match="different years"):
        land_consumption_series(series(year=[2000, 2000, 2005]))


@pytest.mark.parametrize("year", [[2000, math.nan, 2005], [2000, 2000.9, 2005], [2000, "x", 2005]])
def test_a_year_that_is_no_year_is_named(year: list[object]) -> None:
    with pytest.raises(IndicatorError, match=r"`year` is (nan|2000\.9|x) in row 2; a whole number"):
        land_consumption_series(series(year=year))


def test_columns_that_are_missing_are_named() -> None:
    with pytest.raises(IndicatorError, match="no column `border`, `built_m2`; needed: year, "):
        land_consumption_series(series().drop(columns=["built_m2", "border"]))


@pytest.mark.parametrize(
    ("a_year", "reading"),
    [
        (0.0012, "spreads"),
        (0.0009, "spreads_people_steady"),
        (-0.0009, "spreads_people_steady"),
        (-0.0012, "spreads_while_people_leave"),
    ],
)
def test_growth_counts_from_a_tenth_of_a_per_cent(a_year: float, reading: str) -> None:
    found = lcrpgr((100, 110), (100_000, 100_000 * math.exp(5 * a_year)), 5)
    assert (found.reading, found.interpretable) == (reading, abs(a_year) > 0.001)
