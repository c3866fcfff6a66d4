import re

import pytest

from api.frontend import script_hashes, start_page
from views.pages import PATHS


def asked_for() -> list[str]:
    page = start_page("ru", with_map=True).content.decode()
    return re.findall(r'(?:src|href)="\.(/static/(?:js|css)/[^"]+)"', page)


@pytest.mark.parametrize("path", sorted(PATHS))
def test_every_page_has_the_start_page_in_the_viewers_language(client, path):
    russian = client.get(path, headers={"Accept-Language": "ru-RU"})
    english = client.get(f"{path}?lang=en", headers={"Accept-Language": "ru-RU"})
    assert '<html lang="ru">' in russian.text
    assert "<title>Атлас томской агломерации</title>" in russian.text
    assert '<html lang="en">' in english.text
    assert "<title>Tomsk Agglomeration Atlas</title>" in english.text
    assert russian.headers["vary"] == "Accept-Language, Accept-Encoding"
    assert russian.headers["cache-control"] == "no-cache"


def test_start_page_is_streamlits_without_what_the_atlas_does_not_use():
    page = start_page("ru", with_map=True).content.decode()
    assert '<div id="root">' in page
    assert re.search(r'src="\./static/js/index\.[^"]+\.js"', page)
    assert "agent" not in re.sub(r"<!--.*?-->", "", page, flags=re.DOTALL)
    assert 'as="font"' not in page


def test_without_scripts_there_is_a_way_to_the_data():
    page = start_page("en", with_map=True).content.decode()
    words = re.search(r"<noscript>(.*?)</noscript>", page, re.DOTALL)
    assert words is not None
    assert 'href="/export?format=csv"' in words[1]


def test_without_scripts_a_page_without_a_map_speaks_of_no_map():
    page = start_page("en", with_map=False).content.decode()
    assert "<noscript><p>This page needs JavaScript" in page
    assert (
        "<noscript><p>The map needs JavaScript" in start_page("en", with_map=True).content.decode()
    )


def test_policy_holds_the_hash_of_the_inline_script(client):
    assert script_hashes()
    response = client.get("/")
    assert "<script>" in response.text
    for one in script_hashes():
        assert f"'{one}'" in response.headers["content-security-policy"]


def test_scripts_are_compressed_and_kept(client):
    path = asked_for()[0]
    plain = client.get(path)
    packed = client.get(path, headers={"Accept-Encoding": "gzip, br"})
    assert packed.headers["content-encoding"] == "br"
    assert int(packed.headers["content-length"]) < len(plain.content) / 3
    assert packed.content == plain.content  # the client unpacks
    assert plain.headers["content-type"] == "text/javascript; charset=utf-8"
    assert plain.headers["cache-control"] == "public, max-age=31536000, immutable"
    again = client.get(path, headers={"If-None-Match": plain.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_what_the_start_page_asks_for_fits_the_budget(client):
    """Streamlit sends 2.1 MB; 0.5 MB leaves room for the map in the 1.5 MB of the first view."""
    sizes = [
        int(client.head(path, headers={"Accept-Encoding": "br"}).headers["content-length"])
        for path in asked_for()
    ]
    assert len(sizes) > 20
    assert sum(sizes) < 500_000


def test_head_is_get_without_a_body(client):
    get, head = client.get("/"), client.head("/")
    assert head.status_code == 200
    assert head.headers["etag"] == get.headers["etag"]
    assert head.headers["content-length"] == str(len(get.content))


def test_other_methods_are_streamlits_own_matter(client):
    assert client.post("/about").status_code == 405


def test_what_is_fetched_ahead_is_what_the_explorer_asks_for(client):
    page = client.get("/", headers={"Accept": "text/html"}).text
    ahead = re.findall(r'<link rel="(?:module)?preload"[^>]* href="([^"]+)"', page)
    ours = [address for address in ahead if "/assets/" in address or "/layers/" in address]
    assert len(ours) >= 20
    for address in ours:
        response = client.get(address)
        assert (response.status_code, "immutable" in response.headers["cache-control"]) == (
            200,
            True,
        )


def test_other_pages_fetch_nothing_of_the_explorer(client):
    assert "/assets/@" not in client.get("/about", headers={"Accept": "text/html"}).text
