"""The process that reads, with an observer who writes down every file and connection it asks for.

`python -m tests.corpus.watched MEMORY_MB`; ATLAS_WATCH names the file to write to. With ATLAS_BARE
the guard of Python and the network of its own are left off, so that what stands behind them (the
drivers of GDAL, its proxy) has to hold by itself.
"""

import json
import os
import sys
from pathlib import Path
from typing import Any

from geo.read import child, sandbox

WATCHED = (
    "open",
    "socket.",
    "os.",
    "subprocess.",
    "sqlite3.",
    "urllib.",
    "ctypes.dlopen",
    "pickle.",
)


def observe(path: str) -> None:
    """Write each event down as a line of JSON: its name and its first argument."""
    log = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    folder = Path.cwd()

    def note(event: str, arguments: tuple[Any, ...]) -> None:
        if event.startswith(WATCHED):
            first = arguments[0] if arguments else None
            text = os.fsdecode(first) if isinstance(first, str | bytes | os.PathLike) else None
            place = str(folder / text) if text is not None else None
            os.write(log, json.dumps([event, place]).encode() + b"\n")

    sys.addaudithook(note)


if __name__ == "__main__":
    if "ATLAS_BARE" in os.environ:
        sandbox._Guard = lambda folder: lambda event, arguments: None  # type: ignore[assignment,misc]
        sandbox._leave_network = lambda: None
    observe(os.environ["ATLAS_WATCH"])
    child.main()
