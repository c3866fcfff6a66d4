"""How many files of strangers Streamlit may hold at once: its own route asks only for their size.

A file is counted from its sending until the page takes it off again, or for a while: sessions end
without a word to this route.
"""

import time
from collections.abc import Callable

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from api.problems import problem

ROUTE = "/_stcore/upload_file/"
OF_A_SESSION = 3
HELD_SECONDS = 900.0


class UploadRoom:
    """ASGI middleware that refuses a file for which there is no room.

    Parameters
    ----------
    app
        The application behind it.
    files
        Gives the most files of all sessions together; asked when one comes, as settings that
        cannot be used are told at the start.
    clock
        Seconds that only grow.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        files: Callable[[], int],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.app = app
        self._files = files
        self._clock = clock
        self._until: dict[str, float] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Count what is sent and taken off; refuse what is too much."""
        path = scope.get("path", "")
        if scope["type"] == "http" and path.startswith(ROUTE):
            method = Request(scope).method
            if method == "DELETE":
                self._until.pop(path, None)
            elif method in ("PUT", "POST") and not self._take(path):
                refusal = problem(503, "There is no room for another file now. Try again later.")
                await refusal(scope, receive, send)
                return
        await self.app(scope, receive, send)

    def _take(self, path: str) -> bool:
        now = self._clock()
        self._until = {held: until for held, until in self._until.items() if until > now}
        session = path.rpartition("/")[0]
        of_session = sum(held.rpartition("/")[0] == session for held in self._until)
        if path not in self._until and (
            of_session >= OF_A_SESSION or len(self._until) >= self._files()
        ):
            return False
        self._until[path] = now + HELD_SECONDS
        return True
