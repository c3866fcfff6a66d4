"""From nothing to ready: what happens before the first request, and how a failed start is told."""

import gc
import logging
import logging.config
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from pydantic import ValidationError
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api import release
from api.health import render_layer
from geo import settings
from geo.access import kept
from geo.columns import lay_out
from geo.errors import GeoError
from layers.search import index_of

_log = logging.getLogger(__name__)

_EXPECTED = (GeoError, ValidationError)
"""Faults of data and settings: whoever starts the server can mend them, so a message is enough."""


@asynccontextmanager
async def lifespan(_app: object) -> AsyncIterator[None]:
    """Make everything ready, then keep it out of the garbage collector's way.

    Streamlit collects all garbage after each run of a page; walking what never changes would cost
    70 ms each time.
    """
    configure_logging(settings.current().log_level)
    dataset = release.shared().dataset
    lay_out(dataset)
    render_layer(dataset)
    kept.shared()
    index_of(dataset)
    gc.collect()
    gc.freeze()
    _log.info("release %s, %s rows: ready", dataset.release, len(dataset.rows))
    yield


def configure_logging(level: str) -> None:
    """Write messages of the Atlas from `level` up to standard error."""
    ours = {
        name: {"level": level, "handlers": ["stderr"]} for name in ("api", "geo", "layers", "views")
    }
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
            "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
            "loggers": ours,
        }
    )


class PlainStartFailure:
    """ASGI middleware: a start that fails on data or settings says why, without a stack trace."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on; only the message of a failed start is changed."""
        if scope["type"] != "lifespan":
            await self.app(scope, receive, send)
            return

        async def plainly(message: Message) -> None:
            # Starlette sends the message while it handles the error, and puts the trace into it.
            error = sys.exc_info()[1]
            if message["type"] == "lifespan.startup.failed" and isinstance(error, _EXPECTED):
                message = {**message, "message": f"The Atlas cannot start: {error}"}
            await send(message)

        await self.app(scope, receive, plainly)
