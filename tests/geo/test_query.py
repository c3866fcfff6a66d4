import math
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.dataset import shared
from geo.facets import FACETS
from geo.link import KEYS
from geo.names import ranks
from geo.order import SORTS
from geo.places import Box, Inside, Near
from geo.query import Note, Query, apply
from tests.geo import synthetic
from tests.geo.oracle import FACET_FIELDS, Oracle, queries

DATASET = synthetic.make(7)
FEW = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module", params=["synthetic", "shipped"])
def oracle(request: pytest.FixtureRequest) -> Oracle:
    return Oracle(DATASET if request.param == "synthetic" else shared())


@FEW
@given(data=st.data())
def test_view_equals_brute_force(oracle: Oracle, data: st.DataObject) -> None:
    query = data.draw(queries(oracle.dataset))
    view = apply(query, oracle.dataset)
    by_name = query.sort.endswith("name")
    positions = view.positions.tolist()
    assert (sorted(positions) if by_name else positions) == oracle.in_order(query)
    assert view.ids == tuple(oracle.rows[n]["id"] for n in positions)
    for key in FACETS:
        facet = view.facets[key]
        counts, no_data = oracle.facet(key, facet.options, query)
        assert (list(facet.counts), facet.no_data) == (counts, no_data), key
    others = oracle.shown(query, but=("years",))
    for year, count in zip(view.years.values, view.years.counts, strict=True):
        asked = Query(years=(year, year))
        assert count == sum(oracle.passes("years", asked, n) for n in others)
    others = oracle.shown(query, but=("money",))
    upper = (*view.money.values[1:], math.inf)
    for low, high, count in zip(view.money.values, upper, view.money.counts, strict=True):
        assert count == sum(low <= oracle.rows[n]["investment_mln_rub"] < high for n in others)
    assert sum(view.money.counts) + view.money.no_data == len(others)
    placeless = [n for n in oracle.shown(query, but=("place",)) if not oracle.rows[n]["geometry"]]
    assert view.totals.not_placed == len(placeless)
    if positions:
        assert view.suggestion is None
    else:
        assert view.suggestion is not None
        dropped = view.suggestion.dropped
        keys = {FACET_FIELDS.get(key, key) for key, _ in dropped}
        found = (len(keys), len(dropped), view.suggestion.count)
        assert found == oracle.fewest_keys(query)
        assert len(apply(view.suggestion.query, oracle.dataset).ids) == view.suggestion.count


@FEW
@given(data=st.data())
def test_link_is_read_back_the_same(oracle: Oracle, data: st.DataObject) -> None:
    query = data.draw(queries(oracle.dataset))
    for link in (query.to_params(), query.to_string(), "?" + query.to_string() + "&lang=en"):
        assert Query.from_params(link, oracle.dataset) == (query, ())
    assert parse_qs(query.to_string()) == query.to_params()
    keys = list(query.to_params())
    assert keys == [key for key in KEYS if key in keys]


@pytest.mark.parametrize(
    ("link", "query"),
    [
        ("", Query()),
        ("park=medical&park=industrial", Query(parks=("industrial", "medical"))),
        ("park=medical,industrial,medical", Query(parks=("industrial", "medical"))),
        ("years=2012&years=2026", Query(years=(2012, 2026))),
        ("years=2012,2026", Query(years=(2012, 2026))),
        ("years=2012", Query(years=(2012, 9999))),
        ("money=0&money=500", Query(money=(0, 500))),
        ("money=1.5e3", Query(money=(1500, math.inf))),
        ("q=+%D0%A2%D0%BE%D0%BC%D1%81%D0%BA%09%00++x", Query(text="Томск x")),
        ("bbox=84,56,85.5,57", Query(place=Box(84, 56, 85.5, 57))),
        ("money=unknown", Query(money="unknown")),
        ("near=85,56.5,300", Query(place=Near(85, 56.5, 300))),
        ("near=85,56.5,300,0", Query(place=Near(85, 56.5, 300))),
        ("near=85,56.5,300,500", Query(place=Near(85, 56.5, 300, 500))),
        ("near=85,56.5,300, unknown", Query(place=Near(85, 56.5, 300, None))),
        ("in=site-3&sort=-year", Query(place=Inside("site-3"), sort="-year")),
        ("near=85,56.5,300&sort=near", Query(place=Near(85, 56.5, 300), sort="near")),
        ("sel=project-5&lang=en&format=csv", Query(selected="project-5")),
        ("park=&q=&years=&bbox=&sort=&sel=", Query()),
    ],
)
def test_good_links(link: str, query: Query) -> None:
    assert Query.from_params(link, DATASET) == (query, ())


