"""The Chromium that drives the browser tests and benchmarks."""

import os
import shutil
from pathlib import Path

FLAGS = (
    "--no-sandbox",  # the tests run as root in containers
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def executable() -> str | None:
    """Return the path of a Chromium that is installed here, or None."""
    named = os.environ.get("ATLAS_CHROMIUM")
    if named:
        return named if Path(named).is_file() else None
    for name in ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"):
        # Ubuntu's chromium-browser is a stub that asks for a snap.
        path = shutil.which(name)
        if path and "snap" not in Path(path).read_bytes()[:4096].decode("latin-1"):
            return path
    cache = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH", Path.home() / ".cache/ms-playwright"))
    own = sorted(cache.glob("chromium-*/chrome-linux*/chrome"))
    return str(own[-1]) if own else None
