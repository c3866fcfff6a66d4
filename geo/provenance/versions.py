"""Which program, and with which libraries, made a result."""

import functools
import importlib.metadata
import os
import platform
import re
import tomllib
from datetime import UTC, datetime
from pathlib import Path

from geo.errors import ProvenanceError

_ROOT = Path(__file__).resolve().parents[2]
_LIBRARIES = ("geopandas", "pandas", "numpy", "shapely", "pyproj", "pyogrio", "pyarrow")
_COMMIT = re.compile(r"[0-9a-f]{7,64}")


@functools.cache
def versions() -> dict[str, str]:
    """Return the versions of Python, the libraries, GEOS, PROJ and GDAL that compute and write."""
    import pyogrio
    import pyproj
    import shapely

    found = {name: importlib.metadata.version(name) for name in (*_LIBRARIES, "xlsxwriter")}
    return {
        "python": platform.python_version(),
        **found,
        "geos": shapely.geos_version_string,
        "proj": pyproj.proj_version_str,
        "gdal": pyogrio.__gdal_version_string__,
    }


@functools.cache
def application() -> dict[str, str | None]:
    """Return name, version and commit of the Atlas; the commit is None where it is not known.

    The commit is that of ATLAS_COMMIT, which a container sets, or of the working copy.
    """
    project = tomllib.loads((_ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return {
        "name": "Tomsk Agglomeration Atlas",
        "version": project["version"],
        "commit": os.environ.get("ATLAS_COMMIT") or _commit(_ROOT / ".git"),
    }


def _commit(git: Path) -> str | None:
    """Read the commit of a working copy from its files, as `git rev-parse HEAD` would say it."""
    head = _read(git / "HEAD")
    if not head.startswith("ref: "):
        return head if _COMMIT.fullmatch(head) else None
    name = head.removeprefix("ref: ")
    if found := _read(git / name):
        return found
    packed = (line.split(" ") for line in _read(git / "packed-refs").splitlines())
    return next((words[0] for words in packed if words[1:] == [name]), None)


def _read(path: Path) -> str:
    return path.read_text(encoding="ascii").strip() if path.is_file() else ""


def now() -> str:
    """Return the time a document is made: that of SOURCE_DATE_EPOCH where it is set.

    Raises
    ------
    ProvenanceError
        If SOURCE_DATE_EPOCH is not a number of seconds.
    """
    fixed = os.environ.get("SOURCE_DATE_EPOCH")
    try:
        moment = datetime.now(UTC) if fixed is None else datetime.fromtimestamp(int(fixed), UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise ProvenanceError(f"SOURCE_DATE_EPOCH: {fixed!r} is no number of seconds") from error
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