@pytest.mark.parametrize(
    ("link", "query", "note"),
    [
        ("colour=red", Query(), Note("unknown_key", "colour", "red")),
        ("park=sport,lunar", Query(parks=("sport",)), Note("unknown_value", "park", "lunar")),
        ("sel=nobody", Query(), Note("unknown_value", "sel", "nobody")),
        ("in=atlantis", Query(), Note("unknown_value", "in", "atlantis")),
        ("sort=size", Query(), Note("unknown_value", "sort", "size")),
        ("sort=near", Query(), Note("needs_point", "sort", "near")),
        ("years=2026,2012", Query(years=(2012, 2026)), Note("reversed", "years", "2026,2012")),
        ("years=1,2,", Query(), Note("malformed", "years", "1,2")),
        ("years=2012,2013,2014", Query(years=(2012, 2013)), Note("repeated", "years", "2014")),
        ("money=nan,5", Query(), Note("malformed", "money", "nan,5")),
        ("money=1_0,５", Query(), Note("malformed", "money", "1_0,５")),
        ("money=1e999", Query(), Note("malformed", "money", "1e999")),
        ("money=-5,5", Query(), Note("malformed", "money", "-5,5")),
        ("bbox=1,2,3", Query(), Note("malformed", "bbox", "1,2,3")),
        ("bbox=1,2,3,4,5", Query(), Note("malformed", "bbox", "1,2,3,4,5")),
        ("bbox=1,2,3,inf", Query(), Note("malformed", "bbox", "1,2,3,inf")),
        ("bbox=1,2,3,91", Query(), Note("malformed", "bbox", "1,2,3,91")),
        ("bbox=3,4,1,2", Query(place=Box(1, 2, 3, 4)), Note("reversed", "bbox", "3,4,1,2")),
        ("money=unknown,5", Query(), Note("malformed", "money", "unknown,5")),
        ("near=85,56,0", Query(), Note("malformed", "near", "85,56,0")),
        ("near=85,56,9,-1", Query(), Note("malformed", "near", "85,56,9,-1")),
        ("near=85,56,unknown", Query(), Note("malformed", "near", "85,56,unknown")),
        ("near=85,56,9,unknown,1", Query(), Note("malformed", "near", "85,56,9,unknown,1")),
        ("near=181,56,1", Query(), Note("malformed", "near", "181,56,1")),
        ("q=a&q=b", Query(text="a"), Note("repeated", "q", "b")),
        ("q=%D1%91&q=%D1%91&q=b", Query(text="ё"), Note("repeated", "q", "b")),
        ("q=!!!+…", Query(), Note("no_words", "q", "!!! …")),
        (
            "near=1,2,3&bbox=1,2,3,4",
            Query(place=Box(1, 2, 3, 4)),
            Note("conflict", "near", "1,2,3"),
        ),
        ("q=" + "a" * 201, Query(text="a" * 200), Note("shortened", "q", "a" * 80)),
    ],
)
def test_bad_links_give_a_note(link: str, query: Query, note: Note) -> None:
    assert Query.from_params(link, DATASET) == (query, (note,))


@FEW
@given(
    st.dictionaries(
        st.sampled_from([*KEYS, "lang", "x"]),
        st.lists(
            st.text(st.characters(codec=None), max_size=30)
            | st.sampled_from(["1e9", "9" * 400, "-0", "85,56", ",,,", "nan", "%00", "\ud800ё"]),
            max_size=4,
        ),
    )
)
def test_any_parameters_are_read(params: dict[str, list[str]]) -> None:
    query, _ = Query.from_params(params, DATASET)
    assert Query.from_params(query.to_string(), DATASET) == (query, ())
    apply(query, DATASET)


