import random
import re

import pytest
import shapely
from osmnx import _overpass

from geo.fetch.elements import Refused
from geo.fetch.streets import belongs, streets
from geo.network import network_from_frames
from tests.geo.fetch import town
from tests.geo.fetch.overpass_stand_in import node, way

HERE = shapely.box(84, 56, 86, 57)


@pytest.mark.parametrize(("mode", "osmnx_name"), [("walk", "walk"), ("drive", "drive_service")])
def test_the_same_ways_as_osmnx(mode: str, osmnx_name: str) -> None:
    clauses = re.findall(r'\["([^"]+)"!~"([^"]+)"\]', _overpass._get_network_filter(osmnx_name))
    assert len(clauses) > 4
    values = {
        "highway": [
            "residential", "primary_link", "motorway", "footway", "steps", "track", "service",
            "cycleway", "construction", "platform", "living_street", "path", "unclassified",
        ],
        "access": ["yes", "private", "no"], "foot": ["yes", "no"], "area": ["yes", "no"],
        "service": ["driveway", "parking_aisle", "private"], "motor_vehicle": ["no", "yes"],
        "motorcar": ["no"], "sidewalk": ["both", "separate"], "sidewalk:left": ["separate"],
        "sidewalk:right": ["separate"], "sidewalk:both": ["separate", "no"],
    }  # fmt: skip
    chance = random.Random(5)  # noqa: S311 - no secret
    seen = set()
    for _ in range(3_000):
        tags = {key: chance.choice(of) for key, of in values.items() if chance.random() < 0.3}
        tags["highway"] = chance.choice(values["highway"])
        expected = not any(re.search(value, tags.get(key, "")) for key, value in clauses)
        assert belongs(tags, mode) == expected, tags
        seen.add(expected)
    assert seen == {True, False}


def test_what_is_no_street() -> None:
    assert not belongs({"landuse": "forest"}, "walk")
    assert not belongs({"highway": "busway"}, "drive")
    assert belongs({"highway": "busway"}, "walk")


def test_the_town_on_foot_and_by_car() -> None:
    nodes, edges, refused = streets(town.STREET_ELEMENTS, "walk", HERE)
    assert refused == [Refused("way", 107, "a node of the way is missing")]
    # Twelve sides of the four blocks, both ways, and only crossings: the bend is no node.
    assert len(edges) == 24
    assert sorted(nodes["id"]) == list(range(1, 10))
    network = network_from_frames(nodes, edges, mode="walk")
    assert network.streets == 12
    nodes, edges, _ = streets(town.STREET_ELEMENTS, "drive", HERE)
    # Without the footpath 2, 5 and 8 are no crossings: three rows, two streets one way, two both.
    assert sorted(nodes["id"]) == [1, 3, 4, 6, 7, 9]
    assert len(edges) == 3 * 2 + 2 + 2 * 2
    assert network_from_frames(nodes, edges, mode="drive").streets == 7


def test_limits_and_names_are_not_mixed() -> None:
    _, edges, _ = streets(town.STREET_ELEMENTS, "drive", HERE)
    by_class = edges.groupby("highway")["maxspeed_kmh"].first()
    assert by_class["primary"] == 60
    assert edges.loc[edges["highway"] == "tertiary", "maxspeed_kmh"].isna().all(), "9000 km/h"
    bent = edges[edges["name"] == "Первая"].iloc[0]
    assert shapely.get_num_coordinates(bent.geometry) == 4
    changed = [
        node(1, 85, 56.5), node(2, 85.001, 56.5), node(3, 85.002, 56.5),
        way(1, [1, 2], highway="primary", maxspeed="40"), way(2, [2, 3], highway="primary"),
    ]  # fmt: skip
    nodes, _, _ = streets(changed, "drive", HERE)
    assert sorted(nodes["id"]) == [1, 2, 3], "a limit changes at node 2"


@pytest.mark.parametrize(
    ("tags", "ends"),
    [
        ({}, {(1, 2), (2, 1)}),
        ({"oneway": "yes"}, {(1, 2)}),
        ({"oneway": "-1"}, {(2, 1)}),
        ({"oneway": "no", "junction": "roundabout"}, {(1, 2), (2, 1)}),
        ({"junction": "roundabout"}, {(1, 2)}),
        ({"highway": "motorway"}, {(1, 2)}),
    ],
)
def test_directions(tags: dict[str, str], ends: set[tuple[int, int]]) -> None:
    line = [node(1, 85, 56.5), node(2, 85.001, 56.5)]
    made = [*line, way(1, [1, 2], **({"highway": "primary"} | tags))]
    _, edges, _ = streets(made, "drive", HERE)
    assert set(zip(edges["from_id"], edges["to_id"], strict=True)) == ends
    foot = [*line, way(1, [1, 2], **(tags | {"highway": "primary"}))]
    assert len(streets(foot, "walk", HERE)[1]) == 2


def test_only_ways_that_touch_the_area() -> None:
    west = shapely.box(84.9999, 56.4999, 85.0001, 56.51)
    _, edges, _ = streets(town.STREET_ELEMENTS, "walk", west)
    # Three rows leave the western street, each taken whole; the eastern one stays away.
    assert len(edges) == 3 * 2 + 2 * 2
    assert set(edges["from_id"]) == {1, 3, 4, 6, 7, 9}
    nodes, edges, _ = streets(town.STREET_ELEMENTS, "walk", shapely.box(10, 10, 11, 11))
    assert (len(nodes), len(edges)) == (0, 0)


def test_ways_that_are_too_short() -> None:
    made = [node(1, 85, 56.5), way(1, [1, 1], highway="path"), way(2, [], highway="path")]
    _, edges, refused = streets(made, "walk", HERE)
    assert len(edges) == 0
    assert [one.reason for one in refused] == ["fewer than two places"]


def test_a_street_that_crosses_the_area_without_a_node_in_it() -> None:
    through = [node(1, 84.9, 56.505), node(2, 85.1, 56.505), way(3, [1, 2], highway="primary")]
    beside = [node(4, 84.9, 56.6), node(5, 85.1, 56.6), way(6, [4, 5], highway="primary")]
    small = shapely.box(85, 56.5, 85.01, 56.51)
    nodes, edges, refused = streets([*through, *beside], "drive", small)
    assert sorted(nodes["id"]) == [1, 2]
    assert len(edges) == 2
    assert refused == []
