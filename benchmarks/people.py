"""How many people at once: raw websocket clients, each clicking a filter every few seconds.

    python -m benchmarks.people [--people 20 40 80] [--seconds 20]

One browser session records what a click sends; every client then replays it after a start of its
own. Server time runs from the click's message to the end of its script run.
"""

import argparse
import asyncio
import random
import statistics
import tempfile
import time
from pathlib import Path

import websockets
from playwright.sync_api import sync_playwright
from rich.console import Console
from rich.table import Table
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from benchmarks import servers
from benchmarks.synthetic import write_folder
from tests.browser.chromium import FLAGS, executable

FEATURES = 1_000
PAUSE_S = 5.0


def record(url: str) -> tuple[bytes, list[bytes]]:
    """Return the message that starts a session and those of two clicks (filter on, filter off)."""
    sent: list[bytes] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=list(FLAGS))
        page = browser.new_page(locale="en-GB")
        page.on("websocket", lambda s: s.on("framesent", lambda d: sent.append(bytes(d))))
        page.goto(url)
        box = page.locator("[data-group='park'] label.option").first
        box.wait_for(timeout=60_000)
        page.wait_for_timeout(3000)
        start = next(m for m in sent if BackMsg.FromString(m).HasField("rerun_script"))
        clicks = []
        for _ in range(2):
            before = len(sent)
            box.click()
            page.wait_for_timeout(1500)
            clicks.append(
                next(m for m in sent[before:] if BackMsg.FromString(m).rerun_script.fragment_id)
            )
        browser.close()
    return start, clicks


async def person(url: str, start: bytes, clicks: list[bytes], seconds: float) -> list[float]:
    """Be one person for a while; return the server's milliseconds of each click."""
    waits: list[float] = []
    address = url.replace("http", "ws") + "/_stcore/stream"
    async with websockets.connect(address, max_size=None, subprotocols=["streamlit"]) as socket:  # type: ignore[list-item]
        await asyncio.sleep(random.uniform(0, PAUSE_S))
        await socket.send(start)
        await _finished(socket)
        until, turn = time.monotonic() + seconds, 0
        while time.monotonic() < until:
            await asyncio.sleep(PAUSE_S * random.uniform(0.6, 1.4))
            begun = time.perf_counter()
            await socket.send(clicks[turn % 2])
            await _finished(socket)
            waits.append((time.perf_counter() - begun) * 1000)
            turn += 1
    return waits


async def _finished(socket) -> None:  # type: ignore[no-untyped-def]
    while True:
        if ForwardMsg.FromString(await socket.recv()).WhichOneof("type") == "script_finished":
            return


async def crowd(
    url: str, recorded: tuple[bytes, list[bytes]], people: int, seconds: float
) -> list[float]:
    """Run that many people at once."""
    runs = await asyncio.gather(*(person(url, *recorded, seconds) for _ in range(people)))
    return [wait for waits in runs for wait in waits]


def main() -> None:
    """Try each size of crowd and print the table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--people", type=int, nargs="+", default=[20, 40, 80, 150])
    arguments.add_argument("--seconds", type=float, default=20)
    options = arguments.parse_args()
    table = Table(title=f"A filter click every {PAUSE_S:.0f} s, {FEATURES:,} features, one server")
    for column in ("people", "clicks", "median, ms", "p95, ms", "server CPU, cores"):
        table.add_column(column, justify="right")
    with tempfile.TemporaryDirectory() as scratch:
        folder = write_folder(Path(scratch) / "data", FEATURES)
        with servers.atlas(folder) as server:
            recorded = record(server.url)
            for people in options.people:
                cpu, begun = server.cpu_seconds(), time.monotonic()
                waits = asyncio.run(crowd(server.url, recorded, people, options.seconds))
                cores = (server.cpu_seconds() - cpu) / (time.monotonic() - begun)
                p95 = statistics.quantiles(waits, n=20)[-1]
                table.add_row(str(people), str(len(waits)), f"{statistics.median(waits):.0f}",
                              f"{p95:.0f}", f"{cores:.2f}")  # fmt: skip
    Console(width=100).print(table)


if __name__ == "__main__":
    main()
