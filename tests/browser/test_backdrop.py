"""Buildings and streets of the snapshot: offered where they are, and never in the way."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Frame, Page, Route, expect

from geo import dataset
from layers import page_data
from layers.page import render_page
from tests.api.server import running
from tests.browser import map_host
from tests.browser.test_accessibility import violations
from tests.browser.waiting import wait_until

pytestmark = pytest.mark.browser

TILES = "**/tiles/**"
PLACE = "bbox=86.97,59.985,87.035,60.01"
ALL = {"water", "open_space", "streets", "buildings", "stops"}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running(tmp_path_factory.mktemp("backdrop") / "log") as url:
        yield url


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(viewport={"width": 390, "height": 844}, locale="en-GB")
    yield context
    context.close()


def opened(context: BrowserContext, url: str) -> Page:
    """Open a map on a phone, with its panel of layers."""
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.faults = faults  # type: ignore[attr-defined]
    page.goto(url)
    expect(page.locator(".atlas-legend")).to_be_visible()
    page.locator("button[aria-controls=atlas-layers]").click()
    return page


def drawn(page: Page | Frame) -> set[str]:
    return set(page.evaluate("Atlas.frame.backdrop.shown()"))


def pixels(page: Page, name: str) -> int:
    """Return how many pixels of the tiles have a colour of the theme."""
    return int(
        page.evaluate(
            """(name) => {
              const colour = Atlas.frame.colours[name];
              const wanted = [1, 3, 5].map((n) => parseInt(colour.slice(n, n + 2), 16));
              let count = 0;
              for (const { el } of Object.values(Atlas.frame.backdrop.grid._tiles)) {
                const { data } = el.getContext("2d").getImageData(0, 0, el.width, el.height);
                for (let n = 0; n < data.length; n += 4)
                  if (wanted.every((value, i) => data[n + i] === value)) count += 1;
              }
              return count;
            }""",
            name,
        )
    )


def test_the_example_is_offered_where_it_is_and_drawn_by_keyboard(
    context: BrowserContext, address: str
) -> None:
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page = opened(context, f"{address}/embed?lang=en")
    choice = page.get_by_role("checkbox", name="Buildings and streets")
    expect(choice).to_be_hidden()
    expect(page.locator(".atlas-backdrop")).to_contain_text("Primersk, an invented town")
    assert not any("/tiles/" in url for url in asked)

    page.get_by_role("button", name="Show that place").press("Enter")
    expect(choice).to_be_focused()
    expect(choice).to_be_checked()
    wait_until(page, lambda: drawn(page), ALL)
    assert min(pixels(page, f"snapshot_{name}") for name in ("water", "street_line")) > 500
    assert all(
        "/tiles/water,open_space,streets,buildings,stops/" in u for u in asked if "/tiles/" in u
    )
    page.locator(".atlas-attribution-button").click()
    expect(page.locator(".atlas-attribution-whole")).to_contain_text("invented example (CC0)")
    expect(page.locator(".atlas-attribution-whole a")).to_have_count(0)
    page.keyboard.press("Escape")
    choice.press("Escape")
    page.locator(".atlas-legend-title").click()
    expect(page.locator(".atlas-legend")).to_contain_text("Background: Primersk, an invented town")
    assert violations(page) == []

    light = pixels(page, "snapshot_water")
    page.evaluate("Atlas.frame.setTheme(true)")
    assert abs(pixels(page, "snapshot_water") - light) < light / 10
    page.locator("button[aria-controls=atlas-layers]").press("Enter")
    choice.press("Space")
    expect(page.locator(".atlas-legend")).not_to_contain_text("Primersk")
    expect(page.locator(".atlas-snapshot-pane canvas")).to_have_count(0)
    assert page.faults == []  # type: ignore[attr-defined]


def test_a_link_of_an_embed_begins_with_it(context: BrowserContext, address: str) -> None:
    page = opened(context, f"{address}/embed?lang=ru&snapshot=on&{PLACE}")
    wait_until(page, lambda: "buildings" in drawn(page), True)
    expect(page.get_by_role("checkbox", name="Здания и улицы")).to_be_checked()
    expect(page.locator(".atlas-notice")).to_have_count(0)
    assert "snapshot" not in str(page.locator(".atlas-open").get_attribute("href"))


def test_a_dead_route_is_said_and_the_map_stays(context: BrowserContext, address: str) -> None:
    context.route(TILES, lambda route: route.fulfill(status=500))
    page = opened(context, f"{address}/embed?lang=en")
    page.get_by_role("button", name="Show that place").click()
    notice = page.locator(".atlas-notice")
    expect(notice).to_contain_text("did not load in full")
    wait_until(page, lambda: page.evaluate("Atlas.frame.shown.size"), 161)
    context.unroute(TILES)
    notice.get_by_role("button", name="Try again").click()
    wait_until(page, lambda: drawn(page), ALL)
    expect(notice).to_have_count(0)
    assert page.faults == []  # type: ignore[attr-defined]


def test_a_damaged_layer_is_named_and_the_others_are_drawn(
    context: BrowserContext, address: str
) -> None:
    def damaged(route: Route) -> None:
        if "water" in route.request.url:
            route.fulfill(
                status=503,
                json={"layers": ["water"]},
                headers={"Access-Control-Allow-Origin": "*"},
            )
        else:
            route.continue_()

    context.route(TILES, damaged)
    page = opened(context, f"{address}/embed?lang=en")
    page.get_by_role("button", name="Show that place").click()
    wait_until(page, lambda: drawn(page), ALL - {"water"})
    expect(page.locator(".atlas-notice")).to_contain_text("Not shown from the snapshot: water.")
    page.evaluate("Atlas.frame.setLanguage('ru')")
    expect(page.locator(".atlas-notice")).to_contain_text("Не показано из снимка данных: вода.")


def test_a_snapshot_that_cannot_be_opened_is_told_by_its_files(
    context: BrowserContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_data, "snapshot_card", lambda: {"fault": ["water.parquet"]})
    render_page.cache_clear()
    try:
        with map_host.serve(dataset.shared()) as server:
            page = opened(context, f"{server.url}/map?lang=en")
            expect(page.locator(".atlas-backdrop")).to_contain_text("(water.parquet)")
            expect(page.get_by_role("checkbox", name="Buildings and streets")).to_be_hidden()
            expect(page.get_by_role("button", name="Show that place")).to_be_hidden()
            wait_until(page, lambda: page.evaluate("Atlas.frame.shown.size"), 161)
            assert page.faults == []  # type: ignore[attr-defined]
    finally:
        render_page.cache_clear()
