from xml.etree import ElementTree

from layers import objects

SPACE = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def test_every_object_is_listed_in_both_languages(client, dataset):
    response = client.get("/sitemap.xml")
    root = ElementTree.fromstring(response.text)  # noqa: S314 - our own answer
    found = {one.text for one in root.findall("s:url/s:loc", SPACE)}
    assert found == {
        f"http://atlas.test{objects.address(dataset, ref, lang)}"
        for ref in objects.everything(dataset)
        for lang in ("ru", "en")
    }


def test_robots_are_told_where_it_is(client):
    assert "Sitemap: http://atlas.test/sitemap.xml" in client.get("/robots.txt").text