def test_a_huge_link_is_cut() -> None:
    query, notes = Query.from_params("park=sport&" + "x&y=1&" * 9999 + "kind=social", DATASET)
    assert query == Query(parks=("sport",))
    assert notes[0].code == "shortened"
    query, notes = Query.from_params({"park": ["sport"] * 9999, "kind": ["a," * 10**6]}, DATASET)
    assert query == Query(parks=("sport",))
    assert {note.code for note in notes} == {"shortened", "unknown_value"}
    query, notes = Query.from_params({"q": [" " * 9_000 + "томск"]}, DATASET)
    assert (query, notes[0].code) == (Query(), "shortened")
    many = {f"key{n}": ["1"] for n in range(500)}
    assert Query.from_params(many, DATASET)[1][-1] == Note("more_notes", "", "480")


def test_a_lone_text_is_one_value() -> None:
    assert Query.from_params({"park": "medical"}, DATASET)[0] == Query(parks=("medical",))


def test_equal_queries_give_equal_links() -> None:
    one, _ = Query.from_params("money=5.0&park=medical&park=sport", DATASET)
    two, _ = Query.from_params("park=sport,medical&money=05", DATASET)
    assert one.to_string() == two.to_string() == "park=medical&park=sport&money=5"


def test_conditions_and_giving_them_up() -> None:
    query = Query(
        parks=("medical", "sport"), years=(2012, 9999), place=Near(85, 56.5, 300), sort="near"
    )
    assert query.conditions() == (
        ("park", "medical"), ("park", "sport"), ("years", "2012"), ("near", "85,56.5,300"),
    )  # fmt: skip
    assert query.without("park", "medical").parks == ("sport",)
    assert query.without("park").parks == ()
    assert query.without("near") == replace(query, place=None, sort="default")


def test_totals_add_up() -> None:
    totals = apply(Query(), DATASET).totals
    assert (totals.sites, totals.projects, totals.shown, totals.all) == (60, 140, 200, 200)
    assert sum(totals.projects_by_status.values()) == 140
    rows = DATASET.rows
    assert totals.area_known == rows["area_ha"].notna().sum()
    assert totals.jobs_known == rows["jobs"].notna().sum()
    assert totals.money_known == rows["investment_mln_rub"].notna().sum()


@pytest.mark.parametrize("sort", SORTS)
def test_missing_values_stand_last(sort: str) -> None:
    view = apply(Query(sort=sort, place=None), DATASET)
    column = {"year": "year_from", "money": "investment_mln_rub", "area": "area_ha"}
    if sort.removeprefix("-") in column:
        missing = DATASET.rows[column[sort.removeprefix("-")]].isna().to_numpy()[view.positions]
        assert not np.any(missing[:-1] & ~missing[1:])
    assert sorted(view.positions.tolist()) == list(range(200))


def test_names_are_sorted_in_the_language_asked_for() -> None:
    for lang in ("ru", "en"):
        places = ranks(list(DATASET.rows[f"name_{lang}"]), lang)
        up = places[apply(Query(sort="name"), DATASET, lang=lang).positions]
        down = places[apply(Query(sort="-name"), DATASET, lang=lang).positions]
        assert (np.diff(up) >= 0).all()
        assert (np.diff(down) <= 0).all()


def test_a_view_cannot_be_changed() -> None:
    view = apply(Query(), DATASET)
    with pytest.raises(ValueError, match="read-only"):
        view.positions[0] = 5


def test_a_query_on_an_empty_dataset() -> None:
    empty = synthetic.make(1, sites=0, projects=0)
    view = apply(Query(text="томск"), empty)
    assert (view.ids, view.suggestion) == ((), None)


@pytest.mark.parametrize(
    "link",
    [
        "money=1e35",
        "money=0,1e10",
        "money=5e-324",
        "near=84.95,56.48,1e40",
        "near=84.95,56.48,0.5",
        "near=84.95,56.48,3e7",
        "near=84.95,56.48,300,3e7",
        "bbox=1e300,56,85,57",
    ],
)
def test_numbers_beyond_all_sense_are_malformed(link: str) -> None:
    query, notes = Query.from_params(link, DATASET)
    assert query == Query()
    assert [note.code for note in notes] == ["malformed"]


def test_every_key_of_a_link_is_documented() -> None:
    page = (Path(__file__).parents[2] / "docs" / "link.md").read_text(encoding="utf-8")
    assert [key for key in (*KEYS, "lang") if f"`{key}`" not in page] == []
