from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from geo.dataset import shared
from layers.locale import LANGUAGES, Translator

PAGE = str(Path(__file__).parents[2] / "views" / "roadmap.py")


def opened(**link: str | list[str]) -> str:
    page = AppTest.from_file(PAGE, default_timeout=60)
    for key, value in link.items():
        page.query_params[key] = value
    page.run()
    assert not page.exception
    assert not page.markdown
    return "".join(element.proto.body for element in page.get("html"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_all_known_actions_are_drawn_and_it_is_said_that_they_are_not_all(lang):
    html = opened(lang=lang)
    for key in shared().roadmap.index:
        assert html.count(f"id={key}&amp;lang={lang}") == 2  # bar and table
    assert Translator(lang).t("roadmap.lead", found="40", official="65") in html


def test_the_link_filters_and_a_switch_takes_a_condition_out():
    html = opened(lang="en", status=["running"], group="cluster")
    running = (shared().roadmap["status"] == "running").sum()
    assert f"Actions shown: {running} of 40" in html
    assert 'href="./roadmap?group=cluster&amp;lang=en"' in html
    assert "status=running&amp;lang=en" in html  # the other grouping keeps the filter


def test_what_does_not_filter_actions_is_said():
    assert "do not apply to actions: Sport park" in opened(lang="en", park="sport")


def test_what_cannot_be_used_is_named_and_escaped():
    html = opened(lang="en", status="<b>x</b>", group="nonsense")
    assert "&lt;b&gt;x" in html
    assert "<b>x" not in html


def test_a_grouping_that_there_is_not_is_named():
    html = opened(lang="en", group="<b>zzz</b>")
    said = "Grouping by “&lt;b&gt;zzz&lt;/b&gt;” is not possible; shown by direction."
    assert said in html
    assert "Grouping by" not in opened(lang="en", group="status")


def test_nothing_found_is_said():
    html = opened(lang="en", status="suspended", direction="business-environment")
    assert Translator("en").t("roadmap.none") in html


def test_the_action_one_comes_for_is_marked_and_no_other():
    html = opened(lang="en", action="rm-nti")
    assert '<li id="rm-nti" class="timeline-row arrival" aria-current="true">' in html
    assert html.count("timeline-row arrival") == 1
    assert "timeline-row arrival" not in opened(lang="en")


def test_an_unknown_action_is_named_and_escaped():
    html = opened(lang="en", action="<b>x</b>")
    assert "There is no action with this id in the road map: “&lt;b&gt;x&lt;/b&gt;”." in html
    assert "timeline-row arrival" not in html
