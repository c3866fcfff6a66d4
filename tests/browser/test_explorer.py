"""The map page as people use it: filters, list, map, panel, languages, keyboard, phone."""

import hashlib
import itertools
import json
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Frame, Page, Route, expect

from geo.dataset import SHIPPED, shared
from geo.query import Query, apply
from tests.api.server import running
from tests.browser.waiting import wait_until

pytestmark = pytest.mark.browser

HOSTILE = (
    '"><img src=x onerror="window.hacked=1">',
    "</script><script>window.hacked=1</script>",
    "${window.hacked=1} `window.hacked=1` \\u0041 \\x D:\\uploads",
    "\u202eсправа налево\u202c",
    "я" * 10_000,
    "javascript:window.hacked=1",
)
ACTIVE = """() => {
  let node = document.activeElement;
  while (node.shadowRoot?.activeElement) node = node.shadowRoot.activeElement;
  const inBar = node.closest('.st-key-language, .st-key-pages, .st-key-name');
  return node.matches('.skip-link') ? 'skip' : inBar ? inBar.className.match(/st-key-(\\w+)/)[1]
    : node.matches('iframe') ? 'map' : node.closest('.panel') ? 'panel'
    : node.closest('.filters') ? (node.matches('.search-field') ? 'search' : 'filters')
    : node.closest('.list') ? 'list' : node.closest('.figures') ? 'figures' : node.tagName;
}"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running(tmp_path_factory.mktemp("explorer") / "log") as url:
        yield url


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB")
    yield context
    context.close()


def open_page(context: BrowserContext, url: str) -> Page:
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on(
        "console",
        lambda message: faults.append(message.text) if message.type == "error" else None,
    )
    page.faults = faults  # type: ignore[attr-defined]
    page.goto(url)
    expect(page.locator(".atlas:not(.loading)")).to_be_visible(timeout=30_000)
    return page


def map_frame(page: Page) -> Frame:
    """Return the map's frame with every layer in it: they come one by one, in any order."""
    frame = page.locator("iframe.map-frame").element_handle(timeout=30_000).content_frame()
    assert frame is not None
    frame.wait_for_function(
        "(all) => globalThis.Atlas?.frame?.objects.size === all", arg=len(shared().rows)
    )
    return frame


def on_map(frame: Frame) -> list[str]:
    shown: list[str] = frame.evaluate("() => [...Atlas.frame.shown]")
    return shown


def in_list(page: Page) -> list[str]:
    rows = page.locator(".rows .row")
    ids: list[str] = rows.evaluate_all("(rows) => rows.map((row) => row.dataset.id)")
    return ids


def option(page: Page, group: str, name: str) -> Any:
    return page.locator(f".group[data-group={group}] .option", has_text=name).locator("input")


def ids(link: str, lang: str = "en") -> list[str]:
    dataset = shared()
    return list(apply(Query.from_params(link, dataset)[0], dataset, lang=lang).ids)


def test_first_sight(context: BrowserContext, address: str) -> None:
    page = open_page(context, address)
    total = len(shared().rows)
    expect(page.locator(".shown")).to_have_text(f"Showing {total} of {total}")
    expect(page.locator(".rows .row")).to_have_count(total)
    assert in_list(page) == ids("")
    wait_until(page, lambda: sorted(on_map(map_frame(page))), sorted(ids("")))
    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.title() == "Map — Tomsk Agglomeration Atlas"
    assert page.evaluate("document.documentElement.scrollHeight") <= 900
    assert page.faults == []  # type: ignore[attr-defined]


