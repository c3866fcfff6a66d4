import pytest

from geo.link import Link
from geo.own.conditions import Between, count_own, own_mask, read_own, texts_of
from tests.geo.own import made

LAYER = made.layer(
    {
        "kind": ["school", "park, square", "school", None],
        "places": [10, 20, None, 40],
        "opened": ["2010-05", "2011-01-01", "2012-12-31", None],
        "note": ["a", "b", "c", "d"],
    }
)
KEY = LAYER.key


def read(**params):
    link = Link({key.replace("__", "."): values for key, values in params.items()})
    return read_own(link, LAYER), [(note.code, note.key, note.value) for note in link.notes]


@pytest.mark.parametrize(
    ("params", "conditions", "notes"),
    [
        ({}, (), []),
        ({"own": KEY}, (), []),
        ({"own__kind": "school"}, (("kind", ("school",)),), []),
        # A comma belongs to the value: it is no list here.
        ({"own": KEY, "own__kind": ["park, square"]}, (("kind", ("park, square",)),), []),
        (
            {"own__places": "5..20", "own__kind": ["school", "park, square"]},
            (("kind", ("park, square", "school")), ("places", Between("5", "20"))),
            [],
        ),
        ({"own__places": "..20"}, (("places", Between("", "20")),), []),
        ({"own__places": "-1.5e3.."}, (("places", Between("-1.5e3", "")),), []),
        ({"own__places": "20..5"}, (("places", Between("5", "20")),), []),
        ({"own__opened": "2010..2011-06"}, (("opened", Between("2010", "2011-06")),), []),
        ({"own__kind": "zoo"}, (), [("unknown_value", "own.kind", "zoo")]),
        ({"own__places": "much"}, (), [("malformed", "own.places", "much")]),
        ({"own__places": ".."}, (), [("malformed", "own.places", "..")]),
        ({"own__places": "nan..inf"}, (), [("malformed", "own.places", "nan..inf")]),
        ({"own__opened": "2010-13.."}, (), [("malformed", "own.opened", "2010-13..")]),
        (
            {"own__places": ["1..2", "3..4"]},
            (("places", Between("1", "2")),),
            [("malformed", "own.places", "3..4")],
        ),
        ({"own__note": "a"}, (), [("unknown_key", "own.note", "a")]),
        ({"own__nowhere": "a"}, (), [("unknown_key", "own.nowhere", "a")]),
        ({"own": "other", "own__kind": "school"}, (), [("needs_layer", "own", "other")]),
    ],
)
def test_reading(params, conditions, notes):
    assert read(**params) == (conditions, notes)


def test_without_a_layer_one_note_says_so():
    link = Link({"own": "0123456789abcdef", "own.kind": "school", "own.places": "1..2"})
    assert read_own(link, None) == ()
    assert [(note.code, note.value) for note in link.notes] == [("needs_layer", "0123456789abcdef")]


@pytest.mark.parametrize(
    ("column", "chosen", "rows"),
    [
        ("kind", ("school",), [0, 2]),
        ("kind", ("school", "park, square"), [0, 1, 2]),
        ("kind", Between("1", "2"), []),
        ("places", Between("10", "20"), [0, 1]),
        ("places", Between("", "15"), [0]),
        ("places", ("10",), []),
        ("opened", Between("2010-05-20", "2010-05-21"), [0]),
        ("opened", Between("2011", "2012"), [1, 2]),
        ("note", ("a",), []),
        ("nowhere", ("a",), []),
    ],
)
def test_mask(column, chosen, rows):
    found = own_mask(LAYER, column, chosen, before=2)
    assert found.tolist() == [False, False, *(n in rows for n in range(4))]


def test_mask_without_a_layer():
    assert own_mask(None, "kind", ("school",), before=3).tolist() == [False] * 3


def test_rows_of_the_dataset_have_no_data():
    visible = own_mask(LAYER, "places", Between("", ""), before=2)
    visible[:] = True
    kind = count_own(LAYER.field("kind"), visible)
    assert (kind.options, kind.counts, kind.no_data) == (("park, square", "school"), (1, 2), 3)
    assert count_own(LAYER.field("places"), visible).no_data == 3


def test_texts():
    assert texts_of(("a", "b")) == ["a", "b"]
    assert texts_of(Between("1", "")) == ["1.."]
