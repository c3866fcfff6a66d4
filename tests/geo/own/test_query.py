"""Questions to the dataset with a viewer's layer, against the same rules row by row."""

import math
from urllib.parse import urlencode

import numpy as np
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.own.conditions import Between
from geo.own.fields import day_span
from geo.places import Near
from geo.query import Query, apply
from tests.geo import synthetic
from tests.geo.own import made

DATASET = synthetic.make(5, sites=12, projects=20)
KINDS = ["school", "park, square", "a=b&c", None]
NUMBERS = [None, -3, 0, 1.5, 7, 1e12]
DATES = [None, "2010", "2010-05", "2011-12-31"]
SIZE = 40
RNG = np.random.default_rng(8)
PICKED = {
    name: [values[n] for n in RNG.integers(0, len(values), SIZE)]
    for name, values in (("вид", KINDS), ("n", NUMBERS), ("since", DATES))
}
LAYER = made.layer({"name": [f"Дом {n}" for n in range(SIZE)], **PICKED})
WITH = DATASET.with_layer(LAYER)
FEW = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))

conditions = st.fixed_dictionaries(
    {},
    optional={
        "вид": st.lists(st.sampled_from(KINDS[:3]), min_size=1, max_size=2, unique=True).map(
            lambda chosen: tuple(sorted(chosen))
        ),
        "n": st.sampled_from([Between("0", "7"), Between("", "1.5"), Between("2", "")]),
        "since": st.sampled_from([Between("2010-05-10", "2010-05-11"), Between("2011", "")]),
    },
).map(lambda found: tuple((column, found[column]) for column in PICKED if column in found))


def passes(row: int, own: tuple, but: str = "") -> bool:
    for column, chosen in own:
        if column == but:
            continue
        value = PICKED[column][row]
        if value is None:
            return False
        if isinstance(chosen, tuple):
            if value not in chosen:
                return False
        else:
            ends = day_span(value) if column == "since" else (value, value)
            number = (
                (lambda t, end: day_span(t)[end]) if column == "since" else (lambda t, _: float(t))
            )
            if chosen.least and ends[1] < number(chosen.least, 0):
                return False
            if chosen.most and ends[0] > number(chosen.most, 1):
                return False
    return True


@FEW
@given(own=conditions, parks=st.sampled_from([(), ("medical",), ("medical", "sport")]))
def test_view_equals_brute_force(own, parks):
    query = Query(own=own, layer=LAYER.key if own else "", parks=parks)
    view = apply(query, WITH)
    before = len(DATASET.rows)
    shown = [n for n in range(SIZE) if passes(n, own) and not parks]
    assert [n - before for n in view.positions.tolist() if n >= before] == shown
    assert view.totals.own == len(shown)
    listed = apply(Query(parks=parks), DATASET)
    assert view.totals.shown == len(shown) + (0 if own else listed.totals.shown)
    assert view.totals.all == before + SIZE
    for column, facet in view.own.items():
        others = [] if parks else [n for n in range(SIZE) if passes(n, own, but=column)]
        asked_elsewhere = any(name != column for name, _ in own)
        no_data = sum(PICKED[column][n] is None for n in others)
        no_data += 0 if asked_elsewhere else listed.totals.shown
        assert facet.no_data == no_data, column
        counts = [sum(PICKED[column][n] == option for n in others) for option in facet.options]
        assert list(facet.counts) == counts
    if not view.totals.shown and view.suggestion:
        assert apply(view.suggestion.query, WITH).totals.shown == view.suggestion.count > 0


@FEW
@given(own=conditions, selected=st.sampled_from(["", "own:3", "own:99"]))
def test_links_are_read_back(own, selected):
    known = selected != "own:99"
    query = Query(
        own=own,
        selected=selected if known else "",
        layer=LAYER.key if own or selected == "own:3" else "",
    )
    link = query.to_string()
    back, notes = Query.from_params(link, WITH)
    assert (back, notes) == (query, ())
    assert link == urlencode(query.to_params(), doseq=True, safe=",")


def test_a_dataset_without_the_layer_answers_as_ever():
    for query in (Query(), Query(parks=("medical",)), Query(text="Томск"), Query(sort="name")):
        alone, both = apply(query, DATASET), apply(query, WITH)
        before = len(DATASET.rows)
        assert [n for n in both.positions.tolist() if n < before] == alone.positions.tolist()
        assert both.facets["kind"].counts == alone.facets["kind"].counts


def test_what_somebody_brought_stands_first_unless_another_order_is_asked_for():
    before = len(DATASET.rows)
    shown = apply(Query(), WITH).positions.tolist()
    assert shown == [*range(before, before + SIZE), *range(before)]
    by_year = apply(Query(sort="year"), WITH).positions.tolist()
    assert by_year[:before] != shown[:before]


def test_a_link_to_a_layer_that_is_not_there_opens():
    query, notes = Query.from_params(
        {"own": [LAYER.key], "own.вид": ["school"], "park": ["medical"]}, DATASET
    )
    assert query == Query(parks=("medical",))
    assert [(note.code, note.key, note.value) for note in notes] == [
        ("needs_layer", "own", LAYER.key)
    ]


def test_giving_up_conditions():
    own = (("вид", ("a=b&c", "school")), ("n", Between("0", "")))
    query = Query(own=own, layer=LAYER.key)
    assert query.conditions() == (("own.вид", "a=b&c"), ("own.вид", "school"), ("own.n", "0.."))
    less = query.without("own.вид", "school")
    assert less.own == (("вид", ("a=b&c",)), own[1])
    none = less.without("own.вид", "a=b&c").without("own.n", "0..")
    assert none == Query()
    assert query.without("own.вид").own == own[1:]


def test_near_reaches_rows_outside_the_zone():
    moscow = shapely.Point(37.6, 55.75)
    layer = made.layer({"a": [1, 2, 3]}, [moscow, shapely.Point(37.616, 55.75), None])
    with_layer = DATASET.with_layer(layer)
    view = apply(Query(place=Near(37.6, 55.75, 900), sort="near"), with_layer)
    assert view.ids == ("own:1",)
    # One degree of longitude is 62.8 km there, so the second point lies 1,004 m away.
    view = apply(Query(place=Near(37.6, 55.75, 1_010), sort="near"), with_layer)
    assert view.ids == ("own:1", "own:2")
    view = apply(Query(place=Near(37.616, 55.75, 1_010), sort="near"), with_layer)
    assert view.ids == ("own:2", "own:1")


def test_the_order_of_names_is_that_of_one_list():
    layer = made.layer({"name": ["0", "zzzz"]})
    view = apply(Query(sort="name"), DATASET.with_layer(layer))
    assert (view.ids[0], view.ids[-1]) == ("own:1", "own:2")


@pytest.mark.parametrize("text", ["дом 7", "Дом 39", "томск"])
def test_text_finds_rows_of_both(text):
    view = apply(Query(text=text), WITH)
    alone = apply(Query(text=text), DATASET)
    before = len(DATASET.rows)
    assert [n for n in view.positions.tolist() if n < before] == alone.positions.tolist()
    own = [n - before for n in view.positions.tolist() if n >= before]
    assert own == ([] if text == "томск" else [int(text.split()[1])])


def test_numbers_that_are_none_are_no_data():
    assert math.isnan(LAYER.field("n").values.low[PICKED["n"].index(None)])
