from urllib.parse import parse_qs, urlsplit

import pytest

from geo.query import Query

HTML = {"Accept": "text/html"}


def test_a_site_leads_to_its_panel(client, dataset):
    own_id = dataset.sites.index[0]
    response = client.get("/object", params={"id": own_id})
    assert response.status_code == 303
    assert response.headers["location"] == f"/?sel={own_id}"


def test_the_language_goes_along(client, dataset):
    own_id = dataset.projects.index[0]
    response = client.get("/object", params={"id": own_id, "lang": "en"})
    assert response.headers["location"] == f"/?sel={own_id}&lang=en"
    response = client.get("/object", params={"id": own_id, "lang": "javascript:"})
    assert response.headers["location"] == f"/?sel={own_id}"


@pytest.mark.parametrize(
    "table", ["sites", "projects", "organisations", "parks", "directions", "clusters", "roadmap"]
)
def test_every_id_leads_to_a_link_the_application_reads(client, dataset, table):
    for own_id in getattr(dataset, table).index:
        response = client.get("/object", params={"id": own_id})
        address = urlsplit(response.headers["location"])
        assert response.status_code == 303
        assert not address.netloc
        _, notes = Query.from_params(parse_qs(address.query), dataset)
        assert notes == ()


def test_an_unknown_id_tells_the_nearest_names(client, dataset):
    response = client.get("/object", params={"id": "akademgorodk", "lang": "en"})
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"
    nearest = response.json()["nearest"]
    assert nearest[0] == {"id": "akademgorodok", "name": "Tomsk Akademgorodok"}
    assert len(nearest) <= 5


def test_a_person_gets_a_page_with_links(client):
    headers = {**HTML, "Accept-Language": "ru"}
    response = client.get("/object", params={"id": "академгородк"}, headers=headers)
    assert response.status_code == 404
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert (
        '<a href="/object?id=akademgorodok&amp;lang=ru">Томский Академгородок</a>' in response.text
    )
    assert "script" not in response.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("lang", "name"), [("ru", "Атлас томской агломерации"), ("en", "Tomsk Agglomeration Atlas")]
)
def test_the_page_for_nothing_bears_the_name_and_leads_home(client, lang, name):
    page = client.get("/object", params={"id": "x", "lang": lang}, headers=HTML).text
    assert f'<header><a href="/?lang={lang}">{name}</a></header>' in page
    assert f" — {name}</title>" in page


@pytest.mark.parametrize(
    "asked",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "${7*7} {language} {0} %s",
        "\x00",
        "‮txt.exe",
        "a" * 10_000,
        "<" * 10_000,
        "../../etc/passwd",
        "\ud800".encode("utf-8", "surrogatepass"),
        "=1+1",
        "😀",
    ],
)
def test_hostile_ids_are_shown_as_text(client, asked):
    response = client.get("/object", params={"id": asked}, headers=HTML)
    assert response.status_code == 404
    body = response.text.partition("<body>")[2]
    assert "<script" not in body
    assert "<img" not in body
    assert len(response.content) < 5_000


def test_what_is_not_like_anything_has_no_neighbours(client):
    assert client.get("/object", params={"id": "%%%"}).json()["nearest"] == []


@pytest.mark.parametrize("query", ["", "?id=", "?id=%20", "?ID=akademgorodok"])
def test_without_an_id_the_request_is_wrong(client, query):
    response = client.get(f"/object{query}")
    assert response.status_code == 400
    assert response.headers["content-type"] == "application/problem+json"
