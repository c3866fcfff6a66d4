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
from geo.access import store
from geo.access.sheets import Sheet, covered, key_of
from geo.errors import SnapshotError
from geo.settings import current
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
    folder
        Where they are kept between two starts; None: nowhere.
    """

    def __init__(
        self,
        snapshot: Snapshot | None,
        *,
        faulty: tuple[str, ...] | None = None,
        folder: Path | None = None,
    ) -> None:
        self._faulty, self._folder = faulty, folder
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
        key = key_of(snapshot)
        found = None if self._folder is None else store.load(self._folder, key)
        if found is None:
            document = self._computed(snapshot)
            if document.get("key") != key:
                self._state = "failed"
                return
            if self._folder is not None:
                store.save(self._folder, document)
            found = document["sheets"]
        self._made = found
        self._state = "ready"
        _log.info("sheets of access ready: %s sites", len(self._made))

    def _computed(self, snapshot: Snapshot) -> Mapping[str, Any]:
        """Return the document of the child process, an empty one where it fails."""
        child = subprocess.Popen(  # noqa: S603 - our own program, no shell
            [sys.executable, "-m", "geo.access.child", str(snapshot.folder.resolve())],
            cwd=_ROOT,
            env={**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
            stdin=subprocess.PIPE,  # never written to: the child ends when this process does
            stdout=subprocess.PIPE,
        )
        with child:
            output = child.stdout.read() if child.stdout else b""
        if child.returncode:
            _log.error("sheets of access not made: exit code %s", child.returncode)
            return {}
        document: Mapping[str, Any] = json.loads(output)
        return document


@functools.cache
def shared() -> Sheets:
    """Return the sheets of this process, begun on the first call."""
    try:
        return Sheets(snapshots.shared(), folder=current().keep_folder)
    except SnapshotError as error:
        _log.exception("the snapshot cannot be used")
        return Sheets(None, faulty=error.files)
