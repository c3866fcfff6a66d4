"""axe-core on every page and state, in both languages: no violation of WCAG 2.2 A and AA."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, FilePayload, Frame, Page, ViewportSize, expect

from tests.api.server import running
from views.pages import PATHS

pytestmark = pytest.mark.browser

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
    # Frames are looked at by themselves: from outside axe would wait for a script in them.
    "iframes": False,
}
STREAMLIT: dict[str, str] = {}
"""Faults of Streamlit's own page: rule -> the issue that reports it upstream."""


OWN_LAYER: FilePayload = {
    "name": "schools.geojson",
    "mimeType": "application/geo+json",
    "buffer": json.dumps(
        {
            "type": "FeatureCollection",
            "features": [
                {
                    "type": "Feature",
                    "properties": {"name": f"School {n}", "kind": ["new", "old"][n % 2], "n": n},
                    "geometry": {"type": "Point", "coordinates": [84.9 + n / 100, 56.48]},
                }
                for n in range(8)
            ],
        }
    ).encode(),
}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running(tmp_path_factory.mktemp("accessibility") / "log") as url:
        yield url


@dataclass(frozen=True)
class Viewer:
    lang: str
    width: int
    scheme: Literal["light", "dark"]


VIEWERS = {
    "russian": Viewer("ru", 1440, "light"),
    "english": Viewer("en", 1440, "light"),
    "dark phone": Viewer("ru", 320, "dark"),
}


def violations(document: Page | Frame) -> list[str]:
    """Return what axe finds, as rule and place."""
    found = Axe().run(document, options=RULES).response["violations"]
    return [
        f"{fault['id']}: {node['target']} {node['html'][:120]}"
        for fault in found
        if fault["id"] not in STREAMLIT
        for node in fault["nodes"]
    ]


def explorer(page: Page) -> None:
    expect(page.locator(".atlas:not(.loading)")).to_be_visible(timeout=30_000)
    page.wait_for_timeout(300)


def document(page: Page) -> None:
    expect(page.locator("h1")).to_be_visible(timeout=30_000)
    page.wait_for_timeout(300)


def reached(page: Page) -> None:
    expect(page.locator(".access .rings path").first).to_be_attached(timeout=30_000)
    page.wait_for_timeout(300)


def assessed(page: Page) -> None:
    expect(page.locator("#sources")).to_be_attached(timeout=30_000)


def welcomed(page: Page) -> None:
    explorer(page)
    if page.locator(".switch-map").is_visible():
        page.locator(".switch-map").click()
    expect(page.locator(".welcome")).to_be_visible()
    page.wait_for_timeout(300)


def explained(page: Page) -> None:
    explorer(page)
    page.locator(".panel .fact .term-button").first.click()
    expect(page.locator(".term-card")).to_be_visible()


def suggested(page: Page) -> None:
    explorer(page)
    page.locator(".search-field").press_sequentially("park", delay=10)
    expect(page.locator(".suggestions [role=option]").first).to_be_visible()


def with_own_layer(page: Page) -> None:
    document(page)
    page.locator("input[type=file].heard").set_input_files(OWN_LAYER)
    page.locator(".own-report, .own-card").first.wait_for(timeout=30_000)
    page.get_by_role("button", name=re.compile("^(Показать на карте|Show on the map)$")).click()
    explorer(page)
    expect(page.locator(".own-columns .option").first).to_be_attached()


def joined(page: Page) -> None:
    expect(page.locator("svg.map")).to_be_visible(timeout=30_000)
    page.wait_for_timeout(300)


STATES: dict[str, tuple[str, Callable[[Page], None]]] = {
    "map": ("/?", explorer),
    "filtered": ("/?park=medical&status=running", explorer),
    "selected": ("/?sel=industrial-park-severnaya", explorer),
    "empty": ("/?park=medical&kind=industrial&status=suspended", explorer),
    "unusable": ("/?park=nowhere&years=x", explorer),
    "projects": ("/projects?", explorer),
    "projects by date": ("/projects?known=2017-03&status=running&sort=-money", explorer),
    "projects without any": ("/projects?park=medical&kind=industrial&status=suspended", explorer),
    "road map": ("/roadmap?", document),
    "road map filtered": ("/roadmap?status=running&group=cluster&park=sport", document),
    "road map at an action": ("/roadmap?action=rm-nti", document),
    "clusters": ("/clusters?", document),
    "cluster": ("/clusters?id=pharma-medtech-it", document),
    "object": ("/object?id=tsu-campus", document),
    "park of several sites": ("/object?id=sez-tomsk", document),
    "missing object": ("/object?id=nowhere", document),
    "compare": ("/compare?id=sez-tomsk-south&id=sez-tomsk-north", document),
    "compare one": ("/compare?id=sez-tomsk-south&id=sez-tomsk&id=none&find=park", document),
    "compare none": ("/compare?", document),
    "stories": ("/stories?", document),
    "sources": ("/sources?", document),
    "about": ("/about?", document),
    "help": ("/help?", document),
    "welcome": ("/?", welcomed),
    "glossary": ("/?sel=sez-tomsk-south", explained),
    "search": ("/?sort=name", suggested),
    "own layer": ("/own?", with_own_layer),
    "join": ("/join?predicate=dwithin&distance=900&run=1", joined),
    "access": ("/access?site=example-sport", reached),
    "access of a what-if place": ("/access?at=87.005,60.001&mode=drive&minutes=7", reached),
    "access refused": ("/access?at=84.95,56.48", document),
    "indicators": ("/indicators?", assessed),
}


def test_no_page_is_left_out() -> None:
    looked_at = {path.partition("?")[0] for path, _ in STATES.values()}
    assert {"/compare", "/object", *PATHS} <= looked_at


@pytest.mark.parametrize("viewer", VIEWERS.values(), ids=VIEWERS)
@pytest.mark.parametrize("state", STATES)
def test_page(chromium: Browser, address: str, state: str, viewer: Viewer) -> None:
    path, wait = STATES[state]
    size: ViewportSize = {"width": viewer.width, "height": 900}
    with chromium.new_context(viewport=size, color_scheme=viewer.scheme) as context:
        page = context.new_page()
        page.goto(f"{address}{path}&lang={viewer.lang}")
        wait(page)
        expect(page.locator(".skip-link")).not_to_be_empty(timeout=30_000)  # the shell has come
        assert violations(page) == []
        for frame in page.frames:
            if frame is not page.main_frame and frame.url.startswith(address):
                assert violations(frame) == []
