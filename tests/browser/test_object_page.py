"""The page of an object as people meet it: without scripts, small, printed, from the map."""

import re

import pytest
from playwright.sync_api import expect

from layers.locale import Translator
from tests.api.server import running
from tests.browser.waiting import wait_until
from views.pages import PAGES

pytestmark = pytest.mark.browser

PARK = "/object?id=northern-medical-town&lang=ru"


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    with running(tmp_path_factory.mktemp("server") / "log") as found:
        yield found


def test_without_scripts_all_is_there_but_what_needs_one(chromium, address):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + PARK)
    assert page.locator("h1").inner_text() == "Северный медицинский городок"
    assert page.locator("svg.locator").is_visible()
    assert page.locator("[data-act]").count() == 2
    assert not page.locator("[data-act]").first.is_visible()
    page.locator(".list-direction a").first.click()
    assert page.locator("h1").inner_text() == "Умный и удобный город"
    context.close()


@pytest.mark.parametrize("path", [PARK, "/compare?id=sez-tomsk-south&id=sez-tomsk-north&lang=en"])
def test_at_320_px_nothing_runs_out_of_the_window_and_nothing_is_refused(chromium, address, path):
    page = chromium.new_page(viewport={"width": 320, "height": 640})
    complaints = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(address + path)
    page.locator("[data-act=print]").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert complaints == []
    page.close()


def test_the_link_is_copied_or_marked(chromium, address):
    page = chromium.new_page()
    page.goto(address + PARK)
    page.locator("[data-act=copy]").click()
    told = page.locator(".told")
    told.filter(has_text=re.compile(".+")).wait_for()
    if told.inner_text() != "Ссылка скопирована":
        assert page.evaluate("getSelection().toString()") == address + PARK
    page.close()


def test_what_is_said_to_be_copied_is_copied(chromium, address):
    with chromium.new_context() as context:
        page = context.new_page()
        page.add_init_script(
            "Object.defineProperty(navigator, 'clipboard', { value: {"
            " writeText: async (text) => { window.copied = text; } } });"
        )
        page.goto(address + PARK)
        page.locator("[data-act=copy]").click()
        expect(page.locator(".told")).to_have_text("Ссылка скопирована")
        assert page.evaluate("window.copied") == address + PARK


def test_a_comparison_on_a_phone_and_on_paper(chromium, address):
    with chromium.new_context(viewport={"width": 390, "height": 800}) as context:
        page = context.new_page()
        page.goto(f"{address}/compare?id=sez-tomsk-south&id=sez-tomsk-north&lang=en")
        said = page.get_by_role("rowheader", name="Area").locator(".note-here")
        expect(said).to_be_in_viewport(ratio=0)
        box = said.bounding_box()
        assert box["x"] + box["width"] <= 390
        assert page.evaluate("document.documentElement.scrollWidth") == 390
        page.emulate_media(media="print")
        expect(page.locator(".without").first).to_be_hidden()
        expect(page.locator("td.difference").first).to_be_visible()


def test_a_park_prints_on_one_sheet_with_its_sources_and_code(chromium, address):
    page = chromium.new_page()
    page.goto(address + PARK)
    sheet = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", sheet)) == 1
    page.emulate_media(media="print")
    assert page.locator(".qr svg").is_visible()
    assert page.locator(".sources .url").first.is_visible()
    assert not page.locator(".actions").is_visible()
    page.close()


def test_from_the_page_to_the_map_and_back(chromium, address):
    page = chromium.new_page(viewport={"width": 1440, "height": 900})
    page.goto(address + PARK)
    page.locator(".actions .primary").click()
    link = page.locator(".panel .actions a[href*='/object?']").first
    link.wait_for(timeout=60_000)
    link.click()
    page.locator("article.object h1").wait_for()
    assert "/object?id=northern-medical-town" in page.url
    page.close()


@pytest.mark.parametrize("width", [320, 905, 1100, 1440])
@pytest.mark.parametrize("lang", ["ru", "en"])
def test_every_page_is_in_the_bar_or_in_its_menu(chromium, address, width, lang):
    page = chromium.new_page(viewport={"width": width, "height": 800})
    page.goto(f"{address}/object?id=lagerny-sad&lang={lang}")
    bar, menu = page.locator(".bar .pages"), page.locator(".bar .menu")

    def names():
        inside = menu.locator("nav a:not([hidden])").all_text_contents()
        return sorted([*bar.locator("a:visible").all_inner_texts(), *inside])

    wait_until(page, names, sorted(Translator(lang).t(f"page.{one}") for one in PAGES))
    links = [link.bounding_box() for link in bar.locator("a:visible").all()]
    edge = bar.bounding_box()
    for link in links:  # none is cut
        assert link["x"] + link["width"] <= edge["x"] + edge["width"] + 0.5
        assert link["y"] + link["height"] <= edge["y"] + edge["height"] + 0.5
    if menu.get_attribute("data-unneeded") is None:
        menu.locator("summary").click()
        expect(menu.locator("nav")).to_be_visible()
        page.keyboard.press("Escape")
        expect(menu.locator("nav")).to_be_hidden()
        expect(menu.locator("summary")).to_be_focused()
    page.close()
