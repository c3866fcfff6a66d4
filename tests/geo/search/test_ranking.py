import gc
import weakref

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.dataset import shared
from geo.search.documents import documents
from geo.search.ranking import SearchIndex, search_of
from geo.search.spelling import switched
from geo.text import normalise, words
from tests.geo import synthetic

EVERYTHING = documents(shared())
NAMES = [(d, name) for d in EVERYTHING for name in d.names if words(name)]
CASES = (str.upper, str.lower, str.title, str.swapcase)
HOSTILE = (
    "", " ", "\0", ".*", "(?:a+)+$", "[", "\\", "%00", "a" * 10_000, "я " * 5_000, "\u202eсад",
    "'; DROP TABLE--", "<img src=x onerror=alert(1)>", "\ud800", "🏟", "ﷺ" * 50, "-", "а-б-в-г" * 20,
)  # fmt: skip


@pytest.fixture(scope="module")
def search() -> SearchIndex:
    return search_of(shared())


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(NAMES), st.sampled_from(CASES))
def test_a_name_gives_its_object_first(named, change) -> None:
    document, name = named
    best = search_of(shared()).best(change(name))
    first = [one.document for one in best if one.score == best[0].score]
    # Several objects may share a name; each of them is a right answer.
    namesakes = {(d.type, d.id) for d, other in NAMES if normalise(other) == normalise(name)}
    assert (first[0].type, first[0].id) in namesakes
    if len(namesakes) == 1:
        assert first[0] == document


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([pair for pair in NAMES if pair[1].isascii() is False]))
def test_a_name_in_the_wrong_layout_is_found(named) -> None:
    document, name = named
    plain = normalise(name).replace("-", " ")
    found = search_of(shared()).best(switched(plain))
    assert document.id in {one.document.id for one in found}


def test_filter_and_suggestions_agree(search: SearchIndex) -> None:
    rows = shared().rows
    for query in ("сад", "ТГУ", "Kfuthysq", "lagernyj", "мост", "park", "лагреный", "31"):
        shown = set(rows["id"][search.match(query)])
        offered = {
            one.document.id
            for one in search.best(query, limit=1_000)
            if one.document.type in ("site", "project")
        }
        assert offered <= shown
        assert offered or not shown


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_questions_are_answered(search: SearchIndex, text: str) -> None:
    assert search.match(text).shape == (len(shared().rows),)
    assert len(search.best(text)) <= 10
    assert len(search.nearest(text)) <= 5


def test_no_word_matches_everything_and_suggests_nothing(search: SearchIndex) -> None:
    assert search.match("«!»").all()
    assert search.best("«!»") == []
    assert search.nearest("«!»") == []


def test_a_mask_cannot_be_changed(search: SearchIndex) -> None:
    with pytest.raises(ValueError, match="read-only"):
        search.match("сад")[0] = False


def test_little_words_do_not_count(search: SearchIndex) -> None:
    assert np.array_equal(search.match("музей в городе"), search.match("музей городе"))
    assert search.match("за").any()


def test_nearest_when_not_all_words_are_there(search: SearchIndex) -> None:
    assert search.best("кедровый орех") == []
    assert search.nearest("кедровый орех")[0].document.id == "siberian-nut"


def test_nearest_name_for_a_word_with_too_many_slips(search: SearchIndex) -> None:
    assert search.best("томзкнифтихымм") == []
    assert search.nearest("томзкнифтихымм")[0].document.id == "tomskneftekhim"


def test_the_index_goes_with_its_dataset() -> None:
    dataset = synthetic.make(3, sites=2, projects=2)
    search_of(dataset)
    gone = weakref.ref(dataset)
    del dataset
    gc.collect()
    assert gone() is None


def test_an_empty_dataset() -> None:
    search = SearchIndex(synthetic.make(5, sites=1, projects=1))
    assert search.match("томск").shape == (2,)
