"""How long a fetch may take in all; clock and sleep can be put in from outside."""

import time
from collections.abc import Callable

from geo.fetch.refusals import refuse


class Deadline:
    """A moment after which nothing more is asked.

    Parameters
    ----------
    seconds
        From now.
    clock
        Seconds of a clock that never goes back.
    sleep
        Waits so many seconds.
    """

    def __init__(
        self,
        seconds: float,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.seconds = seconds
        self._clock = clock
        self._sleep = sleep
        self._end = clock() + seconds

    def now(self) -> float:
        """Return the time of the clock in seconds."""
        return self._clock()

    def left(self) -> float:
        """Return the seconds that are left.

        Raises
        ------
        FetchError
            If there are none.
        """
        left = self._end - self._clock()
        if left <= 0:
            raise refuse("deadline", seconds=f"{self.seconds:g}")
        return left

    def allows(self, seconds: float) -> bool:
        """Whether a wait of so many seconds ends in time."""
        return self._clock() + seconds < self._end

    def wait(self, seconds: float) -> None:
        """Wait; not longer than what is left.

        Raises
        ------
        FetchError
            If nothing is left.
        """
        self._sleep(min(seconds, self.left()))