def test_filter_in_place(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    moved: list[int] = []
    loaded: list[str] = []
    page.on(
        "websocket",
        lambda socket: (
            socket.on("framereceived", lambda data: moved.append(len(data))),
            socket.on("framesent", lambda data: moved.append(len(data))),
        ),
    )
    page.on("request", lambda request: loaded.append(request.url))
    page.goto(address)
    frame = map_frame(page)
    frame.evaluate("() => void Atlas.frame.map.setView([56.47, 84.96], 13, {animate: false})")
    page.wait_for_timeout(500)  # what the page says of itself after loading is not counted
    moved.clear()
    option(page, "park", "Medical").check()
    expect(page.locator(".shown")).to_have_text("Showing 16 of 161")
    expect(page).to_have_url(re.compile(r"\?park=medical&lang=en$"))
    page.wait_for_timeout(500)
    assert sum(moved) <= 4096
    assert in_list(page) == ids("park=medical")
    wait_until(page, lambda: sorted(on_map(frame)), sorted(ids("park=medical")))
    option(page, "status", "Running").check()
    expect(page.locator(".rows .row")).to_have_count(len(ids("park=medical&status=running")))
    assert [url for url in loaded if "/map?" in url] == [frame.url]
    assert len([url for url in loaded if "/layers/index.json" in url]) == 1
    assert frame.evaluate("() => Atlas.frame.map.getZoom()") == 13


def test_counts_stand_beside_the_options_and_zero_is_disabled(
    context: BrowserContext, address: str
) -> None:
    page = open_page(context, f"{address}/?park=medical&lang=en")
    view = apply(Query(parks=("medical",)), shared())
    facet = view.facets["direction"]
    counts = page.locator(".group[data-group=direction] .count").all_inner_texts()
    assert counts == [str(n) for n in facet.counts]
    boxes = page.locator(".group[data-group=direction] input")
    for at, n in enumerate(facet.counts):
        assert boxes.nth(at).is_disabled() == (n == 0)
    # A site has no kind of project: nothing is missing there.
    kind = view.facets["kind"]
    assert kind.no_data == kind.not_applicable == view.totals.sites
    outside = page.locator(".group[data-group=kind] .no-data")
    expect(outside).to_have_text(f"Does not apply to sites: {kind.not_applicable}")
    no_data = page.locator(".group[data-group=cluster] .no-data")
    expect(no_data).to_have_text(f"No data: {view.facets['cluster'].no_data}")


def test_back_and_forward(context: BrowserContext, address: str) -> None:
    page = open_page(context, f"{address}/?lang=en")
    option(page, "park", "Medical").check()
    expect(page.locator(".shown")).to_have_text("Showing 16 of 161")
    page.go_back()
    expect(page.locator(".shown")).to_have_text("Showing 161 of 161")
    expect(option(page, "park", "Medical")).not_to_be_checked()
    page.go_forward()
    expect(option(page, "park", "Medical")).to_be_checked()


def test_tags_clear_and_undo(context: BrowserContext, address: str) -> None:
    page = open_page(context, f"{address}/?park=medical&status=running&lang=en")
    page.get_by_role("button", name="Remove the filter: Running").press("Enter")
    expect(page.locator(".shown")).to_have_text("Showing 16 of 161")
    expect(page.get_by_role("button", name="Clear all")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".shown")).to_have_text("Showing 161 of 161")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".shown")).to_have_text("Showing 16 of 161")


def test_enter_searches_the_list(context: BrowserContext, address: str) -> None:
    page = open_page(context, f"{address}/?lang=en")
    field = page.get_by_role("combobox", name="Search")
    field.press_sequentially("Akademgorodok", delay=20)
    field.press("Enter")
    expect(page).to_have_url(re.compile(r"\?q=Akademgorodok&lang=en$"))
    assert in_list(page) == ids("q=Akademgorodok")
    page.go_back()
    expect(page.locator(".shown")).to_have_text("Showing 161 of 161")


def test_search_keeps_what_is_typed(context: BrowserContext, address: str) -> None:
    page = open_page(context, f"{address}/?lang=en")
    field = page.get_by_role("combobox", name="Search")
    field.press_sequentially("«!", delay=20)
    field.press("Enter")
    expect(page.locator(".note")).to_be_visible()
    expect(field).to_have_value("«!")


def test_years_and_money(context: BrowserContext, address: str) -> None:
    page = open_page(context, f"{address}/?lang=en")
    page.get_by_role("slider", name="From year").fill("2014")
    expect(page).to_have_url(re.compile(r"\?years=2014&lang=en$"))
    page.get_by_role("slider", name="To year").fill("2016")
    expect(page).to_have_url(re.compile(r"years=2014&years=2016&lang=en$"))
    page.get_by_label("Investment to, RUB mln").fill("500")
    expect(page).to_have_url(re.compile(r"years=2014&years=2016&money=0&money=500&lang=en$"))
    assert in_list(page) == ids("years=2014&years=2016&money=0&money=500")


def test_a_slider_moved_while_something_else_is_answered_keeps_its_place(
    context: BrowserContext, address: str
) -> None:
    page = open_page(context, f"{address}/?lang=en")
    slider = page.get_by_role("slider", name="To year")
    # Together: before the slider has told its change, the box draws all controls anew.
    slider.evaluate(
        """(thumb) => {
          thumb.value = "2016";
          thumb.dispatchEvent(new Event("input", { bubbles: true }));
          thumb.getRootNode().querySelector(".option input").click();
        }"""
    )
    expect(page).to_have_url(re.compile(r"park=industrial&years=2005&years=2016&lang=en$"))
    expect(slider).to_have_value("2016")


