import csv
import io

import pytest

from tests.api.test_object_page import Page

SEZ = ("sez-tomsk-south", "sez-tomsk-north")
HTML = {"Accept": "text/html"}


def address(*ids, **more):
    return "/compare?" + "&".join([f"id={i}" for i in ids] + [f"{k}={v}" for k, v in more.items()])


def table(client, *ids):
    text = client.get(address(*ids, lang="en", format="csv")).content.decode("utf-8-sig")
    return {row[0]: row[1:] for row in csv.reader(io.StringIO(text))}


def test_two_sites_side_by_side(client):
    rows = table(client, *SEZ)
    assert rows["Fact"] == ["SEZ Tomsk, southern site", "SEZ Tomsk, northern site", "Difference"]
    assert rows["Area"] == ["192.4\xa0ha", "77\xa0ha", "largest to smallest 2.5 : 1"]
    assert rows["Jobs"][:2] == ["No data", "No data"]
    assert rows["Jobs"][2] == "known for 0 of 2"


def test_the_page_says_the_same(client):
    response = client.get(address(*SEZ, lang="en"), headers=HTML)
    page = Page(response.text)
    assert response.status_code == 200
    assert page.headings[0] == ["h1", "Sites and parks compared"]
    assert '192.4\xa0ha<span class="sub">largest</span>' in response.text
    assert "unsafe" not in response.headers["content-security-policy"]
    assert all(count == 1 for count in page.ids.values())


def test_a_park_of_several_sites_takes_no_part_in_the_difference(client):
    rows = table(client, "tomsk-industrial-park", "akademgorodok")
    assert "115\xa0ha" in rows["Area"][0]
    assert rows["Area"][2] == "different"


@pytest.mark.parametrize("ids", [(), ("lagerny-sad",)])
def test_with_too_few_one_can_add(client, ids):
    page = client.get(address(*ids, lang="en"), headers=HTML)
    assert page.status_code == 200
    assert '<select id="add" name="id">' in page.text


def test_what_cannot_be_compared_is_named_as_text(client):
    text = client.get(address("tsu", "%3Cimg%20src=x%3E", *SEZ, lang="en"), headers=HTML).text
    assert "“tsu” is neither a site nor a park; left out." in text
    assert "<img" not in text


def test_no_more_than_six_and_each_once(client, dataset):
    ids = [*dataset.sites.index[:9], dataset.sites.index[0]]
    rows = table(client, *ids)
    assert len(rows["Fact"]) == 7
    assert "The first 6 are shown." in client.get(address(*ids, lang="en"), headers=HTML).text


def test_ten_thousand_letters_do_no_harm(client):
    response = client.get(address("x" * 10_000, lang="en"), headers=HTML)
    assert response.status_code == 200
    assert len(response.content) < 20_000


def test_unknown_format_is_refused(client):
    assert client.get(address(*SEZ, format="exe")).status_code == 400
