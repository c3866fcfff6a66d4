import io
import json
import zipfile

import pytest

from geo.export import FORMATS, of_view, to_bytes
from geo.provenance.schema import parse
from geo.query import Query, apply


def made(dataset, name, query, lang="ru"):
    file = f"tomsk-atlas-{dataset.release}.{FORMATS[name].extension}"
    return to_bytes(of_view(dataset, apply(query, dataset, lang=lang)), name, name=file)


@pytest.mark.parametrize("name", FORMATS)
def test_bytes_are_those_of_the_library(client, dataset, name):
    query = Query(parks=("medical", "sport"), sort="name")
    response = client.get(f"/export?{query.to_string()}&format={name}&lang=ru")
    assert response.status_code == 200
    assert response.content == made(dataset, name, query).content
    assert response.headers["content-type"] == FORMATS[name].media_type
    assert response.headers["access-control-allow-origin"] == "*"


def test_the_file_has_a_name(client, dataset):
    response = client.get("/export?park=sport&format=csv-excel")
    disposition = response.headers["content-disposition"]
    assert disposition == f'attachment; filename="tomsk-atlas-{dataset.release}.csv"'


def test_the_provenance_is_of_just_this_file(client, dataset):
    address = "/export?park=sport&format=xlsx&lang=en"
    response = client.get(f"{address}&part=provenance")
    assert response.headers["content-type"] == "application/json"
    assert response.headers["content-disposition"].endswith('.xlsx.provenance.json"')
    found = parse(response.json(), "answer")
    expected = made(dataset, "xlsx", Query(parks=("sport",)), "en").provenance
    assert found.output.sha256 == expected["output"]["sha256"]
    assert found.operation["query"] == "park=sport"


def test_the_archive_has_the_same_file(client):
    address = "/export?park=sport&format=gpkg&lang=ru"
    response = client.get(f"{address}&part=zip")
    assert response.headers["content-disposition"].endswith('.gpkg.zip"')
    with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
        name, sidecar, dictionary = archive.namelist()
        assert archive.read(name) == client.get(address).content
        assert json.loads(archive.read(sidecar))["output"]["name"] == name
        assert dictionary == f"{name}.columns.csv"


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
    assert response.json()["formats"] == list(FORMATS)


def test_an_unknown_part_is_a_problem_that_names_the_known(client):
    response = client.get("/export?format=csv&part=all")
    assert response.status_code == 400
    assert response.json()["parts"] == ["file", "provenance", "zip"]


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


def test_what_does_not_fit_a_format_is_a_problem(client, monkeypatch):
    def with_infinity(dataset, view):
        content = of_view(dataset, view)
        content.table["jobs"] = float("inf")
        return content

    monkeypatch.setattr("api.export.of_view", with_infinity)
    response = client.get("/export?park=sport&format=geojson")
    assert response.status_code == 400
    assert "`jobs`" in response.json()["detail"]
