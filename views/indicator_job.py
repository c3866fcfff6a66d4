"""Indicators computed in the background, once for a content of a snapshot, for all sessions."""

import threading
import time
from collections.abc import Callable

from geo.indicators import Assessment, assess
from geo.indicators.content import snapshot_sha256
from geo.read.background import Background
from geo.snapshot import Snapshot
from layers.indicator_map import MAPS, reach_of

_PATIENCE_S = 0.8
"""How long a page waits for an answer before it shows that it is waiting."""

_OF_NUMBERS = 0.8
"""Share of the work that the numbers are; the rest are the maps."""

Job = Background[Assessment | None]
_jobs: dict[str, Job] = {}
_lock = threading.Lock()


def start(snapshot: Snapshot) -> Job:
    """Begin to compute the indicators of a snapshot, unless that is under way or done.

    The work is shared: nobody can end what others wait for.
    """
    key = snapshot_sha256(snapshot)
    with _lock:
        if key not in _jobs:
            _jobs[key] = Background(lambda tell, stop: _work(snapshot, tell, stop))
        job = _jobs[key]
    deadline = time.monotonic() + _PATIENCE_S
    while not job.done and time.monotonic() < deadline:
        time.sleep(0.01)
    return job


def forget(snapshot: Snapshot) -> None:
    """Let a snapshot be computed anew at the next visit, after it was refused."""
    with _lock:
        _jobs.pop(snapshot_sha256(snapshot), None)


def _work(
    snapshot: Snapshot, tell: Callable[[float], None], stop: Callable[[], bool]
) -> Assessment | None:
    found = assess(snapshot, progress=lambda share: tell(_OF_NUMBERS * share), cancelled=stop)
    if found is not None:
        for indicator, kind in MAPS.items():
            if found.of(indicator):
                reach_of(found, kind)
    return found
