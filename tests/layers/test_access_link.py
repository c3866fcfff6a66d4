import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layers.access_link import AccessLink, position, read_link

WHOLE = AccessLink("example-sport", ("a", "b"), "town", "drive", 42, "buildings")


@pytest.mark.parametrize(
    "link", [WHOLE, AccessLink("87.0,60.0"), AccessLink("87.0,60.0", ("a", "b")), AccessLink()]
)
def test_a_link_opens_as_it_was_written(link: AccessLink) -> None:
    assert read_link(link.to_params()) == link


@pytest.mark.parametrize(
    ("params", "noted"),
    [
        ({"at": ["here"]}, "at"),
        ({"at": ["87,60,5"]}, "at"),
        ({"at": ["87,nan"]}, "at"),
        ({"at": ["187,60"]}, "at"),
        ({"site": ["a", "b", "c", "d", "e", "f", "g"]}, "site"),
        ({"at": ["87,60"], "site": ["a", "b", "c", "d", "e", "f"]}, "site"),
        ({"site": ["1,2"]}, "site"),
        ({"mode": ["fly"]}, "mode"),
        ({"minutes": ["4"]}, "minutes"),
        ({"minutes": ["61"]}, "minutes"),
        ({"minutes": ["²"]}, "minutes"),
        ({"of": ["trees"]}, "of"),
    ],
)
def test_what_cannot_be_used_is_named(params: dict[str, list[str]], noted: str) -> None:
    found = read_link(params)
    assert [note.key for note in found.notes] == [noted]
    assert found.mode == "walk"
    assert found.minutes == 15
    assert found.of == "people"


KEYS = st.sampled_from(["site", "at", "mode", "minutes", "of", "snapshot", "x"])


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(KEYS, st.lists(st.text(max_size=90), max_size=3)))
def test_any_link_opens(params: dict[str, list[str]]) -> None:
    found = read_link(params)
    again = read_link(found.to_params())
    assert again.notes == ()
    assert again.to_params() == found.to_params()


def test_a_site_stands_once() -> None:
    assert read_link({"site": ["a", "b", "a", "b"]}).to_params()["site"] == ["a", "b"]


@pytest.mark.parametrize("text", ["87.005, 60.001", "87.005 60.001", " 87.005,60.001 "])
def test_a_position_is_typed_in_several_ways(text: str) -> None:
    assert position(text) == "87.005,60.001"
