from collections.abc import Iterator

import geopandas as gpd
import numpy as np
import pytest
import shapely

from geo import snapshot as snapshots
from geo.dataset import shared
from geo.errors import SnapshotError
from geo.snapshot import About, Snapshot, open_snapshot, write_snapshot
from geo.tiles import Tile
from geo.tiles.scheme import to_plane
from layers import snapshot_card as card
from layers.page_data import page_data
from layers.snapshot_tiles import offered, tile
from tests.geo.tiles.decoder import decode

ABOUT = {
    "id": "own",
    "kind": "openstreetmap",
    "title_ru": "Томск",
    "title_en": "Tomsk",
    "retrieved": "2026-01-31",
    "source": "",
    "query": "",
    "licence": "ODbL-1.0",
    "attribution_ru": "© участники OpenStreetMap",
    "attribution_en": "© OpenStreetMap contributors",
    "notice_ru": "",
    "notice_en": "",
    "made": "",
}


@pytest.fixture
def small(tmp_path) -> Snapshot:
    """Three houses, and a street of each class that is used both ways."""
    houses = gpd.GeoDataFrame(
        {"id": list("abc"), "kind": "house"},
        geometry=[shapely.box(85 + n, 56, 85.0003 + n, 56.0002) for n in (0, 0.001, 0.002)],
        crs=4326,
    )
    lines = [shapely.LineString([(85, 56 + n), (85.002, 56 + n)]) for n in (0.0005, 0.0008, 0.0011)]
    streets = gpd.GeoDataFrame(
        {
            "from_id": 1,
            "to_id": 2,
            "highway": ["primary_link", "residential", "steps"] * 2,
            "maxspeed_kmh": np.nan,
            "name": None,
        },
        geometry=[*lines, *(line.reverse() for line in lines)],
        crs=4326,
    )
    layers = {"buildings": houses, "walk_edges": streets, "drive_edges": streets[:2]}
    return write_snapshot(tmp_path / "own", About(**ABOUT), layers)


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    card._read.cache_clear()
    yield
    card._read.cache_clear()


def at(zoom: int) -> Tile:
    x, y = np.floor(to_plane(np.array([[85.0005, 56.0005]]))[0] * 2**zoom).astype(int).tolist()
    return Tile(zoom, x, y)


def test_what_is_told_of_a_snapshot(small, monkeypatch):
    monkeypatch.setattr(snapshots, "shared", lambda: small)
    told = card.snapshot_card()
    assert told["layers"] == ["streets", "buildings"]
    assert told["title"] == {"ru": "Томск", "en": "Tomsk"}
    assert told["osm"]
    assert not told["example"]
    assert told["bounds"] == small.bounds


def test_the_example_is_told_as_one_and_is_nobody_else_s():
    told = page_data(shared(), delivery="url")["snapshot"]
    assert told["example"]
    assert not told["osm"]
    assert "invented" in told["attribution"]["en"]


def test_a_page_that_can_ask_nobody_offers_none():
    assert page_data(shared(), delivery="inline")["snapshot"] is None
    assert page_data(shared(), delivery="url", offline=True)["snapshot"] is None


def test_files_that_are_missing_or_changed_are_named(small, monkeypatch):
    (small.folder / "buildings.parquet").unlink()
    (small.folder / "walk_edges.parquet").write_bytes(b"")
    with pytest.raises(SnapshotError) as refused:
        open_snapshot(small.folder)
    monkeypatch.setattr(snapshots, "shared", lambda: open_snapshot(small.folder))
    assert card.snapshot_card() == {"fault": ["buildings.parquet", "walk_edges.parquet"]}
    assert refused.value.files == ("buildings.parquet", "walk_edges.parquet")


def test_streets_are_drawn_once_and_the_lesser_ones_from_nearer(small):
    assert offered(small) == ("streets", "buildings")
    kinds = {}
    for zoom in (10, 12, 14):
        (layer,) = decode(tile(small, "streets", at(zoom)))
        kinds[zoom] = {f.properties["kind"]: len(f.paths) for f in layer.features}
    assert kinds == {
        10: {"major": 1},
        12: {"major": 1, "minor": 1},
        14: {"major": 1, "minor": 1, "foot": 1},
    }
