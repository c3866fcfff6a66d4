import pytest
import shapely

from geo.fetch import Refused, areas
from geo.fetch.elements import Element, merged, merged_saying, sound
from tests.geo.fetch.overpass_stand_in import node, relation, square, way

# A ring of 4 by 4, a hole of 1 by 1 and an island in the hole, put together from pieces.
CORNERS = {1: (0, 0), 2: (4, 0), 3: (4, 4), 4: (0, 4)}
HOLE = {5: (1, 1), 6: (2, 1), 7: (2, 2), 8: (1, 2)}
NODES = [node(i, *place) for i, place in (CORNERS | HOLE).items()]
HALVES = [way(1, [1, 2, 3]), way(2, [1, 4, 3])]
RING = way(3, [5, 6, 7, 8, 5])
LAKE = relation(9, [(1, "outer"), (2, "outer"), (3, "inner")], type="multipolygon", natural="water")
SPUR = relation(9, [(1, "outer"), (2, "outer"), (4, "outer")], type="multipolygon")


def only(elements: list[Element]) -> shapely.Geometry:
    found = areas(elements)
    assert found.refused == []
    assert len(found.frame) == 1
    return found.frame.geometry.iloc[0]


def reasons(elements: list[Element]) -> list[str]:
    found = areas(elements)
    assert len(found.frame) == 0
    return [one.reason for one in found.refused]


def test_closed_ways_become_polygons() -> None:
    found = areas(square(7, 85, 56, side=0.5, building="yes"))
    row = found.frame.iloc[0]
    assert (row.osm_type, row.osm_id, row.tags) == ("way", 7, {"building": "yes"})
    assert row.geometry.area == pytest.approx(0.25)
    assert found.frame.crs.to_epsg() == 4326


def test_relations_are_put_together_with_their_holes() -> None:
    assert only([*NODES, *HALVES, RING, LAKE]).area == pytest.approx(16 - 1)
    rolesless = relation(9, [(1, ""), (2, "")], type="boundary")
    assert only([*NODES, *HALVES, rolesless]).area == pytest.approx(16)


def test_neighbouring_outer_rings_are_one_area() -> None:
    two = [*square(1, 0, 0, side=1), *square(2, 1, 0, side=1)]
    both = relation(9, [(1, "outer"), (2, "outer")], type="multipolygon")
    assert only([*two, both]).area == pytest.approx(2)


def test_answers_with_geometry_need_no_nodes() -> None:
    def line(*numbers: int) -> list[dict[str, float]]:
        places = CORNERS | HOLE
        return [dict(zip(("lon", "lat"), places[number], strict=True)) for number in numbers]

    plain = {"type": "way", "id": 4, "geometry": line(1, 2, 3, 4, 1), "tags": {"landuse": "x"}}
    assert only([plain]).area == pytest.approx(16)
    members = [
        {"type": "way", "ref": 1, "role": "outer", "geometry": line(1, 2, 3)},
        {"type": "way", "ref": 2, "role": "outer", "geometry": line(3, 4, 1)},
        {"type": "way", "ref": 3, "role": "inner", "geometry": line(5, 6, 7, 8, 5)},
        {"type": "node", "ref": 4, "role": "label"},
    ]
    assert only([LAKE | {"members": members}]).area == pytest.approx(15)


@pytest.mark.parametrize(
    ("elements", "reason"),
    [
        ([*NODES, way(1, [1, 2, 3], building="yes")], "fewer than three corners"),
        ([*NODES, way(1, [1, 2, 3, 4], building="yes")], "the way is not closed"),
        ([*NODES[1:], way(1, [1, 2, 3, 1], building="yes")], "a node of the way is missing"),
        ([*NODES, way(1, [1, 2, 4, 3, 1], building="yes")], "the outline crosses itself"),
        ([*NODES, way(1, [1, 2, 1, 2, 1], building="yes")], "the outline crosses itself"),
        ([*NODES, *HALVES, LAKE], "a member of the relation is missing"),
        ([*NODES[1:], *HALVES, RING, LAKE], "a node of the way is missing"),
        ([*NODES, HALVES[0], LAKE | {"members": LAKE["members"][:1]}], "the outer ring is not"),
        ([*NODES, *HALVES, way(4, [1, 5]), SPUR], "the outer ring is not closed"),
        ([*NODES, RING, LAKE | {"members": LAKE["members"][2:]}], "no outer ring"),
        ([LAKE | {"members": []}], "no outer ring"),
    ],
)
def test_what_is_no_area_is_named(elements: list[Element], reason: str) -> None:
    (found,) = reasons(elements)
    assert found.startswith(reason)


