"""Waiting for what a viewer would see, on a machine of any speed."""

from collections.abc import Callable

from playwright.sync_api import Page

PATIENCE_MS = 20_000
"""Of every expectation. A test that passes never waits that long."""
STEP_MS = 50


def wait_until(page: Page, read: Callable[[], object], wanted: object) -> None:
    """Read until it is what was wanted, else fail with what it was at last.

    Playwright's own way needs eval, which the policy of our pages forbids.
    """
    for _ in range(PATIENCE_MS // STEP_MS):
        if read() == wanted:
            return
        page.wait_for_timeout(STEP_MS)
    assert read() == wanted