def test_nothing_found_offers_the_smallest_change(context: BrowserContext, address: str) -> None:
    page = open_page(context, f"{address}/?park=medical&q=zzzzz&lang=en")
    page.get_by_role("button", name="Without “search: zzzzz” there are 16.").click()
    expect(page.locator(".shown")).to_have_text("Showing 16 of 161")


def test_what_a_link_holds_too_much_is_named_and_can_be_dismissed(
    context: BrowserContext, address: str
) -> None:
    page = open_page(context, f"{address}/?junk=<b>1&park=medical&lang=en")
    expect(page.locator(".note")).to_contain_text("parameter “junk” is not known")
    page.get_by_role("button", name="Dismiss the message").click()
    expect(page.locator(".note")).to_have_count(0)
    expect(page).to_have_url(re.compile(r"\?park=medical&lang=en$"))


def test_selection_from_the_list(context: BrowserContext, address: str) -> None:
    page = open_page(context, f"{address}/?lang=en")
    frame = map_frame(page)
    page.locator(".row[data-id=akademgorodok]").click()
    panel = page.get_by_role("region", name="Details")
    expect(panel.get_by_role("heading", name="Tomsk Akademgorodok")).to_be_visible()
    expect(panel.get_by_text("No data").first).to_be_visible()
    expect(panel.get_by_role("link", name="Source 1").first).to_be_visible()
    expect(page).to_have_url(re.compile(r"\?sel=akademgorodok&lang=en$"))
    frame.wait_for_function("() => Atlas.frame.selected?.id === 'akademgorodok'")
    panel.get_by_role("button", name="Close").click()
    expect(panel).to_be_hidden()
    frame.wait_for_function("() => Atlas.frame.selected === null")


def test_selection_from_the_map(context: BrowserContext, address: str) -> None:
    page = open_page(context, f"{address}/?lang=en")
    frame = map_frame(page)
    frame.evaluate("() => Atlas.frame.choose(Atlas.frame.objects.get('lagerny-sad'))")
    row = page.locator(".row[data-id=lagerny-sad]")
    expect(row).to_have_attribute("aria-selected", "true")
    expect(row).to_be_in_viewport()
    expect(page.locator(".panel-title")).to_have_text("Lagerny Sad")
    expect(page).to_have_url(re.compile(r"sel=lagerny-sad"))
    # Who came from the map goes back to it, and there two keys tell more.
    page.get_by_role("button", name="Close").press("Escape")
    expect(page.locator(".panel")).to_be_hidden()
    expect(page.locator("iframe.map-frame")).to_be_focused()
    frame.wait_for_function("() => document.activeElement === Atlas.frame.region")
    page.keyboard.press("?")
    expect(frame.get_by_text("Keys: arrows move the map")).to_be_visible()
    frame.evaluate("() => Atlas.frame.choose(Atlas.frame.objects.get('lagerny-sad'))")
    expect(page.locator(".panel")).to_be_visible()
    page.keyboard.press("Alt+i")
    expect(page.locator(".atlas > [role=status]")).to_contain_text("Lagerny Sad. Historical")


def test_legend_and_filter_are_one(context: BrowserContext, address: str) -> None:
    page = open_page(context, f"{address}/?lang=en")
    row = map_frame(page).locator("[data-park=sport]")
    expect(row).to_have_attribute("aria-pressed", "false")
    row.click()
    expect(option(page, "park", "Sport")).to_be_checked()
    expect(option(page, "park", "Medical")).not_to_be_checked()
    expect(page).to_have_url(re.compile(r"\?park=sport&lang=en$"))
    expect(row).to_have_attribute("aria-pressed", "true")
    row.click()
    expect(page.locator(".shown")).to_have_text("Showing 161 of 161")


RINGED = """() => {
  const { painter, selected, map, legend, controls, sight } = Atlas.frame;
  const { moving, padding } = sight;
  if (!selected || moving) return null;
  const reference = painter.frameOfReference();
  const spot = painter.spotOf(selected, (thing) =>
    [thing.x * reference.scale + reference.dx, thing.y * reference.scale + reference.dy]);
  if (!spot) return null;
  const corner = painter._bounds.min;
  const { x, y } = map.layerPointToContainerPoint(L.point(...spot.at).add(corner));
  const reach = spot.radius + 6;
  const { x: width, y: height } = map.getSize();
  const [top, right, bottom, left] = padding;
  const inside = x - reach >= left && x + reach <= width - right
    && y - reach >= top && y + reach <= height - bottom;
  return inside && [legend.element, controls.element].every((part) => {
    const box = part.getBoundingClientRect();
    return x + reach <= box.left || x - reach >= box.right
      || y + reach <= box.top || y - reach >= box.bottom;
  });
}"""


