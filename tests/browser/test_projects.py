"""The pages Projects, Road map and Clusters as people use them, and the bar that leads to them."""

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from geo.dataset import shared
from geo.query import Query, apply
from layers.locale import Translator
from tests.api.server import running
from views.pages import PAGES

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running(tmp_path_factory.mktemp("projects") / "log") as url:
        yield url


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB")
    yield context
    context.close()


def open_page(context: BrowserContext, url: str) -> Page:
    page = context.new_page()
    page.goto(url)
    expect(page.locator("h1")).to_be_visible(timeout=30_000)
    return page


def link(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def shown(asked: str) -> list[str]:
    return list(apply(Query.from_params(asked, shared())[0], shared(), lang="en").ids)


def in_table(page: Page) -> list[str]:
    rows = page.locator(".projects tbody tr[data-id]")
    ids: list[str] = rows.evaluate_all("(rows) => rows.map((row) => row.dataset.id)")
    return ids


def test_charts_filter_and_the_link_is_that_of_the_map(
    context: BrowserContext, address: str
) -> None:
    page = open_page(context, f"{address}/projects?lang=en")
    everything = shown("")
    expect(page.locator(".range")).to_have_text(f"1–50 of {len(everything)}")
    assert in_table(page) == everything[:50]
    bar = page.get_by_role("button", name="Running: ", exact=False)
    expect(bar).to_have_attribute("aria-pressed", "false")
    bar.focus()
    page.keyboard.press("Enter")
    asked = shown("status=running")
    expect(page.locator(".range")).to_have_text(
        f"1–{len(asked)} of {len(asked)} (filtered from {len(everything)})"
    )
    expect(bar).to_have_attribute("aria-pressed", "true")
    assert in_table(page) == asked
    assert link(page) == {"status": ["running"], "lang": ["en"]}
    page.evaluate("window.kept = true")
    page.locator(".to-map a").click()
    expect(page.locator(".atlas:not(.loading) .shown")).to_contain_text(
        f"Showing {len(asked)} of", timeout=30_000
    )
    page.locator(".as-table a").click()
    expect(page.locator(".range")).to_contain_text("filtered", timeout=30_000)
    assert link(page) == {"status": ["running"], "lang": ["en"]}
    page.go_back()
    expect(page.locator(".figures")).to_be_visible(timeout=30_000)
    assert page.evaluate("window.kept")


def test_headings_sort_both_ways_and_what_is_missing_stands_last(
    context: BrowserContext, address: str
) -> None:
    page = open_page(context, f"{address}/projects?lang=en&kind=social")
    heading = page.locator("th", has=page.locator("[data-column=money]"))
    for way, sort in (("descending", "-money"), ("ascending", "money")):
        page.locator("[data-column=money]").click()
        expect(heading).to_have_attribute("aria-sort", way)
        assert in_table(page) == shown(f"kind=social&sort={sort}")
        expect(page.locator("tbody tr").last.locator("td.number").nth(1)).to_have_text("no data")
        assert link(page)["sort"] == [sort]
    page.locator("[data-column=money]").click()
    expect(heading).not_to_have_attribute("aria-sort", "ascending")
    assert "sort" not in link(page)


def test_pages_and_columns(context: BrowserContext, address: str) -> None:
    page = open_page(context, f"{address}/projects?lang=en")
    page.get_by_role("button", name="Next rows").click()
    expect(page.locator(".range")).to_contain_text("51–100")
    assert in_table(page) == shown("")[50:100]
    page.get_by_role("button", name="Columns").click()
    page.locator(".columns-zone").get_by_label("Cluster").uncheck()
    expect(page.locator(".table-frame thead th", has_text="Cluster")).to_have_count(0)
    page.reload()
    expect(page.locator(".range")).to_be_visible(timeout=30_000)
    expect(page.locator(".table-frame thead th", has_text="Cluster")).to_have_count(0)


def test_a_walk_from_an_action_to_its_cluster_keeps_the_session(
    context: BrowserContext, address: str
) -> None:
    page = open_page(context, f"{address}/roadmap?lang=en")
    page.evaluate("window.kept = true")
    page.locator("a.switch", has_text="Timber").click()
    expect(page.locator("p.shown")).to_have_text("Actions shown: 2 of 40")
    page.locator("a.switch", has_text="Timber").click()
    expect(page.locator("p.shown")).to_have_text("Actions shown: 40 of 40")
    page.go_back()
    expect(page.locator("p.shown")).to_have_text("Actions shown: 2 of 40")
    page.locator(".st-key-pages a", has_text="Clusters").click()
    page.locator("a.switch", has_text="Timber").click()
    expect(page.locator("#centre-title")).to_have_text("Timber cluster")
    page.locator(".node.organisation a").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".ring a", has_text="Timber cluster")).to_be_visible()
    assert page.evaluate("window.kept")


@pytest.mark.parametrize(("lang", "width"), [("en", 1000), ("ru", 1280)])
def test_pages_without_room_in_the_bar_are_under_more(
    context: BrowserContext, address: str, lang: str, width: int
) -> None:
    t = Translator(lang).t
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{address}/about?lang={lang}")
    expect(page.locator("h1")).to_be_visible(timeout=30_000)
    current = page.locator(".st-key-pages a[aria-current=page]")
    expect(current).to_have_text(t("page.about"))
    expect(current).to_be_visible()
    in_bar = page.locator(".st-key-pages a:visible").all_inner_texts()
    page.get_by_role("button", name=t("shell.more.label")).press("Enter")
    expect(page.locator("[data-testid=stPopoverBody] a").first).to_be_attached()
    page.wait_for_timeout(300)
    in_more = page.locator("[data-testid=stPopoverBody] a:visible").all_inner_texts()
    assert in_more
    assert sorted(in_bar + in_more) == sorted(t(f"page.{page_id}") for page_id in PAGES)
