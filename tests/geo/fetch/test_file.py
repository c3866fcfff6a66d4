import os
import re
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import osmium
import pytest
import shapely

from geo.errors import FetchError
from geo.fetch import areas
from geo.fetch.file import OsmFile
from geo.fetch.freeze import gather
from geo.fetch.place import boxed, named
from tests.geo.fetch import town
from tests.geo.fetch.overpass_stand_in import node, relation, square, way

LAUGHS = """<?xml version="1.0"?>
<!DOCTYPE osm [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>
<osm version="0.6"><node id="1" lat="56.5" lon="85"><tag k="amenity" v="&b;"/></node></osm>"""


@pytest.fixture(params=["town.osm", "town.osm.gz", "town.osm.pbf"])
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    plain = tmp_path / "plain.osm"
    plain.write_text(town.as_xml(town.EVERYTHING), encoding="utf-8")
    path = tmp_path / request.param
    with osmium.SimpleWriter(str(path)) as writer:
        for one in osmium.FileProcessor(str(plain)):
            writer.add(one)
    return path


def test_a_file_gives_what_the_network_gives(path: Path) -> None:
    source = OsmFile(path)
    place = named(source, "Приреченск", "administrative_city")
    assert place.id == "relation-70"
    fetched = gather(source, place)
    rows = {name: len(frame) for name, frame in fetched.layers.items()}
    assert rows == {
        "walk_nodes": 9, "walk_edges": 24, "drive_nodes": 6, "drive_edges": 12, "buildings": 2,
        "stops": 3, "open_space": 2, "water": 1, "pois": 2, "boundaries": 1,
    }  # fmt: skip
    assert ("way", 107, "a node of the way is missing") in {
        (one.osm_type, one.osm_id, one.reason) for one in fetched.refused
    }
    # The file says no date: that of its newest element.
    assert fetched.date.date() == date(2024, 11, 19)
    assert source.name == f"file {path.name}"
    assert named(source, "relation/70", "agglomeration").area.equals(place.area)


