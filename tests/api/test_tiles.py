import math

import pytest
import shapely

from geo.snapshot import shared
from layers.snapshot_tiles import TILED
from tests.geo.tiles.decoder import decode

ZOOM = 12


def path(layer: str, zoom: int = ZOOM) -> str:
    """Return the address of the tile with the middle of the open snapshot."""
    west, south, east, north = shared().bounds
    lon, lat = (west + east) / 2, math.radians((south + north) / 2)
    x = int((lon + 180) / 360 * 2**zoom)
    y = int((1 - math.asinh(math.tan(lat)) / math.pi) / 2 * 2**zoom)
    return f"/tiles/{layer}/{zoom}/{x}/{y}.mvt"


@pytest.mark.parametrize("layer", TILED)
def test_every_layer_of_the_example_has_tiles(client, layer):
    response = client.get(path(layer))
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/vnd.mapbox-vector-tile"
    assert response.headers["access-control-allow-origin"] == "*"
    assert decode(response.content)
    again = client.get(path(layer), headers={"If-None-Match": response.headers["etag"]})
    assert again.status_code == 304


def test_a_street_used_both_ways_is_drawn_once(client):
    (layer,) = decode(client.get(path("walk_edges")).content)
    rows = [feature.id for feature in layer.features if feature.id is not None]
    lines = shapely.normalize(shared().layer("walk_edges").geometry.array[rows])
    assert len(rows) > 100
    assert len(set(shapely.to_wkb(lines))) == len(rows)


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/tiles/population/1/0/0.mvt", 404),
        ("/tiles/../secret/1/0/0.mvt", 404),
        ("/tiles/buildings/1/9/0.mvt", 400),
        ("/tiles/buildings/a/0/0.mvt", 400),
        ("/tiles/buildings/12/0/0.mvt", 204),
    ],
)
def test_what_is_not_there_is_said(client, address, status):
    response = client.get(address)
    assert response.status_code == status
    assert "/data/" not in response.text
