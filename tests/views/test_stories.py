import re
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from geo.dataset import shared
from layers.locale import LANGUAGES, Translator
from layers.stories import stories

PAGE = str(Path(__file__).parents[2] / "views" / "stories.py")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_step_has_a_picture_and_leads_to_the_map_it_shows(lang):
    page = AppTest.from_file(PAGE, default_timeout=60)
    page.query_params["lang"] = lang
    page.run()
    assert not page.exception
    html = unescape("".join(element.proto.body for element in page.get("html")))
    cards = re.findall(r'<li class="card">(.*?)</li>', html, re.DOTALL)
    steps = [step for story in stories(shared(), Translator(lang)) for step in story.steps]
    for card, step in zip(cards, steps, strict=True):
        assert f'src="./map/picture?{step.link}&lang={lang}&v={shared().release}"' in card
        assert f'href="./?{step.link}&lang={lang}"' in card
        assert re.search(r' alt="[^"]{15,}"', card)
