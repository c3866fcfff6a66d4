"""The connection to the scheduler of a `dask.distributed` cluster.

Whoever runs the scheduler can run code here, and the other way round: that is how the library
works. So only a scheduler that one trusts is to be named; see docs/cluster.md.
"""

import asyncio
import platform
import struct
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import numpy as np
import shapely
from distributed import Client, Security
from distributed.comm.core import connect

from geo.join.refusals import refuse

CONNECT_SECONDS = 5
"""How long a scheduler is waited for."""

_REASONS: tuple[tuple[type[Exception], str], ...] = (
    (OSError, "no connection"),
    (ValueError, "that is no address such as tcp://10.0.0.1:8786"),
    (TypeError, "TLS has no certificates here"),
    (Exception, "what answers is no scheduler"),
)


@contextmanager
def connected(scheduler: str) -> Iterator[Client]:
    """Connect to a scheduler that has workers with the same libraries as this process.

    Raises
    ------
    JoinError
        If none answers at the address in `CONNECT_SECONDS`, what answers is something else, it
        has no workers, or they run other versions of what decides which rows meet.
    """
    _probe(scheduler)
    with Client(scheduler, timeout=CONNECT_SECONDS, set_as_default=False) as client:
        _check_workers(client, scheduler)
        yield client


def versions() -> dict[str, str]:
    """Return the versions of what decides which rows meet."""
    return {
        "python": platform.python_version(),
        "geos": shapely.geos_version_string,
        "shapely": shapely.__version__,
        "numpy": np.__version__,
    }


def _probe(scheduler: str) -> None:
    """Ask who is there first: the client itself waits for ever on what does not speak like it."""
    try:
        answer = asyncio.run(asyncio.wait_for(_identity(scheduler), CONNECT_SECONDS))
    except TimeoutError as error:
        raise refuse("no_scheduler", found=scheduler, reason="no answer in time") from error
    # What is no scheduler may send anything, so its bytes fail wherever they are first looked at.
    except (OSError, ValueError, TypeError, MemoryError, struct.error) as error:
        reason = next(text for kind, text in _REASONS if isinstance(error, kind))
        raise refuse("no_scheduler", found=scheduler, reason=reason) from error
    if not isinstance(answer, Mapping) or answer.get("type") != "Scheduler":
        raise refuse("no_scheduler", found=scheduler, reason="what answers is no scheduler")


async def _identity(scheduler: str) -> Any:
    arguments = Security().get_connection_args("client")
    comm = await connect(scheduler, timeout=CONNECT_SECONDS, **arguments)
    try:
        await comm.write({"op": "identity", "reply": True})
        return await comm.read(deserializers=["msgpack"])
    finally:
        comm.abort()


def _check_workers(client: Client, scheduler: str) -> None:
    try:
        found = client.run(versions)
    except ImportError as error:
        raise refuse("worker_failed", reason=f"no module `{error.name}` there") from error
    if not found:
        raise refuse("no_workers", found=scheduler)
    for library, wanted in versions().items():
        for there in found.values():
            if there[library] != wanted:
                differing = {"library": library, "found": there[library], "wanted": wanted}
                raise refuse("worker_differs", **differing)
