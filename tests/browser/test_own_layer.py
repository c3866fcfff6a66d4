"""A viewer's own layer on the map: seen, filtered, drawn, linked, and gone with the session."""

import json
import re
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Frame, Page, expect

from tests.api.server import running
from tests.browser.test_explorer import in_list, map_frame, option
from tests.browser.waiting import wait_until

pytestmark = pytest.mark.browser

GRACE_S = 1
KINDS = ("школа", "парк, сквер", "<b>дом</b>")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    log = tmp_path_factory.mktemp("own") / "log"
    with running(log, ATLAS_OWN_GRACE_SECONDS=str(GRACE_S)) as url:
        yield url


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB")
    yield context
    context.close()


def write(path: Path, size: int) -> Path:
    """Points on a grid of a hundred columns over the city, apart if few; the first has no place."""
    step = 0.01 if size < 100 else 0.002
    features = [
        {
            "type": "Feature",
            "properties": {"name": f"Объект {n}", "вид": KINDS[n % 3], "мест": n},
            "geometry": {
                "type": "Point",
                "coordinates": [84.92 + n % 100 * step, 56.53 + n // 100 / 1000],
            }
            if n
            else None,
        }
        for n in range(size)
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    return path


def bring(context: BrowserContext, address: str, file: Path) -> Page:
    """Upload a file and go to the map, as people do."""
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.faults = faults  # type: ignore[attr-defined]
    page.goto(f"{address}/own?lang=en")
    page.locator("input[type=file]").first.set_input_files(file)
    expect(page.locator(".own-card")).to_be_visible(timeout=30_000)
    page.locator(".st-key-topbar").get_by_role("link", name="Map", exact=True).click()
    expect(page.locator(".own-columns input").first).to_be_visible(timeout=30_000)
    return page


def yellow(frame: Frame) -> int:
    """Pixels of the layer's colour in all its tiles."""
    return int(
        frame.evaluate("""() => {
          let count = 0;
          for (const { el } of Object.values(Atlas.frame.own.grid._tiles)) {
            const { data } = el.getContext("2d").getImageData(0, 0, el.width, el.height);
            for (let n = 0; n < data.length; n += 4)
              if ([0xf2, 0xb8, 0x2c, 255].every((value, i) => data[n + i] === value)) count += 1;
          }
          return count;
        }""")
    )


def drawn_rows(frame: Frame) -> int:
    """Different rows that the tiles show."""
    return int(
        frame.evaluate("""() => new Set(Object.values(Atlas.frame.own.grid._tiles)
          .flatMap(({ el }) => el.content?.features ?? [])
          .flatMap(({ rows }) => rows.filter((row) => Atlas.frame.own.shows(row)))).size""")
    )


def test_a_small_layer(context: BrowserContext, address: str, tmp_path: Path) -> None:
    page = bring(context, address, write(tmp_path / "twenty.geojson", 20))
    frame = map_frame(page)
    expect(page.locator(".shown")).to_contain_text("of 181")
    assert [row for row in in_list(page) if row.startswith("own:")] == [
        f"own:{n}" for n in range(1, 21)
    ]
    wait_until(page, lambda: drawn_rows(frame), 19)
    assert yellow(frame) > 500
    expect(frame.locator(".atlas-legend")).to_contain_text("Your layer: twenty.geojson")

    option(page, "'own.вид'", "парк, сквер").check()
    expect(page.locator(".shown")).to_contain_text("Showing 7 of 181")
    assert in_list(page) == [f"own:{n}" for n in range(2, 21, 3)]
    wait_until(page, lambda: drawn_rows(frame), 7)
    assert "own.%D0%B2%D0%B8%D0%B4=%D0%BF%D0%B0%D1%80%D0%BA%2C" in page.url.replace("%20", "+")
    expect(page.locator(".tag").first).to_contain_text("вид: парк, сквер")

    page.locator("[data-group='own.мест'] input").first.fill("10")
    expect(page.locator(".shown")).to_contain_text("Showing 4 of 181")
    page.locator(".row").first.click()
    panel = page.locator(".panel")
    expect(panel).to_contain_text("Объект 10")
    expect(panel).to_contain_text("Row 11 of the file")
    wait_until(page, lambda: frame.evaluate("() => Atlas.frame.selected?.id"), "own:11")

    # The next one by the keyboard of the map, in the order of the list.
    frame.evaluate("() => Atlas.frame.region.focus()")
    page.keyboard.press("PageDown")
    assert frame.evaluate("() => Atlas.frame.cursor.id") == "own:14"
    page.keyboard.press("Enter")
    expect(panel).to_contain_text("Объект 13")
    frames = [one.url for one in page.frames if "/map?" in one.url]
    assert len(frames) == 1
    assert page.faults == []  # type: ignore[attr-defined]


def test_a_click_on_the_map_opens_a_row(
    context: BrowserContext, address: str, tmp_path: Path
) -> None:
    page = bring(context, address, write(tmp_path / "click.geojson", 20))
    frame = map_frame(page)
    wait_until(page, lambda: drawn_rows(frame), 19)
    option(page, "'own.вид'", "школа").check()
    expect(page.locator(".shown")).to_contain_text("of 181")
    wait_until(page, lambda: drawn_rows(frame), 6)
    x, y = frame.evaluate("""() => {
      const { map, own } = Atlas.frame;
      const { lat, lon } = own.objectOf("own:13");
      const { x, y } = map.latLngToContainerPoint([lat, lon]);
      return [x, y];
    }""")
    box = page.locator("iframe.map-frame").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + x, box["y"] + y)
    expect(page.locator(".panel")).to_contain_text("Объект 12")
    wait_until(page, lambda: "sel=own%3A13" in page.url, True)


def test_a_large_layer_comes_as_tiles(
    context: BrowserContext, address: str, tmp_path: Path
) -> None:
    asked: list[str] = []
    context.on(
        "request", lambda request: asked.append(request.url) if "/own/" in request.url else None
    )
    page = bring(context, address, write(tmp_path / "large.geojson", 6_000))
    frame = map_frame(page)
    wait_until(page, lambda: drawn_rows(frame), 5_999)
    assert any(url.endswith(".mvt") for url in asked)
    assert not any("layer.geojson" in url for url in asked)
    assert page.locator(".rows .row").count() < 400  # of 6,161

    before, all_yellow = len(asked), yellow(frame)
    page.locator("[data-group='own.мест'] input").nth(1).fill("99")
    expect(page.locator(".shown")).to_contain_text("Showing 100 of")
    wait_until(page, lambda: drawn_rows(frame), 99)
    assert 0 < yellow(frame) < all_yellow / 4
    # A filter paints what is there once more and asks for nothing.
    assert len(asked) == before
    page.locator(".row").first.focus()
    page.keyboard.press("End")
    expect(page.locator(".row:focus")).to_contain_text("Объект 99")


def test_the_list_of_a_large_layer_by_keyboard(
    context: BrowserContext, address: str, tmp_path: Path
) -> None:
    page = bring(context, address, write(tmp_path / "list.geojson", 3_000))
    page.locator(".row").first.focus()
    page.keyboard.press("End")
    expect(page.locator(".row:focus")).to_have_attribute("aria-posinset", "3161")
    page.keyboard.press("ArrowUp")
    expect(page.locator(".row:focus")).to_have_attribute("aria-posinset", "3160")
    page.keyboard.press("Home")
    # The rows that the viewer brought stand first.
    expect(page.locator(".row:focus")).to_contain_text("Объект 0")
    expect(page.locator(".row:focus")).to_have_attribute("aria-posinset", "1")
    page.keyboard.press("ArrowDown")
    expect(page.locator(".row:focus")).to_contain_text("Объект 1")
    page.mouse.move(420, 600)
    for _ in range(20):
        page.mouse.wheel(0, 5_000)
        page.wait_for_timeout(50)
    # What is in view is laid out, and what is not is not.
    rows = page.locator(".rows").evaluate("""(box) => {
      const frame = box.getBoundingClientRect();
      const seen = [...box.querySelectorAll(".row")].filter((row) => {
        const { top, bottom } = row.getBoundingClientRect();
        return bottom > frame.top && top < frame.bottom;
      });
      const first = Number(seen[0]?.getAttribute("aria-posinset"));
      return [seen.length, box.querySelectorAll(".row").length, first];
    }""")
    assert rows[0] >= 8
    assert rows[1] <= 450
    assert rows[2] > 1_000


def test_removing_the_layer(context: BrowserContext, address: str, tmp_path: Path) -> None:
    page = bring(context, address, write(tmp_path / "remove.geojson", 20))
    frame = map_frame(page)
    url = frame.evaluate("() => Atlas.frame.own.layer.url")
    option(page, "'own.вид'", "школа").check()
    expect(page.locator(".shown")).to_contain_text("of 181")
    page.get_by_role("button", name="Remove the layer").click()
    expect(page.locator(".shown")).to_have_text("Showing 161 of 161")
    assert "own" not in page.url.partition("?")[2]
    assert frame.evaluate("() => Atlas.frame.own") is None
    assert status(f"{address}{url}index.json") == 404
    expect(page.get_by_role("link", name="Add your layer")).to_be_visible()


def test_the_way_to_the_upload_keeps_the_session(
    context: BrowserContext, address: str, tmp_path: Path
) -> None:
    page = bring(context, address, write(tmp_path / "way.geojson", 20))
    page.get_by_role("link", name="Report and another file").click()
    expect(page.locator("input[type=file]").first).to_be_attached(timeout=20_000)
    assert page.url.endswith("/own?lang=en")
    expect(page.locator(".own-card")).to_contain_text("way.geojson")


def test_gone_with_the_session(context: BrowserContext, address: str, tmp_path: Path) -> None:
    page = bring(context, address, write(tmp_path / "gone.geojson", 20))
    url = address + map_frame(page).evaluate("() => Atlas.frame.own.layer.url")
    option(page, "'own.вид'", "школа").check()
    expect(page.locator(".tag").first).to_contain_text("вид: школа")
    expect(page).to_have_url(re.compile("own="))
    link = page.url
    assert status(f"{url}index.json") == 200

    # Another session of the same browser sees nothing of it, and is told what the link lacks.
    other = context.new_page()
    other.goto(link)
    expect(other.locator(".atlas:not(.loading)")).to_be_visible(timeout=30_000)
    expect(other.locator(".note")).to_contain_text("This link needs your file (sha256")
    expect(other.locator(".shown")).to_have_text("Showing 161 of 161")
    assert other.locator(".own-columns input").count() == 0

    assert status(f"{url}index.json") == 200
    page.close()
    wait_until(other, lambda: status(f"{url}index.json"), 404)
    assert status(f"{url}layer.geojson") == 404


def status(url: str) -> int:
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:  # noqa: S310 - our own server
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
