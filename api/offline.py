"""/offline: the offline edition, the whole Atlas as one file to keep."""

import functools

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import Response

from api import release
from api.bodies import REVALIDATE, Body, make_body, respond
from api.headers import NOTHING
from geo.dataset import Dataset
from layers.offline import offline_page

# Making it takes seconds: the first to ask waits for it, and nobody makes it twice.
_ONE = CapacityLimiter(1)


async def offline(request: Request) -> Response:
    """Answer with the page as a file to save; opened here it could ask for nothing anyway."""
    dataset = release.shared().dataset
    body = await to_thread.run_sync(_made, dataset, limiter=_ONE)
    headers = {
        "Content-Disposition": f'attachment; filename="tomsk-atlas-{dataset.release}.html"',
        "Content-Security-Policy": f"{NOTHING}; sandbox",
    }
    return respond(request, body, cache_control=REVALIDATE, headers=headers)


@functools.lru_cache(maxsize=1)
def _made(dataset: Dataset) -> Body:
    return make_body(offline_page(dataset), "text/html")
