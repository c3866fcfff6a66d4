from geo.query import Query, apply


def test_ids_and_counts_are_those_of_the_query(client, dataset):
    query = Query(parks=("medical",), statuses=("completed",))
    expected = apply(query, dataset)
    response = client.get(f"/view?{query.to_string()}")
    found = response.json()
    assert response.headers["access-control-allow-origin"] == "*"
    assert found["release"] == dataset.release
    assert found["link"] == query.to_string()
    assert found["ids"] == list(expected.ids)
    assert found["totals"]["shown"] == len(expected.ids)
    for key, facet in expected.facets.items():
        assert list(found["counts"][key]) == [*facet.options, "no_data"]
        assert list(found["counts"][key].values()) == [*facet.counts, facet.no_data]


def test_an_old_link_opens_and_says_what_it_lost(client, dataset):
    response = client.get("/view?park=spaceport&utm=1")
    assert response.status_code == 200
    assert len(response.json()["ids"]) == len(dataset.rows)
    assert [(n["code"], n["key"]) for n in response.json()["notes"]] == [
        ("unknown_key", "utm"),
        ("unknown_value", "park"),
    ]


def test_the_conditions_are_told_in_words(client):
    assert client.get("/view?park=medical&lang=en").json()["tags"] == ["Medical park"]
    assert client.get("/view?lang=en").json()["tags"] == []


def test_hostile_text_stays_text(client):
    response = client.get("/view", params={"q": "</script><img src=x onerror=alert(1)>\x00"})
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/json"