def test_only_the_box_is_read(path: Path) -> None:
    source = OsmFile(path)
    assert source.themes(("buildings",), shapely.box(10, 10, 11, 11)).elements == []
    west = source.themes(("buildings",), boxed("84.99,56.49,85.002,56.51").area)
    assert {one["id"] for one in west.elements if one["type"] == "way"} == {21, 24}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("laughs.osm", LAUGHS.encode()),
        ("page.osm", b"<html>no</html>"),
        ("half.osm", b'<osm version="0.6"><node id="1"'),
        ("empty.osm", b""),
        ("noise.osm.pbf", bytes(range(256)) * 20),
        ("short.osm.pbf", b"\x00\x00"),
        ("no.osm.gz", b"plain"),
        ("coordinates.osm", b'<osm version="0.6"><node id="1" lat="x" lon="85"/></osm>'),
    ],
)
def test_files_that_are_none(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(FetchError, match="damaged") as caught:
        OsmFile(path).themes(("pois",), shapely.box(84, 56, 86, 57))
    assert caught.value.code == "file"
    assert str(tmp_path) not in str(caught.value)


@pytest.mark.parametrize("name", ["none.osm", "http://127.0.0.1:1/a.osm", "town.geojson"])
def test_names_that_are_no_osm_file(tmp_path: Path, name: str) -> None:
    (tmp_path / "town.geojson").write_text("{}", encoding="utf-8")
    with pytest.raises(FetchError) as caught:
        OsmFile(tmp_path / name)
    assert caught.value.code == "file"


HERE = shapely.box(84, 56, 86, 57)


def written(tmp_path: Path, text: str) -> OsmFile:
    path = tmp_path / "some.osm"
    path.write_text(text, encoding="utf-8")
    return OsmFile(path)


@pytest.mark.parametrize("ref", [-31, 404, 900000000000000000])
def test_members_that_are_not_there(tmp_path: Path, ref: int) -> None:
    lake = relation(33, [(31, "outer"), (ref, "outer")], type="multipolygon", natural="water")
    found = written(tmp_path, town.as_xml([*square(31, 85, 56.5), lake])).themes(("water",), HERE)
    (refused,) = areas(found.elements).refused
    assert refused.reason == "a member of the relation is missing"


def test_a_relation_of_an_absurd_number(tmp_path: Path) -> None:
    with pytest.raises(FetchError, match="no administrative boundary is called"):
        named(written(tmp_path, town.as_xml([])), "relation/900000000000000000", "agglomeration")


@pytest.mark.parametrize("order", ["wnr", "wrn", "rwn"])
def test_ways_may_stand_before_their_nodes(tmp_path: Path, order: str) -> None:
    tree = ElementTree.fromstring(town.as_xml(town.EVERYTHING))  # noqa: S314 - own text
    backwards = tree[::-1]
    tree[:] = sorted(backwards, key=lambda one: order.index(one.tag[0]))
    fetched = gather(written(tmp_path, ElementTree.tostring(tree, "unicode")), boxed(town.BOX))
    rows = {name: len(frame) for name, frame in fetched.layers.items()}
    assert rows["walk_edges"] == 24
    assert (rows["water"], rows["buildings"]) == (1, 2)


def test_ids_of_an_editor_are_refused_with_a_next_step(tmp_path: Path) -> None:
    text = re.sub(r'(node id|nd ref)="', r'\1="-', town.as_xml(town.EVERYTHING))
    source = written(tmp_path, text)
    with pytest.raises(FetchError, match=r"below zero.*`osmium renumber`") as caught:
        source.themes(("streets",), HERE)
    assert caught.value.code == "file"


def test_the_newest_edit_of_what_is_used_is_the_date(tmp_path: Path) -> None:
    text = town.as_xml(town.EVERYTHING)
    old = re.sub('(<relation id="70" .*?timestamp=")2024', r"\g<1>2012", text)
    far = '<node id="9" version="1" timestamp="2025-01-01T00:00:00Z" lat="1" lon="1">'
    far += '<tag k="amenity" v="clinic"/></node></osm>'
    source = written(tmp_path, old.replace("</osm>", far))
    place = named(source, "Приреченск", "agglomeration")
    assert place.answers[0].date.year == 2012
    assert gather(source, place).date.date() == date(2024, 11, 19)


def test_data_of_the_future_are_refused(tmp_path: Path) -> None:
    text = town.as_xml(town.EVERYTHING).replace('timestamp="2024', 'timestamp="2099')
    with pytest.raises(FetchError, match=r"of the future \(2099-11-19\)"):
        gather(written(tmp_path, text), boxed(town.BOX))


def test_a_file_without_dates_has_its_own(tmp_path: Path) -> None:
    text = re.sub(' timestamp=".*?"', "", town.as_xml(town.EVERYTHING))
    source = written(tmp_path, text)
    os.utime(tmp_path / "some.osm", (1e9, 1e9))
    assert gather(source, boxed(town.BOX)).date.date() == date(2001, 9, 9)


def test_what_is_broken_elsewhere_is_not_counted(tmp_path: Path) -> None:
    far = [
        node(901, 30, 50), node(902, 30, 50.1), way(903, [901, 902]),
        relation(904, [(903, "outer")], type="multipolygon", natural="water"),
        relation(905, [(404, "outer")], type="multipolygon", natural="water"),
    ]  # fmt: skip
    fetched = gather(written(tmp_path, town.as_xml([*town.EVERYTHING, *far])), boxed(town.BOX))
    assert {one.osm_id for one in fetched.refused} == {24, 107}


def test_what_crosses_the_box_without_a_node_in_it_is_found(tmp_path: Path) -> None:
    street = [node(1, 84, 56.5), node(2, 86, 56.5), way(3, [1, 2], highway="primary")]
    found = written(tmp_path, town.as_xml(street)).themes(("streets",), boxed(town.BOX).area)
    assert [one["id"] for one in found.elements] == [1, 2, 3]


def test_deleted_objects_are_not_taken(tmp_path: Path) -> None:
    text = town.as_xml([node(1, 85, 56.5, amenity="clinic"), node(2, 85, 56.5, amenity="clinic")])
    text = text.replace('<node id="2"', '<node id="2" visible="false"')
    found = written(tmp_path, text).themes(("pois",), HERE)
    assert [one["id"] for one in found.elements] == [1]


def test_an_id_that_stands_twice_is_said(tmp_path: Path) -> None:
    twice = [*town.STREET_ELEMENTS, way(101, [1, 9], highway="residential", name="другая")]
    fetched = gather(written(tmp_path, town.as_xml(twice)), boxed(town.BOX), ("walk",))
    assert ("way", 101, "another version of it stands there as well") in {
        (one.osm_type, one.osm_id, one.reason) for one in fetched.refused
    }


def test_places_that_are_absurd_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "absurd.osm"
    far = '<node id="1" version="1" lat="91" lon="85"><tag k="amenity" v="clinic"/></node>'
    path.write_text(f'<osm version="0.6">{far}</osm>', encoding="utf-8")
    found = OsmFile(path).themes(("pois",), shapely.box(84, 56, 86, 57))
    assert found.elements == []