@pytest.mark.parametrize(
    ("link", "width", "height"),
    [
        ("lang=ru&sel=zvezdny-sport-core", 1024, 768),
        ("lang=ru&sel=akadempark-jumps", 1440, 900),
        ("lang=en&park=medical&status=completed&sel=tnimc-sites", 1440, 900),
    ],
)
def test_a_linked_selection_is_seen_whole(
    chromium: Browser, address: str, link: str, width: int, height: int
) -> None:
    context = chromium.new_context(viewport={"width": width, "height": height})
    page = open_page(context, f"{address}/?{link}")
    frame = map_frame(page)
    wait_until(page, lambda: frame.evaluate(RINGED), True)
    expect(frame.locator("#atlas-legend-rows")).to_be_hidden()
    context.close()


def test_what_the_open_legend_covers_is_moved_into_sight(
    context: BrowserContext, address: str
) -> None:
    page = open_page(context, f"{address}/?lang=en")
    frame = map_frame(page)
    expect(frame.locator("#atlas-legend-rows")).to_be_visible()
    frame.evaluate(
        """() => {
        const { map, objects, legend } = Atlas.frame;
        const { lat, lon } = objects.get("lagerny-sad");
        map.setView([lat, lon], 12, { animate: false });
        const box = legend.element.getBoundingClientRect();
        const middle = map.getSize().divideBy(2);
        map.panBy(middle.subtract([box.left + 100, box.top + 60]), { animate: false });
    }"""
    )
    page.locator(".row[data-id=lagerny-sad]").click()
    wait_until(page, lambda: frame.evaluate(RINGED), True)


def test_a_card_that_is_shown_is_not_sent_again(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    moved: list[int] = []
    page.on(
        "websocket", lambda socket: socket.on("framereceived", lambda data: moved.append(len(data)))
    )
    page.goto(f"{address}/?sel=sez-tomsk-south&lang=ru")
    expect(page.locator(".panel .facts")).to_be_visible()
    page.wait_for_timeout(500)
    moved.clear()
    option(page, "park", "Внедренческий").check()
    expect(page.locator(".shown")).to_have_text("Показано: 21 из 161")
    expect(page.locator(".panel-title")).to_have_text("ОЭЗ ТВТ «Томск», южная площадка")
    page.wait_for_timeout(300)
    assert sum(moved) <= 4096


def test_language_switch_keeps_the_link_and_the_map(context: BrowserContext, address: str) -> None:
    page = open_page(context, f"{address}/?park=medical&sel=sibsmu-clinics&lang=en")
    frame = map_frame(page)
    frame.evaluate("() => { Atlas.kept = true; }")
    page.get_by_role("button", name="Рус").click()
    expect(page.locator(".shown")).to_have_text("Показано: 16 из 161")
    expect(page.locator(".panel-title")).to_have_text("Клиники СибГМУ")
    expect(page.locator(".group[data-group=park] .group-title")).to_have_text("Вид парка")
    expect(page.locator("html")).to_have_attribute("lang", "ru")
    expect(page.get_by_role("button", name="Рус")).to_have_attribute("aria-pressed", "true")
    expect(page).to_have_title("Карта — Атлас томской агломерации")
    expect(page).to_have_url(re.compile(r"park=medical&sel=sibsmu-clinics&lang=ru$"))
    frame.wait_for_function("() => document.documentElement.lang === 'ru' && Atlas.kept")


@pytest.mark.parametrize(
    ("locale", "lang", "order"), [("ru-RU", "ru", "Порядок"), ("de-DE", "en", "Order")]
)
def test_the_browser_picks_the_first_language(
    chromium: Browser, address: str, locale: str, lang: str, order: str
) -> None:
    context = chromium.new_context(locale=locale)
    page = open_page(context, address)
    expect(page.locator("html")).to_have_attribute("lang", lang)
    expect(page.locator(".sort-line span")).to_have_text(order)
    context.close()


def test_every_control_is_reached_by_keyboard_in_reading_order(
    context: BrowserContext, address: str
) -> None:
    page = open_page(context, f"{address}/?sel=akademgorodok&lang=en")
    map_frame(page)
    page.locator("body").press("Tab")
    zones: list[str] = []
    for _ in range(140):
        zone = page.evaluate(ACTIVE)
        if not zones or zones[-1] != zone:
            zones.append(zone)
        if zone == "panel":
            break
        page.keyboard.press("Tab")
    order = [zone for zone in zones if zone in
             ("skip", "language", "search", "filters", "list", "map", "panel")]  # fmt: skip
    assert order == ["skip", "language", "search", "filters", "list", "map", "panel"]


def test_keys_of_the_list(context: BrowserContext, address: str) -> None:
    page = open_page(context, f"{address}/?lang=en")
    page.locator(".row[tabindex='0']").focus()
    for key in ("End", "Home", "ArrowDown", "Enter"):
        page.keyboard.press(key)
    second = ids("")[1]
    expect(page).to_have_url(re.compile(f"sel={second}"))
    expect(page.get_by_role("button", name="Close")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".panel")).to_be_hidden()
    expect(page.locator(f".row[data-id={second}]")).to_be_focused()


