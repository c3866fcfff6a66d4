"""The ten tasks of a newcomer, each done through what is seen on the screen."""

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, ViewportSize, expect

from geo.dataset import shared
from geo.query import Query, apply
from layers.locale import Translator
from tests.api.server import ROOT, running
from tests.browser.hands import Hand, Keyboard, Mouse

pytestmark = pytest.mark.browser

PATIENCE_MS = 30_000
DESKTOP: ViewportSize = {"width": 1440, "height": 900}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running(tmp_path_factory.mktemp("tasks") / "log") as url:
        yield url


@dataclass
class Person:
    """Somebody in front of the Atlas, who reads one language and has one way to work it."""

    page: Page
    address: str
    lang: str
    hand: Hand

    def say(self, message: str, **values: object) -> str:
        return Translator(self.lang).t(message, **values)

    def name(self, object_id: str) -> str:
        rows = shared().rows
        return str(rows.loc[rows["id"] == object_id, f"name_{self.lang}"].iloc[0])

    def open(self, path: str = "") -> None:
        self.page.goto(f"{self.address}/{path}?lang={self.lang}")
        shown = self.page.locator(".atlas:not(.loading), main h1, .atlas-page h1").first
        expect(shown).to_be_visible(timeout=PATIENCE_MS)

    def press(self, control: Locator) -> None:
        self.hand.press(self.page, control)

    def button(self, message: str, *, within: str = "body") -> Locator:
        return self.page.locator(within).get_by_role("button", name=self.say(message), exact=True)

    def link(self, message: str, *, within: str = "body") -> Locator:
        return self.page.locator(within).get_by_role("link", name=self.say(message), exact=True)

    def find(self, text: str, name: str) -> None:
        """Type into the search, and open what it offers under a name."""
        field = self.page.get_by_role("combobox", name=self.say("ui.search.label"))
        self.hand.write(self.page, field, text)
        option = self.page.locator(".suggestions [role=option]").filter(
            has=self.page.locator(".suggestion-name", has_text=re.compile(f"^{re.escape(name)}$"))
        )
        expect(option.first).to_be_visible()
        if isinstance(self.hand, Keyboard):
            for _ in range(10):
                self.page.keyboard.press("ArrowDown")
                if option.first.get_attribute("aria-selected") == "true":
                    break
            self.page.keyboard.press("Enter")
        else:
            option.first.click()
        expect(self.page.locator(".panel-title")).to_have_text(name)
        expect(self.page.locator(".panel .facts")).to_be_visible()

    def check(self, group: str, option: str) -> None:
        """Tick an option of a filter; on a phone the filters are behind their chips."""
        box = self.page.locator(f".group[data-group={group}] .option", has_text=option)
        chip = self.page.locator(".chip", has_text=self.say(f"ui.facet.{group}"))
        small = chip.is_visible()
        if small:
            self.press(chip)
        self.press(box.locator("input"))
        if small:
            self.press(self.page.locator(".sheet-foot .button"))

    def fact(self, message: str) -> Locator:
        label = self.page.locator("dt span", has_text=re.compile(f"^{self.say(message)}$"))
        return self.page.locator(".panel .fact").filter(has=label).locator("dd")

    def fits(self) -> None:
        """Nothing has to be moved sideways."""
        width = self.page.evaluate("document.documentElement.scrollWidth")
        assert width <= self.page.evaluate("window.innerWidth")


def ids(link: str, lang: str = "ru") -> list[str]:
    dataset = shared()
    return list(apply(Query.from_params(link, dataset)[0], dataset, lang=lang).ids)


# ---- the tasks ----------------------------------------------------------------------------------


def nearest_project_to_lagerny_sad(me: Person) -> None:
    me.open()
    me.find({"ru": "лагерный сад", "en": "lagerny sad"}[me.lang], me.name("lagerny-sad"))
    me.press(me.button("ui.near.object"))
    expect(me.page).to_have_url(re.compile("near="))
    # A sign in each row tells projects from sites.
    project = me.page.locator(".rows .row").filter(has=me.page.locator(".dot")).first
    place = shared().rows.set_index("id").loc["lagerny-sad"].geometry
    near = ids(f"near={place.x:.5f},{place.y:.5f},3000&sort=near", me.lang)
    nearest = next(own_id for own_id in near if own_id in shared().projects.index)
    expect(project).to_have_attribute("data-id", nearest)
    expect(project).to_contain_text(me.name(nearest))
    expect(project).to_be_in_viewport()
    me.fits()


