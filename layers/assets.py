"""The browser files of the map page: which, in what order, and where they are asked for."""

import functools
import hashlib
from pathlib import Path

STATIC = Path(__file__).resolve().parent.parent / "static"
"""The folder served under `/assets/`."""

LEAFLET = "vendor/leaflet/leaflet.js"
LEAFLET_STYLE = "vendor/leaflet/leaflet.css"
FONT_STYLE = "vendor/golos-text/index.css"
FRAME_STYLE = "atlas/frame.css"
ICONS = "vendor/lucide/icons.svg"
SCRIPTS = (
    "vendor/supercluster/supercluster.min.js",
    *(
        f"atlas/{name}.js"
        for name in (
            "dom",
            "words",
            "geodesic",
            "objects",
            "places",
            "scene",
            "ground",
            "marks",
            "extents",
            "hits",
            "painter",
            "notices",
            "describe",
            "tooltip",
            "chooser",
            "card",
            "embed",
            "legend",
            "measure",
            "area",
            "near",
            "mvt",
            "own_sources",
            "own_marks",
            "own_grid",
            "own",
            "tiles",
            "controls",
            "gestures",
            "keyboard",
            "bridge",
            "loader",
            "frame",
        )
    ),
)
"""Scripts of the map after Leaflet, in the order in which they need each other."""


@functools.cache
def text(path: str) -> str:
    """Return a file of the static folder as text."""
    return (STATIC / path).read_text(encoding="utf-8")


@functools.cache
def url(path: str) -> str:
    """Return the address of a file, relative to the map page, that changes with its content."""
    digest = hashlib.sha256((STATIC / path).read_bytes()).hexdigest()[:12]
    return f"assets/{path}?v={digest}"


@functools.cache
def release() -> str:
    """Return a name of all files together that changes when one of them does."""
    digest = hashlib.sha256()
    for file in sorted(file for file in STATIC.rglob("*") if file.is_file()):
        digest.update(file.relative_to(STATIC).as_posix().encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def module_url(path: str) -> str:
    """Return the address of a module whose own imports shall be kept for long as well.

    The release stands in the path, so that addresses relative to the module inherit it.
    """
    return f"/assets/@{release()}/{path}"