def test_live_region_says_one_sentence(context: BrowserContext, address: str) -> None:
    context.add_init_script(
        "addEventListener('message', ({ data }) => {"
        " if (data?.type === 'view') globalThis.seen = data.bbox })"
    )
    page = open_page(context, f"{address}/?lang=en")
    # The sentence counts what the map has said it shows.
    wait_until(page, lambda: bool(page.evaluate("globalThis.seen")), True)
    said = page.locator(".atlas > [role=status]")
    said.evaluate(
        """(node) => {
          globalThis.said = [];
          const note = () => globalThis.said.push([performance.now(), node.textContent]);
          new MutationObserver(note).observe(node, { childList: true });
        }"""
    )
    option(page, "park", "Industrial").check()
    n = len(ids("park=industrial"))
    expect(said).to_have_text(re.compile(rf"^{n} of 161 shown; \d+ on the map view$"))
    rows = shared().rows.set_index("id").loc[ids("park=industrial")]
    west, south, east, north = page.evaluate("globalThis.seen")
    seen = int((rows["lon"].between(west, east) & rows["lat"].between(south, north)).sum())
    assert 0 < seen < n
    expect(said).to_have_text(f"{n} of 161 shown; {seen} on the map view")
    # At most one sentence a second, and the last one wins.
    option(page, "park", "Sport").check()
    option(page, "park", "Innovation").check()
    expect(said).to_have_text(
        re.compile(f"^{len(ids('park=industrial&park=sport&park=innovation'))} of 161 shown")
    )
    times = [time for time, _ in page.evaluate("globalThis.said")]
    assert len(times) >= 2
    assert all(later - earlier > 900 for earlier, later in itertools.pairwise(times))


def test_index_that_fails_can_be_asked_again(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.route("**/layers/index.json*", lambda route: route.abort(), times=1)
    page.goto(f"{address}/?park=medical&lang=en")
    expect(page.get_by_role("alert")).to_contain_text("The list did not load")
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(".shown")).to_have_text("Showing 16 of 161")


