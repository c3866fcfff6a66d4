"""The search field and its suggestions, and what lies near a place, as people use them."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from geo.dataset import shared
from geo.query import Query, apply
from tests.api.server import running
from tests.browser.test_explorer import in_list, map_frame, open_page
from tests.browser.waiting import wait_until

pytestmark = pytest.mark.browser

GROVE = {"longitude": 84.9475, "latitude": 56.4685, "accuracy": 30}
"""In the outline of the university's campus."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running(tmp_path_factory.mktemp("search") / "log") as url:
        yield url


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB")
    yield context
    context.close()


@pytest.fixture
def phone(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(
        viewport={"width": 390, "height": 844},
        locale="ru-RU",
        has_touch=True,
        permissions=["geolocation"],
        geolocation=GROVE,
    )
    yield context
    context.close()


def ids(link: str, lang: str = "en") -> list[str]:
    dataset = shared()
    return list(apply(Query.from_params(link, dataset)[0], dataset, lang=lang).ids)


def typed(page: Page, text: str) -> Locator:
    field = page.locator(".search-field")
    field.press_sequentially(text, delay=10)
    expect(page.locator(".suggestions")).to_be_visible()
    return field


def near_of(page: Page) -> list[Any]:
    found = re.search(r"[?&]near=([^&]+)", page.url.replace("%2C", ","))
    assert found
    return [float(part) for part in found[1].split(",")]


def test_wrong_layout_chosen_by_keyboard(context: BrowserContext, address: str) -> None:
    page = open_page(context, f"{address}/?lang=en")
    sent: list[str] = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda _: sent.append("frame")))
    field = typed(page, "Kfuthysq cfl")
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(page.locator(".suggestion").first).to_contain_text("Lagerny Sad")
    assert sent == []
    assert "q=" not in page.url
    field.press("ArrowDown")
    active = page.locator(".suggestion[aria-selected=true]")
    expect(active).to_have_count(1)
    expect(field).to_have_attribute("aria-activedescendant", str(active.get_attribute("id")))
    expect(active.locator("mark")).to_have_text(["Lagerny", "Sad"])
    field.press("Enter")
    expect(page.locator(".panel-title")).to_have_text("Lagerny Sad")
    expect(page).to_have_url(re.compile(r"\?sel=lagerny-sad&lang=en$"))
    expect(page.locator(".suggestions")).to_be_hidden()
    page.keyboard.press("Escape")
    expect(field).to_be_focused()
    assert page.faults == []  # type: ignore[attr-defined]


def test_keys_of_the_list(context: BrowserContext, address: str) -> None:
    page = open_page(context, f"{address}/?lang=en")
    field = typed(page, "tsu")
    options = page.locator(".suggestion")
    field.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    field.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    field.press("Escape")
    expect(page.locator(".suggestions")).to_be_hidden()
    expect(field).to_have_value("tsu")
    expect(field).to_have_attribute("aria-expanded", "false")
    field.press("Enter")
    expect(page).to_have_url(re.compile(r"\?q=tsu&lang=en$"))
    expect(page.locator(".rows .row")).to_have_count(len(ids("q=tsu")))
    assert in_list(page) == ids("q=tsu")


def test_a_cluster_becomes_a_filter_and_a_settlement_a_place(
    context: BrowserContext, address: str
) -> None:
    page = open_page(context, f"{address}/?lang=en")
    typed(page, "timber cluster")
    page.locator(".suggestion").first.click()
    expect(page).to_have_url(re.compile(r"\?cluster=timber&lang=en$"))
    typed(page, "асино")
    page.locator(".suggestion").first.click()
    expect(page).to_have_url(re.compile(r"near="))
    assert near_of(page) == [86.14393, 56.99987, 5000]
    link = f"cluster=timber&near={','.join(map(str, near_of(page)))}&sort=near"
    expect(page.locator(".rows .row")).to_have_count(len(ids(link)))
    assert in_list(page) == ids(link)


def test_nothing_found_offers_similar_names(context: BrowserContext, address: str) -> None:
    page = open_page(context, f"{address}/?lang=ru")
    typed(page, "кедровый орех")
    expect(page.locator(".options-note")).to_have_text("Ничего не найдено. Похожие названия:")
    expect(page.locator(".suggestion").first).to_contain_text("Сибирский орех")


def test_a_failing_search_says_so(context: BrowserContext, address: str) -> None:
    page = open_page(context, f"{address}/?lang=en")
    page.route("**/search?*", lambda route: route.abort())
    typed(page, "tsu")
    expect(page.locator(".options-note")).to_contain_text("Suggestions are not available")
    page.locator(".search-field").press("Enter")
    expect(page).to_have_url(re.compile(r"\?q=tsu&lang=en$"))


