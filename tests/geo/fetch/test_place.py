from collections.abc import Iterator

import pytest
import shapely

from geo.errors import FetchError
from geo.fetch import Overpass
from geo.fetch.online import Online
from geo.fetch.place import AGGLOMERATION, agglomeration, boxed, named
from tests.geo.fetch import town
from tests.geo.fetch.overpass_stand_in import StandIn, answer, relation, square


@pytest.fixture
def server() -> Iterator[StandIn]:
    with StandIn() as running:
        yield running


@pytest.fixture
def source(server: StandIn, monkeypatch: pytest.MonkeyPatch) -> Online:
    monkeypatch.setattr("geo.fetch.overpass.Overpass._pause", lambda _: None)
    return Online(Overpass(server.url, cache=None, deadline=60))


def refusal(code: str, *arguments: object) -> str:
    make, *rest = arguments
    with pytest.raises(FetchError) as caught:
        make(*rest)
    assert caught.value.code == code
    return str(caught.value)


def admin(number: int, way: int, name: str, level: str = "6") -> dict:
    tags = {"type": "boundary", "boundary": "administrative", "admin_level": level, "name": name}
    return relation(number, [(way, "outer")], **tags)


def test_a_place_by_name_is_one_border(server: StandIn, source: Online) -> None:
    town.serve(server)
    place = named(source, "Приреченск", "administrative_city")
    assert place.id == "relation-70"
    assert place.area.bounds == pytest.approx((84.999, 56.499, 85.008, 56.507))
    row = place.borders.iloc[0]
    assert (row["id"], row["border"]) == ("relation/70", "administrative_city")
    assert (row["name_ru"], row["name_en"]) == ("Приреченск", None)
    assert named(source, "relation/70", "agglomeration").area.equals(place.area)


def test_names_are_quoted(server: StandIn, source: Online) -> None:
    evil = 'x"];node;out;//\\'
    assert "no administrative boundary is called" in refusal("place", named, source, evil, "x")
    assert '["name"="x\\"];node;out;//\\\\"]' in server.queries[0]
    for text in ("", "  ", "a\nb", "x" * 201):
        refusal("place", named, source, text, "x")


def test_several_places_are_named_and_none_guessed(server: StandIn, source: Online) -> None:
    server.on("administrative", answer([admin(1, 1, "Лесное"), admin(2, 2, "Лесное", "8")]))
    told = refusal("place", named, source, "Лесное", "administrative_city")
    assert "relation/1 (level 6); relation/2 (level 8)" in told


def test_a_place_that_was_found_and_cannot_be_used_is_named(
    server: StandIn, source: Online
) -> None:
    broken = admin(1, 1, "Лесное")
    broken["tags"]["note"] = "x" * 256
    server.on("administrative", answer([broken]))
    told = refusal("place", named, source, "Лесное", "administrative_city")
    assert "cannot be used: relation/1: tags are no texts of at most 255 characters" in told


def test_what_a_terminal_would_obey_is_escaped(server: StandIn, source: Online) -> None:
    evil = "\x1b[31mPWN\x1b]0;t\x07\x9b1m\u202e"
    server.on("administrative", answer([admin(1, 1, "Лесное", evil), admin(2, 2, "Лесное")]))
    told = refusal("place", named, source, "Лесное", "administrative_city")
    assert told.isprintable()
    assert r"relation/1 (level \x1b[31mPWN\x1b]0;t\x07\x9b1m\u202e)" in told


def test_a_border_that_is_not_closed_is_refused(server: StandIn, source: Online) -> None:
    town.serve(server)
    server.on("relation(id:70)", answer([*town.BORDER[:-1], town.CITY]))
    told = refusal("place", named, source, "Приреченск", "administrative_city")
    assert "a member of the relation is missing" in told
    server.on("relation(id:70)", answer([]))
    assert "it is not there" in refusal("place", named, source, "Приреченск", "x")


def test_the_agglomeration_is_three_municipalities(server: StandIn, source: Online) -> None:
    parts = [names[0] for names in AGGLOMERATION.values()]
    grounds = [*square(1, 85.0, 56.5), *square(2, 85.001, 56.5), *square(3, 85.0, 56.501)]
    relations = [admin(i, i, name) for i, name in enumerate(parts, start=1)]
    town_of_the_same_name = admin(9, 1, "Томск", "8")
    server.on("administrative", answer([*relations, town_of_the_same_name]))
    server.on("relation(id:1,2,3)", answer([*grounds, *relations]))
    place = agglomeration(source)
    assert place.area.area == pytest.approx(3 * 0.001**2)
    borders = place.borders.set_index("border").geometry
    assert borders["administrative_city"].area == pytest.approx(0.001**2)
    assert borders["agglomeration"].equals(place.area)
    server.on("administrative", answer(relations[:2]))
    assert "`Tomsky District`" in refusal("place", agglomeration, source)


@pytest.mark.parametrize(
    "text", ["", "1,2,3", "85,56,84,57", "85,57,86,56", "a,b,c,d", "nan,0,1,1", "85,56,inf,57"]
)
def test_boxes_that_are_none(text: str) -> None:
    refusal("area", boxed, text)


def test_a_box() -> None:
    place = boxed("84.9, 56.4, 85.1, 56.6")
    assert place.area.equals(shapely.box(84.9, 56.4, 85.1, 56.6))
    assert len(place.borders) == 0
