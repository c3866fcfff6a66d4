"""The sheets of one process: prepared once, beside it, and kept; nobody waits for them.

They are made in a child process of low priority: a search holds the interpreter for a second, in
which no page would be answered.
"""

import functools
import json
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from geo import snapshot as snapshots
from geo.access.sheets import Sheet, covered, key_of
from geo.errors import SnapshotError
from geo.snapshot import Snapshot

_log = logging.getLogger(__name__)
_ROOT = Path(__file__).resolve().parents[2]

State = Literal["ready", "preparing", "outside", "failed"]


@dataclass(frozen=True)
class Found:
    """What there is for a site: its sheet where it is `ready`, else why there is none."""

    state: State
    sheet: Sheet | None = None
    faulty: tuple[str, ...] | None = None
    """Files of the snapshot for which it was not opened; empty where that is not known."""


class Sheets:
    """The sheets of the sites that a snapshot covers, begun at once.

    Parameters
    ----------
    snapshot
        None where it cannot be used.
    faulty
        Then the files for which it cannot.
    """

    def __init__(self, snapshot: Snapshot | None, *, faulty: tuple[str, ...] | None = None) -> None:
        self._faulty = faulty
        self._ids = frozenset(covered(snapshot)) if snapshot else frozenset()
        self._made: Mapping[str, Any] = {}
        self._state: State = "failed" if snapshot is None else "ready"
        if snapshot is not None and self._ids:
            self._state = "preparing"
            self._thread = threading.Thread(target=self._make, args=(snapshot,), daemon=True)
            self._thread.start()

    @property
    def state(self) -> State:
        """`ready`, also where there is nothing to make; `preparing`; `failed`."""
        return self._state

    def of(self, site_id: str) -> Found:
        """Return what there is for a site."""
        state = self._state
        if state != "failed" and site_id not in self._ids:
            return Found("outside")
        return Found(state, self._made[site_id] if state == "ready" else None, self._faulty)

    def wait(self) -> None:
        """Wait until everything is made, or has failed."""
        if self._ids:
            self._thread.join()

    def _make(self, snapshot: Snapshot) -> None:
        child = subprocess.Popen(  # noqa: S603 - our own program, no shell
            [sys.executable, "-m", "geo.access.child", str(snapshot.folder.resolve())],
            cwd=_ROOT,
            env={**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
            stdin=subprocess.PIPE,  # never written to: the child ends when this process does
            stdout=subprocess.PIPE,
        )
        with child:
            output = child.stdout.read() if child.stdout else b""
        document = json.loads(output) if child.returncode == 0 else {}
        if document.get("key") != key_of(snapshot):
            _log.error("sheets of access not made: exit code %s", child.returncode)
            self._state = "failed"
            return
        self._made = document["sheets"]
        self._state = "ready"
        _log.info("sheets of access ready: %s sites", len(self._made))


@functools.cache
def shared() -> Sheets:
    """Return the sheets of this process, begun on the first call."""
    try:
        return Sheets(snapshots.shared())
    except SnapshotError as error:
        _log.exception("the snapshot cannot be used")
        return Sheets(None, faulty=error.files)
