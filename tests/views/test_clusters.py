import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from geo.dataset import shared
from layers.locale import LANGUAGES, Translator

PAGE = str(Path(__file__).parents[2] / "views" / "clusters.py")


def opened(**link: str) -> str:
    page = AppTest.from_file(PAGE, default_timeout=60)
    for key, value in link.items():
        page.query_params[key] = value
    page.run()
    assert not page.exception
    return "".join(element.proto.body for element in page.get("html"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_walk_can_begin_at_every_cluster_and_direction(lang):
    html = opened(lang=lang)
    for key in (*shared().clusters.index, *shared().directions.index):
        assert f"./clusters?id={key}&amp;lang={lang}" in html


def test_the_centre_has_its_neighbours_as_links():
    html = opened(lang="en", id="timber")
    assert '<h2 id="centre-title" tabindex="-1">Timber cluster</h2>' in html
    members = shared().projects.index[shared().projects["cluster_id"] == "timber"]
    assert all(f"./clusters?id={key}&amp;lang=en" in html for key in members)
    assert "./projects?cluster=timber&amp;lang=en" in html


def test_a_namesake_is_reached_by_its_kind():
    name = shared().organisations.loc["tomskazot", "name_en"]
    assert name != shared().projects.loc["tomskazot", "name_en"]
    html = opened(lang="en", id="tomskazot", type="organisation")
    assert f'<h2 id="centre-title" tabindex="-1">{name}</h2>' in html


def test_an_unknown_id_is_said_and_escaped():
    html = opened(lang="en", id="<img src=x>")
    assert Translator("en").t("clusters.unknown", id="&lt;img src=x&gt;") in html
    assert "<img" not in html


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_table_says_the_same_as_the_network(lang):
    html = opened(lang=lang, id="timber")
    columns, _, table = html.partition("<table>")
    assert Translator(lang).t("clusters.table") in columns
    links = re.findall(r'<li class="node[^"]*"><a href="([^"]+)"', columns)
    assert re.findall(r'<th scope="row"[^>]*><a href="([^"]+)"', table) == links
