"""The Overpass API: one query at a time, patient with a busy host, never asked twice for nothing.

Its rules: https://dev.overpass-api.de/overpass-doc/en/preface/commons.html
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from pathlib import Path
from typing import Literal, TypeAlias

from geo import settings
from geo.errors import FetchError
from geo.fetch.answers import Answer, parse_answer
from geo.fetch.cache import Cache, Kept
from geo.fetch.deadline import Deadline
from geo.fetch.refusals import refuse
from geo.fetch.transport import Endpoint, Reply, post

TRIES = 5
"""How often a busy host is asked the same."""

FIRST_WAIT_S = 5.0
"""Wait before the second try where the host names none; each further wait is twice as long."""

TOO_MUCH = ("overloaded", "too_large")
"""Refusals of a query that may be answered in smaller parts."""

_BUSY = (429, 502, 503, 504)
_AGAIN = ("busy", "unreachable", "truncated")
"""Refusals that may pass by themselves."""


@dataclass(frozen=True)
class Step:
    """What is going on: asking, bytes received so far, seconds of waiting, a kept answer used."""

    kind: Literal["asked", "bytes", "waiting", "kept", "stale"]
    value: float = 0


Progress: TypeAlias = Callable[[Step], None]


class Overpass:
    """One endpoint for the length of one fetch.

    Parameters
    ----------
    endpoint
        Address of the interpreter; no other host is ever asked.
    cache
        Folder of kept answers; None keeps none.
    deadline
        For everything together; a number means seconds from now.
    on_progress
        Called at every step.
    now
        The time of day, for the age of kept answers.

    Raises
    ------
    FetchError
        If the address cannot be used.
    """

    def __init__(
        self,
        endpoint: str,
        *,
        cache: Path | None,
        deadline: Deadline | float,
        on_progress: Progress | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.endpoint = Endpoint.parse(endpoint)
        self.deadline = deadline if isinstance(deadline, Deadline) else Deadline(deadline)
        self._cache = Cache(cache) if cache is not None else None
        self._tell = on_progress or (lambda _: None)
        self._now = now
        self._settings = settings.current()
        self._last: float | None = None
        self._down: FetchError | None = None

    def elements(self, query: str, *, in_parts: bool = False) -> Answer:
        """Return what a query finds.

        A kept answer that is fresh (`overpass_fresh_hours`) is used without asking, which is how a
        fetch goes on where it stopped. An older one is used, and called stale, when the host fails.

        Parameters
        ----------
        query
            In the Overpass language.
        in_parts
            Whether the caller asks in smaller parts what is too much for the host: that is then
            refused, and not answered by an older copy.

        Raises
        ------
        FetchError
            If there is no answer and none was kept; `code` says why.
        """
        kept = self._read(query)
        if kept is not None and self._is_fresh(kept):
            self._tell(Step("kept"))
            return self._parsed(kept)
        try:
            return self._asked(query)
        except FetchError as error:
            own = error.code == "cache" or (in_parts and error.code in TOO_MUCH)
            if kept is None or own:
                raise
            self._tell(Step("stale"))
            return self._parsed(kept, stale=True)

    def kept(self, query: str) -> Answer | None:
        """Return the kept answer as a stale one, without asking; None where there is none."""
        kept = self._read(query)
        if kept is None:
            return None
        self._tell(Step("stale"))
        return self._parsed(kept, stale=True)

    def _read(self, query: str) -> Kept | None:
        if self._cache is None:
            return None
        return self._cache.read(self.endpoint.url, query, now=self._now())

    def _is_fresh(self, kept: Kept) -> bool:
        age = self._now() - kept.asked
        return age <= timedelta(hours=self._settings.overpass_fresh_hours)

    def _parsed(self, kept: Kept, *, stale: bool = False) -> Answer:
        return parse_answer(kept.body, host=self.endpoint.host, asked=kept.asked, stale=stale)

    def _asked(self, query: str) -> Answer:
        if self._down is not None:
            raise self._down
        attempt = 0
        while True:
            try:
                return self._once(query, tries=attempt + 1)
            except FetchError as error:
                if error.code not in _AGAIN:
                    raise
                wait = error.wait_s if isinstance(error, _BusyError) else None
                wait = FIRST_WAIT_S * 2**attempt if wait is None else wait
                attempt += 1
                if attempt == TRIES or not self.deadline.allows(wait):
                    # The rest of this fetch does not wait for a host that failed for good.
                    self._down = error
                    raise
                self._tell(Step("waiting", wait))
                self.deadline.wait(wait)

    def _once(self, query: str, *, tries: int) -> Answer:
        self._pause()
        self._tell(Step("asked"))
        try:
            reply = post(
                self.endpoint,
                query,
                deadline=self.deadline,
                most_bytes=int(self._settings.overpass_max_mb * 1e6),
                on_bytes=lambda total: self._tell(Step("bytes", total)),
            )
        finally:
            self._last = self.deadline.now()
        self._check(reply, tries)
        asked = self._now()
        answer = parse_answer(reply.body, host=self.endpoint.host, asked=asked)
        if self._cache is not None:
            self._cache.write(self.endpoint.url, query, reply.body, asked)
        return answer

    def _pause(self) -> None:
        if self._last is not None:
            rest = self._last + self._settings.overpass_pause_seconds - self.deadline.now()
            if rest > 0:
                self.deadline.wait(rest)

    def _check(self, reply: Reply, tries: int) -> None:
        host, status = self.endpoint.host, reply.status
        if status in _BUSY:
            raise _BusyError(_seconds(reply.retry_after, self._now()), host, status, tries)
        if 300 <= status < 400:
            raise refuse("redirect", host=host)
        if status != HTTPStatus.OK:
            raise refuse("denied", host=host, status=status)


class _BusyError(FetchError):
    """The host asks for patience; `wait_s` is how much, None where it does not say."""

    def __init__(self, wait_s: float | None, host: str, status: int, tries: int) -> None:
        self.wait_s = wait_s
        said = refuse("busy", host=host, status=status, tries=tries)
        super().__init__(said.code, str(said))


def _seconds(retry_after: str | None, now: datetime) -> float | None:
    """Return the wait that a `Retry-After` asks for: seconds, or the moment of a date."""
    if retry_after is None:
        return None
    text = retry_after.strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        moment = parsedate_to_datetime(text)
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return max(0.0, (moment - now).total_seconds())
    except (ValueError, OverflowError):  # OverflowError: a zone of more than a day
        return None
