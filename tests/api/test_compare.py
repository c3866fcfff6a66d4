import csv
import io

import openpyxl
import pytest
from markupsafe import escape

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
    dated = "(as\xa0of\xa0October 2025)"
    assert rows["Area"] == [
        f"192.4\xa0ha {dated}", f"77\xa0ha {dated}", "largest to smallest 2.5 : 1"
    ]  # fmt: skip
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
    assert (
        "The link names 9; the first 6 are shown."
        in client.get(address(*ids, lang="en"), headers=HTML).text
    )


def test_ten_thousand_letters_do_no_harm(client):
    response = client.get(address("x" * 10_000, lang="en"), headers=HTML)
    assert response.status_code == 200
    assert len(response.content) < 20_000


def test_unknown_format_is_refused(client):
    assert client.get(address(*SEZ, format="exe")).status_code == 400


def test_one_alone_is_said_to_be_alone_and_finds_company(client, dataset):
    text = client.get(address("lagerny-sad", lang="en"), headers=HTML).text
    page = Page(text)
    assert "one object is chosen" in text
    assert ">the same<" not in text
    assert "Difference" not in text
    document = client.get(address("lagerny-sad", lang="en", format="json")).json()
    assert {fact["difference"] for fact in document["facts"]} == {""}
    kind = dataset.sites["park_type"] == "historical_cultural"
    for other in dataset.sites.index[kind].drop("lagerny-sad"):
        assert address("lagerny-sad", other, lang="en") in page.links


def test_none_at_all_can_begin_with_all_sites_of_a_kind(client, dataset):
    page = Page(client.get("/compare?lang=en", headers=HTML).text)
    medical = dataset.sites.index[dataset.sites["park_type"] == "medical"]
    assert address(*medical, lang="en") in page.links


def test_another_is_found_by_its_name(client):
    asked = address("lagerny-sad", lang="en", find="akademgorodk")
    page = Page(client.get(asked, headers=HTML).text)
    assert address("lagerny-sad", "akademgorodok", lang="en") in page.links


def test_what_is_chosen_already_is_not_offered(client):
    asked = address("lagerny-sad", lang="en", find="lagerny sad")
    page = Page(client.get(asked, headers=HTML).text)
    assert not any(link.count("lagerny-sad") > 1 for link in page.links)


@pytest.mark.parametrize("text", ["%3Cscript%3E", "%00", "x" * 5_000, "%F0%9F%8F%9F", "qqqqqq"])
def test_a_text_that_finds_nothing_is_shown_as_text(client, text):
    response = client.get(address("lagerny-sad", lang="en", find=text), headers=HTML)
    assert response.status_code == 200
    assert "<script>" not in response.text


def test_one_named_twice_is_said_and_shown_once(client):
    text = client.get(address(*SEZ, SEZ[0], lang="en"), headers=HTML).text
    assert "“SEZ Tomsk, southern site” stands in the link more than once" in text
    assert len(table(client, *SEZ, SEZ[0])["Fact"]) == 3


def test_an_id_nearly_right_leads_to_what_was_meant(client):
    page = Page(client.get(address("lagerniy-sad", lang="en"), headers=HTML).text)
    assert address("lagerny-sad", lang="en") in page.links


def test_fifty_unknown_ids_are_counted_not_listed(client):
    text = client.get(address(*(f"none-{n}" for n in range(50)), lang="en"), headers=HTML).text
    assert text.count("left out.") == 5
    assert "Also left out: 45." in text


def test_a_full_comparison_says_so_and_offers_no_more(client, dataset):
    text = client.get(address(*dataset.sites.index[:6], lang="en"), headers=HTML).text
    assert "Remove one to add another." in text
    assert "<form" not in text


def test_json_says_the_same_with_numbers(client, dataset):
    response = client.get(address(*SEZ, "nobody", lang="en", format="json"))
    document = response.json()
    assert response.headers["access-control-allow-origin"] == "*"
    assert document["lang"] == "en"
    assert document["release"] == dataset.release
    assert [one["id"] for one in document["objects"]] == list(SEZ)
    assert document["notes"] == ["“nobody” is neither a site nor a park; left out."]
    area = next(one for one in document["facts"] if one["key"] == "area")
    assert area["column"] == "area_ha"
    assert [one["number"] for one in area["values"]] == [192.4, 77]
    assert [one["difference"] for one in area["values"]] == ["largest", "smallest"]
    jobs = next(one for one in document["facts"] if one["key"] == "jobs")
    assert [(one["number"], one["missing"]) for one in jobs["values"]] == [(None, True)] * 2
    assert area["values"][0]["as_of"] == "as\xa0of\xa0October 2025"
    assert area["values"][0]["refs"] == [one["n"] for one in document["objects"][0]["sources"]]
    rows = table(client, *SEZ)
    assert list(rows) == ["Fact", *(one["label"] for one in document["facts"]), "Sources"]
    for fact in document["facts"]:
        for value, cell in zip(fact["values"], rows[fact["label"]], strict=False):
            assert cell.startswith(value["value"])
            assert ("(inferred)" in cell) == value["inferred"]
            assert value["as_of"] in cell


