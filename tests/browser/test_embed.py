"""The map on a stranger's page: small, by keyboard, in its language, with a way into the Atlas."""

import html
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, FrameLocator, Page, expect

from tests.api.server import running
from tests.browser.test_accessibility import violations
from tests.browser.waiting import wait_until

pytestmark = pytest.mark.browser

MOST_BYTES = 300_000
COPIED = "navigator.clipboard.writeText = async (text) => { window.copied = text; };"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running(tmp_path_factory.mktemp("embed") / "log") as url:
        yield url


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(viewport={"width": 1280, "height": 800}, locale="ru-RU")
    yield context
    context.close()


def framed(context: BrowserContext, address: str, link: str, width: int = 900) -> Page:
    """Open a page of another origin that holds the embed."""
    page = context.new_page()
    source = html.escape(f"{address}/embed?{link}")
    page.set_content(
        '<!DOCTYPE html><html lang="en"><title>News</title><main><h1>News</h1>'
        f'<iframe src="{source}" title="Map" width="{width}" height="480"></iframe></main>'
    )
    expect(map_of(page).locator(".atlas-legend")).to_be_visible()
    return page


def map_of(page: Page) -> FrameLocator:
    return page.frame_locator("iframe")


def shown(page: Page) -> int:
    return int(page.frames[-1].evaluate("Atlas.frame.shown.size"))


