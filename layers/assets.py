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
    "atlas/ask.js",
    LEAFLET,
    "vendor/supercluster/supercluster.min.js",
    *(
        f"atlas/{name}.js"
        for name in (
            "dom",
            "words",
            "geodesic",
            "objects",
            "columns",
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
            "sight",
            "near",
            "mvt",
            "tile_sources",
            "tile_grid",
            "own_sources",
            "own_marks",
            "own_grid",
            "own",
            "tiles",
            "backdrop_marks",
            "backdrop",
            "controls",
            "gestures",
            "keyboard",
            "bridge",
            "loader",
            "frame",
        )
    ),
)
"""Scripts of the map, in the order in which they need each other."""


MAP_SCRIPT = "atlas/map.js"
"""All SCRIPTS as one, which is no file of the folder: asking for forty of them one by
one takes longer than everything else on the way to a map."""


@functools.cache
def text(path: str) -> str:
    """Return a file of the static folder, or MAP_SCRIPT, as text."""
    if path == MAP_SCRIPT:
        return "\n;".join(text(script) for script in SCRIPTS)
    return (STATIC / path).read_text(encoding="utf-8")


@functools.cache
def url(path: str) -> str:
    """Return the address of an asset, relative to the map page, that changes with its content."""
    content = text(path).encode() if path == MAP_SCRIPT else (STATIC / path).read_bytes()
    digest = hashlib.sha256(content).hexdigest()[:12]
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
