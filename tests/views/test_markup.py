from html.parser import HTMLParser

import pytest

from layers.locale import Translator
from views import markup

EN = Translator("en")
HOSTILE = """"><img src=x onerror=alert(1)>"""


class Tags(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


@pytest.mark.parametrize(
    "piece",
    [
        markup.outside(f"https://a.org/{HOSTILE}", HOSTILE, label=HOSTILE),
        markup.source_links([f"https://a.org/{HOSTILE}"], HOSTILE, EN),
        markup.to_map(f"sel={HOSTILE}", HOSTILE, EN),
    ],
)
def test_a_link_is_one_element_whatever_it_is_made_of(piece):
    (only,) = Tags(piece).found
    assert only[0] == "a"
    assert set(only[1]) <= {"href", "target", "rel", "aria-label"}


def test_link_to_another_site():
    ((_, attributes),) = Tags(markup.outside("https://a.org/?a=1&b=2", "text")).found
    assert attributes == {
        "href": "https://a.org/?a=1&b=2",
        "target": "_blank",
        "rel": "noopener noreferrer",
    }


def test_link_to_the_map_keeps_the_language():
    assert 'href="./?park=medical&amp;lang=en"' in markup.to_map("park=medical", "x", EN)
    assert 'href="./?lang=en"' in markup.to_map("", "x", EN)


def test_bars():
    shown = markup.bars([("a", 0.5, "3"), (HOSTILE, 1.0, "6")])
    assert 'style="width:50.0%"' in shown
    assert "<img" not in shown


def test_disc_has_the_letter_of_the_language():
    assert ">I</span>" in markup.disc("industrial", EN)
    assert ">И</span>" in markup.disc("industrial", Translator("ru"))
