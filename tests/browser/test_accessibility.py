"""axe-core on every page and state, in both languages: no violation of WCAG 2.2 A and AA."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Frame, Page, ViewportSize, expect

from tests.api.server import running

pytestmark = pytest.mark.browser

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
    # Frames are looked at by themselves: from outside axe would wait for a script in them.
    "iframes": False,
}
STREAMLIT: dict[str, str] = {}
"""Faults of Streamlit's own page: rule -> the issue that reports it upstream."""


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


STATES: dict[str, tuple[str, Callable[[Page], None]]] = {
    "map": ("/?", explorer),
    "filtered": ("/?park=medical&status=running", explorer),
    "selected": ("/?sel=industrial-park-severnaya", explorer),
    "empty": ("/?park=medical&kind=industrial&status=suspended", explorer),
    "unusable": ("/?park=nowhere&years=x", explorer),
    "sources": ("/sources?", document),
    "about": ("/about?", document),
}


@pytest.mark.parametrize("viewer", VIEWERS.values(), ids=VIEWERS)
@pytest.mark.parametrize("state", STATES)
def test_page(chromium: Browser, address: str, state: str, viewer: Viewer) -> None:
    path, wait = STATES[state]
    size: ViewportSize = {"width": viewer.width, "height": 900}
    with chromium.new_context(viewport=size, color_scheme=viewer.scheme) as context:
        page = context.new_page()
        page.goto(f"{address}{path}&lang={viewer.lang}")
        wait(page)
        assert violations(page) == []
        for frame in page.frames:
            if frame is not page.main_frame and frame.url.startswith(address):
                assert violations(frame) == []