def test_only_what_is_wanted() -> None:
    both = [*square(1, 0, 0, building="yes"), *square(2, 1, 0, natural="water")]
    found = areas(both, wanted=lambda tags: "building" in tags)
    assert found.frame["osm_id"].tolist() == [1]
    assert len(areas([]).frame) == 0
    assert areas([]).frame.crs.to_epsg() == 4326


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        (node(1, 200, 0), "coordinates are not on Earth"),
        (node(1, 0, float("inf")), "coordinates are not on Earth"),
        (node(1, 0, True), "coordinates are not on Earth"),
        ({"type": "node", "id": 1}, "coordinates are not on Earth"),
        (
            {"type": "node", "id": 1, "lon": 0, "lat": 0, "tags": {"a": 1}},
            "tags are no texts of at most 255 characters",
        ),
        (
            {"type": "node", "id": 1, "lon": 0, "lat": 0, "tags": [1]},
            "tags are no texts of at most 255 characters",
        ),
        ({"type": "way", "id": 1}, "neither nodes nor geometry"),
        ({"type": "way", "id": 1, "nodes": ["x"]}, "nodes are no list of ids"),
        ({"type": "way", "id": 1, "geometry": [None]}, "geometry is cut off"),
        ({"type": "way", "id": 1, "geometry": [{"lon": 1}]}, "coordinates are not on Earth"),
        ({"type": "relation", "id": 1}, "no members"),
        ({"type": "relation", "id": 1, "members": [{}]}, "a member is no reference"),
    ],
)
def test_elements_are_checked_one_by_one(broken: Element, reason: str) -> None:
    kept, refused = sound([broken, node(2, 1, 1)])
    assert [one["id"] for one in kept] == [2]
    assert refused == [Refused(broken["type"], 1, reason)]


def test_elements_without_an_id_and_of_other_types() -> None:
    kept, refused = sound([{"type": "node"}, {"type": "count", "id": 0}, {"type": [1]}, None, 5])
    assert kept == []
    assert [(one.osm_id, one.reason) for one in refused] == [(0, "no id")]


def test_elements_of_several_answers_stand_once() -> None:
    bare, told = node(1, 0, 0), node(1, 0, 0, highway="bus_stop")
    assert merged([[bare, node(0, 1, 1)], [told], [bare]]) == [node(0, 1, 1), told]


def test_closed_ways_that_say_they_are_no_area() -> None:
    assert reasons(square(7, 85, 56, highway="residential", area="no")) == []


def test_relations_of_too_many_members(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(areas.__globals__, "MOST_MEMBERS", 2)
    assert reasons([*NODES, *HALVES, RING, LAKE])[-1] == "more than 2 members"


@pytest.mark.parametrize(
    ("lon", "lat"),
    [(10**400, 56), (85, -(10**400)), (85, 90.1), (85, -91), (180.1, 0), (float("inf"), 0)],
)
def test_places_that_are_not_on_earth(lon: float, lat: float) -> None:
    assert sound([node(1, lon, lat)]) == ([], [Refused("node", 1, "coordinates are not on Earth")])
    assert sound([node(1, 180, -90)])[1] == []


@pytest.mark.parametrize("tags", [{"name": "\ud800"}, {"\udfff": "x"}, {"k" * 256: "x"}])
def test_tags_that_no_file_can_hold(tags: dict[str, str]) -> None:
    (refused,) = sound([node(1, 85, 56, **tags)])[1]
    assert refused.reason == "tags are no texts of at most 255 characters"


def test_ids_that_are_none_are_not_repeated() -> None:
    for number in (10**400, True, "1", None):
        assert sound([node(number, 85, 56)])[1] == [Refused("node", 0, "no id")]


def test_two_versions_of_one_element_are_said() -> None:
    old, new = way(1, [1, 2], name="old"), way(1, [1, 2], name="new")
    bare = way(1, [1, 2])
    said = [Refused("way", 1, "another version of it stands there as well")]
    for order in ([old, new, bare], [bare, new, old], [new, bare, old]):
        assert merged_saying([order]) == ([old], said)
    assert merged_saying([[bare], [new], [new]]) == ([new], [])