def test_the_explorer_gives_one_line_for_the_present_state(
    context: BrowserContext, address: str
) -> None:
    page = context.new_page()
    page.add_init_script(COPIED)
    page.goto(f"{address}/?park=sport&status=completed&lang=en")
    expect(page.locator(".atlas:not(.loading)")).to_be_visible(timeout=30_000)
    page.locator(".take").click()
    page.get_by_role("button", name="Copy the embed code").click()
    expect(page.locator(".toast")).to_contain_text("Copied")
    line = page.evaluate("window.copied")
    assert "\n" not in line
    found = re.fullmatch(r'<iframe src="([^"]+)" title="([^"]+)" .*></iframe>', line)
    assert found is not None
    source = f"{address}/embed?park=sport&status=completed&lang=en"
    assert html.unescape(found[1]) == source
    assert 'loading="lazy"' in line
    page.goto(html.unescape(found[1]))
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_it_weighs_little_beside_the_shared_assets(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    sizes: dict[str, int] = {}
    page.on(
        "requestfinished",
        lambda request: sizes.__setitem__(request.url, request.sizes()["responseBodySize"]),
    )
    page.goto(f"{address}/embed?park=sport&lang=en")
    expect(page.locator(".atlas-legend")).to_be_visible()
    page.wait_for_timeout(1000)
    own = {url: size for url, size in sizes.items() if "/assets/" not in url}
    assert any("/layers/" in url for url in own)
    assert 0 < sum(own.values()) <= MOST_BYTES, own
    assert all(url.startswith(address) for url in sizes)


def test_a_filter_is_named_on_the_map(context: BrowserContext, address: str) -> None:
    named = map_of(framed(context, address, "known=2016&park=sport&lang=en")).locator(
        ".atlas-filters"
    )
    expect(named).to_have_text("Filter: Sport park; known by: 2016")
    bare = map_of(framed(context, address, "lang=en"))
    expect(bare.locator(".atlas-open")).to_have_text("Open in the Atlas")


def test_without_scripts_words_stand_in_the_place_of_the_map(
    chromium: Browser, address: str
) -> None:
    with chromium.new_context(java_script_enabled=False) as plain:
        page = plain.new_page()
        page.goto(f"{address}/embed?lang=en")
        said = page.locator("noscript [lang=en]")
        expect(said).to_be_in_viewport()
        expect(said).to_contain_text("The map needs JavaScript")


def test_a_stranger_s_page_shows_the_filter_and_its_sources(
    context: BrowserContext, address: str
) -> None:
    page = framed(context, address, "park=medical&lang=en")
    wait_until(page, lambda: shown(page), 16)
    inside = map_of(page)
    expect(inside.locator("html")).to_have_attribute("lang", "en")
    expect(inside.locator(".atlas-attribution")).to_contain_text("CC BY 4.0")


def test_it_opens_the_same_state_in_the_atlas(context: BrowserContext, address: str) -> None:
    page = framed(context, address, "status=completed&theme=dark&lang=en")
    inside = map_of(page)
    inside.locator('[data-park="medical"]').click()
    with context.expect_page() as opening:
        inside.get_by_role("link", name="Open in the Atlas").click()
    atlas = opening.value
    expect(atlas.locator(".tag")).to_have_count(2, timeout=30_000)
    assert set(atlas.url.partition("?")[2].split("&")) == {
        "status=completed",
        "park=medical",
        "lang=en",
    }


def test_what_a_link_cannot_have_is_named_and_the_rest_shown(
    context: BrowserContext, address: str
) -> None:
    page = framed(context, address, "park=medical&park=moon&years=soon&lang=ru", width=360)
    wait_until(page, lambda: shown(page), 16)
    notice = map_of(page).locator(".atlas-notice")
    expect(notice).to_contain_text("park=moon")
    expect(notice).to_contain_text("years=soon")
    expect(notice).to_contain_text("Показано остальное")
    expect(map_of(page).locator("canvas").first).to_be_visible()
    map_of(page).locator(".atlas-notice button").click()
    expect(notice).to_have_count(0)


def test_the_server_is_asked_once_before_the_map_is_made(
    context: BrowserContext, address: str
) -> None:
    asked: list[str] = []
    context.on("request", lambda request: asked.append(urlsplit(request.url).path))
    page = framed(context, address, "park=medical&lang=en")
    wait_until(page, lambda: shown(page), 16)
    assert asked.count("/view") == 1
    made = page.frames[-1].evaluate(
        """() => {
          const files = performance.getEntriesByType("resource");
          const view = files.find(({ name }) => name.includes("/view?"));
          const [page] = performance.getEntriesByType("navigation");
          return view.startTime < page.domInteractive;
        }"""
    )
    assert made


def test_a_silent_server_is_said_and_everything_shown(
    context: BrowserContext, address: str
) -> None:
    context.route("**/view?*", lambda route: route.abort())
    page = framed(context, address, "park=medical&lang=en")
    expect(map_of(page).locator(".atlas-notice")).to_contain_text("everything is shown")
    wait_until(page, lambda: shown(page), 161)


def test_it_is_used_by_keyboard(context: BrowserContext, address: str) -> None:
    page = framed(context, address, "park=medical&lang=en")
    wait_until(page, lambda: shown(page), 16)
    inside = map_of(page)
    page.keyboard.press("Tab")
    expect(inside.get_by_role("application")).to_be_focused()
    page.keyboard.press("PageDown")
    page.keyboard.press("Enter")
    expect(inside.locator(".atlas-object h2")).to_be_visible()
    for _ in range(12):
        page.keyboard.press("Tab")
        if inside.locator(".atlas-open").evaluate("(node) => node === document.activeElement"):
            break
    expect(inside.locator(".atlas-open")).to_be_focused()
    selected = page.frames[-1].evaluate("Atlas.frame.selected.id")
    href = inside.locator(".atlas-open").get_attribute("href")
    assert href is not None
    assert f"sel={selected}" in href


@pytest.mark.parametrize(("lang", "width", "theme"), [("ru", 900, "light"), ("en", 320, "dark")])
def test_axe_finds_nothing(
    context: BrowserContext, address: str, lang: str, width: int, theme: str
) -> None:
    page = framed(context, address, f"park=moon&theme={theme}&lang={lang}", width=width)
    expect(map_of(page).locator(".atlas-notice")).to_be_visible()
    assert violations(page) == []
    assert violations(page.frames[-1]) == []


@pytest.mark.parametrize("width", [320, 390, 630])
def test_the_sources_of_the_map_are_named_on_any_width(
    context: BrowserContext, address: str, width: int
) -> None:
    line = map_of(framed(context, address, "park=sport&lang=en", width)).locator(
        ".atlas-attribution"
    )
    expect(line).to_be_visible()
    expect(line).to_contain_text("© OpenStreetMap contributors")
    box, edge = line.bounding_box(), line.page.locator("iframe").bounding_box()
    assert box is not None
    assert edge is not None
    assert edge["x"] <= box["x"]
    assert box["x"] + box["width"] <= edge["x"] + edge["width"]
    assert box["height"] >= 14
