from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from layers.help import glossary, sections
from layers.locale import LANGUAGES, Translator

PAGE = str(Path(__file__).parents[2] / "views" / "help.py")


@pytest.fixture(scope="module", params=LANGUAGES)
def spoken(request):
    """The page's HTML and its language."""
    page = AppTest.from_file(PAGE, default_timeout=60)
    page.query_params["lang"] = request.param
    page.run()
    assert not page.exception
    return unescape("".join(element.proto.body for element in page.get("html"))), request.param


def test_every_section_has_its_anchor_points_and_keys(spoken):
    html, lang = spoken
    for section in sections(lang):
        body = html[html.index(f'<section id="{section.id}"') :].split("</section>")[0]
        assert f">{section.title}</h2>" in body
        assert f'href="#{section.id}"' in html
        for point in section.points:
            assert point.text in body
            assert bool(point.page) == (f'href="./{point.page if point.page != "map" else ""}?lang='
                                        in body.split(point.text)[1].split("</li>")[0])  # fmt: skip
        for key in section.keys:
            assert key.keys in body
            assert key.does in body


def test_every_term_has_its_anchor(spoken):
    html, lang = spoken
    for term in glossary(lang):
        entry = html[html.index(f'id="term-{term.id}"') :].split("</div>")[0]
        assert term.name in entry
        assert term.text in entry


def test_every_sign_has_its_picture(spoken):
    html, lang = spoken
    signs = [point.sign for section in sections(lang) for point in section.points if point.sign]
    assert html.count('<img class="map-sign" alt=""') == len(signs) > 5
    assert Translator(lang).t("help.title") in html
