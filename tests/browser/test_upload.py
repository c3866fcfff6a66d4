"""Bringing one's own layer, as a person does it: choose, wait, read the report, go to the map."""

import json
import random
import re
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from layers.locale import Translator
from tests.api.server import running
from tests.corpus.build import TABLE

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WAIT_MS = 30_000
INPUT = ".st-key-own-chooser input[type=file]"
BOW_TIE = [[84.95, 56.48], [84.96, 56.49], [84.96, 56.48], [84.95, 56.49], [84.95, 56.48]]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running(tmp_path_factory.mktemp("server") / "log") as address:
        yield address


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.set_default_timeout(WAIT_MS)
    yield page
    context.close()


def opened(page: Page, address: str, lang: str = "ru") -> Translator:
    page.goto(f"{address}/own?lang={lang}")
    page.locator(INPUT).wait_for(state="attached")
    return Translator(lang)


def choose(page: Page, name: str, content: bytes) -> None:
    page.locator(INPUT).set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    )


def layer(*features: tuple[dict[str, Any] | None, dict[str, Any]]) -> bytes:
    listed = [
        {"type": "Feature", "geometry": geometry, "properties": properties}
        for geometry, properties in features
    ]
    return json.dumps({"type": "FeatureCollection", "features": listed}).encode()


def point(lon: float, lat: float) -> dict[str, Any]:
    return {"type": "Point", "coordinates": [lon, lat]}


def rows_said(translator: Translator, rows: int, **counts: int) -> str:
    return translator.t("own.rows", rows=translator.plural("count.row", rows), **counts)


def slow() -> bytes:
    """Return outlines whose repair takes as long as it may: half of the time of a reading."""
    chance = random.Random(1)  # noqa: S311 - shapes, not secrets
    rings = []
    for _ in range(30):
        ring = [[84 + chance.random(), 56 + chance.random()] for _ in range(1500)]
        rings.append([*ring, ring[0]])
    return layer(*(({"type": "Polygon", "coordinates": [ring]}, {}) for ring in rings))


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_a_layer_is_read_reported_and_seen_on_the_map(page: Page, address: str, lang: str) -> None:
    translator = opened(page, address, lang)
    expect(page.get_by_text(translator.t("own.mb", n="50"), exact=True)).to_be_visible()
    choose(
        page,
        "<img src=x>.geojson",
        layer(
            ({"type": "Polygon", "coordinates": [BOW_TIE]}, {"name": "Бант"}),
            (point(84.97, 156.47), {"name": "Опечатка"}),
            (point(84.97, 56.47), {"name": "=1+1"}),
        ),
    )
    card = page.locator(".own-card")
    expect(card.get_by_role("heading")).to_have_text("<img src=x>.geojson")
    said = rows_said(translator, 3, kept=2, dropped=1)
    expect(card).to_contain_text(said)
    expect(page.locator(".st-key-own-chooser [role=status]")).to_contain_text(said)
    rows = page.get_by_role("table").get_by_role("row")
    expect(rows).to_have_count(4)  # head, left out, repaired, mixed geometry
    page.get_by_role("radio", name=translator.t("finding.self_intersection")).click()
    expect(rows).to_have_count(2)
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV").click()
    table = download.value.path().read_text(encoding="utf-8-sig")
    assert table.count("\n") == 4
    with page.expect_download() as download:
        page.get_by_role("button", name="JSON").click()
    assert json.loads(download.value.path().read_bytes())["rows_in"] == 3

    page.get_by_role("link", name=translator.t("report.on_map")).click()
    page.wait_for_url(re.compile(r"/\?near=84\.955(,|%2C)56\.485.*sel=own(:|%3A)1&own="))
    expect(page.get_by_text("Бант").first).to_be_visible()


def test_a_refused_file_says_why_and_leaves_the_former_layer(page: Page, address: str) -> None:
    translator = opened(page, address)
    page.get_by_role("button", name=translator.t("own.example")).click()
    card = page.locator(".own-card")
    expect(card).to_contain_text("example.geojson")
    choose(page, "обрыв.geojson", b'{"type": "FeatureCollection", "features": [{')
    expect(card.get_by_role("heading")).to_have_text(translator.t("own.refused"))
    expect(card).to_contain_text("обрыв.geojson")
    expect(card).to_contain_text(translator.t("own.former.kept", file="example.geojson"))
    page.get_by_role("button", name=translator.t("own.show")).click()
    expect(page.get_by_text(translator.t("own.example.garden")).first).to_be_visible()


def test_an_offered_encoding_is_one_click_away(page: Page, address: str) -> None:
    translator = opened(page, address)
    choose(page, "слой.csv", TABLE.replace(",", ";").encode("cp1251"))
    page.get_by_role("button", name=translator.t("own.offer.encoding", value="cp1251")).click()
    card = page.locator(".own-card")
    expect(card).to_contain_text(rows_said(translator, 2, kept=2, dropped=0))
    page.get_by_role("button", name=translator.t("own.remove")).click()
    expect(page.get_by_text(translator.t("own.empty"))).to_be_visible()


def test_reading_shows_how_far_it_is_and_can_be_cancelled(page: Page, address: str) -> None:
    translator = opened(page, address, "en")
    choose(page, "slow.geojson", slow())
    cancel = page.get_by_role("button", name=translator.t("own.cancel"))
    expect(cancel).to_be_visible()
    expect(page.get_by_role("progressbar", name=translator.t("own.reading"))).to_be_visible()
    with urllib.request.urlopen(f"{address}/health", timeout=5) as answer:  # noqa: S310 - our own
        assert answer.status == 200
    cancel.click()
    heading = page.locator(".own-card").get_by_role("heading")
    expect(heading).to_have_text(translator.t("own.cancelled"))


def test_a_file_beyond_the_limit_is_not_even_sent(page: Page, address: str, tmp_path: Path) -> None:
    translator = opened(page, address, "en")
    with (tmp_path / "big.csv").open("wb") as file:
        file.truncate(51_000_000)
    page.locator(INPUT).set_input_files(tmp_path / "big.csv")
    fault = page.locator(".st-key-own-chooser [role=alert]")
    expect(fault).to_have_text(translator.t("own.file.too_big", found="51", limit="50"))


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_the_page_fits_a_phone_and_the_keyboard(chromium: Browser, address: str, lang: str) -> None:
    context = chromium.new_context(viewport={"width": 390, "height": 844}, color_scheme="dark")
    page = context.new_page()
    page.set_default_timeout(WAIT_MS)
    translator = opened(page, address, lang)
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('.st-key-own-example') !== null"):
            break
    page.keyboard.press("Enter")
    expect(page.locator(".own-card")).to_contain_text("example.geojson")
    # The result lies below the fold: the page moves there, once.
    expect(page.locator(".arrival")).to_be_focused()
    expect(page.locator(".own-card")).to_be_in_viewport()
    expect(
        page.get_by_text(translator.t("report.span", first="1", last="4", all="4"))
    ).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 390
    page.get_by_role("button", name=translator.t("own.show")).click()
    expect(page.locator(".map-frame")).to_be_in_viewport()
    page.get_by_role("button", name=translator.t("ui.map.close")).click()
    first = page.locator(".rows .row").first
    expect(first).to_contain_text(translator.t("own.example.garden"))
    expect(first).to_be_in_viewport()
    context.close()
