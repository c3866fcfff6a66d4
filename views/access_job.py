"""Places prepared in the background, each asked for once; kept for all sessions of the process."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass

import streamlit as st

from geo.access import Place, Prepared, Reach, prepare
from geo.network import Mode
from geo.read.background import Background, Turns
from geo.snapshot import Snapshot

_KEY = "access_job"
_TURNS = Turns(2)
_TURN_SECONDS = 60.0
_PATIENCE_S = 0.8
"""How long a page waits for an answer before it shows that it is waiting."""

_MOST_KEPT = 64
_kept: OrderedDict[Hashable, Prepared] = OrderedDict()
_lock = threading.Lock()


@dataclass(frozen=True)
class Asked:
    """Places that are wanted, with the reach of all sites beside them.

    Parameters
    ----------
    snapshot, mode
        As `geo.access.access` takes them.
    places
        The place that is asked about, and those it is compared with.
    sites
        Whose reach is wanted beside it, by id.
    """

    snapshot: Snapshot
    places: tuple[Place, ...]
    mode: Mode
    sites: Mapping[str, Place]

    @property
    def streets(self) -> Hashable:
        """What tells one network from another: the opened snapshot itself, and the mode."""
        return (self.snapshot, self.mode)

    @property
    def key(self) -> Hashable:
        """What tells one question from another."""
        return tuple(self.key_of(place) for place in self.places)

    def key_of(self, place: Place) -> Hashable:
        """Return what tells one place from another."""
        return (*self.streets, place.id)  # type: ignore[misc] # a tuple, seen as Hashable


Several = tuple[Prepared, ...]
"""What was asked for, in its order."""


@dataclass
class _State:
    """What this session is waiting for."""

    key: Hashable = None
    job: Background[Several | None] | None = None
    cancelled: bool = False


def start(asked: Asked) -> None:
    """Begin to prepare what is asked, unless that is under way or done; another one is given up."""
    state = _state()
    if state.key == asked.key:
        return
    cancel()
    state.key, state.cancelled = asked.key, False
    state.job = Background(lambda tell, stop: _work(asked, tell, stop))
    deadline = time.monotonic() + _PATIENCE_S
    while not state.job.done and time.monotonic() < deadline:
        time.sleep(0.01)


def outcome() -> Several | None:
    """Return what was asked for, None while it is being made or after it was cancelled.

    Raises
    ------
    GeoError
        If the place is refused, as by `geo.access.prepare`.
    """
    state = _state()
    if state.job is None or state.cancelled or not state.job.done:
        return None
    return state.job.result()


def waiting() -> bool:
    """Tell whether something is being made."""
    state = _state()
    return state.job is not None and not state.cancelled and not state.job.done


def share() -> float:
    """Tell how much of it is done, 0 to 1."""
    job = _state().job
    return 0.0 if job is None else job.share


def cancelled() -> bool:
    """Tell whether the viewer gave up what was asked for last."""
    return _state().cancelled


def cancel() -> None:
    """Give up what is being made."""
    state = _state()
    if state.job is not None and not state.job.done:
        state.job.cancel()
        state.cancelled = True


def again() -> None:
    """Forget what was given up, so that it can be asked for anew."""
    state = _state()
    state.key, state.job, state.cancelled = None, None, False


def _state() -> _State:
    state: _State = st.session_state.setdefault(_KEY, _State())
    return state


def _work(asked: Asked, tell: Callable[[float], None], stop: Callable[[], bool]) -> Several | None:
    """Prepare one place after the other; None as soon as one is given up."""
    made = []
    for number, place in enumerate(asked.places):

        def told(share: float, before: int = number) -> None:
            tell((before + share) / len(asked.places))

        found = _prepared(asked, place, told, stop)
        if found is None:
            return None
        made.append(found)
    return tuple(made)


def _prepared(
    asked: Asked, place: Place, tell: Callable[[float], None], stop: Callable[[], bool]
) -> Prepared | None:
    key = asked.key_of(place)
    with _lock:
        found = _kept.get(key)
        if found is not None:
            _kept.move_to_end(key)
            return found
    if not _TURNS.wait(_TURN_SECONDS, stop):
        return None
    try:
        made = prepare(
            asked.snapshot,
            place,
            asked.sites,
            mode=asked.mode,
            known=_known(asked),
            progress=tell,
            cancelled=stop,
        )
    finally:
        _TURNS.end()
    if made is not None:
        with _lock:
            _kept[key] = made
            while len(_kept) > _MOST_KEPT:
                _kept.popitem(last=False)
    return made


def _known(asked: Asked) -> Mapping[str, Reach | None]:
    """Return the reach of the sites on the same streets, as another place has brought it."""
    with _lock:
        for made in reversed(_kept.values()):
            answer = made.answer
            if (answer.snapshot, answer.network.mode) == asked.streets:
                return made.sites
    return {}
