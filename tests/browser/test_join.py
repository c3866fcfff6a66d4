"""The Join page from choosing to a file that is opened again."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import geopandas as gpd
import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

import geo
from tests.api.server import running

pytestmark = pytest.mark.browser

PATIENCE_MS = 20_000


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running(tmp_path_factory.mktemp("join") / "log") as url:
        yield url


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(viewport={"width": 1440, "height": 1000})
    yield context
    context.close()


def open_join(context: BrowserContext, url: str) -> Page:
    page = context.new_page()
    page.goto(url)
    expect(page.locator("h1")).to_be_visible(timeout=PATIENCE_MS)
    return page


def choose(page: Page, label: str, option: str) -> None:
    page.get_by_label(label).click()
    page.get_by_role("option", name=option, exact=True).click()


def figure(page: Page, name: str) -> Locator:
    return page.locator("#plan .figures div").filter(has=page.get_by_text(name, exact=True))


def test_from_choosing_to_a_file_that_is_opened_again(
    context: BrowserContext, address: str, tmp_path: Path
) -> None:
    page = open_join(context, f"{address}/join?lang=en")
    choose(page, "Predicate: left row (L)", "lie within a distance")
    expect(page).to_have_url(re.compile("predicate=dwithin&distance=500"))
    distance = page.get_by_label("Distance, m")
    distance.fill("2000")
    distance.press("Enter")
    expect(page).to_have_url(re.compile("distance=2000"))
    plan = geo.join("projects", "sites", "dwithin", distance_m=2_000).plan
    expect(page.locator("#plan")).to_contain_text("Rows of the result")
    expect(figure(page, "Rows of the result").locator("dd")).to_have_text(str(plan.rows_out))
    expect(figure(page, "Matched").locator("dd")).to_have_text(str(plan.matched_left))
    # The remedy of the gravest warning is one click away, and it is a state of the link.
    page.get_by_role("button", name="Mend: several matches").first.click()
    expect(page).to_have_url(re.compile("multiplicity=nearest"))
    page.get_by_role("button", name="Join", exact=True).click()
    expect(page).to_have_url(re.compile("run=1"))
    mended = geo.join("projects", "sites", "dwithin", distance_m=2_000, multiplicity="nearest")
    expect(page.locator(".leaf .span")).to_have_text(f"1–25 of {len(mended.pairs)}")
    # Map and table hold one choice.
    page.locator(".linked tbody tr .pick").nth(3).click()
    expect(page.locator("tr.chosen")).to_have_count(1)
    expect(page.locator("svg.map path.pair.chosen")).to_have_count(1)
    chosen = page.locator("svg.map g.right.chosen title").text_content()
    assert chosen == page.locator("tr.chosen td bdi").first.inner_text()
    page.locator("svg.map g.right.chosen").first.dispatch_event("click")
    rows = page.locator(".linked tbody tr").count()
    expect(page.locator("tr.chosen")).to_have_count(rows)
    assert set(page.locator(".linked tbody tr td:nth-child(2) bdi").all_inner_texts()) == {chosen}
    # The file holds what the screen showed, with its provenance.
    with page.expect_download() as download:
        page.get_by_role("button", name="File with provenance").click()
    with zipfile.ZipFile(download.value.path()) as archive:
        names = archive.namelist()
        archive.extractall(tmp_path)
    assert [name for name in names if name.endswith(".provenance.json")]
    table = gpd.read_file(tmp_path / names[0])
    assert len(table) == len(mended.table) == mended.plan.rows_out
    assert list(table["projects.id"]) == list(mended.table["projects.id"])
    expect(page.locator("code", has_text="python -m geo join")).to_contain_text(
        "--multiplicity=nearest"
    )


def test_a_link_opens_the_whole_join(context: BrowserContext, address: str) -> None:
    link = "join?left=organisations&right=medical&predicate=nearest&k=2&run=1&lang=ru"
    page = open_join(context, f"{address}/{link}")
    found = geo.join("organisations", "medical", "nearest", k=2)
    expect(page.locator(".leaf .span")).to_have_text(f"1–25 из {len(found.pairs)}")
    expect(page.get_by_label("Сколько ближайших")).to_have_value("2")
    page.go_back()
    page.go_forward()
    expect(page.locator(".leaf .span")).to_have_text(f"1–25 из {len(found.pairs)}")


@pytest.mark.parametrize(
    ("link", "text"),
    [
        ("left=own-0123456789abcdef&lang=en", "begins with 0123456789abcdef"),
        ("left=<script>alert(1)</script>&lang=ru", "<script>alert(1)</script>"),
        ("left=projects&right=sites&multiplicity=error&predicate=dwithin&distance=9000&lang=ru",
         "Так соединить нельзя"),
        ("predicate=share&share=0.5&left=projects&lang=en", "This join is refused"),
    ],
)  # fmt: skip
def test_what_cannot_be_joined_is_said(
    context: BrowserContext, address: str, link: str, text: str
) -> None:
    page = open_join(context, f"{address}/join?{link}")
    expect(page.locator("[data-testid=stMain]")).to_contain_text(text, timeout=PATIENCE_MS)
    assert "Traceback" not in page.content()
    assert "/geo/" not in page.locator("body").inner_text()


def test_on_a_phone_nothing_moves_sideways(chromium: Browser, address: str) -> None:
    with chromium.new_context(viewport={"width": 390, "height": 844}) as context:
        page = open_join(context, f"{address}/join?predicate=dwithin&distance=900&run=1&lang=ru")
        expect(page.locator("svg.map")).to_be_visible(timeout=PATIENCE_MS)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        page.locator(".linked tbody tr .pick").first.focus()
        page.keyboard.press("Enter")
        expect(page.locator("tr.chosen")).to_have_count(1)
