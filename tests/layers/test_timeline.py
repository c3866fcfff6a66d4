import pytest

from geo.dataset import shared
from layers.locale import Translator
from layers.timeline import Row, Span, axis, grouped, rows
from layers.timeline_bars import bar

T = Translator("en")


def row(span: Span | None, state: str = "running") -> Row:
    return Row("rm-x", "X", state, "running", "", span, "", None, None, None)


@pytest.fixture(scope="module")
def found():
    return rows(shared(), shared().roadmap.index, T)


def test_every_action_is_a_row_and_the_undated_stand_last(found):
    assert sorted(one.id for one in found) == sorted(shared().roadmap.index)
    undated = [one.span is None for one in found]
    assert undated == sorted(undated)
    table = shared().roadmap
    assert sum(undated) == (table["start_year"].isna() & table["end_year"].isna()).sum()


def test_a_term_ends_with_its_quarter_or_its_year(found):
    spans = {one.id: one.span for one in found}
    for key, record in shared().roadmap.iterrows():
        if record["end_year"] == record["end_year"] and record["quarter"] == record["quarter"]:
            assert spans[key].end == record["end_year"] + record["quarter"] / 4
        elif record["end_year"] == record["end_year"]:
            assert spans[key].end == record["end_year"] + 1


def test_an_end_that_no_source_gives_stays_unknown(found):
    spans = {one.id: one.span for one in found if one.span}
    table = shared().roadmap.loc[list(spans)]
    for column, end in (("start_year", "start"), ("end_year", "end")):
        unknown = table.index[table[column].isna()]
        assert len(unknown)
        assert all(getattr(spans[key], end) is None for key in unknown)


@pytest.mark.parametrize(
    ("by", "field"), [("direction", "direction"), ("cluster", "cluster"), ("status", "state")]
)
def test_groups_hold_every_action_once(found, by, field):
    groups = grouped(found, by, shared(), T)
    assert sorted(one.id for *_, members in groups for one in members) == sorted(
        one.id for one in found
    )
    assert all(
        getattr(one, field) == (key or None) for key, _, members in groups for one in members
    )


def test_states_are_groups_in_the_order_of_lists(found):
    titles = [title for _, title, _ in grouped(found, "status", shared(), T)]
    assert titles == ["Done", "Running", "Postponed"]


def test_axis_spans_the_known_ends():
    assert axis([row(Span(2013, None)), row(Span(None, 2015.25)), row(None)]) == (2013, 2016)
    assert axis([]) == (0, 1)


@pytest.mark.parametrize(
    ("span", "has", "lacks"),
    [
        (Span(2010, 2015), "left:0.0%;width:50.0%", "open-"),
        (Span(2015, None), "open-end", "width"),
        (Span(None, 2015), "open-start", "width"),
        (None, "timeline-bar", "term"),
    ],
)
def test_what_is_not_known_of_a_term_is_left_open(span, has, lacks):
    drawn = bar(row(span), 2010, 2020, label="")
    assert has in drawn
    assert lacks not in drawn


def test_words_in_a_bar_are_escaped():
    assert "<b>" not in bar(row(None), 2010, 2020, label='"><b>')
