import tomllib
from pathlib import Path

from api import health
from geo.export import Written


def test_health_tells_release_version_and_rows(client, dataset):
    response = client.get("/health")
    found = response.json()
    project = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert response.status_code == 200
    assert response.headers["cache-control"] == "no-store"
    assert found["status"] == "ok"
    assert found["release"] == dataset.release
    assert found["version"] == project["version"]
    assert found["rows"]["projects"] == len(dataset.projects)


def test_head(client):
    assert client.head("/health").status_code == 200


def test_a_layer_that_cannot_be_rendered_is_no_health(client, monkeypatch):
    def broken(dataset, view):
        raise OSError("/srv/atlas/data is gone")

    monkeypatch.setattr(health, "of_view", broken)
    response = client.get("/health")
    assert response.status_code == 500
    assert "/srv" not in response.text


def test_a_layer_that_lost_its_features_is_no_health(client, monkeypatch):
    written = Written("health.geojson", {}, b'{"features": []}')
    monkeypatch.setattr(health, "to_bytes", lambda content, form, name: written)
    assert client.get("/health").status_code == 500
