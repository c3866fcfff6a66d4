"""The Access page: a place is chosen, its isochrone drawn, the slider moved, the link reopened."""

import math
import re
from collections.abc import Iterator
from functools import cache

import pytest
import shapely
from playwright.sync_api import Browser, BrowserContext, Page, expect

from geo.access import Access, access, find_place, gain_of, places
from geo.access.demand import demand
from geo.crs import to_metres
from geo.snapshot import EXAMPLE, open_snapshot
from layers.access_ground import origin_of
from tests.api.server import running

pytestmark = pytest.mark.browser

PATIENCE_MS = 90_000


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running(tmp_path_factory.mktemp("access") / "log", ATLAS_SNAPSHOT=str(EXAMPLE)) as url:
        yield url


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(viewport={"width": 1440, "height": 1000})
    yield context
    context.close()


@cache
def answer(place: str) -> Access:
    town = open_snapshot(EXAMPLE)
    return access(town, find_place(town, place), minutes=(60,))


def people(place: str, minutes: int) -> str:
    low, high = answer(place).reach["people"].loc[minutes, ["low", "high"]]
    assert round(low) == round(high)
    return f"{round(low):,}"


def newly(place: str) -> str:
    """Who comes to a place within 10 minutes and to no site of the town."""
    town = open_snapshot(EXAMPLE)
    weights = demand(town).of("people")
    today = [answer(site).reached for site in places(town)]
    low, high = gain_of(answer(place).reached, today, "people", weights).loc[10, ["low", "high"]]
    ends = dict.fromkeys((f"{math.floor(low):,}", f"{math.ceil(high):,}"))
    return "–".join(ends)


def open_access(context: BrowserContext, url: str) -> Page:
    page = context.new_page()
    page.goto(url)
    expect(page.locator(".access .rings path").first).to_be_attached(timeout=PATIENCE_MS)
    return page


def slide(page: Page, minutes: int) -> None:
    slider = page.locator("#access-minutes")
    slider.fill(str(minutes))
    expect(page.locator(".slider label")).to_contain_text(f"{minutes} min")


def test_from_a_site_to_a_link_that_opens_again(context: BrowserContext, address: str) -> None:
    page = open_access(context, f"{address}/access?lang=en")
    expect(page.get_by_role("heading", name="This is an example")).to_be_visible()
    page.get_by_label("Site", exact=True).click()
    page.get_by_role("option", name="Campus with its grove", exact=True).click()
    expect(page).to_have_url(re.compile("site=example-research"))
    expect(page.locator(".access .place")).to_contain_text("Campus", timeout=PATIENCE_MS)
    expect(page.locator(".access .figure")).to_have_text(people("example-research", 15))
    shape = page.locator(".rings path").get_attribute("d")
    # The slider reads prepared curves: what it shows is there before the server is asked.
    slide(page, 22)
    assert page.locator(".access .figure").inner_text() == people("example-research", 22)
    assert page.locator(".rings path").get_attribute("data-minutes") == "20"
    assert page.locator(".rings path").get_attribute("d") != shape
    expect(page).to_have_url(re.compile("minutes=22"), timeout=PATIENCE_MS)
    again = open_access(context, page.url)
    expect(again.locator(".access .figure")).to_have_text(people("example-research", 22))
    expect(again.locator(".access .place")).to_contain_text("Campus")


def test_what_is_refused_changes_no_colour(context: BrowserContext, address: str) -> None:
    page = open_access(context, f"{address}/access?lang=en&site=example-sport")
    line = page.locator(".curve .line").first
    colour = "(line) => getComputedStyle(line).stroke"
    before = line.evaluate(colour)
    page.get_by_label("What-if place").first.fill("abc")
    page.keyboard.press("Enter")
    expect(page.get_by_text("The place could not be read")).to_be_visible(timeout=PATIENCE_MS)
    page.wait_for_timeout(500)
    assert line.evaluate(colour) == before


def test_a_what_if_place_by_mouse_and_by_keyboard(context: BrowserContext, address: str) -> None:
    page = open_access(context, f"{address}/access?lang=en&minutes=10")
    page.locator("svg.map").click(position={"x": 300, "y": 240})
    expect(page).to_have_url(re.compile("at=8"), timeout=PATIENCE_MS)
    expect(page.locator(".equity li").first).to_contain_text("What-if place", timeout=PATIENCE_MS)
    found = re.search(r"at=([0-9.]+)(?:%2C|,)([0-9.]+)", page.url)
    assert found is not None
    place = ",".join(found.groups())
    shown = people(place, 10)
    expect(page.locator(".access .figure")).to_have_text(shown, timeout=PATIENCE_MS)
    expect(page.locator(".access .gain")).to_contain_text(f"New within 10 min: {newly(place)}")
    before = page.url
    page.locator("svg.map").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page).not_to_have_url(before, timeout=PATIENCE_MS)


