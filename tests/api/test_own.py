import json
import logging

import pytest

from geo.tiles import Tile
from layers.own import Shelf, shelf
from layers.own_index import MOST_IN_ONE_PIECE
from tests.geo.tiles.decoder import decode
from tests.layers.test_own import reading


@pytest.fixture
def held(monkeypatch):
    """A shelf of this test alone."""
    own_shelf = Shelf(shelf()._room)
    monkeypatch.setattr("api.own.shelf", lambda: own_shelf)
    return own_shelf


@pytest.fixture
def own(held):
    return held.put(reading(5), name="мой слой.geojson", sha256="cd" * 32)


@pytest.fixture
def large(held):
    return held.put(reading(MOST_IN_ONE_PIECE + 1), name="large.geojson", sha256="ef" * 32)


def test_index(client, own):
    response = client.get(f"/own/{own.token}/index.json")
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/json"
    assert response.json()["name"] == "мой слой.geojson"
    assert len(response.json()["numbers"]) == 5


@pytest.mark.parametrize(
    "path",
    ["index.json", "layer.geojson", "report.json", "tiles/0/0/0.mvt", "export?format=geojson"],
)
def test_nothing_is_kept_and_any_frame_may_read(client, own, path):
    response = client.get(f"/own/{own.token}/{path}")
    assert response.status_code == 200
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["access-control-allow-origin"] == "*"
    assert response.headers["content-security-policy"].startswith("default-src 'none'")
    assert response.headers["referrer-policy"] == "no-referrer"
    assert "etag" not in response.headers
    assert own.token not in str(response.headers)
    assert own.token.encode() not in response.content


@pytest.mark.parametrize("token", ["", "x", "%2e%2e", "a" * 10_000, "token/x", "index.json"])
@pytest.mark.parametrize(
    "path", ["index.json", "layer.geojson", "report.json", "tiles/0/0/0.mvt", "export?format=csv"]
)
def test_an_unknown_token_is_a_problem(client, own, token, path):
    response = client.get(f"/own/{token}/{path}")
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"


def test_a_token_is_no_use_once_its_layer_is_gone(client, held, own):
    held.drop(own.token)
    response = client.get(f"/own/{own.token}/index.json")
    assert response.status_code == 404
    assert own.token not in response.text


def test_small_layers_come_whole(client, own):
    response = client.get(f"/own/{own.token}/layer.geojson")
    assert response.headers["content-type"] == "application/geo+json"
    assert len(response.json()["features"]) == 5


def test_large_layers_come_as_tiles(client, large):
    assert client.get(f"/own/{large.token}/layer.geojson").status_code == 404
    response = client.get(f"/own/{large.token}/tiles/0/0/0.mvt")
    assert response.headers["content-type"] == "application/vnd.mapbox-vector-tile"
    (layer,) = decode(response.content)
    rows = [n for f in layer.features for n in ([1] if f.id is not None else [f.properties["n"]])]
    assert sum(rows) == MOST_IN_ONE_PIECE + 1
    assert response.content == large.pyramid.tile(Tile(0, 0, 0))


def test_an_empty_tile(client, large):
    response = client.get(f"/own/{large.token}/tiles/10/0/0.mvt")
    assert (response.status_code, response.content) == (204, b"")


@pytest.mark.parametrize(
    "tile",
    ["0/1/0", "99/0/0", "-1/0/0", "1.5/0/0", "a/b/c", f"0/0/{'9' * 5000}", "0/0/²", "0/0/+0"],
)
def test_no_such_tile(client, large, tile):
    response = client.get(f"/own/{large.token}/tiles/{tile}.mvt")
    assert response.status_code == 400
    assert response.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_report_is_a_file_in_the_language_asked_for(client, own, lang):
    response = client.get(f"/own/{own.token}/report.json?lang={lang}")
    assert response.headers["content-disposition"] == 'attachment; filename="report.json"'
    assert response.json()["lang"] == lang


def test_compressed_on_demand(client, large):
    plain = client.get(f"/own/{large.token}/index.json")
    packed = client.get(f"/own/{large.token}/index.json", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.json() == plain.json()


def test_export_holds_rows_of_the_layer_with_its_columns(client, own):
    link = f"own={own.layer.key}&q=row&format=geojson"
    features = client.get(f"/own/{own.token}/export?{link}").json()["features"]
    assert [f["id"] for f in features] == [f"own:{n}" for n in range(1, 6)]
    assert features[0]["properties"]["мой слой.name"] == "row 0"


def test_export_without_the_layer_says_what_is_missing(client, own):
    link = f"own={own.layer.key}&own.kind=a&format=geojson"
    response = client.get(f"/export?{link}")
    assert response.status_code == 400
    (found,) = response.json()["parameters"]
    assert found == {"code": "needs_layer", "key": "own", "value": own.layer.key}


def test_the_token_is_not_logged(client, own, monkeypatch, caplog):
    monkeypatch.setattr("api.own.own_index", lambda _: 1 / 0)
    with caplog.at_level(logging.DEBUG):
        response = client.get(f"/own/{own.token}/index.json")
    assert response.status_code == 500
    assert own.token not in response.text
    logged = [r.getMessage() for r in caplog.records if r.name.startswith(("api", "layers", "geo"))]
    assert any("/own/…" in message for message in logged)
    assert not any(own.token in message for message in logged)


def test_nobody_learns_of_layers_from_the_public_routes(client, own):
    for path in ("/layers/index.json", "/view", "/health", "/map"):
        text = client.get(path).text
        assert own.token not in text
        assert "мой слой" not in text
    assert json.loads(client.get("/view").text)["totals"]["own"] == 0
