import pytest

from geo.export import EXPORTS
from geo.query import Query, apply


@pytest.mark.parametrize("name", EXPORTS)
def test_bytes_are_those_of_the_library(client, dataset, name):
    query = Query(parks=("medical", "sport"), sort="name")
    response = client.get(f"/export?{query.to_string()}&format={name}&lang=ru")
    assert response.status_code == 200
    assert response.content == EXPORTS[name].write(dataset, apply(query, dataset, lang="ru"))
    assert response.headers["content-type"] == EXPORTS[name].media_type
    assert response.headers["access-control-allow-origin"] == "*"


def test_the_file_has_a_name(client, dataset):
    response = client.get("/export?park=sport&format=csv-excel")
    disposition = response.headers["content-disposition"]
    assert disposition == f'attachment; filename="tomsk-atlas-{dataset.release}.csv"'


def test_order_follows_the_language(client):
    ru, en = (
        [feature["id"] for feature in client.get(address).json()["features"]]
        for address in (f"/export?format=geojson&sort=name&lang={lang}" for lang in ("ru", "en"))
    )
    assert sorted(ru) == sorted(en)
    assert ru != en


def test_nothing_found_is_an_empty_file(client):
    response = client.get("/export?q=zzzzzzzzzz&format=geojson")
    assert response.status_code == 200
    assert response.json()["features"] == []


@pytest.mark.parametrize("query", ["", "?format=", "?format=exe", "?format=../csv"])
def test_an_unknown_format_is_a_problem_that_names_the_known(client, query):
    response = client.get(f"/export{query}")
    assert response.status_code == 400
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["formats"] == list(EXPORTS)


@pytest.mark.parametrize(
    ("query", "key"), [("park=sprot", "park"), ("parks=sport", "parks"), ("years=soon", "years")]
)
def test_a_misspelt_filter_does_not_give_everything(client, query, key):
    response = client.get(f"/export?{query}&format=csv")
    assert response.status_code == 400
    assert [p["key"] for p in response.json()["parameters"]] == [key]


def test_head(client):
    get, head = (client.request(m, "/export?park=sport&format=csv") for m in ("GET", "HEAD"))
    assert head.status_code == 200
    assert head.headers["content-length"] == str(len(get.content))
