from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.dataset import shared
from geo.dated import days, known_by, later_than, spans, unclear
from geo.query import Note, Query, apply


def ordinal(year: int, month: int, day: int) -> int:
    return date(year, month, day).toordinal()


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2017", (2017, 1, 1), (2017, 12, 31)),
        ("2016-02", (2016, 2, 1), (2016, 2, 29)),
        ("2017-12", (2017, 12, 1), (2017, 12, 31)),
        ("2017-03-14", (2017, 3, 14), (2017, 3, 14)),
    ],
)
def test_a_date_is_a_span_of_days(text, first, last):
    assert days(text) == (ordinal(*first), ordinal(*last))


@pytest.mark.parametrize(
    "text", ["", "17", "2017-13", "2017-02-30", "2017-3", "0017", "2017-", "x"]
)
def test_what_is_no_date_is_none(text):
    assert days(text) is None


def test_a_coarse_date_is_neither_before_nor_after():
    first, last = spans(["2017", "2017-02", "2017-04", None, "2016"], 6)
    assert np.isnan(first[3])
    assert np.isnan(last[5])
    assert known_by("2017-03", last).tolist() == [False, True, False, False, True, False]
    assert later_than("2017-03", first).tolist() == [False, False, True, False, False, False]
    assert unclear("2017-03", "", first, last).tolist() == [True, *[False] * 5]
    assert unclear("2016", "", first, last).tolist() == [False] * 6
    assert unclear("2017-03", "2016", first, last).tolist() == [True, *[False] * 5]


dates = st.dates(date(2010, 1, 1), date(2026, 12, 31)).flatmap(
    lambda day: st.sampled_from([day.isoformat(), day.isoformat()[:7], day.isoformat()[:4]])
)


@given(st.lists(st.none() | dates, max_size=8), dates)
def test_every_row_is_before_after_unclear_or_undated(values, text):
    first, last = spans(values, len(values))
    parts = [
        known_by(text, last),
        later_than(text, first),
        unclear(text, "", first, last),
        np.isnan(first),
    ]
    assert np.all(np.sum(parts, axis=0) == 1)


def as_of() -> list[str | None]:
    dataset = shared()
    return [*dataset.sites["as_of"], *dataset.projects["as_of"]]


@pytest.mark.parametrize("known", ["2017-03", "2016", "2019-09-30"])
def test_known_and_since_part_the_dataset(known):
    before, after = (apply(Query(**{key: known}), shared()) for key in ("known", "since"))
    undated = sum(not isinstance(value, str) for value in as_of())
    assert before.dates is not None
    assert len(before.dates.undated) == undated
    parts = (len(before.ids), len(after.ids), undated, before.dates.unclear)
    assert sum(parts) == len(shared().rows)


def test_between_two_dates_is_what_is_dated_there():
    view = apply(Query(since="2016", known="2019"), shared())
    expected = [
        str(row_id)
        for row_id, value in zip(shared().rows["id"], as_of(), strict=True)
        if isinstance(value, str) and "2017" <= value[:4] <= "2019"
    ]
    assert list(view.ids) == expected


def test_facets_are_counted_under_the_date():
    view = apply(Query(known="2017-03"), shared())
    assert sum(view.facets["status"].counts) == len(view.ids)
    assert apply(Query(), shared()).dates is None


def test_dates_in_the_link():
    query, notes = Query.from_params("since=2015&known=2017-03", shared())
    assert (query.known, query.since, notes) == ("2017-03", "2015", ())
    assert query.to_string() == "known=2017-03&since=2015"
    assert query.conditions() == (("known", "2017-03"), ("since", "2015"))
    assert query.without("known") == Query(since="2015")
    assert Query.from_params("known=2017-3", shared()) == (
        Query(),
        (Note("malformed", "known", "2017-3"),),
    )
