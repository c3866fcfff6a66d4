"""The search: how long an answer takes, and how long it takes from a keystroke to the list.

    python -m benchmarks.search [--features 1000 10000]

Asks every question of `tests/geo/search/queries.csv`, on the shipped data and on made-up data of
other sizes, with nothing kept from earlier questions; then types one on the page, letter by letter,
and waits for each list. Prints milliseconds, beside the budgets of issue 5: 50 for an answer, 100
from keystroke to list.
"""

import argparse
import csv
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright
from rich.console import Console
from rich.table import Table

from benchmarks import servers
from benchmarks.synthetic import write_folder
from geo.dataset import Dataset, load, shared
from geo.search.ranking import SearchIndex
from layers.locale import Translator
from layers.search import suggestions
from tests.browser.chromium import FLAGS, executable

QUESTIONS = Path(__file__).parent.parent / "tests" / "geo" / "search" / "queries.csv"
TYPED = "Kfuthysq cfl"

# Remembers when each letter came and when the list was next laid out.
WATCH = """() => {
  const root = document.querySelector('.atlas') ?? [...document.querySelectorAll('*')]
    .map((node) => node.shadowRoot?.querySelector('.atlas')).find(Boolean);
  const list = root.querySelector('.options-list');
  window.seen = [];
  let typed = null;
  root.querySelector('.search-field')
    .addEventListener('input', () => { typed = performance.now(); });
  new MutationObserver(() => requestAnimationFrame(() => {
    if (typed !== null) window.seen.push(performance.now() - typed);
    typed = null;
  })).observe(list, { childList: true });
}"""


def answers(dataset: Dataset) -> Iterator[float]:
    """Yield the milliseconds of each answer, words of the page included."""
    with QUESTIONS.open(encoding="utf-8", newline="") as file:
        questions = [row["query"] for row in csv.DictReader(file)]
    for number, question in enumerate(questions):
        before = time.perf_counter()
        suggestions(dataset, question, Translator("ru" if number % 2 else "en"))
        yield (time.perf_counter() - before) * 1000


def keystrokes(browser: Browser, url: str) -> list[float]:
    """Return the milliseconds from each letter to its list."""
    page: Page = browser.new_page(viewport={"width": 1440, "height": 900}, locale="en-GB")
    page.goto(url)
    page.locator(".atlas:not(.loading)").wait_for(timeout=60_000)
    page.wait_for_timeout(2_000)
    page.evaluate(WATCH)
    page.locator(".search-field").press_sequentially(TYPED, delay=300)
    page.wait_for_timeout(500)
    found: list[float] = page.evaluate("window.seen")
    page.close()
    return found


def row(table: Table, name: str, samples: Sequence[float], budget: str) -> None:
    """Write median, 95th percentile and largest."""
    ordered = sorted(samples)
    high = ordered[int(0.95 * (len(ordered) - 1))]
    table.add_row(
        name, str(len(ordered)), f"{statistics.median(ordered):.1f}", f"{high:.1f}",
        f"{ordered[-1]:.1f}", budget,
    )  # fmt: skip


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--features", type=int, nargs="*", default=[1_000, 10_000])
    options = arguments.parse_args()
    table = Table(title="The search, milliseconds")
    for column in ("what", "samples", "median", "95 %", "largest", "budget"):
        table.add_column(column, justify="left" if column == "what" else "right")
    shipped = shared()
    before = time.perf_counter()
    SearchIndex(shipped)
    row(table, "index, shipped data", [(time.perf_counter() - before) * 1000], "")
    row(table, "answer, shipped data", list(answers(shipped))[1:], "50")
    with tempfile.TemporaryDirectory() as scratch:
        for features in options.features:
            dataset = load(write_folder(Path(scratch) / str(features), features))
            before = time.perf_counter()
            SearchIndex(dataset)
            row(table, f"index, {features:,}", [(time.perf_counter() - before) * 1000], "")
            # The first one waits for the index.
            row(table, f"answer, {features:,}", list(answers(dataset))[1:], "50")
    with sync_playwright() as playwright, servers.atlas() as server:
        browser = playwright.chromium.launch(executable_path=executable(), args=list(FLAGS))
        row(table, "keystroke to list, page", keystrokes(browser, server.url), "100")
        browser.close()
    Console(width=100).print(table)


if __name__ == "__main__":
    main()
