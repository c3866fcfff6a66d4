"""Times a click in a page until the map has finished drawing, and counts what it moved.

From the page's click event to the last canvas operation in any of its frames before 0.9 s of
quiet. Every frame of one browser shares the machine's clock through `performance.timeOrigin`.
"""

import time
from dataclasses import dataclass

from playwright.sync_api import Error, Page

QUIET_S = 0.9
LIMIT_S = 60.0

WATCH = """
(() => {
  const now = () => performance.timeOrigin + performance.now();
  window.__drawn = 0;
  window.__clicked = 0;
  for (const name of ["stroke", "fill", "fillText", "drawImage", "clearRect"]) {
    const draw = CanvasRenderingContext2D.prototype[name];
    CanvasRenderingContext2D.prototype[name] = function (...args) {
      window.__drawn = now();
      return draw.apply(this, args);
    };
  }
  window.addEventListener("click", () => { window.__clicked = now(); }, true);
})();
"""


@dataclass
class Traffic:
    """What one page has moved: websocket bytes and documents loaded into frames."""

    websocket: int = 0
    documents: int = 0

    def watch(self, page: Page) -> "Traffic":
        """Count from now on; call before the page is opened."""

        def opened(socket):  # type: ignore[no-untyped-def]
            socket.on("framereceived", lambda data: self._add(data))
            socket.on("framesent", lambda data: self._add(data))

        page.on("websocket", opened)
        page.on("request", lambda r: self._document(r.resource_type))
        return self

    def _add(self, data: str | bytes) -> None:
        self.websocket += len(data)

    def _document(self, resource_type: str) -> None:
        self.documents += resource_type == "document"


def settle(page: Page) -> float:
    """Wait for quiet and return when the last drawing was, in ms since the epoch."""
    deadline = time.monotonic() + LIMIT_S
    last = 0.0
    while time.monotonic() < deadline:
        page.wait_for_timeout(100)
        last = max(last, *(_read(frame, "__drawn") for frame in page.frames))
        if last and time.time() * 1000 - last > QUIET_S * 1000:
            return last
    raise TimeoutError(f"the map did not come to rest within {LIMIT_S:.0f} s")


def click(page: Page, selector: str) -> float:
    """Click and return the milliseconds until the map was drawn."""
    before = settle(page)
    page.locator(selector).first.click()
    page.wait_for_timeout(200)
    deadline = time.monotonic() + LIMIT_S
    while time.monotonic() < deadline:
        drawn = settle(page)
        if drawn > before:
            return drawn - max(_read(frame, "__clicked") for frame in page.frames)
    raise TimeoutError("the click changed nothing on the map")


def _read(frame, name: str) -> float:  # type: ignore[no-untyped-def]
    try:
        return float(frame.evaluate(f"window.{name} || 0"))
    except Error:  # the frame is being replaced: the stock page does that
        return 0.0
