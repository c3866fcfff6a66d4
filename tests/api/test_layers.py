import pytest

from layers.published import PUBLISHED, digest


@pytest.mark.parametrize("layer_id", PUBLISHED)
def test_a_layer_is_served_whole(client, dataset, layer_id):
    response = client.get(f"/layers/{layer_id}.geojson", headers={"Accept-Encoding": "br"})
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/geo+json"
    assert response.headers["content-encoding"] == "br"
    assert response.headers["access-control-allow-origin"] == "*"
    assert len(response.json()["features"]) == dataset.catalog[layer_id].rows


def test_index_is_served(client, dataset):
    response = client.get("/layers/index.json")
    assert response.headers["content-type"] == "application/json"
    assert response.headers["access-control-allow-origin"] == "*"
    assert [row["id"] for row in response.json()["rows"]] == list(dataset.rows["id"])


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_the_table_is_served_in_each_language(client, dataset, lang):
    response = client.get("/layers/table.json", params={"lang": lang})
    assert response.headers["content-type"] == "application/json"
    assert len(response.json()["rows"]) == len(dataset.rows)
    kept = client.get("/layers/table.json", params={"lang": lang, "v": digest(response.content)})
    assert "immutable" in kept.headers["cache-control"]


@pytest.mark.parametrize("query", ["", "?lang=de", "?lang="])
def test_a_table_in_no_language_is_a_problem(client, query):
    response = client.get(f"/layers/table.json{query}")
    assert response.status_code == 400
    assert response.json()["languages"] == ["en", "ru"]


@pytest.mark.parametrize("path", ["/layers/sport.geojson", "/layers/index.json"])
def test_caching(client, dataset, path):
    first = client.get(path)
    assert first.headers["cache-control"] == "no-cache"
    again = client.get(path, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    kept = client.get(f"{path}?v={digest(client.get(path).content)}").headers["cache-control"]
    assert "immutable" in kept
    assert client.get(f"{path}?v=other").headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    "path",
    ["nowhere.geojson", "clusters.geojson", "sport", "sport.json", ".geojson", "Sport.geojson"],
)
def test_an_unknown_layer_is_a_problem(client, path):
    response = client.get(f"/layers/{path}")
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"


def test_the_problem_names_the_layers_there_are(client):
    assert sorted(PUBLISHED) == client.get("/layers/nowhere.geojson").json()["layers"]


def test_writing_is_refused_as_a_problem(client):
    response = client.post("/layers/sport.geojson")
    assert response.status_code == 405
    assert "GET" in response.headers["allow"]
    assert response.json()["title"] == "Method Not Allowed"
