"""Joins of one session: counted and run in the background, each asked for once."""

import time
from collections.abc import Callable, Hashable
from contextlib import suppress
from dataclasses import dataclass

import streamlit as st

from geo.errors import JoinError
from geo.join import JoinResult, JoinSpec, Layer, join
from geo.join.refusals import refuse
from geo.read.background import Background, Turns

_KEY = "join_job"
_TURNS = Turns(2)
_TURN_SECONDS = 60.0
_PATIENCE_S = 0.8
"""How long a page waits for an answer before it shows that it is waiting."""


@dataclass(frozen=True)
class Asked:
    """A join that is wanted.

    Parameters
    ----------
    left, right, spec
        What is joined, and how.
    whole
        Whether the tables are wanted, not just the plan.
    """

    left: Layer
    right: Layer
    spec: JoinSpec
    whole: bool

    @property
    def key(self) -> Hashable:
        """What tells one join from another, whether its tables are wanted or not."""
        return (_identity(self.left), _identity(self.right), self.spec)


@dataclass
class _State:
    """What this session is waiting for, and what was made for it last."""

    asked: Asked | None = None
    job: Background[JoinResult] | None = None
    cancelled: bool = False


def start(asked: Asked) -> None:
    """Begin with a join, unless it is the one under way; another one is given up."""
    state = _state()
    before = state.asked
    if before is not None and (before.key, before.whole) == (asked.key, asked.whole):
        return
    cancel()
    known = _known(before, asked)
    state.asked, state.cancelled = asked, False
    state.job = Background(lambda tell, stop: _work(asked, known, tell, stop))
    deadline = time.monotonic() + _PATIENCE_S
    while not state.job.done and time.monotonic() < deadline:
        time.sleep(0.01)


def outcome() -> JoinResult | None:
    """Return what was asked for, None while it is being made or after it was cancelled.

    Raises
    ------
    JoinError
        If the join is refused.
    """
    state = _state()
    if state.job is None or state.cancelled or not state.job.done:
        return None
    return state.job.result()


def waiting() -> bool:
    """Tell whether something is being made."""
    state = _state()
    return state.job is not None and not state.cancelled and not state.job.done


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
    state.asked, state.job, state.cancelled = None, None, False


def _state() -> _State:
    state: _State = st.session_state.setdefault(_KEY, _State())
    return state


def _known(before: Asked | None, asked: Asked) -> JoinResult | None:
    """Return what was made of the same join before; of one that is refused there is nothing."""
    if before is None or before.key != asked.key:
        return None
    with suppress(JoinError):
        return outcome()
    return None


def _identity(layer: Layer) -> Hashable:
    return (layer.id, layer.sha256, layer.release, *sorted(layer.options.items()))


def _work(
    asked: Asked,
    before: JoinResult | None,
    tell: Callable[[float], None],
    stop: Callable[[], bool],
) -> JoinResult:
    if not _TURNS.wait(_TURN_SECONDS, stop):
        raise refuse("cancelled" if stop() else "busy")
    try:
        result = before or join(asked.left, asked.right, spec=asked.spec)
        tell(0.3)
        for step in (("plan",), ("plan", "pairs", "table", "unmatched"))[asked.whole]:
            if stop():
                raise refuse("cancelled")
            getattr(result, step)
        return result
    finally:
        _TURNS.end()
