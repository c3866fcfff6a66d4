"""Copy the browser assets from their npm packages into static/vendor/ (`make assets`).

What is copied is committed, so running the Atlas needs no npm. Every package brings its licence,
and VERSIONS says what lies there.
"""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ROOT / "node_modules"
VENDOR = ROOT / "static" / "vendor"

# package: its files (globs) that the Atlas serves. Leaflet's images belong to controls and markers
# that the Atlas does not use, so they stay behind.
FILES = {
    "leaflet": ("dist/leaflet.js", "dist/leaflet.css", "LICENSE"),
    "supercluster": ("dist/supercluster.min.js", "LICENSE"),
    # Bundled into supercluster.min.js: its licence has to come along.
    "kdbush": ("LICENSE",),
    "@fontsource-variable/golos-text": ("index.css", "files/*.woff2", "LICENSE"),
    "lucide-static": ("LICENSE",),
}
# symbol: icon of Lucide
ICONS = (
    "arrow-down",
    "arrow-left",
    "arrow-right",
    "arrow-up",
    "check",
    "chevron-down",
    "chevron-left",
    "chevron-right",
    "chevron-up",
    "download",
    "external-link",
    "flag",
    "funnel",
    "house",
    "info",
    "layers",
    "link",
    "list",
    "locate-fixed",
    "map",
    "maximize",
    "menu",
    "minimize",
    "minus",
    "plus",
    "refresh-cw",
    "ruler",
    "search",
    "undo-2",
    "x",
)


def main() -> int:
    """Install the locked packages, then lay static/vendor/ anew."""
    npm = shutil.which("npm")
    if npm is None:
        sys.stderr.write("npm is not installed: on Debian, apt-get install npm\n")
        return 2
    subprocess.run([npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=ROOT, check=True)  # noqa: S603 - fixed arguments
    shutil.rmtree(VENDOR, ignore_errors=True)
    versions = {package: copy(package, patterns) for package, patterns in FILES.items()}
    write_sprite(VENDOR / "lucide" / "icons.svg")
    (VENDOR / "VERSIONS").write_text(
        "".join(f"{package} {version}\n" for package, version in sorted(versions.items()))
    )
    return 0


def folder(package: str) -> Path:
    """Return where the files of a package go."""
    return VENDOR / package.rpartition("/")[2].removesuffix("-static")


def copy(package: str, patterns: tuple[str, ...]) -> str:
    """Copy the files of one package and return its version."""
    source, target = PACKAGES / package, folder(package)
    target.mkdir(parents=True)
    for pattern in patterns:
        found = sorted(source.glob(pattern))
        if not found:
            raise FileNotFoundError(f"{package} has no `{pattern}`")
        for file in found:
            # The style sheet of the font finds its files under files/; the rest lies flat.
            inner = target / "files" if file.parent.name == "files" else target
            inner.mkdir(exist_ok=True)
            shutil.copyfile(file, inner / file.name)
    return str(json.loads((source / "package.json").read_text())["version"])


def write_sprite(path: Path) -> None:
    """Write the chosen icons as the symbols of one SVG, to be put into a page as it is."""
    symbols = [symbol(name) for name in ICONS]
    path.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" hidden>\n' + "\n".join(symbols) + "\n</svg>\n"
    )


def symbol(name: str) -> str:
    """Turn an icon file into a symbol with the id `icon-<name>`."""
    drawing = (PACKAGES / "lucide-static" / "icons" / f"{name}.svg").read_text()
    body = re.search(r"<svg[^>]*>(.*)</svg>", drawing, re.DOTALL)
    if body is None:
        raise ValueError(f"the icon `{name}` is not an SVG")
    shapes = re.sub(r"\s+", " ", body[1]).strip()
    return f'<symbol id="icon-{name}" viewBox="0 0 24 24">{shapes}</symbol>'


if __name__ == "__main__":
    sys.exit(main())
