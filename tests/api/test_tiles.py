import hashlib
import math
import shutil

import geopandas as gpd
import pytest
import shapely

from geo import snapshot as snapshots
from geo.errors import SnapshotError
from geo.snapshot import EXAMPLE, FILE, open_snapshot
from layers.snapshot_tiles import DRAWN, TILED
from tests.geo.tiles.decoder import decode

ZOOM = 12


def path(layers: str, zoom: int = ZOOM) -> str:
    """Return the address of the tile with the middle of the open snapshot."""
    west, south, east, north = open_snapshot(EXAMPLE).bounds
    lon, lat = (west + east) / 2, math.radians((south + north) / 2)
    x = int((lon + 180) / 360 * 2**zoom)
    y = int((1 - math.asinh(math.tan(lat)) / math.pi) / 2 * 2**zoom)
    return f"/tiles/{layers}/{zoom}/{x}/{y}.mvt"


@pytest.fixture
def copy(tmp_path, monkeypatch):
    """A copy of the example as the open snapshot, for a test to damage."""
    folder = tmp_path / "snapshot"
    shutil.copytree(EXAMPLE, folder)
    opened = open_snapshot(folder)
    monkeypatch.setattr(snapshots, "shared", lambda: opened)
    return folder


@pytest.mark.parametrize("layer", TILED)
def test_every_layer_of_the_example_has_tiles(client, layer):
    response = client.get(path(layer, 14))
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/vnd.mapbox-vector-tile"
    assert response.headers["access-control-allow-origin"] == "*"
    assert [found.name for found in decode(response.content)] == [layer]
    again = client.get(path(layer, 14), headers={"If-None-Match": response.headers["etag"]})
    assert again.status_code == 304


def test_several_layers_come_in_one_tile_in_the_order_asked_for(client):
    content = client.get(path(",".join(DRAWN), 14)).content
    assert [layer.name for layer in decode(content)] == list(DRAWN)
    alone = [client.get(path(layer, 14)).content for layer in DRAWN]
    assert content == b"".join(alone)


def test_a_street_is_drawn_once_whoever_uses_it(client):
    (layer,) = decode(client.get(path("streets", 14)).content)
    lines = [part for feature in layer.features for part in feature.geometry.geoms]
    kinds = {feature.properties["kind"] for feature in layer.features}
    assert kinds == {"major", "minor", "foot"}
    assert len(lines) > 50
    assert len(set(shapely.to_wkb(shapely.normalize(lines)))) == len(lines)


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/tiles/population/1/0/0.mvt", 404),
        ("/tiles/walk_edges/1/0/0.mvt", 404),
        ("/tiles/water,population/1/0/0.mvt", 404),
        ("/tiles/,/1/0/0.mvt", 404),
        ("/tiles/../secret/1/0/0.mvt", 404),
        ("/tiles//14/1/1.mvt", 404),
        ("/tiles/", 404),
        ("/tiles/buildings/1/9/0.mvt", 400),
        ("/tiles/buildings/a/0/0.mvt", 400),
        ("/tiles/buildings/12/0/0.mvt", 204),
    ],
)
def test_what_is_not_there_is_said(client, address, status):
    response = client.get(address)
    assert response.status_code == status
    assert "/data/" not in response.text


def test_a_file_changed_since_the_start_is_named_and_the_others_are_drawn(client, copy):
    (copy / "water.parquet").write_bytes(b"PAR1")
    response = client.get(path("water,stops", 14))
    assert response.status_code == 503
    assert response.json()["layers"] == ["water"]
    assert response.headers["access-control-allow-origin"] == "*"
    assert str(copy) not in response.text
    assert client.get(path("stops", 14)).status_code == 200


def replace_stop(folder, strange):
    """Put another place of a stop into the copy, with the digest to match."""
    frame = gpd.read_parquet(folder / "stops.parquet")
    frame.loc[3, "geometry"] = shapely.from_wkt(strange)
    frame.to_parquet(folder / "stops.parquet", index=False)
    digests = [
        hashlib.sha256((where / "stops.parquet").read_bytes()).hexdigest()
        for where in (EXAMPLE, folder)
    ]
    manifest = (folder / FILE).read_text("utf-8").replace(*digests)
    (folder / FILE).write_text(manifest, "utf-8")


@pytest.mark.parametrize("strange", ["POINT (inf 60)", "POINT (nan nan)"])
def test_coordinates_that_are_none_are_refused(client, copy, strange):
    replace_stop(copy, strange)
    opened = open_snapshot(copy)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(snapshots, "shared", lambda: opened)
        response = client.get(path("stops,water", 14))
    assert response.status_code == 503
    assert response.json()["layers"] == ["stops"]


def test_a_place_off_the_earth_is_refused_before_any_tile(copy):
    replace_stop(copy, "POINT (1000 2000)")
    with pytest.raises(SnapshotError, match=r"stops\.parquet: `bounds` in snapshot\.toml are not"):
        open_snapshot(copy)
