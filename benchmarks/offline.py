"""The offline edition against a page of `folium.Map.save` with the same features.

    python -m benchmarks.offline [--features 10000] [--loads 7] [--keep FOLDER]

Interactive, the same for every page, from the moment its address is asked for:

1. the map holds all features that have a place, and the frame in which they are painted is over;
2. a click of the mouse on one of them, at once after that, has been answered: by the peer with the
   popup that has its name, by the Atlas with its card and all facts in it.

All are files opened from a disk, in turn, each in a fresh browser profile. The features are those
of `benchmarks.copies`: the shipped parks, sites and projects many times over, with words of their
own. The peer is what `folium.Map.save` makes of their files: one layer, names in tooltips and
popups. Its Leaflet lies beside it, the rest of its list (jQuery, Bootstrap, its icons) as empty
files, which spares it their cost. It is measured with folium's own markers, and, harder to beat,
with everything on one canvas (`prefer_canvas`, circles for the markers).
"""

import argparse
import math
import re
import statistics
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import folium
from playwright.sync_api import Browser, Page, sync_playwright
from rich.console import Console
from rich.table import Table

from benchmarks.copies import drawn_features, write_copies
from geo.dataset import load
from layers.offline import offline_page
from tests.browser.chromium import FLAGS, executable

LEAFLET = Path(__file__).resolve().parent.parent / "static/vendor/leaflet"
START = (56.53, 84.98)
ZOOM = 11
DEADLINE_S = 120
POLL_MS = 20
PATIENCE_MS = 700

ASSET = re.compile(r'"https://[^"]*/([^"/]+\.(?:js|css))"')

Spot = tuple[float, float]

# A feature in the middle part of the view, those on top first; null until all are there.
PEER_SPOT = """(count) => {
  const name = Object.keys(window).find((key) => /^map_[0-9a-f]{32}$/.test(key));
  const map = name && window[name];
  const layers = map ? Object.values(map._layers).filter((layer) => layer.feature) : [];
  if (layers.length < count) return null;
  for (const layer of layers.toReversed()) {
    const place = layer.getBounds ? layer.getBounds().getCenter() : layer.getLatLng();
    const { x, y } = map.latLngToContainerPoint(place);
    // A marker stands above its place.
    const up = layer._icon ? 20 : 0;
    if (x > 300 && x < innerWidth - 300 && y > 200 && y < innerHeight - 200) return [x, y - up];
  }
}"""
PEER_ANSWER = "() => Boolean(document.querySelector('.leaflet-popup-content td')?.textContent)"
OUR_SPOT = """(count) => {
  const frame = window.Atlas?.frame;
  if (!frame || frame.scene.visible.length < count || !frame.painter.dots.length) return null;
  const { map, painter } = frame;
  for (const { lat, lon } of frame.scene.sites) {
    const { x, y } = map.latLngToContainerPoint([lat, lon]);
    if (x < 300 || x > innerWidth - 300 || y < 200 || y > innerHeight - 200) continue;
    const found = painter.hit(map.containerPointToLayerPoint([x, y]), "mouse");
    if (found?.object) return [x, y];
  }
}"""
OUR_ANSWER = "() => Boolean(document.querySelector('.panel:not([hidden]) .fact'))"


@dataclass(frozen=True)
class Contender:
    """A page, how its feature to click is found, and how an answer is told."""

    label: str
    file: Path
    spot: Callable[[Page, int], Spot | None]
    answer: str


def peer_spot(page: Page, count: int) -> Spot | None:
    """Return a point of the page at which a feature lies, None until all are on the map."""
    found = page.evaluate(PEER_SPOT, count)
    return (found[0], found[1]) if found else None


def our_spot(page: Page, count: int) -> Spot | None:
    """Return the same for the Atlas, whose map stands in a frame."""
    for frame in page.frames[1:]:
        if found := frame.evaluate(OUR_SPOT, count):
            left, top = page.evaluate(
                "() => { const { left, top } = document.querySelector('iframe.map-frame')"
                ".getBoundingClientRect(); return [left, top]; }"
            )
            return left + found[0], top + found[1]
    return None


