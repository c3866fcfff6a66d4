import pytest


def test_an_unforeseen_error_tells_nothing_about_the_server(client):
    response = client.get("/favicon.png?fail")
    assert response.status_code == 500
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json() == {
        "type": "about:blank",
        "title": "Internal Server Error",
        "status": 500,
        "detail": "The server could not answer. The fault has been logged.",
    }


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("*/*", "application/problem+json"),
        ("application/json", "application/problem+json"),
        ("text/html;q=0.5, application/json", "application/problem+json"),
        ("text/html, */*;q=0.8", "text/html; charset=utf-8"),
        ("text/html", "text/html; charset=utf-8"),
    ],
)
def test_who_prefers_a_page_gets_one(client, accept, media_type):
    for path in ("/nowhere", "/layers/nowhere.geojson", "/object?id=nowhere"):
        response = client.get(path, headers={"Accept": accept})
        assert response.status_code == 404
        assert response.headers["content-type"] == media_type


@pytest.mark.parametrize("path", ["/map", "/health", "/object", "/export", "/view", "/assets/a.js"])
def test_a_method_that_is_not_there_is_a_problem(client, path):
    response = client.post(path)
    assert response.status_code == 405
    assert response.headers["content-type"] == "application/problem+json"
    assert set(response.headers["allow"].split(", ")) == {"GET", "HEAD"}
