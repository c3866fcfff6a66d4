"""The pages Projects, Road map and Clusters as people use them, and the bar that leads to them."""

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect

from geo.dataset import shared
from geo.query import Query, apply
from layers.locale import Translator
from tests.api.server import running
from views.pages import PAGES

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running(tmp_path_factory.mktemp("projects") / "log") as url:
        yield url


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB")
    yield context
    context.close()


def open_page(context: BrowserContext, url: str) -> Page:
    page = context.new_page()
    page.goto(url)
    expect(page.locator("h1")).to_be_visible(timeout=30_000)
    return page


def link(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def shown(asked: str) -> list[str]:
    return list(apply(Query.from_params(asked, shared())[0], shared(), lang="en").ids)


def in_table(page: Page) -> list[str]:
    rows = page.locator(".projects tbody tr[data-id]")
    ids: list[str] = rows.evaluate_all("(rows) => rows.map((row) => row.dataset.id)")
    return ids


def test_charts_filter_and_the_link_is_that_of_the_map(
    context: BrowserContext, address: str
) -> None:
    page = open_page(context, f"{address}/projects?lang=en")
    everything = shown("")
    expect(page.locator(".range")).to_have_text(f"1–50 of {len(everything)}")
    assert in_table(page) == everything[:50]
    bar = page.get_by_role("button", name="Running: ", exact=False)
    expect(bar).to_have_attribute("aria-pressed", "false")
    bar.focus()
    page.keyboard.press("Enter")
    asked = shown("status=running")
    expect(page.locator(".range")).to_have_text(
        f"1–{len(asked)} of {len(asked)} (filtered from {len(everything)})"
    )
    expect(bar).to_have_attribute("aria-pressed", "true")
    assert in_table(page) == asked
    assert link(page) == {"status": ["running"], "lang": ["en"]}
    page.evaluate("window.kept = true")
    page.locator(".to-map a").click()
    expect(page.locator(".atlas:not(.loading) .shown")).to_contain_text(
        f"Showing {len(asked)} of", timeout=30_000
    )
    page.locator(".as-table a").click()
    expect(page.locator(".range")).to_contain_text("filtered", timeout=30_000)
    assert link(page) == {"status": ["running"], "lang": ["en"]}
    page.go_back()
    expect(page.locator(".figures")).to_be_visible(timeout=30_000)
    assert page.evaluate("window.kept")


def test_a_chart_and_its_table_say_the_same_numbers(context: BrowserContext, address: str) -> None:
    page = open_page(context, f"{address}/projects?lang=en")
    everything = apply(Query(), shared())
    chart = page.get_by_role("region", name="Under way in the year")
    expect(chart.locator("tbody tr")).to_have_count(len(everything.years.values) + 1)
    cells = chart.locator("tbody tr").evaluate_all(
        "(rows) => rows.map((row) => [...row.cells].map((cell) => cell.textContent))"
    )
    years = everything.years
    assert cells == [
        *(
            [str(n) for n in row]
            for row in zip(years.values, years.counts, years.open_counts, strict=True)
        ),
        ["no data", str(years.no_data)],
    ]
    assert 0 < years.open_counts[-1] <= years.counts[-1]
    expect(chart.locator(".chart-key li")).to_have_text(["stated to be under way", "end not known"])
    # A bar filters by its own year.
    chart.get_by_role("button", name="2018: ").click()
    asked = shown("years=2018&years=2018")
    expect(page.locator(".shown")).to_have_text(f"Showing {len(asked)} of {len(everything.ids)}")
    assert link(page)["years"] == ["2018", "2018"]
    assert in_table(page) == asked[:50]
    chart.get_by_role("button", name="2018: ").click()
    expect(page.locator(".range")).to_have_text(f"1–50 of {len(everything.ids)}")
    # What is not known can be asked for, in the chart as in the filter.
    page.get_by_role("button", name="not known: ").click()
    asked = shown("money=unknown")
    expect(page.locator(".shown")).to_have_text(f"Showing {len(asked)} of {len(everything.ids)}")
    assert link(page)["money"] == ["unknown"]
    box = page.get_by_role("checkbox", name="Only those with no known sum")
    expect(box).to_be_checked()
    box.uncheck()
    expect(page.locator(".range")).to_have_text(f"1–50 of {len(everything.ids)}")
    # Sites have no kind of project: that is no gap in the data.
    sites = everything.totals.sites
    kinds = page.get_by_role("region", name="Kind of project").locator(".no-data")
    expect(kinds).to_have_text(f"Does not apply to sites: {sites}")


def test_the_keyboard_stays_where_it_was(context: BrowserContext, address: str) -> None:
    page = open_page(context, f"{address}/projects?lang=en")

    def press(control: Locator) -> None:
        control.focus()
        page.keyboard.press("Enter")

    following = page.get_by_role("button", name="Next rows")
    following.focus()
    for start in (51, 101, 151):
        page.keyboard.press("Enter")
        expect(page.locator(".range")).to_contain_text(f"{start}–")
    expect(following).to_have_attribute("aria-disabled", "true")
    page.keyboard.press("Enter")
    expect(page.locator(".range")).to_contain_text("151–")
    expect(following).to_be_focused()

    page.goto(f"{address}/roadmap?lang=en&group=zzz")
    expect(page.locator(".missing").first).to_contain_text("zzz", timeout=30_000)
    expect(page.locator("#content")).to_be_visible()  # links are followed inside from now on
    for name, title in (("Status", "Done"), ("Cluster", "Petrochem")):
        switch = page.locator("[id^=switch-group-]", has_text=name)
        press(switch)
        expect(page.locator(".timeline-group h2").first).to_contain_text(title)
        expect(switch).to_have_attribute("aria-current", "true")
        expect(switch).to_be_focused()

    page.goto(f"{address}/clusters?lang=en")
    timber = page.locator("#switch-cluster-timber")
    expect(timber).to_be_visible(timeout=30_000)
    expect(page.locator("#content")).to_be_visible()
    press(timber)
    expect(page.locator("#centre-title")).to_have_text("Timber cluster")
    expect(timber).to_be_focused()
    press(page.locator(".node.organisation a").first)
    expect(page.locator("#centre-title")).not_to_have_text("Timber cluster")
    expect(page.locator("#centre-title")).to_be_focused()
    russian = page.get_by_role("button", name="Рус")
    press(russian)
    expect(page.locator("html")).to_have_attribute("lang", "ru")
    expect(russian).to_be_focused()

    page.goto(f"{address}/?sel=lagerny-sad&lang=en")
    near = page.get_by_role("button", name="What is near")
    expect(near).to_be_visible(timeout=30_000)
    press(near)
    expect(page.locator(".panel .away")).to_be_visible()
    expect(near).to_be_focused()
    press(page.get_by_role("button", name="Remove the point"))
    expect(page.locator(".panel .away")).to_have_count(0)
    expect(page.get_by_role("button", name="Near me")).to_be_focused()


def test_headings_sort_both_ways_and_what_is_missing_stands_last(
    context: BrowserContext, address: str
) -> None:
    page = open_page(context, f"{address}/projects?lang=en&kind=social")
    heading = page.locator("th", has=page.locator("[data-column=money]"))
    for way, sort in (("descending", "-money"), ("ascending", "money")):
        page.locator("[data-column=money]").click()
        expect(heading).to_have_attribute("aria-sort", way)
        assert in_table(page) == shown(f"kind=social&sort={sort}")
        expect(page.locator("tbody tr").last.locator("td.number").nth(1)).to_have_text("no data")
        assert link(page)["sort"] == [sort]
    page.locator("[data-column=money]").click()
    expect(heading).not_to_have_attribute("aria-sort", "ascending")
    assert "sort" not in link(page)


def test_pages_and_columns(context: BrowserContext, address: str) -> None:
    page = open_page(context, f"{address}/projects?lang=en")
    page.get_by_role("button", name="Next rows").click()
    expect(page.locator(".range")).to_contain_text("51–100")
    assert in_table(page) == shown("")[50:100]
    page.get_by_role("button", name="Columns").click()
    page.locator(".columns-zone").get_by_label("Cluster").uncheck()
    expect(page.locator(".table-frame thead th", has_text="Cluster")).to_have_count(0)
    page.reload()
    expect(page.locator(".range")).to_be_visible(timeout=30_000)
    expect(page.locator(".table-frame thead th", has_text="Cluster")).to_have_count(0)


def test_a_walk_from_an_action_to_its_cluster_keeps_the_session(
    context: BrowserContext, address: str
) -> None:
    page = open_page(context, f"{address}/roadmap?lang=en")
    page.evaluate("window.kept = true")
    page.locator("a.switch", has_text="Timber").click()
    expect(page.locator("p.shown")).to_have_text("Actions shown: 2 of 40")
    page.locator("a.switch", has_text="Timber").click()
    expect(page.locator("p.shown")).to_have_text("Actions shown: 40 of 40")
    page.go_back()
    expect(page.locator("p.shown")).to_have_text("Actions shown: 2 of 40")
    page.locator(".st-key-pages a", has_text="Clusters").click()
    # The road map has a switch of the same name.
    expect(page.locator("h1")).to_have_text("Clusters and ties")
    page.locator("a.switch", has_text="Timber").click()
    expect(page.locator("#centre-title")).to_have_text("Timber cluster")
    page.locator(".node.organisation a").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".ring a", has_text="Timber cluster")).to_be_visible()
    assert page.evaluate("window.kept")


