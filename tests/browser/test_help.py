"""Help where it is wanted: the welcome of a first visit, and words explained in place."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from layers.help import explained
from layers.locale import LANGUAGES, Translator
from tests.api.server import running
from tests.browser.test_explorer import open_page

pytestmark = pytest.mark.browser

BLOCKED = """Object.defineProperty(window, "localStorage", {
  get() { throw new DOMException("blocked", "SecurityError"); },
});"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running(tmp_path_factory.mktemp("help") / "log") as url:
        yield url


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    with chromium.new_context(viewport={"width": 1440, "height": 900}, locale="en") as context:
        yield context


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_first_visitor_is_welcomed_once(context: BrowserContext, address: str, lang: str) -> None:
    page = open_page(context, f"{address}/?lang={lang}")
    welcome = page.locator(".welcome")
    expect(welcome.get_by_role("heading", level=2)).to_have_text(
        Translator(lang).t("ui.welcome.title")
    )
    assert page.evaluate("document.activeElement === document.body")
    page.keyboard.press("Escape")
    expect(welcome).to_have_count(0)
    again = open_page(context, f"{address}/?lang={lang}")
    again.wait_for_timeout(300)
    expect(again.locator(".welcome")).to_have_count(0)


def test_who_comes_by_a_link_is_not_stopped(context: BrowserContext, address: str) -> None:
    for link in ("park=medical", "sel=akademgorodok"):
        page = open_page(context, f"{address}/?{link}&lang=en")
        page.wait_for_timeout(300)
        expect(page.locator(".welcome")).to_have_count(0)


def test_where_nothing_can_be_kept_the_welcome_closes_all_the_same(
    context: BrowserContext, address: str
) -> None:
    context.add_init_script(BLOCKED)
    page = open_page(context, f"{address}/?lang=en")
    page.get_by_role("button", name="Got it, don’t show again").last.click()
    expect(page.locator(".welcome")).to_have_count(0)
    assert page.faults == []  # type: ignore[attr-defined]


def test_on_a_phone_the_welcome_leaves_the_list_alone(chromium: Browser, address: str) -> None:
    with chromium.new_context(viewport={"width": 320, "height": 640}) as context:
        page = open_page(context, f"{address}/?lang=ru")
        expect(page.locator(".welcome")).to_be_hidden()
        page.locator(".row").first.click(trial=True)
        page.locator(".switch-map").click()
        expect(page.locator(".welcome")).to_be_in_viewport(ratio=0.9)
        page.locator(".switch-map").click(trial=True)


def test_a_word_is_explained_in_place_by_keyboard(context: BrowserContext, address: str) -> None:
    page = open_page(context, f"{address}/?sel=sez-tomsk-south&lang=ru")
    name, text = explained()["fact.residents"]["ru"]
    button = page.locator(".panel").get_by_role("button", name=f"Что такое «{name}»")
    button.focus()
    page.keyboard.press("Enter")
    card = page.get_by_role("dialog", name=name)
    expect(card).to_contain_text(text)
    expect(card.get_by_role("button", name="Закрыть пояснение")).to_be_focused()
    more = card.get_by_role("link", name="Весь словарь")
    expect(more).to_have_attribute("href", re.compile(r"/help\?lang=ru#term-resident$"))
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    expect(button).to_be_focused()
    expect(page.locator(".panel")).to_be_visible()


def test_every_filter_has_its_word_and_the_page_its_anchor(
    context: BrowserContext, address: str
) -> None:
    page = open_page(context, f"{address}/?lang=en")
    for place, term in explained().items():
        key = place.removeprefix("filter.")
        if key == place:
            continue
        page.locator(f".group[data-group={key}] > .term-button").click()
        expect(page.locator(".term-name")).to_have_text(term["en"][0])
    page.goto(f"{address}/help?lang=en#term-predicate")
    entry = page.locator("#term-predicate")
    expect(entry).to_be_focused(timeout=30_000)
    expect(entry).to_be_in_viewport()