def test_the_river_is_not_painted_as_reached(context: BrowserContext, address: str) -> None:
    place = "86.99672,59.99486"
    page = open_access(context, f"{address}/access?lang=en&at={place}&minutes=60")
    reached = answer(place).ground.geometry.iloc[-1]
    enclosed = shapely.union_all(
        [shapely.Polygon(ring) for part in shapely.get_parts(reached) for ring in part.interiors]
    )
    rivers = to_metres(answer(place).snapshot.layer("water").geometry).union_all()
    wet = max(shapely.get_parts(rivers.intersection(enclosed)), key=shapely.area)
    east, north = origin_of(answer(place).snapshot)
    for ground, filled in ((wet.buffer(-5), False), (reached, True)):
        at = ground.representative_point()
        assert (
            page.locator(".rings .high").evaluate(
                "(path, [x, y]) => path.isPointInFill(new DOMPoint(x, y))",
                [at.x - east, north - at.y],
            )
            is filled
        )


def test_widgets_say_nothing_in_another_language(context: BrowserContext, address: str) -> None:
    page = open_access(context, f"{address}/access?lang=ru&site=example-medical&site=example-sport")
    widgets = page.locator(".st-key-access-choice [data-testid]:has(> .react-aria-ComboBox)")
    clear = widgets.get_by_label("Убрать всё")
    expect(clear).to_be_attached(timeout=PATIENCE_MS)
    said = widgets.evaluate_all(
        "all => all.flatMap(one => [...one.querySelectorAll('*')].flatMap(node =>"
        " [node.ariaLabel, node.placeholder, node.title]))"
    )
    assert [one for one in said if one and re.search("[A-Za-z]", one)] == []


def test_sites_are_put_side_by_side_and_taken_away(context: BrowserContext, address: str) -> None:
    page = open_access(context, f"{address}/access?lang=en&site=example-medical&minutes=15")
    expect(page.locator(".chosen-zone")).to_be_hidden()
    page.get_by_role("button", name="Add to the comparison: Campus").click()
    expect(page).to_have_url(
        re.compile("site=example-medical&site=example-research"), timeout=PATIENCE_MS
    )
    rows = page.locator(".chosen-places li")
    expect(rows).to_have_count(3, timeout=PATIENCE_MS)
    for number, site in enumerate(("example-medical", "example-research")):
        expect(rows.nth(number)).to_contain_text(people(site, 15))
    expect(page.locator(".rings .of-place")).to_have_count(2)
    expect(page.locator(".rings .union")).to_have_count(1)
    expect(page.locator(".curve .place-line")).to_have_count(3)
    again = open_access(context, page.url)
    expect(again.locator(".chosen-places li")).to_have_count(3)
    again.close()
    rows.get_by_role("button", name="Take out of the comparison: Campus").click()
    expect(page).not_to_have_url(re.compile("example-research"), timeout=PATIENCE_MS)
    expect(page.locator(".chosen-zone")).to_be_hidden(timeout=PATIENCE_MS)


@pytest.mark.parametrize(
    ("link", "text"),
    [
        ("site=<script>alert(1)</script>&lang=ru", "Такой площадки нет"),
        ("at=84.95,56.48&lang=ru", "за пределами снимка"),
        ("at=86.9537,59.9772&lang=en", "nearest street is more than 500"),
        ("minutes=9999&mode=fly&at=x&lang=en", "could not be read"),
    ],
)
def test_what_cannot_be_computed_is_said(
    context: BrowserContext, address: str, link: str, text: str
) -> None:
    page = context.new_page()
    page.goto(f"{address}/access?{link}")
    expect(page.locator("[data-testid=stMain]")).to_contain_text(text, timeout=PATIENCE_MS)
    assert "Traceback" not in page.content()
    assert "/geo/" not in page.locator("body").inner_text()


def test_on_a_phone_nothing_moves_sideways(chromium: Browser, address: str) -> None:
    with chromium.new_context(viewport={"width": 390, "height": 844}) as context:
        page = open_access(context, f"{address}/access?lang=ru&site=example-sport")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        expect(page.locator(".rings path.low")).to_be_attached()
