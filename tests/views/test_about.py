import re
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from geo.dataset import shared
from geo.domains import STATEMENTS
from layers.locale import LANGUAGES, Translator
from layers.programme import figures, holding

PAGE = str(Path(__file__).parents[2] / "views" / "about.py")


@pytest.fixture(scope="module", params=LANGUAGES)
def spoken(request):
    """The page's HTML and the translator of its language."""
    page = AppTest.from_file(PAGE, default_timeout=60)
    page.query_params["lang"] = request.param
    page.run()
    assert not page.exception
    html = "".join(element.proto.body for element in page.get("html"))
    return unescape(html), Translator(request.param)


@pytest.mark.parametrize("name", STATEMENTS)
def test_statement_has_figures_dates_sources_and_what_is_held(spoken, name):
    html, translator = spoken
    card = html[html.index(f'id="{name}"') :].split("</article>")[0]
    assert f"<h2>{translator.t(f'statement.{name}')}</h2>" in card
    said = figures(shared(), name, translator)
    assert said
    for figure in said:
        assert figure.value in card
        assert figure.label in card
        assert figure.as_of in card
        assert all(f'href="{url}"' in card for url in figure.urls)
    held = holding(shared(), name, translator)
    assert held.counts or held.summary or held.note
    for count in held.counts:
        assert count.label in card
        assert count.value in card
    assert held.summary in card
    assert held.note in card


def test_context_figures_stand_in_a_table(spoken):
    html, translator = spoken
    table = html[html.index('id="context"') :]
    for figure in figures(shared(), "context", translator):
        assert figure.label in table
        assert figure.value in table


def test_no_figure_of_the_programme_is_left_out(spoken):
    html, translator = spoken
    for label in shared().programme[f"figure_{translator.lang}"]:
        assert label[1:] in html


def test_road_map_says_what_it_is(spoken):
    html, translator = spoken
    assert translator.t("holding.roadmap.note") in html
    assert translator.t("holding.roadmap", found="40", official="65", later="79") in html


def test_no_machine_words_reach_the_reader(spoken):
    html, _ = spoken
    words = re.sub(r"<[^>]+>", " ", re.sub(r"<style>.*?</style>", "", html, flags=re.S))
    assert not re.search(r"\b(nan|None|NaT)\b", words)
    assert "{" not in words
