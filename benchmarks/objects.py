"""Server time of an object's page against that of an empty Streamlit page.

    python -m benchmarks.objects [--pages 40]

Processor time of the server process for one opening. An empty Streamlit page: a browser opens it
(the start page and one script run over the websocket). An object's page: the same browser opens
pages that nobody has opened before (first) and the same pages again (kept). Scripts and styles are
in the browser's cache in both cases.
"""

import argparse
import statistics

from playwright.sync_api import Page, sync_playwright
from rich.console import Console
from rich.table import Table

from benchmarks import servers
from geo.dataset import shared
from layers import objects
from tests.browser.chromium import FLAGS, executable


def cost(server: servers.Server, page: Page, url: str, ready: str) -> float:
    """Return the milliseconds of processor time that one opening of a page costs the server."""
    before = server.cpu_seconds()
    page.goto(url)
    page.locator(ready).first.wait_for(timeout=60_000)
    page.wait_for_timeout(400)  # what the server does after the page is there belongs to it
    return (server.cpu_seconds() - before) * 1000


def main() -> None:
    """Open the pages in turn and print the table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--pages", type=int, default=40)
    count = arguments.parse_args().pages
    dataset = shared()
    refs = objects.everything(dataset)
    step = max(1, len(refs) // count)
    addresses = [objects.address(dataset, ref, "en") for ref in refs[::step]][:count]
    with sync_playwright() as playwright, servers.empty() as empty, servers.atlas() as atlas:
        browser = playwright.chromium.launch(executable_path=executable(), args=list(FLAGS))
        page = browser.new_page()
        cost(empty, page, empty.url, "text=empty")
        cost(atlas, page, f"{atlas.url}/object?id=tsu&lang=ru", "h1")
        samples: dict[str, list[float]] = {"empty": [], "first": [], "kept": []}
        for address in addresses:
            samples["empty"].append(cost(empty, page, empty.url, "text=empty"))
            samples["first"].append(cost(atlas, page, atlas.url + address, "h1"))
            samples["kept"].append(cost(atlas, page, atlas.url + address, "h1"))
        browser.close()
    table = Table(title=f"Server time of one opening, {len(addresses)} objects")
    table.add_column("page")
    for column in ("median, ms", "mean, ms"):
        table.add_column(column, justify="right")
    for name, values in samples.items():
        table.add_row(name, f"{statistics.median(values):.1f}", f"{statistics.mean(values):.1f}")
    console = Console(width=100)
    console.print(table)
    base = statistics.mean(samples["empty"])
    for name in ("first", "kept"):
        console.print(f"{name} / empty: {statistics.mean(samples[name]) / base:.2f} (budget 1.5)")


if __name__ == "__main__":
    main()