def test_xlsx_has_the_words_and_the_numbers(client, dataset):
    response = client.get(address(*SEZ, lang="en", format="xlsx"))
    assert "spreadsheetml" in response.headers["content-type"]
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    words, numbers, about = book.worksheets
    assert [cell.value for cell in words[1]] == [
        "Fact", "SEZ Tomsk, southern site", "SEZ Tomsk, northern site", "Difference"
    ]  # fmt: skip
    by_column = {row[0].value: [cell.value for cell in row[1:]] for row in numbers.iter_rows()}
    assert by_column["area_ha"] == [192.4, 77]
    assert by_column["jobs"] == [None, None]
    assert dataset.release in {cell.value for cell in about["B"]}
    assert client.get(address(*SEZ, lang="en", format="xlsx")).content == response.content


def test_the_files_are_what_they_are_called(client):
    kinds = {"csv": "text/csv", "json": "application/json", "xlsx": "spreadsheetml"}
    for form, kind in kinds.items():
        response = client.get(address(*SEZ, lang="en", format=form), headers=HTML)
        assert kind in response.headers["content-type"]
        assert b"<html" not in response.content


def test_the_buttons_lead_to_the_files(client):
    page = Page(client.get(address(*SEZ, lang="en"), headers=HTML).text)
    kinds = [
        client.get(link, headers=HTML).headers["content-type"].partition(";")[0]
        for link in page.links
        if "format=" in link
    ]
    assert kinds[:2] == ["text/csv", "application/json"]
    assert "spreadsheetml" in kinds[2]
    assert len(kinds) == 3


def test_what_is_inferred_is_marked_and_each_figure_has_its_date_and_sources(client):
    text = client.get(address(*SEZ, lang="en"), headers=HTML).text
    area = text.partition('<th scope="row">Area')[2].partition("</tr>")[0]
    assert area.count("as\xa0of\xa0October 2025") == 2
    assert area.count('aria-label="Source 1: ') == 2
    direction = text.partition('<th scope="row">Direction')[2].partition("</tr>")[0]
    assert direction.count("inferred") == 2
    rows = table(client, *SEZ)
    assert all("(inferred)" in cell for cell in rows[next(r for r in rows if "Direction" in r)][:2])


def test_the_sources_are_listed_for_paper(client, dataset):
    text = client.get(address(*SEZ, lang="en"), headers=HTML).text
    listed = text.partition('<details class="sources">')[2].partition("</details>")[0]
    urls = [url for one in SEZ for url in dataset.sites.loc[one, "source_urls"]]
    assert [str(escape(url)) in listed for url in urls] == [True] * len(urls)


def test_missing_values_are_marked(client):
    text = client.get(address(*SEZ, lang="en"), headers=HTML).text
    jobs = text.partition('<th scope="row">Jobs')[2].partition("</tr>")[0]
    assert jobs.count('<td class="warn">No data') == 2


def test_who_lacks_nothing_is_not_counted(client):
    rows = table(client, "tor-seversk", "interuniversity-campus", "asino-timber-park")
    assert rows["End"] == ["does not apply", "2030 (as\xa0of\xa0March 2026)", "does not apply",
                           "applies to 1 of 3"]  # fmt: skip
    assert rows["Residents"][3] == "known for 1 of 3"


def test_too_many_and_unknown_ids_at_once_are_both_said(client, dataset):
    ids = [*(f"none-{n}" for n in range(6)), *dataset.sites.index[:7]]
    document = client.get(address(*ids, lang="en", format="json")).json()
    assert document["notes"][0] == "The link names 7; the first 6 are shown."
    assert document["notes"][-1] == "Also left out: 1."


def test_each_unknown_id_is_answered_with_what_is_like_it(client):
    page = Page(client.get(address("lagerniy-sad", "akademgorodk", lang="en"), headers=HTML).text)
    assert address("lagerny-sad", lang="en") in page.links
    assert address("akademgorodok", lang="en") in page.links


def test_control_characters_do_not_come_back(client):
    assert "\0" not in client.get(address("a%00b", lang="en"), headers=HTML).text
