import pytest
from starlette.websockets import WebSocketDisconnect

HTML = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@pytest.mark.parametrize(
    "path",
    [
        "/nowhere",
        "/sourcesx",
        "/sources/more",
        "/map/",
        "/health/x",
        "/index.html",
        "/_stcore/metrics",
        "/_stcore/script-health-check",
        "/_stcore/agent/openapi.json",
        "/_stcore/agent/mcp",
        "/about/_stcore/health",
        "/app/static/a.js",
        "/static/js/none.js",
        "/auth/login",
        "/%2fevil.example",
        "/media/../_stcore/metrics",
        "/media/%2e%2e/_stcore/metrics",
        "/assets/..%2f..%2fapp.py",
        "/assets/%2e%2e/app.py",
        "/assets/..%5c..%5capp.py",
        "/assets/leaflet.js%00",
        "/layers/..%2fprojects.geojson",
        "/" + "a" * 10_000,
    ],
)
def test_paths_the_atlas_does_not_have_are_problems(client, path):
    response = client.get(path)
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["status"] == 404


def test_a_person_gets_a_page_instead(client):
    response = client.get("/nowhere", headers={**HTML, "Accept-Language": "ru"})
    assert response.status_code == 404
    assert '<html lang="ru">' in response.text
    assert "Такой страницы нет" in response.text
    assert 'href="/?lang=ru"' in response.text


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_other_methods_find_nothing_either(client, method):
    assert client.request(method, "/_stcore/agent/interact").status_code == 404


@pytest.mark.parametrize("path", ["/_stcore/health", "/_stcore/upload_file/a/b", "/media/a.csv"])
def test_what_pages_of_streamlit_need_is_let_through(client, path):
    assert client.get(path).text == "streamlit"


def test_host_config_names_no_other_site(client):
    config = client.get("/_stcore/host-config").json()
    assert config["allowedOrigins"] == []
    assert config["useExternalAuthToken"] is False


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://localhost", ""])
def test_streamlit_is_not_asked_by_pages_of_other_origins(client, origin):
    headers = {"Origin": origin}
    assert client.get("/_stcore/health", headers=headers).status_code == 403
    socket = client.websocket_connect("ws://atlas.test/_stcore/stream", headers=headers)
    with pytest.raises(WebSocketDisconnect):
        socket.__enter__()  # left by `with`, the stand-in would end in this error as well


@pytest.mark.parametrize("headers", [{}, {"Origin": "http://atlas.test"}])
def test_frames_of_our_own_pages_pass_the_middleware_untouched(client, headers):
    address = "ws://atlas.test/_stcore/stream"
    with client.websocket_connect(address, headers=headers) as socket:
        socket.send_bytes(b"\x00\xff")
        assert socket.receive_bytes() == b"\x00\xff"


def test_an_origin_that_is_no_address_is_foreign(client):
    response = client.get("/_stcore/host-config", headers={"Origin": "http://[::1"})
    assert response.status_code == 403
