"""Sheets between two starts of the Atlas: one file by what they follow from."""

import json
import logging
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

_log = logging.getLogger(__name__)


def load(folder: Path, key: str) -> Mapping[str, Any] | None:
    """Return the sheets that were kept under a key; None where there are none that can be read."""
    path = _path(folder, key)
    try:
        document = json.loads(path.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValueError):
        _log.warning("%s cannot be read and is made anew", path.name)
        return None
    if not isinstance(document, dict) or document.get("key") != key:
        _log.warning("%s is no file of this program and is made anew", path.name)
        return None
    sheets: Mapping[str, Any] = document["sheets"]
    return sheets


def save(folder: Path, document: Mapping[str, Any]) -> None:
    """Keep a document of `key` and `sheets`; where that cannot be done the log says so."""
    path = _path(folder, document["key"])
    try:
        # Whoever reads finds the old file or the new one, whole.
        with tempfile.TemporaryDirectory(dir=folder, prefix=".sheets-") as work:
            part = Path(work, path.name)
            part.write_text(json.dumps(document, ensure_ascii=False, allow_nan=False), "utf-8")
            part.replace(path)
    except OSError:
        _log.warning("%s could not be kept; it will be made again at the next start", path.name)


def _path(folder: Path, key: str) -> Path:
    return folder / f"sheets-{key[:16]}.json"
