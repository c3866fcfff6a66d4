"""100,000 footprints on the map against folium.GeoJson with 10,000 of them, one browser, one run.

    python -m benchmarks.footprints [--loads 5]

Prints milliseconds from navigation to the first frame with all footprints in view (medians; a fresh
browser profile each time, a warm server), and the ratio to the budget (1/3): with the peer's page
made by folium for the viewer, as `st_folium` does, and with a page saved before. Then the longest
frame while the map is dragged. With ATLAS_TEST_GEODATA, a folder of real data, its footprints are
shown both ways as well.
"""

import argparse
import http.server
import os
import statistics
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import folium
import geopandas as gpd
import numpy as np
import shapely
from playwright.sync_api import Browser, Page, sync_playwright
from rich.console import Console
from rich.table import Table

from benchmarks import servers
from benchmarks.repaint import WATCH, settle
from geo.snapshot import About, write_snapshot
from tests.browser.chromium import FLAGS, executable

BUDGET = 1 / 3
"""Largest allowed share of the peer's time to the first paint."""

OURS, PEER = 100_000, 10_000
CENTRE = (84.97, 56.5)
METRES_A_DEGREE = (61_600, 111_200)
REAL = "osm-buildings-tomsk-south-centre/buildings.gpkg"
VENDOR = servers.ROOT / "static" / "vendor"

MAP = """window.Atlas?.frame.map
  ?? window[Object.keys(window).find((name) => name.startsWith("map_"))]"""
# The first frame for which every footprint in view has been drawn; the peer draws all at once.
FIRST = """(() => {
  const look = () => {
    const backdrop = window.Atlas?.frame?.backdrop;
    const done = window.Atlas
      ? Boolean(backdrop?.shown().length && !backdrop.grid.isLoading())
      : window.__drawn > 0;
    if (done) window.__painted = performance.now();
    else requestAnimationFrame(look);
  };
  look();
})()"""
FRAMES = """() => {
  window.__frames = [];
  let before = performance.now();
  const next = (now) => {
    window.__frames.push(now - before);
    before = now;
    requestAnimationFrame(next);
  };
  requestAnimationFrame(next);
}"""


def footprints(count: int) -> gpd.GeoSeries:
    """Return houses of 8 to 40 m, every other with a wing, denser towards the middle of a city."""
    rng = np.random.default_rng(1)
    at = np.column_stack([rng.normal(CENTRE[0], 0.06, count), rng.normal(CENTRE[1], 0.035, count)])
    long, wide = rng.uniform(8, 40, count), rng.uniform(8, 14, count)
    turn = rng.uniform(0, np.pi, count)
    plain = np.array([(0, 0), (1, 0), (1, 1), (0.6, 1), (0.3, 1), (0, 1)])
    winged = np.array([(0, 0), (1, 0), (1, 1), (0.4, 1), (0.4, 3), (0, 3)])
    form = np.where((np.arange(count) % 2 == 0)[:, None, None], plain, winged)
    x, y = form[..., 0] * long[:, None], form[..., 1] * wide[:, None]
    cos, sin = np.cos(turn)[:, None], np.sin(turn)[:, None]
    turned = np.stack([x * cos - y * sin, x * sin + y * cos], axis=2) / METRES_A_DEGREE
    return gpd.GeoSeries(shapely.polygons(turned + at[:, None, :]), crs=4326)


def write_ours(folder: Path, shapes: gpd.GeoSeries) -> Path:
    """Write a snapshot of the footprints."""
    empty = dict.fromkeys(About.__dataclass_fields__, "")
    about = About(
        **empty
        | {"id": "footprints", "kind": "own", "retrieved": "2026-01-01", "licence": "CC0-1.0"}
        | {"title_ru": "Дома", "title_en": "Houses", "attribution_ru": "-", "attribution_en": "-"}
    )
    frame = gpd.GeoDataFrame({"id": map(str, range(len(shapes))), "kind": "house"}, geometry=shapes)
    write_snapshot(folder, about, {"buildings": frame})
    return folder


def write_peer(path: Path, shapes: gpd.GeoSeries) -> float:
    """Write the page of the peer, with Leaflet from beside it; return the milliseconds it took."""
    begun = time.perf_counter()
    chart = folium.Map(tiles=None, prefer_canvas=True)
    chart.default_js = [("leaflet", "leaflet/leaflet.js")]
    chart.default_css = [("leaflet_css", "leaflet/leaflet.css")]
    folium.GeoJson(shapes.__geo_interface__).add_to(chart)
    west, south, east, north = shapes.total_bounds
    chart.fit_bounds([[south, west], [north, east]])
    chart.save(path)
    return (time.perf_counter() - begun) * 1000


