import math

import numpy as np
import pandas as pd
import pytest

from geo.own.fields import MOST_FILTERS, MOST_OPTIONS, Choices, Span, day_span, fields_of
from tests.geo.own import made


def fields(**columns):
    return {field.name: field for field in fields_of(made.layer(columns).frame)}


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (["a", "b", "a", None], "options"),
        (["a", "b", "c", "d"], "text"),  # each row says something else
        (["a", "a", "a", "a"], "text"),  # all say the same
        (["a", "a", "a", None], "options"),
        (["a", "a", "x" * 201, "x" * 201], "text"),
        (["", "", None, None], "text"),
        ([1, 2, 3, 4], "number"),
        ([1.5, None, -3.0, 4.0], "number"),
        ([math.inf, math.nan, None, -math.inf], "text"),
        ([True, False, True, True], "options"),
        (["2017-03", "2018", "2019-05-06", None], "date"),
        (["2017-03-01T10:00:00Z", "2018-01-01 08:00", "2019-05-06", None], "date"),
        (["31.12.2017", "01.02.2018", "05.06.2019", ""], "date"),
        (["2017", "2018", "2019", "2020"], "text"),  # bare numbers in text are no dates
        (["2017-02-30", "2018-01-01", "2019-01-01", "2020-01-01"], "text"),
        ([("a", "b"), ("a",), None, ("b",)], "options"),
        ([None, None, None, None], "text"),
    ],
)
def test_kinds(values, kind):
    assert fields(column=values)["column"].kind == kind


def test_whole_numbers_in_a_column_of_years_are_years():
    found = fields(year=[1990, 2000, 2010], Год=[1990, 2000, 2010], area=[1990, 2000, 2010])
    assert [field.kind for field in found.values()] == ["year", "year", "number"]
    assert fields(year=[1, 2, 3])["year"].kind == "number"
    assert fields(yearly=[1990, 1991, 1992])["yearly"].kind == "number"


def test_columns_that_name_rows_are_not_filters():
    found = fields(
        id=[1, 2, 3], name=["a", "a", "b"], name_en=["a", "a", "b"], kind=["a", "a", "b"]
    )
    assert [field.values is None for field in found.values()] == [True, True, True, False]


def test_many_values_are_text():
    rows = [str(n % (MOST_OPTIONS + 1)) + "x" for n in range(200)]
    assert fields(column=rows)["column"].kind == "text"
    fewer = [row for row in rows if row != "0x"]
    assert len(fields(column=fewer)["column"].options) == MOST_OPTIONS


def test_the_first_columns_are_filters():
    found = fields(**{f"c{n}": ["a", "a", "b"] for n in range(MOST_FILTERS + 3)})
    assert [f.values is None for f in found.values()] == [False] * MOST_FILTERS + [True] * 3


def test_nullable_types():
    columns = {
        "n": pd.array([1, None, 3], dtype="Int64"),
        "b": pd.array([True, None, False], dtype="boolean"),
        "t": pd.to_datetime(["2020-01-02", None, "2021-01-01"]),
    }
    found = fields(**columns)
    assert found["n"].values.low.tolist()[::2] == [1.0, 3.0]
    assert np.isnan(found["n"].values.low[1])
    assert found["b"].values.codes.tolist() == [1, -1, 0]
    assert found["t"].values.ends == (day_span("2020-01-02")[0], day_span("2021-01-01")[0])


def test_choices():
    choices = Choices(("a", "b"), np.array([0, -1, 1, 0], dtype=np.int8))
    assert choices.any_of(("a",)).tolist() == [True, False, False, True]
    assert choices.any_of(("c",)).tolist() == [False] * 4
    facet = choices.count(np.array([True, True, True, False]))
    assert (facet.counts, facet.no_data) == ((1, 1), 1)


def test_span():
    span = Span(np.array([1.0, np.nan, 5.0]), np.array([2.0, np.nan, 5.0]))
    assert span.overlapping(2, 4).tolist() == [True, False, False]
    assert span.overlapping(-math.inf, math.inf).tolist() == [True, False, True]
    assert span.count(np.array([True, True, True])).no_data == 1


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("1970", (0, 364)),
        ("1970-02", (31, 58)),
        ("1970-01-05", (4, 4)),
        ("05.01.1970", (4, 4)),
        ("1969-12-31T23:00", (-1, -1)),
    ],
)
def test_days_of_a_date(text, days):
    assert day_span(text) == days


@pytest.mark.parametrize("text", ["", "70", "1970-13", "1970-1-1", "32.01.1970", "0000-00-00", "x"])
def test_no_date(text):
    assert math.isnan(day_span(text)[0])
