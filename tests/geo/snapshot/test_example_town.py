"""The invented town: small, the same each time, plainly labelled, kept out of the catalogue."""

import pytest
from geopandas.testing import assert_geodataframe_equal

from geo import dataset
from geo.domains import PARK_TYPES
from geo.example_town.town import ABOUT, layers
from geo.network import network_from_snapshot
from geo.snapshot import BORDERS, EXAMPLE, LAYERS, open_snapshot


def test_what_ships_is_what_the_program_makes() -> None:
    shipped = open_snapshot(EXAMPLE)
    made = layers()
    assert set(made) == set(shipped.entries) == set(LAYERS)
    for name, frame in made.items():
        assert_geodataframe_equal(shipped.layer(name), frame, check_dtype=False)
    assert shipped.about == ABOUT


def test_it_is_small_and_said_to_be_invented() -> None:
    size = sum(path.stat().st_size for path in EXAMPLE.iterdir())
    assert size < 400_000
    assert ABOUT.is_example
    for text in (ABOUT.notice_en, ABOUT.title_en):
        assert "invented" in text
    assert "не Томск" in ABOUT.notice_ru
    west, south, east, north = open_snapshot(EXAMPLE).bounds
    assert 86.9 < west < east < 87.1
    assert 59.9 < south < north < 60.1


def test_the_catalogue_of_the_dataset_does_not_hold_it() -> None:
    assert not [entry for entry in dataset.shared().catalog if "example" in entry.path]
    shipped = set(dataset.shared().sites.index)
    assert not shipped & set(open_snapshot(EXAMPLE).layer("sites")["id"])


def test_it_has_a_case_of_everything() -> None:
    town = open_snapshot(EXAMPLE)
    assert sorted(town.layer("sites")["park_type"]) == sorted(PARK_TYPES)
    assert sorted(town.layer("boundaries")["border"]) == sorted(BORDERS)
    walk, drive = (network_from_snapshot(town, mode) for mode in ("walk", "drive"))
    assert 300 < walk.streets < 600
    assert walk.main_share == pytest.approx(0.99, abs=0.01)
    assert "footway" in set(walk.highway) - set(drive.highway)
    assert "trunk" in set(drive.highway) - set(walk.highway)
    bridges = town.layer("walk_edges")["name"].str.startswith("Мост")
    assert bridges.sum() == 4
    oneway = drive.backward == float("inf")
    assert oneway.any()
    assert {"free", "restricted", "unknown"} <= set(town.layer("open_space")["public_access"])
