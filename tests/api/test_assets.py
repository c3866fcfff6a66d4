import pytest

from api.assets import assets
from layers.assets import MAP_SCRIPT, SCRIPTS, STATIC, module_url, text, url

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


def test_the_scripts_of_the_map_come_as_one(client):
    response = client.get(f"/{url(MAP_SCRIPT)}")
    assert response.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert response.headers["content-type"] == "text/javascript; charset=utf-8"
    places = [response.text.index(text(path)) for path in SCRIPTS]
    assert places == sorted(places)


def test_a_module_is_kept_by_the_release_in_its_path(client):
    response = client.get(module_url("explorer/index.js"))
    assert response.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert response.content == (STATIC / "explorer/index.js").read_bytes()


def test_an_old_release_gets_the_present_file_for_now(client):
    response = client.get("/assets/@000000000000/explorer/index.js")
    assert response.headers["cache-control"] == "no-cache"
    assert response.content == (STATIC / "explorer/index.js").read_bytes()


@pytest.mark.parametrize("path", ["@", "@000000000000", "@000000000000/", "@0/@0/shell.css"])
def test_a_release_without_a_file_is_not_found(client, path):
    assert client.get(f"/assets/{path}").status_code == 404


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