def test_what_is_on_its_way_is_shown_as_such(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    index: list[Route] = []
    frame: list[Route] = []
    page.route("**/layers/index.json?*", lambda route: index.append(route))
    page.route("**/map?*", lambda route: frame.append(route))
    page.goto(f"{address}/?park=medical&lang=en")
    expect(page.locator(".rows[aria-busy=true] .row.skeleton").first).to_be_visible(timeout=30_000)
    wait_until(page, lambda: len(index), 1)
    index[0].continue_()
    expect(page.locator(".row[data-id]")).to_have_count(16)
    expect(page.locator(".row.skeleton")).to_have_count(0)
    expect(page.locator(".map-waiting")).to_have_text("The map is loading…")
    expect(page.locator(".map-waiting")).to_be_visible()
    # A frame that cannot come is said so, and asked for again.
    wait_until(page, lambda: len(frame), 1)
    frame[0].abort()
    expect(page.locator(".map > .failure")).to_contain_text("The map did not load")
    expect(page.locator(".map-waiting")).to_be_hidden()
    page.unroute("**/map?*")
    page.get_by_role("button", name="Try again").click()
    map_frame(page)
    expect(page.locator(".map-waiting")).to_be_hidden()
    expect(page.locator(".map > .failure")).to_have_count(0)


def test_a_late_answer_does_not_undo_a_click(context: BrowserContext, address: str) -> None:
    page = open_page(context, f"{address}/?lang=en")
    told = page.evaluate(
        """async () => {
          const { createExchange } = await import('/assets/explorer/exchange.js');
          const { parseLink } = await import('/assets/explorer/link.js');
          const exchange = createExchange({ onSilence() {} });
          const sent = [];
          const trigger = (_, edit) => sent.push(edit.params);
          const take = (n, params) => exchange.take({ n, params, lang: 'en' }, trigger);
          take(null, '');
          exchange.ask(parseLink('park=medical'));
          exchange.ask(parseLink('park=medical&park=sport'));
          const late = take(1, 'park=medical');
          const kept = exchange.link.park;
          const last = take(2, 'park=medical&park=sport');
          exchange.stop();
          return { sent, late, kept, last };
        }"""
    )
    assert told["sent"] == ["park=medical", "park=medical&park=sport"]
    assert (told["late"], told["last"]) == (False, True)
    assert told["kept"] == ["medical", "sport"]


def test_another_language_does_not_undo_a_click(context: BrowserContext, address: str) -> None:
    page = open_page(context, f"{address}/?lang=ru")
    told = page.evaluate(
        """async () => {
          const { createExchange } = await import('/assets/explorer/exchange.js');
          const { parseLink } = await import('/assets/explorer/link.js');
          const exchange = createExchange({ onSilence() {} });
          const sent = [];
          const trigger = (_, edit) => sent.push(`${edit.n} ${edit.params}`);
          const take = (n, params, lang) => exchange.take({ n, params, lang }, trigger);
          take(null, '', 'ru');
          exchange.ask(parseLink('park=medical'));
          const overtaken = take(null, '', 'en');
          const kept = exchange.link.park;
          const last = take(2, 'park=medical', 'en');
          exchange.stop();
          return { sent, overtaken, kept, last, lang: exchange.data.lang };
        }"""
    )
    assert told["sent"] == ["1 park=medical", "2 park=medical"]
    assert told["kept"] == ["medical"]
    assert (told["overtaken"], told["last"], told["lang"]) == (True, True, "en")


def test_export_has_what_is_shown_in_its_order(context: BrowserContext, address: str) -> None:
    page = open_page(context, f"{address}/?park=medical&sort=-name&lang=en")
    page.get_by_role("button", name="Download or share").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="GeoJSON").click()
    assert download.value.suggested_filename == f"tomsk-atlas-{shared().release}.geojson"
    features = json.loads(Path(download.value.path()).read_text("utf-8"))["features"]
    assert [feature["id"] for feature in features] == in_list(page)


def test_export_with_its_provenance(context: BrowserContext, address: str) -> None:
    page = open_page(context, f"{address}/?park=sport&lang=en")
    page.get_by_role("button", name="Download or share").click()
    page.get_by_label("With provenance and column dictionary (ZIP)").check()
    with page.expect_download() as download:
        page.get_by_role("link", name="GeoPackage").click()
    with zipfile.ZipFile(download.value.path()) as archive:
        file, sidecar, _ = archive.namelist()
        told = json.loads(archive.read(sidecar))["output"]
        assert (told["name"], told["rows"]) == (file, len(in_list(page)))
        assert told["sha256"] == hashlib.sha256(archive.read(file)).hexdigest()
    expect(page.get_by_role("status").filter(has_text="Ready: ")).to_be_visible()


def test_an_export_that_takes_long_can_be_cancelled(context: BrowserContext, address: str) -> None:
    page = open_page(context, f"{address}/?park=sport&lang=en")
    page.route("**/export?*", lambda route: None)  # never answered
    page.get_by_role("button", name="Download or share").click()
    page.get_by_role("link", name="KML").click()
    expect(page.get_by_text("Preparing KML…")).to_be_visible()
    expect(page.get_by_role("link", name="GeoJSON")).to_have_attribute("aria-disabled", "true")
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_text("Cancelled")).to_be_visible()
    page.unroute("**/export?*")
    page.route("**/export?*", lambda route: route.fulfill(status=500))
    page.get_by_role("link", name="KML").click()
    expect(page.get_by_text("KML: the file could not be made.")).to_be_visible()
    assert page.get_by_role("link", name="GeoJSON").get_attribute("aria-disabled") is None


def test_nothing_is_asked_of_other_hosts(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}/?sel=akademgorodok")
    map_frame(page)
    page.wait_for_timeout(500)
    assert [url for url in asked if not url.startswith((address, "blob:", "data:"))] == []


def test_dark_theme_reaches_the_map(chromium: Browser, address: str) -> None:
    context = chromium.new_context(color_scheme="dark", locale="en")
    page = open_page(context, address)
    frame = map_frame(page)
    assert frame.evaluate("() => Atlas.frame.dark") is True
    background = page.locator(".atlas").evaluate("(node) => getComputedStyle(node).backgroundColor")
    assert background == "rgb(35, 44, 52)"
    context.close()


