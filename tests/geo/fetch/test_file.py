from datetime import date
from pathlib import Path

import osmium
import pytest
import shapely

from geo.errors import FetchError
from geo.fetch import areas
from geo.fetch.file import OsmFile
from geo.fetch.freeze import gather
from geo.fetch.place import boxed, named
from tests.geo.fetch import town
from tests.geo.fetch.overpass_stand_in import relation, square

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
    assert fetched.date.date() == date(2026, 11, 19)
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


def test_what_was_never_uploaded_has_no_members(tmp_path: Path) -> None:
    made = [
        *square(31, 85, 56.5),
        relation(33, [(-31, "outer")], type="multipolygon", natural="water"),
    ]
    path = tmp_path / "edited.osm"
    path.write_text(town.as_xml(made), encoding="utf-8")
    found = OsmFile(path).themes(("water",), shapely.box(84, 56, 86, 57))
    (refused,) = areas(found.elements).refused
    assert refused.reason == "a member of the relation is missing"


def test_places_that_are_absurd_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "absurd.osm"
    far = '<node id="1" version="1" lat="91" lon="85"><tag k="amenity" v="clinic"/></node>'
    path.write_text(f'<osm version="0.6">{far}</osm>', encoding="utf-8")
    found = OsmFile(path).themes(("pois",), shapely.box(84, 56, 86, 57))
    assert found.elements == []
