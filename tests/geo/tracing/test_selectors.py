from collections.abc import Callable
from pathlib import Path

import pytest

from geo.dataset import SHIPPED, load, shared
from geo.errors import DatasetError, TracingError
from geo.places import Box, in_box
from geo.tracing import overpass_query, read_selectors
from tests.geo.tracing.ground import NORTH, add_selectors, selector

Write = Callable[..., Path]


def test_the_query_asks_for_ways_and_relations_of_every_tag_in_the_box() -> None:
    found = overpass_query(selector(tags=(("leisure", "park"), ("landuse", "forest"))))
    assert found == (
        "[out:json][timeout:60];\n(\n"
        '  way["leisure"="park"](56.450000,84.900000,56.550000,85.100000);\n'
        '  relation["leisure"="park"](56.450000,84.900000,56.550000,85.100000);\n'
        '  way["landuse"="forest"](56.450000,84.900000,56.550000,85.100000);\n'
        '  relation["landuse"="forest"](56.450000,84.900000,56.550000,85.100000);\n'
        ");\nout geom;"
    )


def test_every_shipped_site_has_a_selector_around_it_or_says_why_not() -> None:
    selectors = read_selectors(SHIPPED)
    sites = shared().sites
    assert set(selectors) == set(sites.index)
    for site_id, one in selectors.items():
        if one.box is None:
            assert one.note_ru, site_id
            assert one.note_en, site_id
        else:
            assert one.names, site_id
            assert in_box(sites.geometry[[site_id]].to_numpy(), Box(*one.box)).all(), site_id


def test_a_row_is_read(write_data: Write) -> None:
    folder = add_selectors(write_data(), NORTH, "south,,,,,,,way/1 relation/2,нет,none")
    north, south = read_selectors(folder).values()
    assert north == selector()
    assert (south.tags, south.box, south.note_en) == ((), None, "none")
    assert south.refused == ("way/1", "relation/2")


def test_a_folder_without_the_file(write_data: Write) -> None:
    with pytest.raises(TracingError, match=r"osm_selectors\.csv"):
        read_selectors(write_data())


@pytest.mark.parametrize("box", ["85,56,84,57", "84,57,85,56", "84,,85,57"])
def test_what_is_no_box_is_refused(write_data: Write, box: str) -> None:
    folder = add_selectors(write_data(), f"north,leisure=park,Сад,{box},,,")
    with pytest.raises(TracingError, match="`north`"):
        read_selectors(folder)


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ('north,"leisure""];out;=x",Сад,84.9,56.45,85.1,56.55,,,', "tags"),
        ("north,park,Сад,84.9,56.45,85.1,56.55,,,", "tags"),
        ("north,leisure=park,Сад,84.9,56.45,85.1,56.55,node/1,,", "refused"),
        ("north,leisure=park,Сад,84.9,56.45,850,56.55,,,", "east"),
        ("nowhere,leisure=park,Сад,84.9,56.45,85.1,56.55,,,", "id"),
    ],
)
def test_a_faulty_row_stops_the_dataset_and_is_named(
    write_data: Write, row: str, field: str
) -> None:
    folder = add_selectors(write_data(), row)
    with pytest.raises(DatasetError) as caught:
        load(folder)
    (problem,) = caught.value.problems
    assert (problem.file, problem.row, problem.field) == ("osm_selectors.csv", 1, field)