@pytest.fixture
def phone(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, locale="ru"
    )
    yield context
    context.close()


def test_a_phone_turned_on_its_side_shows_the_map(phone: BrowserContext, address: str) -> None:
    page = open_page(phone, f"{address}/?lang=ru&park=sport")
    expect(page.locator(".row").first).to_be_in_viewport()
    expect(page.locator(".map-frame")).to_have_count(0)
    page.set_viewport_size({"width": 844, "height": 390})
    expect(page.locator(".map-frame")).to_have_count(1)
    frame = map_frame(page)
    wait_until(page, lambda: sorted(on_map(frame)), sorted(ids("park=sport")))


def test_phone(phone: BrowserContext, address: str) -> None:
    page = open_page(phone, f"{address}/?lang=ru")
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    expect(page.locator(".row").first).to_be_in_viewport()
    expect(page.locator(".map-frame")).to_have_count(0)
    page.locator(".chip", has_text="Статус").click()
    option(page, "status", "Выполняется").check()
    page.get_by_role("button", name="Показать 41").click()
    expect(page.locator(".shown")).to_have_text("Показано: 41 из 161")
    page.locator(".switch-map").click()
    frame = map_frame(page)
    wait_until(page, lambda: sorted(on_map(frame)), sorted(ids("status=running")))
    expect(page.locator(".map")).to_be_in_viewport(ratio=0.9)
    page.locator(".switch-map").click()
    page.locator(".row").first.click()
    expect(page.locator(".panel-title")).to_be_in_viewport()
    page.get_by_role("button", name="Закрыть").last.click()
    expect(page.locator(".panel")).to_be_hidden()
    page.locator(".switch-map").click()
    assert len([frame for frame in page.frames if "/map?" in frame.url]) == 1


def test_the_filter_sheet_is_a_dialog(phone: BrowserContext, address: str) -> None:
    page = open_page(phone, f"{address}/?lang=ru")
    chip = page.locator(".chip", has_text="Статус")
    chip.click()
    sheet = page.get_by_role("dialog", name="Фильтры")
    expect(sheet).to_have_attribute("aria-modal", "true")
    assert page.evaluate(ACTIVE) == "filters"
    close = sheet.get_by_role("button", name="Закрыть фильтры")
    close.focus()
    page.keyboard.press("Shift+Tab")
    expect(sheet.get_by_role("button", name="Показать")).to_be_focused()
    page.keyboard.press("Tab")
    expect(close).to_be_focused()
    page.keyboard.press("Escape")
    expect(sheet).to_have_count(0)
    expect(chip).to_be_focused()


def test_the_head_of_the_panel_stays(chromium: Browser, address: str) -> None:
    context = chromium.new_context(viewport={"width": 1024, "height": 600})
    page = open_page(context, f"{address}/?sel=zvezdny-sport-core&lang=en")
    expect(page.locator(".panel .facts")).to_be_visible()
    body = page.locator(".panel-body")
    body.evaluate("(node) => node.scrollTo(0, node.scrollHeight)")
    assert body.evaluate("(node) => node.scrollTop") > 0
    expect(page.locator(".panel-title")).to_be_in_viewport(ratio=1)
    close = page.locator(".panel-close").bounding_box()
    text = body.bounding_box()
    assert close is not None
    assert text is not None
    assert close["y"] + close["height"] <= text["y"]
    context.close()


def test_a_note_leaves_the_legend_free(context: BrowserContext, address: str) -> None:
    page = open_page(context, f"{address}/?lang=ru")
    frame = map_frame(page)
    page.locator(".row[data-id=akademgorodok]").click()
    page.locator(".panel").get_by_role("button", name="Ссылка").click()
    note = page.locator(".toast").bounding_box()
    assert note is not None
    for part in (frame.locator(".atlas-legend"), page.locator(".figures"), page.locator(".panel")):
        box = part.bounding_box()
        assert box is not None
        assert (
            note["x"] + note["width"] <= box["x"]
            or note["x"] >= box["x"] + box["width"]
            or note["y"] + note["height"] <= box["y"]
            or note["y"] >= box["y"] + box["height"]
        )


def test_the_year_slider_keeps_to_its_column(context: BrowserContext, address: str) -> None:
    page = open_page(context, f"{address}/?lang=en")
    years = page.locator(".years")
    column = years.bounding_box()
    assert column is not None
    for thumb in years.locator(".thumb").all():
        box = thumb.bounding_box()
        assert box is not None
        assert box["x"] >= column["x"]
        assert box["x"] + box["width"] <= column["x"] + column["width"]


