"""A link that names a place opens the map there, in the application and in an embed."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Frame, Page

from geo.dataset import shared
from geo.extent import extent
from geo.places import Box, Inside
from tests.api.server import running
from tests.browser.test_explorer import map_frame, on_map, open_page, option
from tests.browser.waiting import wait_until

pytestmark = pytest.mark.browser

BOX = Box(84.98, 56.455, 85.02, 56.475)
SITE = "lagerny-sad"
VIEW = """() => {
  const { map, moving } = Atlas.frame;
  const box = map.getBounds();
  return [box.getWest(), box.getSouth(), box.getEast(), box.getNorth(), map.getZoom(), moving];
}"""
ROOMY = 0.2
"""A place that is seen takes at least this share of the width or the height of the map."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running(tmp_path_factory.mktemp("place") / "log") as url:
        yield url


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    with chromium.new_context(
        viewport={"width": 1440, "height": 900}, reduced_motion="reduce"
    ) as context:
        yield context.new_page()


def view_of(document: Frame | Page) -> list[float]:
    """Return west, south, east, north and zoom, once the map rests."""
    found = None
    for _ in range(60):
        document.page.wait_for_timeout(100) if isinstance(document, Frame) else (
            document.wait_for_timeout(100)
        )
        last, found = found, document.evaluate(VIEW)
        if found == last and not found[-1]:
            break
    assert isinstance(found, list)
    return found[:-1]


def fills(box: Box, view: list[float]) -> bool:
    west, south, east, north, _ = view
    inside = west <= box.west and south <= box.south and east >= box.east and north >= box.north
    share = max((box.east - box.west) / (east - west), (box.north - box.south) / (north - south))
    return inside and share >= ROOMY


def site_box() -> Box:
    found = extent(Inside(SITE), shared())
    assert found is not None
    return found


PLACES = {
    "bbox": ("bbox=84.98,56.455,85.02,56.475", BOX),
    "near": ("near=84.9475,56.4685,500", Box(84.9394, 56.464, 84.9556, 56.473)),
    "in": (f"in={SITE}", site_box()),
    "sel": (f"sel={SITE}", site_box()),
}


@pytest.mark.parametrize("place", PLACES)
def test_a_link_opens_the_map_at_its_place(page: Page, address: str, place: str) -> None:
    link, box = PLACES[place]
    page = open_page(page.context, f"{address}/?{link}&lang=en")
    frame = map_frame(page)
    wait_until(page, lambda: fills(box, view_of(frame)), True)


@pytest.mark.parametrize("place", PLACES)
def test_an_embed_opens_at_its_place(page: Page, address: str, place: str) -> None:
    link, box = PLACES[place]
    page.goto(f"{address}/embed?{link}&lang=en")
    wait_until(page, lambda: page.evaluate("Boolean(window.Atlas?.frame)"), True)
    wait_until(page, lambda: fills(box, view_of(page)), True)


def test_a_filter_leaves_the_view_and_another_place_moves_it(page: Page, address: str) -> None:
    page = open_page(page.context, f"{address}/?{PLACES['bbox'][0]}&lang=en")
    frame = map_frame(page)
    wait_until(page, lambda: fills(BOX, view_of(frame)), True)
    before = view_of(frame)
    shown = len(on_map(frame))
    option(page, "status", "Running").click()
    wait_until(page, lambda: len(on_map(frame)) < shown, True)
    assert view_of(frame) == before
    page.get_by_role("button", name="Clear all").click()
    wait_until(page, lambda: len(on_map(frame)) > shown, True)
    assert view_of(frame) == before
    page.evaluate("history.pushState(null, '', '?in=" + SITE + "&lang=en')")
    page.evaluate("history.pushState(null, '', '?lang=en'); history.back()")
    wait_until(page, lambda: fills(site_box(), view_of(frame)), True)


def test_a_row_chosen_later_does_not_zoom(page: Page, address: str) -> None:
    page = open_page(page.context, f"{address}/?lang=en")
    frame = map_frame(page)
    wait_until(page, lambda: frame.evaluate("Atlas.frame.sight.waiting"), False)
    zoom = view_of(frame)[-1]
    page.locator(f".row[data-id={SITE}]").click()
    wait_until(page, lambda: frame.evaluate("Atlas.frame.selected?.id"), SITE)
    assert view_of(frame)[-1] == zoom
