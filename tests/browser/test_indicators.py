"""The page of indicators: numbers, calculator and link, and a report that is taken away."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pypdf import PdfReader

from geo.snapshot import EXAMPLE
from tests.api.server import running
from tests.browser.waiting import PATIENCE_MS

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    log = tmp_path_factory.mktemp("indicators") / "log"
    with running(log, ATLAS_SNAPSHOT=str(EXAMPLE)) as url:
        yield url


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(viewport={"width": 1440, "height": 1000})
    yield context
    context.close()


def open_page(context: BrowserContext, url: str) -> Page:
    page = context.new_page()
    page.goto(url)
    # The last section: all before it is there.
    expect(page.locator("#sources")).to_be_attached(timeout=PATIENCE_MS)
    return page


def test_from_the_numbers_to_a_link_that_opens_again(context: BrowserContext, address: str) -> None:
    page = open_page(context, f"{address}/indicators?lang=en")
    expect(page.get_by_role("heading", name="This is an example")).to_be_visible()
    row = page.locator("#results tr", has_text="People near a stop")
    expect(row.locator("td").first).to_have_text("66.3–73.4%")
    drawn = page.locator(".indicator-map .map").first
    assert drawn.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
    field = page.get_by_label("People at the second date")
    field.fill("500100")
    field.press("Enter")
    expect(page.locator("p.shown")).to_have_text(
        "Land is built up while population hardly changes."
    )
    expect(page).to_have_url(re.compile("people=500000&people=500100"))
    page.get_by_role("radio", name="Agglomeration").click()
    expect(page).to_have_url(re.compile("border=agglomeration"))
    again = open_page(context, page.url)
    expect(again.get_by_label("People at the second date")).to_have_value("500100")
    expect(again.locator(".indicator-map .map").first).to_have_attribute(
        "alt", re.compile("“Agglomeration”")
    )


def test_a_report_is_taken_away(context: BrowserContext, address: str) -> None:
    page = open_page(context, f"{address}/indicators?lang=ru")
    button = page.get_by_role("button", name="Отчёт, PDF")
    expect(button).to_be_enabled()
    with page.expect_download(timeout=PATIENCE_MS) as found:
        button.click()
    assert found.value.suggested_filename == "indicators-ru.pdf"
    content = Path(found.value.path()).read_bytes()
    assert "Показатели ЦУР 11" in PdfReader(io.BytesIO(content)).pages[0].extract_text()


def test_a_phone_shows_all_without_moving_sideways(chromium: Browser, address: str) -> None:
    context = chromium.new_context(viewport={"width": 390, "height": 844}, color_scheme="dark")
    page = open_page(context, f"{address}/indicators?lang=ru")
    wide = page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth")
    context.close()
    assert wide <= 390
