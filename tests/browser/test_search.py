"""The search field and its suggestions, and what lies near a place, as people use them."""

import re
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from geo.around import around
from geo.dataset import shared
from geo.nearest import Neighbour, bounds
from geo.places import Near
from geo.query import Query, apply
from layers.distances import between
from layers.locale import Translator
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
    # The answer to the last letter: an earlier one may name the same place.
    expect(page.locator(".suggestion").first.locator("mark")).to_have_text(["Lagerny", "Sad"])
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


def said_of(link: str) -> dict[str, str]:
    """Return what is to be said of the distance of each row shown, in Russian."""
    dataset = shared()
    view = apply(Query.from_params(link, dataset)[0], dataset)
    found, place = around(view, dataset), view.query.place
    assert found is not None
    assert isinstance(place, Near)
    rows = dataset.rows.iloc[view.positions]
    said = {}
    for own_id, metres, off_m, shape in zip(
        rows["id"],
        np.rint(found.metres[view.positions]),
        rows["position_accuracy_m"],
        rows.geometry,
        strict=True,
    ):
        ends = bounds(float(metres), float(off_m), float(place.accuracy_m or 0))
        said[own_id] = between(Neighbour(own_id, float(metres), *ends), Translator("ru"))
        if metres == 0 and shape.geom_type != "Point":
            said[own_id] = f"Здесь или {said[own_id]}"
    return said


def test_near_me(phone: BrowserContext, address: str) -> None:
    page = open_page(phone, f"{address}/?lang=ru")
    page.locator(".chip", has_text="Рядом").click()
    page.get_by_role("button", name="Рядом со мной").click()
    expect(page).to_have_url(re.compile("near="))
    assert near_of(page) == [84.9475, 56.4685, 3000, 30]
    page.locator(".sheet-foot button").click()
    link = "near=84.9475,56.4685,3000,30&sort=near"
    expect(page.locator(".rows .row")).to_have_count(len(ids(link, "ru")))
    assert in_list(page) == ids(link, "ru")
    # Each interval whole: how exactly the place asked from is known widens it at both ends.
    distances = page.locator(".row-distance").all_text_contents()
    assert dict(zip(in_list(page), distances, strict=True)) == said_of(link)
    assert distances[0] == "Здесь или не дальше 330\u00a0м"
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
    expect(page.locator(".atlas > [role=status]")).to_contain_text("did not give your place")
    assert "near=" not in page.url


def test_a_rough_location_widens_the_circle(chromium: Browser, address: str) -> None:
    context = chromium.new_context(
        permissions=["geolocation"], geolocation={**GROVE, "accuracy": 4_200}
    )
    page = open_page(context, f"{address}/?lang=en")
    page.get_by_role("button", name="Near me").click()
    known = "easured from a place known to within 4.2\u00a0km"
    expect(page.locator(".near-from")).to_contain_text(known)
    expect(page.locator(".note")).to_contain_text(known)
    assert near_of(page)[2:] == [5000, 4200]
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
    rows = page.locator(".rows")
    rows.evaluate("(list) => { list.scrollTop = 900; }")
    page.get_by_role("button", name="What is near").click()
    expect(page.locator(".panel .away")).to_have_text(
        "Distance from the point: at most 1\u00a0km away. "
        "Measured from a place known to within 500\u00a0m."
    )
    assert near_of(page)[2:] == [3000, 500]
    # The same as the page of the object says of the two.
    pool = page.locator(".row", has_text="TPU swimming pool")
    expect(pool.locator(".row-distance")).to_have_text("at most 970\u00a0m away")
    technopark = page.locator(".row", has_text="Kvantorium")
    expect(technopark.locator(".row-distance")).to_have_text("between 360\u00a0m and 1.5\u00a0km")
    expect(pool).to_be_in_viewport()
    # Another order is shown from its beginning too, a filter leaves the list where it is.
    rows.evaluate("(list) => { list.scrollTop = 900; }")
    page.locator(".sort").select_option("name")
    expect(page).to_have_url(re.compile("sort=name"))
    wait_until(page, lambda: rows.evaluate("(list) => list.scrollTop"), 0)
    expect(page.locator(".row").first).to_be_in_viewport()
    rows.evaluate("(list) => { list.scrollTop = 100; }")
    page.locator(".group[data-group=status] .option", has_text="Completed").locator("input").check()
    expect(page).to_have_url(re.compile("status=completed"))
    expect(page.locator(".tag")).to_have_count(2)
    assert rows.evaluate("(list) => list.scrollTop") == 100


def test_an_embed_draws_the_circle_of_its_link(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.goto(f"{address}/embed?near=84.9475,56.4685,2000&lang=en")
    metres = "window.Atlas?.frame?.near.place?.metres"
    wait_until(page, lambda: page.evaluate(metres), 2_000)
    ring = "Atlas.frame.near.ring.map(([lon, lat]) => [lat, lon])"
    seen = f"Atlas.frame.map.getBounds().contains({ring})"
    wait_until(page, lambda: page.evaluate(seen), True)


def test_an_action_leads_to_its_row_of_the_road_map(context: BrowserContext, address: str) -> None:
    page = open_page(context, f"{address}/?lang=en")
    page.evaluate("window.kept = true")
    typed(page, "national technology initiative")
    page.locator(".suggestion").first.click()
    expect(page.locator(".arrival")).to_be_focused()
    expect(page.locator(".arrival")).to_contain_text("National Technology Initiative")
    expect(page.locator(".arrival")).to_be_in_viewport()
    # The session goes on, and with it a layer of one's own.
    assert page.evaluate("window.kept")


def test_a_kind_of_project_becomes_a_filter(context: BrowserContext, address: str) -> None:
    page = open_page(context, f"{address}/?lang=en")
    typed(page, "infrastructure projects")
    page.locator(".suggestion").first.click()
    expect(page).to_have_url(re.compile(r"\?kind=infrastructure&lang=en$"))
    expect(page.locator(".rows .row")).to_have_count(len(ids("kind=infrastructure")))
