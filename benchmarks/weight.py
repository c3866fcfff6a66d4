"""Transferred bytes of the pages: each in a browser with an empty cache.

    python -m benchmarks.weight [PATH …]

Counted is what leaves the server for the browser, byte for byte on the wire: bodies as they are
encoded, headers, frames of the websocket, of the page and of the frames in it. Requests to other
hosts are listed; there should be none. A page is over when nothing has come for six seconds.
"""

import argparse
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from urllib.parse import urlsplit

from playwright.sync_api import Browser, sync_playwright
from rich.console import Console
from rich.table import Table

from benchmarks import servers
from tests.browser.chromium import FLAGS, executable
from views.pages import PATHS

BUDGET = 1_500_000
"""Of the start page."""

QUIET_S = 6
DEADLINE_S = 120


class Meter:
    """Stands between browser and server, and counts what comes from the server."""

    def __init__(self, port: int) -> None:
        self.target = port
        self.moved = 0
        self.last = time.monotonic()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Take no further connections."""
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join()

    def settle(self) -> int:
        """Wait until the server has been quiet for a while; return the bytes so far."""
        begun = time.monotonic()
        while time.monotonic() - self.last < QUIET_S:
            if time.monotonic() - begun > DEADLINE_S:
                raise TimeoutError("the page never comes to rest")
            time.sleep(0.1)
        return self.moved

    def _accept(self) -> None:
        while True:
            try:
                browser, _ = self._listener.accept()
            except OSError:  # closed
                return
            server = socket.create_connection(("127.0.0.1", self.target))
            for ends in ((browser, server, False), (server, browser, True)):
                threading.Thread(target=self._pass, args=ends, daemon=True).start()

    def _pass(self, source: socket.socket, sink: socket.socket, counted: bool) -> None:
        try:
            while content := source.recv(65536):
                if counted:
                    self.moved += len(content)
                    self.last = time.monotonic()
                sink.sendall(content)
            sink.shutdown(socket.SHUT_WR)
        except OSError:  # the browser has gone
            source.close()
            sink.close()


@contextmanager
def metered(port: int) -> Iterator[Meter]:
    """Run a meter before a server."""
    meter = Meter(port)
    try:
        yield meter
    finally:
        meter.close()


def weigh(browser: Browser, path: str, port: int) -> tuple[int, list[str]]:
    """Open a page in a fresh profile; return its bytes, and the addresses of other hosts."""
    with metered(port) as meter:
        context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB")
        page = context.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"http://127.0.0.1:{meter.port}{path}", wait_until="load")
        moved = meter.settle()
        context.close()
    own = ("", f"127.0.0.1:{meter.port}")
    return moved, sorted({url for url in asked if urlsplit(url).netloc not in own})


def main() -> None:
    """Weigh the pages and print the table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("paths", nargs="*", default=PATHS)
    options = arguments.parse_args()
    with ExitStack() as stack:
        playwright = stack.enter_context(sync_playwright())
        atlas = stack.enter_context(servers.atlas())
        port = urlsplit(atlas.url).port
        if port is None:
            raise ValueError(f"no port in {atlas.url}")
        browser = playwright.chromium.launch(executable_path=executable(), args=list(FLAGS))
        found = {path: weigh(browser, path, port) for path in options.paths}
        browser.close()
    table = Table(title="Transferred bytes, empty cache")
    table.add_column("page")
    table.add_column("kB", justify="right")
    for path, (moved, _) in found.items():
        table.add_row(path, f"{moved / 1000:,.0f}")
    console = Console(width=100)
    console.print(table)
    console.print(f"budget of the start page: {BUDGET / 1000:,.0f} kB")
    foreign = sorted({url for _, urls in found.values() for url in urls})
    console.print(f"requests to other hosts: {', '.join(foreign) or 'none'}")


if __name__ == "__main__":
    main()
