import numpy as np

from geo.histograms import FIRST_YEAR, LAST_YEAR, MONEY_EDGES, count_money, count_years

NAN = float("nan")


def test_a_row_counts_in_each_of_its_years() -> None:
    start = np.array([2010, 2011, 1990, 1990, 2040, 2020, NAN])
    end = np.array([2012, 2011, 2006, 2004, 9999, 9999, NAN])
    found = count_years(start, end, np.full(7, NAN), np.ones(7, dtype=bool))
    by_year = dict(zip(found.values, found.counts, strict=True))
    assert {year: n for year, n in by_year.items() if n and year < 2020} == {
        2005: 1, 2006: 1, 2010: 1, 2011: 2, 2012: 1,
    }  # fmt: skip
    assert all(by_year[year] == 1 for year in range(2020, LAST_YEAR + 1))
    assert (found.values[0], found.values[-1], found.no_data) == (FIRST_YEAR, LAST_YEAR, 1)


def test_a_row_without_a_known_end_counts_openly_after_the_last_statement() -> None:
    start = np.array([2010, 2010, 2010, 2031])
    end = np.array([9999, 9999, 2012, 9999])
    stated_to = np.array([2013, NAN, 2025, 2015])
    found = count_years(start, end, stated_to, np.ones(4, dtype=bool))
    opened = dict(zip(found.values, found.open_counts, strict=True))
    # The first is known to 2013, the second to its start, the third ends, the last begins in 2031.
    assert [opened[year] for year in (2009, 2010, 2011, 2012, 2013, 2014, 2031, 2032)] == [
        0, 0, 1, 1, 1, 2, 2, 3,
    ]  # fmt: skip
    by_year = dict(zip(found.values, found.counts, strict=True))
    assert (by_year[2010], by_year[2014], by_year[2032]) == (3, 2, 3)


def test_an_edge_belongs_to_the_class_above() -> None:
    amount = np.array([0, 99.9, 100, 500, 49_999, 50_000, 1e9, NAN])
    found = count_money(amount, np.ones(8, dtype=bool))
    assert found.values == MONEY_EDGES
    assert found.counts == (2, 1, 1, 0, 0, 1, 2)
    assert found.no_data == 1


def test_only_visible_rows_count() -> None:
    visible = np.array([True, False, False])
    years = np.array([2010.0, 2010.0, NAN])
    assert (
        sum(count_years(years, years, years, visible).counts),
        count_years(years, years, years, visible).no_data,
    ) == (1, 0)
    assert (sum(count_money(years, visible).counts), count_money(years, visible).no_data) == (1, 0)


def test_no_rows() -> None:
    none = np.empty(0)
    assert sum(count_years(none, none, none, none.astype(bool)).counts) == 0
    assert sum(count_money(none, none.astype(bool)).counts) == 0