def test_shared_source_marks_stand_once(context: BrowserContext, address: str) -> None:
    page = open_page(context, f"{address}/?sel=zvezdny-sport-core&lang=en")
    panel = page.locator(".panel")
    expect(panel.locator(".facts")).to_be_visible()
    expect(panel.locator(".facts .mark")).to_have_count(0)
    marks = panel.locator(".sources-note .mark")
    expect(marks).to_have_text(["1", "2", "3", "4"])
    for mark in marks.all():
        box = mark.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 24
    marks.nth(1).click()
    expect(panel.locator("[data-source='2'] a")).to_be_focused()
    # The date of a fact can be read without a pointer; a status says its own.
    dates = panel.locator(".fact .as-of")
    expect(dates).to_have_text(["as of August 2015"] * 2)
    expect(dates.first).to_be_visible()
    expect(panel.locator(".fact", has_text="Investment").locator(".as-of")).to_have_count(1)


def test_a_single_source_is_marked_at_each_value(context: BrowserContext, address: str) -> None:
    page = open_page(context, f"{address}/?sel=lagerny-sad&lang=en")
    marks = page.locator(".panel .facts .mark")
    expect(marks.first).to_have_text("1")
    box = marks.first.bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) >= 24


def test_our_translations_and_the_grounds_of_a_value_are_told(
    context: BrowserContext, address: str
) -> None:
    page = open_page(context, f"{address}/?sel=zvezdny-sport-core&lang=ru")
    action = page.locator(".panel-list li", has_text="Построить бассейн «Звёздный»")
    expect(action.locator(".translated")).to_have_text("перевод наш")
    expect(page.locator(".panel-list .translated")).to_have_count(1)
    expect(page.locator(".fact .detail").first).to_have_text(re.compile("^По проектам площадки"))


@pytest.fixture(scope="module")
def hostile_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("hostile")
    shutil.copytree(SHIPPED, folder / "data")
    file = folder / "data" / "territories" / "medical.geojson"
    layer = json.loads(file.read_text("utf-8"))
    for feature, text in zip(layer["features"] * 2, HOSTILE, strict=False):
        for field in ("name_ru", "name_en", "address_ru", "address_en", "note_ru", "note_en"):
            feature["properties"][field] = text
    file.write_text(json.dumps(layer, ensure_ascii=False), "utf-8")
    with running(folder / "log", ATLAS_DATA_FOLDER=str(folder / "data")) as url:
        yield url


def test_hostile_text_stays_text(context: BrowserContext, hostile_address: str) -> None:
    page = open_page(context, f"{hostile_address}/?park=medical&lang=en")
    frame = map_frame(page)
    names = page.locator(".row-name").all_text_contents()
    for own_id in in_list(page)[:4]:
        page.locator(f".row[data-id={own_id}]").click()
        name = page.locator(f".row[data-id={own_id}] .row-name").text_content()
        expect(page.locator(".panel-title")).to_have_text(str(name))
        expect(page.locator(".panel .facts")).to_be_visible()
    field = page.get_by_role("combobox", name="Search")
    field.fill("javascript hacked")
    expect(page.locator(".suggestion-name").first).to_have_text(HOSTILE[-1])
    field.fill(HOSTILE[0])
    field.press("Enter")
    expect(page.locator(".tag").last).to_contain_text("<img src=x")
    assert any(name in HOSTILE for name in names)
    assert page.evaluate("() => window.hacked") is None
    assert frame.evaluate("() => window.hacked") is None
    assert page.locator(".atlas img").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") == 1440


def test_an_embed_shows_what_its_link_shows(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.goto(f"{address}/embed?park=sport&status=completed&sel=voskhod-stadium&lang=en")
    selected = "window.Atlas?.frame?.selected?.id"
    wait_until(page, lambda: page.evaluate(selected), "voskhod-stadium")
    wanted = sorted(ids("park=sport&status=completed"))
    wait_until(page, lambda: sorted(page.evaluate("[...Atlas.frame.shown]")), wanted)
    assert 0 < len(wanted) < 161


def test_a_silent_server_is_said(context: BrowserContext, address: str) -> None:
    page = open_page(context, f"{address}/?lang=en")
    context.set_offline(True)
    option(page, "park", "Medical").click()
    expect(page.locator(".toast")).to_contain_text("does not answer", timeout=10_000)
    assert len(in_list(page)) > 20
