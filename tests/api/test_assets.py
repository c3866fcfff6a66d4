import pytest

from api.assets import assets
from layers.assets import STATIC, url

PATH = "vendor/leaflet/leaflet.js"


@pytest.mark.parametrize("encoding", ["br", "gzip"])
def test_an_asset_is_compressed_and_open_to_the_map_frame(client, encoding):
    response = client.get(
        f"/assets/{PATH}", headers={"Origin": "null", "Accept-Encoding": encoding}
    )
    assert response.status_code == 200
    assert response.content == (STATIC / PATH).read_bytes()
    assert response.headers["content-encoding"] == encoding
    assert response.headers["access-control-allow-origin"] == "*"
    assert response.headers["content-type"] == "text/javascript; charset=utf-8"


def test_only_the_address_that_names_the_content_is_kept(client):
    named = client.get(f"/{url(PATH)}").headers["cache-control"]
    assert named == "public, max-age=31536000, immutable"
    for query in ("", "?v=", "?v=000000000000", "?x=1"):
        assert client.get(f"/assets/{PATH}{query}").headers["cache-control"] == "no-cache"


def test_an_asset_that_did_not_change_is_not_sent_again(client):
    tag = client.get(f"/assets/{PATH}").headers["etag"]
    response = client.get(f"/assets/{PATH}", headers={"If-None-Match": tag})
    assert (response.status_code, response.content) == (304, b"")
    assert response.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize("path", ["", "vendor", "vendor/", "vendor.py", "none.js", "Missing.css"])
def test_what_is_no_asset_is_not_found(client, path):
    response = client.get(f"/assets/{path}")
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"


def test_python_files_beside_the_assets_are_none():
    assert (STATIC / "vendor.py").is_file()
    assert not [path for path in assets() if path.endswith(".py")]


def test_head(client):
    response = client.head(f"/assets/{PATH}")
    assert response.status_code == 200
    assert int(response.headers["content-length"]) == (STATIC / PATH).stat().st_size
