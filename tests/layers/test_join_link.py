import pytest

from geo.dataset import shared
from geo.join import JoinSpec
from geo.link import Note
from layers.join_link import JoinLink, is_own, layer_ids, read_link


def read(**params: str) -> JoinLink:
    return read_link({key: [value] for key, value in params.items()}, shared().catalog)


def test_an_empty_link_is_a_join_of_projects_and_sites() -> None:
    assert read() == JoinLink("projects", "sites", JoinSpec())


@pytest.mark.parametrize(
    "asked",
    [
        JoinLink("projects", "sites", JoinSpec("dwithin", distance_m=250.0), run=True),
        JoinLink("own-0123456789abcdef", "medical", JoinSpec(how="anti")),
        JoinLink("sites", "sites", JoinSpec(exclusive=True, on=(("park_type", "park_type"),))),
    ],
)
def test_a_link_is_read_back_the_same(asked: JoinLink) -> None:
    assert read_link(asked.to_params(), shared().catalog) == asked


def test_what_cannot_be_used_is_named() -> None:
    asked = read(left="nowhere", right="../../etc/passwd", predicate="eats", run="yes")
    assert (asked.left, asked.right, asked.run) == ("projects", "sites", False)
    assert asked.notes == (
        Note("unknown_value", "left", "nowhere"),
        Note("unknown_value", "right", "../../etc/passwd"),
        Note("unknown_value", "predicate", "eats"),
    )


def test_a_strange_key_is_named() -> None:
    assert read(predicat="within").notes == (Note("unknown_key", "predicat", ""),)


def test_layers_with_places_are_offered_once() -> None:
    offered = layer_ids(shared().catalog)
    assert offered[:3] == ("sites", "projects", "organisations")
    assert len(set(offered)) == len(offered) == 11
    assert "clusters" not in offered


@pytest.mark.parametrize(
    ("layer_id", "own"), [("own-12ab", True), ("own-../x", False), ("sites", False)]
)
def test_files_are_named_by_their_hash_alone(layer_id: str, own: bool) -> None:
    assert is_own(layer_id) is own
