import pytest
import shapely

from geo.fetch import layers
from geo.fetch.themes import THEMES, query
from geo.snapshot import LAYERS
from tests.geo.fetch import town
from tests.geo.fetch.overpass_stand_in import node, square

HERE = shapely.box(84, 56, 86, 57)


@pytest.mark.parametrize("name", ["buildings", "stops", "open_space", "water", "pois"])
def test_layers_keep_the_rules_of_a_snapshot(name: str) -> None:
    make = getattr(layers, name)
    assert LAYERS[name].faults(make(town.EVERYTHING, HERE).frame) == []
    nowhere = make(town.EVERYTHING, shapely.box(10, 10, 11, 11))
    assert len(nowhere.frame) == 0
    assert len(make([], HERE).frame) == 0


def test_buildings_that_stand() -> None:
    frame, refused = layers.buildings(town.BUILDINGS, HERE)
    assert dict(zip(frame["id"], frame["kind"], strict=True)) == {
        "way/21": "house", "way/22": "apartments",
    }  # fmt: skip
    assert [(one.osm_id, one.reason) for one in refused] == [(24, "fewer than three corners")]


def test_a_lake_has_its_island() -> None:
    frame = layers.water(town.PLACES, HERE).frame
    assert frame["id"].tolist() == ["relation/33"]
    assert frame["name_ru"].tolist() == ["Пруд"]
    assert frame.geometry.iloc[0].area == pytest.approx(0.001**2 - 0.0002**2)


def test_stops_by_what_calls() -> None:
    frame = layers.stops(town.PLACES, HERE).frame.set_index("id")
    assert frame["mode"].to_dict() == {"node/41": "bus", "node/42": "tram", "node/43": "trolleybus"}
    assert frame.loc["node/41", ["name_ru", "name_en"]].tolist() == ["Площадь", "Square"]


@pytest.mark.parametrize(
    ("tags", "mode"),
    [
        ({"highway": "bus_stop", "trolleybus": "yes"}, "trolleybus"),
        ({"highway": "bus_stop", "trolleybus": "yes", "bus": "yes"}, "bus"),
        ({"highway": "bus_stop", "share_taxi": "yes"}, "minibus"),
        ({"public_transport": "platform"}, "unknown"),
        ({"railway": "halt"}, "train"),
        ({"railway": "station", "station": "subway"}, "metro"),
        ({"amenity": "ferry_terminal"}, "ferry"),
    ],
)
def test_modes(tags: dict[str, str], mode: str) -> None:
    assert layers.mode(tags) == mode


@pytest.mark.parametrize(
    ("tags", "access", "evidence"),
    [
        ({}, "unknown", ""),
        ({"access": "yes"}, "free", "OpenStreetMap: access=yes"),
        ({"access": "yes", "fee": "yes"}, "restricted", "OpenStreetMap: access=yes, fee=yes"),
        ({"fee": "no"}, "unknown", "OpenStreetMap: fee=no"),
        ({"access": "private", "fee": "yes"}, "closed", "OpenStreetMap: access=private, fee=yes"),
        ({"access": "customers"}, "restricted", "OpenStreetMap: access=customers"),
        ({"access": "agricultural"}, "unknown", "OpenStreetMap: access=agricultural"),
    ],
)
def test_access_is_what_tags_say(tags: dict[str, str], access: str, evidence: str) -> None:
    assert layers.public_access(tags) == (access, evidence)


def test_institutions_stand_inside_their_ground() -> None:
    frame = layers.pois(town.PLACES, HERE).frame.set_index("id")
    assert frame["kind"].to_dict() == {"node/44": "clinic", "way/45": "university"}
    ground = shapely.box(85.0030, 56.5030, 85.0034, 56.5034)
    assert ground.covers(frame.geometry["way/45"])


def test_platforms_that_are_lines_are_no_loss() -> None:
    line = [*square(1, 85, 56.5)[:4], {"type": "way", "id": 9, "nodes": [10, 11, 12, 13]}]
    line[-1]["tags"] = {"public_transport": "platform"}
    frame, refused = layers.stops(line, HERE)
    assert (len(frame), refused) == (0, [])


@pytest.mark.parametrize("theme", THEMES)
def test_a_query_asks_for_what_is_taken(theme: str) -> None:
    asked = query([theme], (84, 56, 85, 57))
    assert "[bbox:56.000000,84.000000,57.000000,85.000000]" in asked
    # The members of everything that was found, not of the last statement.
    assert asked.endswith(");(._;>;);out body qt;")
    for key, values in THEMES[theme].tags.items():
        assert f'["{key}"' in asked
        for value in values:
            assert value in asked
            assert THEMES[theme].wanted({key: value})
        for value in THEMES[theme].but:
            assert value in asked
            assert not THEMES[theme].wanted({key: value})
    assert not THEMES[theme].wanted({"power": "line"})


def test_names_of_markup_stay_text() -> None:
    name = "<img src=x onerror=alert(1)>"
    frame = layers.pois([node(1, 85, 56.5, amenity="school", name=name)], HERE).frame
    assert frame["name_ru"].tolist() == [name]