@contextmanager
def serve(folder: Path) -> Iterator[str]:
    """Serve a folder, and Leaflet in it, until the block ends."""
    (folder / "leaflet").symlink_to(VENDOR / "leaflet")

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    handler = partial(Quiet, directory=folder)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def first_paint(browser: Browser, url: str) -> float:
    """Return milliseconds from navigation to the frame that shows the footprints in view."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB")
    page = context.new_page()
    page.add_init_script(WATCH)
    page.add_init_script(FIRST)
    page.goto(url)
    settle(page)
    while not (took := page.evaluate("window.__painted")):
        page.wait_for_timeout(20)
    context.close()
    return float(took)


def dragged(browser: Browser, url: str, zoom: int) -> tuple[float, float]:
    """Drag the map round the middle of its view; return the longest frame and the 95th of 100."""
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.add_init_script(WATCH)
    page.goto(url)
    settle(page)
    page.evaluate(f"(({MAP}).setZoom({zoom}, {{ animate: false }}), 0)")
    settle(page)
    page.evaluate(FRAMES)
    for _ in range(3):
        drag(page)
    frames = page.evaluate("window.__frames.slice(2)")
    page.close()
    return max(frames), statistics.quantiles(frames, n=20)[-1]


def drag(page: Page) -> None:
    """Drag 600 pixels to the left, as a hand does."""
    page.mouse.move(1000, 450)
    page.mouse.down()
    for step in range(60):
        page.mouse.move(1000 - 10 * step, 450 + step)
    page.mouse.up()
    page.mouse.move(1000, 450)


def compare(browser: Browser, ours: gpd.GeoSeries, peer: gpd.GeoSeries, loads: int) -> Table:
    """Show both and return a row for each view."""
    with tempfile.TemporaryDirectory() as scratch:
        snapshot = write_ours(Path(scratch) / "snapshot", ours)
        pages = Path(scratch) / "pages"
        pages.mkdir()
        making = write_peer(pages / "index.html", peer)
        box = ",".join(f"{edge:.5f}" for edge in peer.total_bounds)
        with serve(pages) as theirs, servers.atlas(snapshot=snapshot) as server:
            mine = f"{server.url}/embed?lang=en&snapshot=on&bbox={box}"
            cold = first_paint(browser, mine)
            first_paint(browser, theirs)
            pairs = [
                (first_paint(browser, mine), first_paint(browser, theirs)) for _ in range(loads)
            ]
            frames = {
                (who, zoom): dragged(browser, url, zoom)
                for zoom in (13, 15)
                for who, url in (("ours", mine), ("peer", theirs))
            }
    table = Table(title=f"{len(ours):,} footprints; the peer, folium.GeoJson, with {len(peer):,}")
    for column in ("", "ours", "peer", "share"):
        table.add_column(column, justify="right" if column else "left")
    for name, made in (("made for the viewer", making), ("saved before", 0)):
        mine, other = (statistics.median(column) for column in zip(*pairs, strict=True))
        share = statistics.median(one / (made + paint) for one, paint in pairs)
        table.add_row(
            f"first paint, ms; the peer's page {name}",
            f"{mine:.0f}",
            f"{made + other:.0f}",
            f"{share:.2f} (budget {BUDGET:.2f})",
        )
    table.add_row("the same, first viewer of the server", f"{cold:.0f}", "", "")
    for zoom in (13, 15):
        (longest, most), (other_longest, other_most) = frames["ours", zoom], frames["peer", zoom]
        table.add_row(
            f"dragged at zoom {zoom}: longest frame (95 of 100 within), ms",
            f"{longest:.0f} ({most:.0f})",
            f"{other_longest:.0f} ({other_most:.0f})",
            f"{longest / other_longest:.2f}",
        )
    return table


def main() -> None:
    """Print a table for the made footprints, and one for the real ones where they are."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--loads", type=int, default=5)
    options = arguments.parse_args()
    made = footprints(OURS)
    console = Console(width=110)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=list(FLAGS))
        console.print(compare(browser, made, made.sample(PEER, random_state=1), options.loads))
        folder = os.environ.get("ATLAS_TEST_GEODATA")
        if folder and (Path(folder) / REAL).is_file():
            real = gpd.read_file(Path(folder) / REAL).geometry
            console.print(compare(browser, real, real, options.loads))
        else:
            console.print("No real footprints: ATLAS_TEST_GEODATA names no folder with them.")
        browser.close()


if __name__ == "__main__":
    main()
