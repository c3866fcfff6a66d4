"""The start page against an empty Streamlit page: time to a usable map and transferred bytes.

    python -m benchmarks.start [--loads 5]

A fresh browser profile for each load, a warm server. Bytes are those on the wire (compressed),
as the browser counts them, websocket included.
"""

import argparse
import statistics
import time

from playwright.sync_api import Browser, Frame, sync_playwright
from rich.console import Console
from rich.table import Table

from benchmarks import servers
from benchmarks.repaint import WATCH
from tests.browser.chromium import FLAGS, executable

READY = "iframe.map-frame"


def load(browser: Browser, url: str, ready: str) -> tuple[float, int]:
    """Open the page in a fresh profile; return milliseconds until it is usable, and bytes.

    Usable: `ready` is there, and if that is the map's frame, its first layers are drawn.
    """
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB")
    page = context.new_page()
    page.add_init_script(WATCH)
    moved = 0

    def finished(event: dict) -> None:
        nonlocal moved
        moved += int(event["encodedDataLength"])

    def frame(event: dict) -> None:
        nonlocal moved
        moved += len(event["response"]["payloadData"])

    devtools = context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.on("Network.loadingFinished", finished)
    devtools.on("Network.webSocketFrameReceived", frame)
    begun = time.perf_counter()
    page.goto(url)
    page.locator(ready).first.wait_for(timeout=120_000)
    if ready == READY:
        frame = page.frame_locator(ready).locator("canvas").first
        frame.wait_for(timeout=120_000)
        drawn = next(f for f in page.frames if "/map" in f.url)
        drawn.wait_for_function("window.Atlas?.frame?.shown?.size > 0 && window.__drawn > 0")
    took = (time.perf_counter() - begun) * 1000
    page.wait_for_timeout(1500)
    # The frame has no origin and so a process of its own, which the page's counter does not see.
    moved += sum(in_frame(f) for f in page.frames[1:])
    context.close()
    return took, moved


def in_frame(frame: Frame) -> int:
    """Return the bytes that a frame has moved, as its own timing entries say."""
    entries = "['navigation', 'resource'].flatMap((t) => performance.getEntriesByType(t))"
    return int(frame.evaluate(f"{entries}.reduce((n, e) => n + (e.transferSize || 0), 0)"))


def main() -> None:
    """Load both pages in turn and print the table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--loads", type=int, default=5)
    options = arguments.parse_args()
    with sync_playwright() as playwright, servers.empty() as empty, servers.atlas() as atlas:
        browser = playwright.chromium.launch(executable_path=executable(), args=list(FLAGS))
        load(browser, empty.url, "text=empty")
        load(browser, atlas.url, READY)
        pairs = [
            (
                load(browser, empty.url, "text=empty"),
                load(browser, atlas.url, READY),
            )
            for _ in range(options.loads)
        ]
        browser.close()
    table = Table(title="Start page, warm server, cold browser (medians)")
    for column in ("page", "usable, ms", "transferred, kB"):
        table.add_column(column, justify="left" if column == "page" else "right")
    for name, samples in (
        ("empty Streamlit", [p[0] for p in pairs]),
        ("Atlas", [p[1] for p in pairs]),
    ):
        table.add_row(
            name,
            f"{statistics.median(s[0] for s in samples):.0f}",
            f"{statistics.median(s[1] for s in samples) / 1000:.0f}",
        )
    console = Console(width=100)
    console.print(table)
    ratio = statistics.median(ours[0] / theirs[0] for theirs, ours in pairs)
    console.print(f"usable map / empty page: {ratio:.2f} (budget 1.5); bytes budget 1,500 kB")


if __name__ == "__main__":
    main()
