"""The child process of `geo.access.kept`: all sheets of a snapshot as JSON on standard output.

python -m geo.access.child FOLDER
"""

import json
import os
import sys
import threading
from pathlib import Path

from geo.access.sheets import key_of, sheets_of
from geo.snapshot import open_snapshot

_NICE = 10


def main() -> None:
    """Compute and write, unless whoever asked ends before."""
    if hasattr(os, "nice"):
        os.nice(_NICE)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    snapshot = open_snapshot(Path(sys.argv[1]))
    document = {"key": key_of(snapshot), "sheets": dict(sheets_of(snapshot))}
    json.dump(document, sys.stdout, ensure_ascii=False, allow_nan=False)


def _end_with_parent() -> None:
    # Not through sys.stdin, whose lock would be held when the program ends.
    while os.read(sys.stdin.fileno(), 1):
        pass
    os._exit(1)


if __name__ == "__main__":
    main()
