import pytest

from layers.published import digest
from tests.geo.search.test_ranking import HOSTILE


def results(client, **params):
    response = client.get("/search", params=params)
    assert response.status_code == 200
    return response.json()


@pytest.mark.parametrize("query", ["Kfuthysq cfl", "lagernyj sad", "ЛАГЕРНЫЙ САД", "лагреный сад"])
def test_suggestions(client, dataset, query):
    found = results(client, q=query, lang="en")
    assert found["release"] == dataset.release
    assert found["lang"] == "en"
    assert found["found"] is True
    first = found["results"][0]
    assert (first["type"], first["id"], first["group"]) == ("site", "lagerny-sad", "sites")
    assert first["name"] == ["Lagerny Sad", [[0, 7], [8, 11]]]
    assert first["select"] == "lagerny-sad"


@pytest.mark.parametrize(
    ("query", "kind", "action"),
    [
        ("ТГУ", "organisation", {"open": "/object?id=tsu&lang=ru"}),
        ("нефтехимический кластер", "cluster", {"filter": ["cluster", "petrochemical"]}),
        ("деловая среда", "direction", {"filter": ["direction", "business-environment"]}),
        ("спортивные парки", "park_type", {"filter": ["park", "sport"]}),
        ("калтай", "settlement", {"near": "84.87861,56.27917,5000"}),
        ("кирова 51", "address", None),
        ("третий мост", "project", {"select": "third-bridge"}),
        (
            "национальная технологическая инициатива",
            "action",
            {"open": "/roadmap?action=rm-nti&lang=ru", "group": "actions"},
        ),
        ("социальные проекты", "project_kind", {"filter": ["kind", "social"]}),
    ],
)
def test_each_kind_has_its_action(client, query, kind, action):
    first = results(client, q=query, lang="ru")["results"][0]
    assert first["type"] == kind
    if action is None:
        assert first["near"].endswith(",3000")
    else:
        assert action.items() <= first.items()


def test_the_second_line_says_why(client):
    first = results(client, q="СХК", lang="en")["results"][0]
    text, spans = first["line"]
    assert text.startswith("СХК")
    assert spans == [[0, 3]]


def test_nothing_found_offers_the_nearest(client):
    found = results(client, q="кедровый орех", lang="ru")
    assert found["found"] is False
    assert found["results"][0]["id"] == "siberian-nut"


def test_no_word_gives_nothing(client):
    assert results(client, q=" «!» ")["results"] == []


@pytest.mark.parametrize("query", HOSTILE)
def test_hostile_questions(client, query):
    found = results(client, q=query.encode("utf-8", "replace").decode(), lang="ru")
    assert len(found["results"]) <= 10


def test_the_question_is_asked_for(client):
    response = client.get("/search?lang=ru")
    assert response.status_code == 400
    assert response.headers["content-type"] == "application/problem+json"


def test_language_is_that_of_the_browser_unless_asked(client):
    response = client.get("/search?q=tsu", headers={"Accept-Language": "ru"})
    assert response.json()["lang"] == "ru"
    assert results(client, q="tsu", lang="xx")["lang"] in ("ru", "en")


def test_an_answer_may_be_kept_only_where_the_address_names_the_content(client):
    index = client.get("/layers/index.json").content
    named = client.get("/search", params={"q": "сад", "v": digest(index)})
    assert named.headers["cache-control"] == "public, max-age=600"
    assert client.get("/search?q=сад&v=old").headers["cache-control"] == "no-cache"
    assert named.headers["content-security-policy"].startswith("default-src 'none'")


def test_only_reading(client):
    assert client.post("/search?q=сад").status_code == 405