def parks_without_a_jobs_figure(me: Person) -> None:
    me.open("sources")
    summary = me.say("sources.without", field=me.say("field.jobs"))
    listed = me.page.locator("details.without").filter(has_text=summary)
    me.press(listed.locator("summary"))
    sites = shared().sites
    without = sites.loc[sites["jobs"].isna(), f"name_{me.lang}"]
    expect(listed.locator("li")).to_have_text(list(without))
    me.press(listed.get_by_role("link").first)
    expect(me.page.locator(".panel-title")).to_have_text(without.iloc[0], timeout=PATIENCE_MS)
    expect(me.fact("fact.jobs")).to_have_text(me.say("value.missing"))
    me.fits()


def who_builds_it_and_since_when(me: Person) -> None:
    me.open()
    me.find({"ru": "брест", "en": "brest"}[me.lang], me.name("brest-od-300"))
    project = shared().projects.loc["brest-od-300"]
    expect(me.fact("fact.organisation")).to_contain_text(project[f"organisation_{me.lang}"])
    expect(me.fact("fact.start")).to_contain_text(str(int(project["start_year"])))
    # And whether it is true: the source is one step away.
    expect(me.page.locator(".panel .sources a").first).to_have_attribute(
        "href", re.compile("^http")
    )
    me.fits()


def compare_the_two_sez_sites(me: Person) -> None:
    me.open()
    south, north = me.name("sez-tomsk-south"), me.name("sez-tomsk-north")
    me.find({"ru": "оэз", "en": "sez"}[me.lang], south)
    me.press(me.link("ui.panel.compare"))
    me.hand.choose(me.page, me.page.get_by_label(me.say("compare.add")), north)
    me.press(me.button("compare.add.do"))
    heads = me.page.locator("article.compare thead")
    expect(heads).to_contain_text(south)
    expect(heads).to_contain_text(north)
    sites, speaker = shared().sites, Translator(me.lang)
    area = me.page.locator("article.compare tr").filter(
        has=me.page.locator("th", has_text=me.say("fact.area"))
    )
    for site_id in ("sez-tomsk-south", "sez-tomsk-north"):
        expect(area).to_contain_text(speaker.area(sites.loc[site_id, "area_ha"]))
    me.fits()


def print_the_medical_park(me: Person) -> None:
    me.page.add_init_script("window.print = () => { window.printed = true; }")
    me.open()
    name = me.name("northern-medical-town")
    me.find({"ru": "медицинский городок", "en": "medical town"}[me.lang], name)
    me.press(me.link("ui.panel.page"))
    expect(me.page.locator("h1")).to_have_text(name)
    me.press(me.button("object.print"))
    assert me.page.evaluate("window.printed") is True
    sheet = me.page.pdf(prefer_css_page_size=True)
    assert re.findall(rb"/MediaBox\s*\[\s*0 0 (\d+)[\d.]* (\d+)", sheet)[0] == (b"594", b"841")
    assert name.encode("utf-16-be").hex().upper().encode() in sheet.upper()
    me.page.emulate_media(media="print")
    for part in ("h1", "svg.locator", ".legend", ".sources .url", ".qr svg"):
        expect(me.page.locator(part).first).to_be_visible()


def share_a_filtered_map(me: Person) -> None:
    me.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    me.open()
    me.check("park", me.say("park.medical"))
    me.check("status", me.say("status.completed"))
    expect(me.page).to_have_url(re.compile("park=medical&status=completed"))
    me.press(me.button("ui.export"))
    me.press(me.button("ui.copy"))
    link = me.page.evaluate("navigator.clipboard.readText()")
    browser = me.page.context.browser
    assert browser is not None
    with browser.new_context(viewport=DESKTOP, locale="de") as elsewhere:
        friend = elsewhere.new_page()
        friend.goto(link)
        rows = friend.locator(".rows .row")
        wanted = ids("park=medical&status=completed", me.lang)
        expect(rows).to_have_count(len(wanted), timeout=PATIENCE_MS)
        assert rows.evaluate_all("(rows) => rows.map((row) => row.dataset.id)") == wanted
        expect(friend.locator("html")).to_have_attribute("lang", me.lang)
    me.fits()


