"""The offline edition against a page of `folium.Map.save` with the same features.

    python -m benchmarks.offline [--features 10000] [--loads 5]

Both are files opened from a disk, each in a fresh browser profile. Interactive: all features are on
the map, the canvas or the paths are there, and the page answers; ours has by then its list, filters
and search too. The peer's Leaflet comes from this machine, and the rest of its list (jQuery,
Bootstrap, markers) as empty files, which spares it their cost. It is measured as folium makes it,
and with `prefer_canvas`, the faster way for many features.
"""

import argparse
import json
import re
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import folium
from playwright.sync_api import Browser, Page, Route, sync_playwright
from rich.console import Console
from rich.table import Table

from benchmarks.synthetic import write_folder
from geo.dataset import load
from layers.offline import offline_page
from tests.browser.chromium import FLAGS, executable

VENDOR = Path(__file__).resolve().parent.parent / "static/vendor"
DEADLINE_S = 60


def local(route: Route) -> None:
    """Answer what folium asks of other hosts with Leaflet from here, or with nothing."""
    name = route.request.url.rpartition("/")[2]
    file = VENDOR / "leaflet" / name
    if name in ("leaflet.js", "leaflet.css"):
        route.fulfill(path=file)
    else:
        route.fulfill(
            body="", content_type="text/css" if name.endswith(".css") else "text/javascript"
        )


def peer_ready(page: Page, features: int) -> bool:
    """Tell whether the map of the peer holds all features."""
    count = """() => {
      const name = Object.keys(window).find((key) => /^map_[0-9a-f]{32}$/.test(key));
      const map = name && window[name];
      return map ? Object.values(map._layers).filter((layer) => layer.feature).length : 0;
    }"""
    return bool(page.evaluate(count) == features)


def ours_ready(page: Page, features: int) -> bool:
    """Tell whether the list stands and the map shows all features."""
    if page.evaluate("document.querySelectorAll('.row[data-id]').length") == 0:
        return False
    return any(
        frame.evaluate("window.Atlas?.frame?.shown?.size ?? 0") == features
        and frame.evaluate("document.querySelectorAll('canvas').length > 0")
        for frame in page.frames[1:]
    )


def interactive(
    browser: Browser, file: Path, ready: Callable[[Page, int], bool], features: int
) -> float:
    """Open a file in a fresh profile; return milliseconds until it is ready and answers."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB")
    page = context.new_page()
    page.route(re.compile("^https://"), local)
    begun = time.perf_counter()
    page.goto(file.as_uri(), wait_until="commit")
    while not ready(page, features):
        if time.perf_counter() - begun > DEADLINE_S:
            raise TimeoutError(file.name)
        page.wait_for_timeout(20)
    # The frame in which all of it is painted.
    page.frames[-1].evaluate(
        "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
    )
    took = (time.perf_counter() - begun) * 1000
    context.close()
    return took


def write_peer(path: Path, folder: Path, *, prefer_canvas: bool) -> None:
    """Write the page as a sensible author would: one layer, names as tooltips."""
    found = []
    for name in ("industrial", "innovation"):
        text = (folder / "territories" / f"{name}.geojson").read_text(encoding="utf-8")
        found += json.loads(text)["features"]
    chart = folium.Map([56.5, 85], zoom_start=9, tiles=None, prefer_canvas=prefer_canvas)
    folium.GeoJson(
        {"type": "FeatureCollection", "features": found},
        tooltip=folium.GeoJsonTooltip(["name_en"]),
    ).add_to(chart)
    chart.save(path)


def main() -> None:
    """Open the three pages in turn and print the table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--features", type=int, default=10_000)
    arguments.add_argument("--loads", type=int, default=5)
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        folder = write_folder(Path(scratch) / "data", options.features)
        pages = {name: Path(scratch) / f"{name}.html" for name in ("folium", "canvas", "atlas")}
        write_peer(pages["folium"], folder, prefer_canvas=False)
        write_peer(pages["canvas"], folder, prefer_canvas=True)
        pages["atlas"].write_bytes(offline_page(load(folder)))
        browser = playwright.chromium.launch(executable_path=executable(), args=list(FLAGS))
        times: dict[str, list[float]] = {name: [] for name in pages}
        for _ in range(options.loads):
            for name, file in pages.items():
                ready = ours_ready if name == "atlas" else peer_ready
                times[name].append(interactive(browser, file, ready, options.features))
        browser.close()
        table = Table(title=f"{options.features:,} polygons, opened from a disk (medians)")
        for column in ("page", "interactive, ms", "file, MB"):
            table.add_column(column, justify="left" if column == "page" else "right")
        labels = {
            "folium": "folium.Map.save",
            "canvas": "the same, prefer_canvas",
            "atlas": "Atlas",
        }
        for name, file in pages.items():
            size = f"{file.stat().st_size / 1e6:.1f}"
            table.add_row(labels[name], f"{statistics.median(times[name]):.0f}", size)
    console = Console(width=100)
    console.print(table)
    for name in ("folium", "canvas"):
        ratios = [ours / theirs for ours, theirs in zip(times["atlas"], times[name], strict=True)]
        console.print(f"Atlas / {labels[name]}: {statistics.median(ratios):.2f} (budget 0.5)")


if __name__ == "__main__":
    main()