@pytest.mark.parametrize("late", [True, False], ids=["late", "never"])
def test_a_link_pressed_before_the_shell_is_there_waits_for_it(
    context: BrowserContext, address: str, *, late: bool
) -> None:
    page = context.new_page()
    page.clock.install()
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/explorer/shell.js*", hold)
    page.goto(f"{address}/roadmap?lang=en")
    timber = page.locator("a.switch", has_text="Timber")
    expect(timber).to_be_visible(timeout=30_000)
    page.evaluate("window.kept = true")
    timber.click()
    page.wait_for_timeout(500)
    assert page.evaluate("window.kept")
    assert "cluster" not in link(page)
    if late:
        held[0].continue_()
    else:
        page.clock.run_for(15_000)
    expect(page.locator("p.shown")).to_have_text("Actions shown: 2 of 40")
    assert page.evaluate("window.kept === true") is late


@pytest.mark.parametrize(("lang", "width"), [("en", 1000), ("ru", 1280)])
def test_pages_without_room_in_the_bar_are_under_more(
    context: BrowserContext, address: str, lang: str, width: int
) -> None:
    t = Translator(lang).t
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{address}/about?lang={lang}")
    expect(page.locator("h1")).to_be_visible(timeout=30_000)
    current = page.locator(".st-key-pages a[aria-current=page]")
    expect(current).to_have_text(t("page.about"))
    expect(current).to_be_visible()
    in_bar = page.locator(".st-key-pages a:visible").all_inner_texts()
    page.get_by_role("button", name=t("shell.more.label")).press("Enter")
    expect(page.locator("[data-testid=stPopoverBody] a").first).to_be_attached()
    page.wait_for_timeout(300)
    in_more = page.locator("[data-testid=stPopoverBody] a:visible").all_inner_texts()
    assert in_more
    assert sorted(in_bar + in_more) == sorted(t(f"page.{page_id}") for page_id in PAGES)
