"""A filter click in the Atlas against stock `st_folium(folium.Map)`, same features, one run.

    python -m benchmarks.filter [--features 100 1000 10000] [--clicks 5]

Prints milliseconds from click to the map at rest, websocket bytes, server processor time and
documents loaded for one click (medians), and the ratios to the budgets of the architecture.
"""

import argparse
import statistics
import tempfile
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright
from rich.console import Console
from rich.progress import track
from rich.table import Table

from benchmarks import servers
from benchmarks.repaint import WATCH, Traffic, click, settle
from benchmarks.synthetic import write_folder
from tests.browser.chromium import FLAGS, executable

BUDGET = {100: 1 / 4, 1_000: 1 / 4, 10_000: 1 / 8}
"""Largest allowed share of the peer's click time, by number of features."""


@dataclass(frozen=True)
class Click:
    """Medians over the clicks of one page."""

    milliseconds: float
    bytes: float
    server_ms: float
    documents: float


def measure(browser: Browser, server: servers.Server, selector: str, clicks: int) -> Click:
    """Open the page, click once to warm up, then `clicks` times."""
    page = browser.new_page(viewport={"width": 1440, "height": 900}, locale="en-GB")
    page.add_init_script(WATCH)
    traffic = Traffic().watch(page)
    page.goto(server.url)
    page.locator(selector).first.wait_for(timeout=120_000)
    settle(page)
    click(page, selector)
    samples = []
    for _ in range(clicks):
        settle(page)
        websocket, documents, cpu = traffic.websocket, traffic.documents, server.cpu_seconds()
        took = click(page, selector)
        samples.append(
            (
                took,
                traffic.websocket - websocket,
                (server.cpu_seconds() - cpu) * 1000,
                traffic.documents - documents,
            )
        )
    page.close()
    return Click(*(statistics.median(column) for column in zip(*samples, strict=True)))


def main() -> None:
    """Run every size and print the table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--features", type=int, nargs="+", default=[100, 1_000, 10_000])
    arguments.add_argument("--clicks", type=int, default=5)
    options = arguments.parse_args()
    table = Table(title="One filter click (medians)")
    for column in ("features", "page", "click to drawn, ms", "websocket, bytes", "server CPU, ms",
                   "frames loaded", "share of stock", "budget"):  # fmt: skip
        table.add_column(column, justify="left" if column == "page" else "right")
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as scratch:
        browser = playwright.chromium.launch(executable_path=executable(), args=list(FLAGS))
        for features in track(options.features, "features"):
            folder = write_folder(Path(scratch) / str(features), features)
            with servers.stock(folder) as server:
                theirs = measure(
                    browser, server, "label:has-text('Industrial only')", options.clicks
                )
            with servers.atlas(folder) as server:
                # The row of the first kind of park: the same half of the features goes and comes.
                ours = measure(browser, server, "[data-group='park'] label.option", options.clicks)
            ratio = ours.milliseconds / theirs.milliseconds
            for name, seen in (("st_folium", theirs), ("Atlas", ours)):
                share = f"{ratio:.3f}" if seen is ours else ""
                limit = f"{BUDGET[features]:.3f}" if seen is ours and features in BUDGET else ""
                table.add_row(
                    f"{features:,}", name, f"{seen.milliseconds:.0f}", f"{seen.bytes:.0f}",
                    f"{seen.server_ms:.0f}", f"{seen.documents:.0f}", share, limit,
                )  # fmt: skip
        browser.close()
    Console(width=120).print(table)


if __name__ == "__main__":
    main()
