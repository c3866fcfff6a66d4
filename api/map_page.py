"""/map and /embed: the same page, for our own frame and for anyone's."""

from starlette.requests import Request
from starlette.responses import Response

from api import release
from api.bodies import REVALIDATE, respond


async def map_page(request: Request) -> Response:
    """Answer with the map for the application's own frame."""
    return _answer(request, release.shared().map_policy)


async def embed(request: Request) -> Response:
    """Answer with the map for a frame on any site."""
    return _answer(request, release.shared().embed_policy)


def _answer(request: Request, policy: str) -> Response:
    headers = {"Content-Security-Policy": policy, "Cross-Origin-Opener-Policy": "unsafe-none"}
    body = release.shared().map_page
    return respond(request, body, cache_control=REVALIDATE, headers=headers)