def interactive(browser: Browser, one: Contender, count: int) -> tuple[float, float]:
    """Open a page in a fresh profile; return milliseconds until it is drawn, and has answered."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB")
    page = context.new_page()
    begun = time.perf_counter()
    page.goto(one.file.as_uri(), wait_until="commit")

    def passed() -> float:
        took = time.perf_counter() - begun
        if took > DEADLINE_S:
            raise TimeoutError(one.file.name)
        return took * 1000

    while not (spot := one.spot(page, count)):
        passed()
        page.wait_for_timeout(POLL_MS)
    page.frames[-1].evaluate(
        "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
    )
    drawn = passed()
    clicked = -math.inf
    while not page.evaluate(one.answer):
        # A click that comes to nothing costs the patience of whoever repeats it.
        if passed() - clicked > PATIENCE_MS:
            clicked = passed()
            page.mouse.click(*spot)
        page.wait_for_timeout(POLL_MS)
    answered = passed()
    context.close()
    return drawn, answered


def write_peer(path: Path, features: list[dict[str, Any]], *, canvas: bool) -> None:
    """Write the page as an author who reads folium's guide does."""
    chart = folium.Map(START, zoom_start=ZOOM, tiles=None, prefer_canvas=canvas)
    folium.GeoJson(
        {"type": "FeatureCollection", "features": features},
        tooltip=folium.GeoJsonTooltip(["name_en"]),
        popup=folium.GeoJsonPopup(["name_en", "status"]),
        marker=folium.CircleMarker(radius=5) if canvas else None,
    ).add_to(chart)
    chart.save(path)
    page = path.read_text(encoding="utf-8")
    for name in set(ASSET.findall(page)):
        beside, ours = path.with_name(name), LEAFLET / name
        beside.write_bytes(ours.read_bytes() if ours.exists() else b"")
    path.write_text(ASSET.sub(r'"\1"', page), encoding="utf-8")


def pages_in(folder: Path, features: int) -> tuple[list[Contender], int]:
    """Return the three pages, and how many features their maps hold; write what is not there."""
    data = folder / f"data-{features}"
    if not data.exists():
        write_copies(data, features)
    drawn = drawn_features(data)
    peers = [
        Contender("folium.Map.save", folder / f"markers-{features}.html", peer_spot, PEER_ANSWER),
        Contender("the same on canvas", folder / f"canvas-{features}.html", peer_spot, PEER_ANSWER),
    ]
    for one, canvas in zip(peers, (False, True), strict=True):
        if not one.file.exists():
            write_peer(one.file, drawn, canvas=canvas)
    atlas = Contender("Atlas", folder / f"atlas-{features}.html", our_spot, OUR_ANSWER)
    if not atlas.file.exists():
        atlas.file.write_bytes(offline_page(load(data)))
    return [*peers, atlas], len(drawn)


def main() -> None:
    """Open the three pages in turn and print the table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--features", type=int, default=10_000)
    arguments.add_argument("--loads", type=int, default=7)
    arguments.add_argument("--keep", type=Path, help="folder for data and pages; there: reused")
    options = arguments.parse_args()
    with ExitStack() as stack:
        folder = options.keep or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        pages, count = pages_in(folder, options.features)
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=executable(), args=list(FLAGS))
        interactive(browser, pages[-1], count)  # the first page of a browser bears its start
        times = [
            [interactive(browser, page, count) for page in pages] for _ in range(options.loads)
        ]
        browser.close()
        report(pages, times, f"{options.features:,} features, {count:,} on the map; medians")


def report(pages: list[Contender], times: list[list[tuple[float, float]]], title: str) -> None:
    """Print when each page was drawn and had answered, and the ratios of each round."""
    table = Table(title=title)
    for column in ("page", "drawn, ms", "interactive, ms", "file, MB", "Atlas / this one"):
        table.add_column(column, justify="left" if column == "page" else "right")
    for at, page in enumerate(pages):
        drawn, answered = (
            statistics.median(round_[at][step] for round_ in times) for step in (0, 1)
        )
        ratio = statistics.median(round_[-1][1] / round_[at][1] for round_ in times)
        size = page.file.stat().st_size / 1e6
        table.add_row(page.label, f"{drawn:.0f}", f"{answered:.0f}", f"{size:.1f}", f"{ratio:.2f}")
    console = Console(width=100)
    console.print(table)
    console.print("budget: 0.5 of folium.Map.save")


if __name__ == "__main__":
    main()
