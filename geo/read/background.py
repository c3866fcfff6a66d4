"""One reading in a thread, so that whoever waits can tell how far it is and can end it."""

import functools
import threading
import time
from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

_LOOK_SECONDS = 0.1


class Work(Protocol[T_co]):
    """What runs in the thread; it tells the share done and asks whether it is still wanted."""

    def __call__(self, progress: Callable[[float], None], cancelled: Callable[[], bool]) -> T_co:
        """Do the work."""
        ...


class Background(Generic[T]):
    """A piece of work in a thread of its own, begun at once.

    Parameters
    ----------
    work
        Called with a function that takes the share done and one that tells whether to stop.
    """

    def __init__(self, work: Work[T]) -> None:
        self._work = work
        self._result: T | None = None
        self._error: BaseException | None = None
        self._stop = threading.Event()
        self._share = 0.0
        self._thread = threading.Thread(target=self._run, name="reading", daemon=True)
        self._thread.start()

    @property
    def share(self) -> float:
        """How much is done, 0 to 1."""
        return self._share

    @property
    def done(self) -> bool:
        """Whether there is a result."""
        return not self._thread.is_alive()

    def cancel(self) -> None:
        """Ask for an end; the work is done soon after, with a result that says so."""
        self._stop.set()

    def result(self) -> T:
        """Wait for the end and return what the work gave, or raise what it raised."""
        self._thread.join()
        if self._error is not None:
            raise self._error
        return self._result  # type: ignore[return-value] # set by the work that has ended

    def _tell(self, share: float) -> None:
        self._share = min(max(share, self._share), 1.0)

    def _run(self) -> None:
        try:
            self._result = self._work(self._tell, self._stop.is_set)
        except BaseException as error:  # noqa: BLE001 - raised again where the result is asked for
            self._error = error


class Turns:
    """Lets only so many readings of one process run at a time; others wait for their turn.

    Parameters
    ----------
    at_once
        How many may run.
    """

    def __init__(self, at_once: int) -> None:
        self._free = threading.BoundedSemaphore(at_once)

    def wait(self, seconds: float, cancelled: Callable[[], bool]) -> bool:
        """Take a turn; tell whether there was one in time. It is given back by `end`."""
        deadline = time.monotonic() + seconds
        while not cancelled() and time.monotonic() < deadline:
            if self._free.acquire(timeout=_LOOK_SECONDS):
                return True
        return False

    def end(self) -> None:
        """Give the turn back."""
        self._free.release()


@functools.cache
def turns(at_once: int) -> Turns:
    """Return the turns of this process."""
    return Turns(at_once)
