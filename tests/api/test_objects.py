import json
from urllib.parse import parse_qs, urlsplit

import pytest

from geo.query import Query
from layers import objects
from layers.locale import Translator
from layers.map_links import map_link

HTML = {"Accept": "text/html"}


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_json_holds_what_the_page_shows(client, lang):
    page = client.get("/object", params={"id": "lagerny-sad", "lang": lang}, headers=HTML).text
    answer = client.get("/object", params={"id": "lagerny-sad", "lang": lang, "format": "json"})
    assert answer.headers["content-type"] == "application/json"
    document = answer.json()
    assert (document["lang"], document["type"]) == (lang, "site")
    values = page.partition("<dl>")[2].partition("</dl>")[0]
    places = [values.index(fact["label"]) for fact in document["facts"]]
    assert places == sorted(places)
    assert document["record"]["id"] == "lagerny-sad"
    assert document["geometry"]["type"] == "Point"


def test_json_by_what_the_client_accepts(client):
    def kind(accept, **more):
        response = client.get("/object", params={"id": "tsu", **more}, headers={"Accept": accept})
        return response.headers["content-type"].partition(";")[0]

    assert kind("application/json") == "application/json"
    assert kind("text/html,application/json;q=0.9") == "text/html"
    assert kind("*/*") == "text/html"
    assert kind("application/json", format="html") == "text/html"


def test_unknown_format_is_refused(client):
    response = client.get("/object", params={"id": "tsu", "format": "exe"})
    assert response.status_code == 400
    assert response.json()["formats"] == ["html", "json"]


def test_unknown_language_falls_back_to_the_browsers(client):
    headers = {**HTML, "Accept-Language": "ru"}
    page = client.get("/object", params={"id": "tsu", "lang": "xx"}, headers=headers).text
    assert '<html lang="ru">' in page


def test_of_a_repeated_id_the_first_counts(client):
    page = client.get("/object?id=tpu&id=tsu&lang=en", headers=HTML).text
    assert "<h1>National Research Tomsk Polytechnic University</h1>" in page


def test_kinds_that_share_an_id_have_a_page_each_that_names_the_other(client, dataset):
    own_id = next(iter(dataset.projects.index.intersection(dataset.organisations.index)))
    first = client.get("/object", params={"id": own_id, "lang": "en"}, headers=HTML).text
    other = f"/object?id={own_id}&amp;type=organisation&amp;lang=en"
    assert f'href="{other}"' in first
    second = client.get(other.replace("&amp;", "&"), headers=HTML).text
    assert f'href="/object?id={own_id}&amp;lang=en"' in second
    assert first != second


def test_a_type_that_the_id_has_not_is_not_found(client):
    assert client.get("/object", params={"id": "tsu", "type": "site"}).status_code == 404


def test_an_answer_is_not_sent_twice(client):
    first = client.get("/object", params={"id": "tsu", "lang": "en"})
    again = client.get(
        "/object",
        params={"id": "tsu", "lang": "en"},
        headers={"If-None-Match": first.headers["etag"]},
    )
    assert (again.status_code, again.content) == (304, b"")


def test_every_object_leads_to_a_map_that_the_application_understands(dataset):
    for ref in objects.everything(dataset):
        address = urlsplit(map_link(dataset, ref, Translator("en")))
        _, notes = Query.from_params(parse_qs(address.query), dataset)
        assert (address.path, notes) in {("/", ()), ("", ())}


def test_an_unknown_id_tells_the_nearest_names(client):
    response = client.get("/object", params={"id": "akademgorodk", "lang": "en"})
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"
    nearest = response.json()["nearest"]
    found = {"id": "akademgorodok", "type": "site", "name": "Tomsk Akademgorodok"}
    assert nearest[0] == found
    assert len(nearest) <= 5


def test_a_person_gets_a_page_with_links(client):
    headers = {**HTML, "Accept-Language": "ru"}
    response = client.get("/object", params={"id": "академгородк"}, headers=headers)
    assert response.status_code == 404
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert (
        '<a href="/object?id=akademgorodok&amp;lang=ru">Томский Академгородок</a>' in response.text
    )
    assert "unsafe" not in response.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("lang", "name"), [("ru", "Атлас томской агломерации"), ("en", "Tomsk Agglomeration Atlas")]
)
def test_the_page_for_nothing_bears_the_name_and_leads_home(client, lang, name):
    page = client.get("/object", params={"id": "x", "lang": lang}, headers=HTML).text
    assert f'<a class="name" href="/?lang={lang}">{name}</a>' in page
    assert f" — {name}</title>" in page


@pytest.mark.parametrize(
    "asked",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "${7*7} {{7*7}} {language} {0} %s",
        "a\x00b",
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
    assert "\x00" not in body
    assert "<script" not in body
    assert "<img" not in body
    assert "49" not in body.partition("<main")[2]
    assert len(response.content) < 9_000 + 3 * min(len(asked), 1_000)


@pytest.mark.parametrize("query", ["", "?id=%00", "?id=tsu&format=xml"])
def test_a_person_whose_link_is_faulty_gets_a_page_in_their_language(client, query):
    response = client.get(f"/object{query}", headers={**HTML, "Accept-Language": "ru"})
    assert response.status_code == 400
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert "<h1>Этот адрес прочитать нельзя</h1>" in response.text
    assert client.get(f"/object{query}").headers["content-type"] == "application/problem+json"


def test_hostile_host_is_shown_as_text(client):
    response = client.get(
        "/object", params={"id": "tsu"}, headers={**HTML, "Host": 'x"><script>alert(1)</script>'}
    )
    assert "<script>alert" not in response.text


def test_hostile_type_and_format_do_no_harm(client):
    response = client.get(
        "/object", params={"id": "tsu", "type": "<b>" * 500, "lang": "<b>"}, headers=HTML
    )
    assert response.status_code == 200
    assert "<b>" not in response.text


def test_what_is_not_like_anything_has_no_neighbours(client):
    assert client.get("/object", params={"id": "%%%"}).json()["nearest"] == []


@pytest.mark.parametrize("query", ["", "?id=", "?id=%20", "?ID=akademgorodok"])
@pytest.mark.parametrize("path", ["/object", "/object/picture"])
def test_without_an_id_the_request_is_wrong(client, path, query):
    response = client.get(f"{path}{query}")
    assert response.status_code == 400
    assert response.headers["content-type"] == "application/problem+json"


def test_linked_data_says_no_position_where_it_is_a_guess(client):
    def about(own_id):
        page = client.get("/object", params={"id": own_id, "lang": "en"}).text
        block = page.partition('<script type="application/ld+json">')[2].partition("</script>")[0]
        return json.loads(block)["about"]

    assert "geo" not in about("sez-tomsk-south")
    assert about("tsu") == {
        "@type": "Organization",
        "name": "National Research Tomsk State University",
    }
