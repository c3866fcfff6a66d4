"""One Chromium for the browser tests of a file.

Not for all of them: as long as Playwright is there its event loop runs, and other tests of the same
process cannot have one.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.chromium import FLAGS, executable
from tests.browser.waiting import PATIENCE_MS

expect.set_options(timeout=PATIENCE_MS)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give each browser test a second try, which the summary of the run names.

    Browsers and servers share the cores with the other tests: what comes of that is not what the
    suite is asked. What fails twice is a fault; what is named again and again is one too.
    """
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    path = executable()
    if path is None:
        pytest.fail("no Chromium: run `make setup`, or name one in ATLAS_CHROMIUM")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()