TASKS: dict[str, Callable[[Person], None]] = {
    task.__name__: task
    for task in (
        nearest_project_to_lagerny_sad,
        parks_without_a_jobs_figure,
        who_builds_it_and_since_when,
        compare_the_two_sez_sites,
        print_the_medical_park,
        share_a_filtered_map,
    )
}


# ---- and how they are done ----------------------------------------------------------------------


@pytest.mark.parametrize("task", TASKS)
@pytest.mark.parametrize("lang", ["ru", "en"])
def test_task(chromium: Browser, address: str, lang: str, task: str) -> None:
    with chromium.new_context(viewport=DESKTOP) as context:
        TASKS[task](Person(context.new_page(), address, lang, Mouse()))


@pytest.mark.parametrize("task", TASKS)
def test_task_without_a_mouse(chromium: Browser, address: str, task: str) -> None:
    with chromium.new_context(viewport=DESKTOP) as context:
        TASKS[task](Person(context.new_page(), address, "ru", Keyboard()))


@pytest.mark.parametrize("task", TASKS)
@pytest.mark.parametrize("width", [390, 320])
def test_task_on_a_phone(chromium: Browser, address: str, width: int, task: str) -> None:
    size: ViewportSize = {"width": width, "height": 700}
    with chromium.new_context(viewport=size, has_touch=True) as context:
        TASKS[task](Person(context.new_page(), address, "ru", Mouse()))


def test_the_same_in_english_is_one_press_away(chromium: Browser, address: str) -> None:
    with chromium.new_context(viewport=DESKTOP) as context:
        me = Person(context.new_page(), address, "ru", Mouse())
        me.open()
        me.check("park", me.say("park.medical"))
        me.press(me.page.get_by_role("button", name="Eng", exact=True))
        me.lang = "en"
        wanted = ids("park=medical", "en")
        shown = me.say("ui.count", n=len(wanted), all=len(shared().rows))
        expect(me.page.locator(".shown")).to_have_text(shown)
        assert in_rows(me.page) == wanted


def in_rows(page: Page) -> list[str]:
    rows: list[str] = page.locator(".rows .row").evaluate_all(
        "(rows) => rows.map((row) => row.dataset.id)"
    )
    return rows


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("offline") / "atlas.html"
    subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", "layers", "offline", str(file)], cwd=ROOT, check=True
    )
    return file


def from_disk(context: BrowserContext, edition: Path) -> Page:
    context.set_offline(True)
    page = context.new_page()
    page.goto(edition.as_uri())
    expect(page.locator(".atlas:not(.loading)")).to_be_visible(timeout=PATIENCE_MS)
    return page


def test_offline_the_atlas_opens_from_a_disk(chromium: Browser, edition: Path) -> None:
    with chromium.new_context(viewport=DESKTOP, locale="ru-RU") as context:
        asked: list[str] = []
        context.on("request", lambda request: asked.append(request.url))
        me = Person(from_disk(context, edition), "", "ru", Mouse())
        me.find("брест", me.name("brest-od-300"))
        project = shared().projects.loc["brest-od-300"]
        expect(me.fact("fact.organisation")).to_contain_text(project["organisation_ru"])
        expect(me.fact("fact.start")).to_contain_text(str(int(project["start_year"])))
        me.press(me.button("ui.panel.close"))
        me.check("park", me.say("park.medical"))
        expect(me.page.locator(".rows .row")).to_have_count(len(ids("park=medical")))
        assert in_rows(me.page) == ids("park=medical")
        elsewhere = [
            url for url in asked if not url.startswith(("file:", "data:", "blob:", "about:"))
        ]
        assert elsewhere == []