def test_a_late_answer_is_dropped(context: BrowserContext, address: str) -> None:
    page = open_page(context, f"{address}/?lang=en")
    waiting: list[Any] = []

    def hold(route: Any) -> None:
        if "q=tsu" in route.request.url:
            waiting.append(route)
        else:
            route.continue_()

    page.route("**/search?*", hold)
    field = page.locator(".search-field")
    field.fill("tsu")
    page.wait_for_timeout(200)
    field.fill("lagerny")
    expect(page.locator(".suggestion").first).to_contain_text("Lagerny Sad")
    for route in waiting:
        route.abort()
    page.wait_for_timeout(200)
    expect(page.locator(".suggestion").first).to_contain_text("Lagerny Sad")


def test_near_me(phone: BrowserContext, address: str) -> None:
    page = open_page(phone, f"{address}/?lang=ru")
    page.locator(".chip", has_text="Рядом").click()
    page.get_by_role("button", name="Рядом со мной").click()
    expect(page).to_have_url(re.compile("near="))
    assert near_of(page) == [84.9475, 56.4685, 3000]
    page.locator(".sheet-foot button").click()
    link = "near=84.9475,56.4685,3000&sort=near"
    expect(page.locator(".rows .row")).to_have_count(len(ids(link, "ru")))
    assert in_list(page) == ids(link, "ru")
    rows = page.locator(".row-distance").all_inner_texts()
    assert rows[0] == "Здесь: точка внутри контура"
    assert re.fullmatch(r"от \d+\sм до \d+\sм", rows[1])
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.locator(".switch-map").click()
    frame = map_frame(page)
    frame.wait_for_function("() => Atlas.frame.near.place?.metres === 3000")
    page.locator(".switch-map").click()
    page.locator(".tag").first.click()
    expect(page.locator(".row-distance").first).to_have_text("")
    expect(page).not_to_have_url(re.compile("near="))


def test_location_refused_names_another_way(context: BrowserContext, address: str) -> None:
    page = open_page(context, f"{address}/?lang=en")
    page.get_by_role("button", name="Near me").click()
    expect(page.locator(".near-message")).to_contain_text("The browser did not give your place")
    expect(page.locator(".near-message")).to_contain_text("Pick a point on the map")
    assert "near=" not in page.url


def test_a_rough_location_widens_the_circle(chromium: Browser, address: str) -> None:
    context = chromium.new_context(
        permissions=["geolocation"], geolocation={**GROVE, "accuracy": 4_200}
    )
    page = open_page(context, f"{address}/?lang=en")
    page.get_by_role("button", name="Near me").click()
    expect(page.locator(".near-message")).to_have_text(
        "The browser knows your place to within 4.2\u00a0km."
    )
    expect(page).to_have_url(re.compile("near="))
    assert near_of(page)[2] == 5000
    context.close()


def test_a_point_on_the_map_and_its_radius(context: BrowserContext, address: str) -> None:
    page = open_page(context, f"{address}/?lang=en")
    frame = map_frame(page)
    pick = page.get_by_role("button", name="Point on the map")
    pick.click()
    expect(pick).to_have_attribute("aria-pressed", "true")
    frame.wait_for_function("() => Atlas.frame.near.picking")
    # By keyboard the middle of the map is taken; nothing is selected by it.
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("near="))
    assert "sel=" not in page.url
    expect(pick).to_have_attribute("aria-pressed", "false")
    page.get_by_role("combobox", name="Radius").select_option("20000")
    expect(page).to_have_url(re.compile("20000"))
    assert near_of(page)[2] == 20_000
    page.get_by_role("button", name="Remove the point").click()
    expect(page).not_to_have_url(re.compile("near="))
    frame.wait_for_function("() => Atlas.frame.near.place === null")
    pick.click()
    page.keyboard.press("Escape")
    expect(pick).to_have_attribute("aria-pressed", "false")


def test_nothing_near_says_what_is_nearest(context: BrowserContext, address: str) -> None:
    page = open_page(context, f"{address}/?near=84.9,56.35,300&sort=near&lang=en")
    empty = page.locator(".list-body > .empty")
    expect(empty).to_contain_text("Nothing within 300\u00a0m. The nearest is")
    empty.get_by_role("button").click()
    expect(page.locator(".rows .row").first).to_be_visible()


def test_near_an_object(context: BrowserContext, address: str) -> None:
    page = open_page(context, f"{address}/?sel=lagerny-sad&lang=en")
    page.get_by_role("button", name="What is near").click()
    expect(page).to_have_url(re.compile("near="))
    expect(page.locator(".panel .away")).to_contain_text("at most 500\u00a0m away")


def test_an_embed_draws_the_circle_of_its_link(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.goto(f"{address}/embed?near=84.9475,56.4685,2000&lang=en")
    metres = "window.Atlas?.frame?.near.place?.metres"
    wait_until(page, lambda: page.evaluate(metres), 2_000)
    ring = "Atlas.frame.near.ring.map(([lon, lat]) => [lat, lon])"
    seen = f"Atlas.frame.map.getBounds().contains({ring})"
    wait_until(page, lambda: page.evaluate(seen), True)
