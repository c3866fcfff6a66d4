"""Which paths exist at all, and for whom. Everything else ends here.

Streamlit answers any path with its start page and 200, and opens figures of the server (metrics),
a list of foreign hosts it trusts (host-config) and an interface for agents to everyone. Asked by a
page of another origin, it waits for a foreign host to tell this machine's address.
"""

from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection, Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from api.headers import NOTHING
from api.missing import missing_page, wants_page
from api.problems import problem

_STREAMLIT = (
    "/_stcore/health",
    "/_stcore/stream",
    "/_stcore/host-config",
    "/_stcore/upload_file/",
    "/_stcore/bidi-components/",
    "/media/",
    "/favicon.png",
)
_HOST_CONFIG = "/_stcore/host-config"


class Gate:
    """ASGI middleware that lets through what the Atlas has.

    Parameters
    ----------
    app
        The application behind it.
    paths
        Paths of our own that exist; below one that ends with a slash, a route decides.
    """

    def __init__(self, app: ASGIApp, *, paths: Collection[str]) -> None:
        self.app = app
        self._paths = tuple(paths)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on if its path exists and is open to the page that asks."""
        if scope["type"] == "http":
            await (self._answer(Request(scope)) or self.app)(scope, receive, send)
        elif scope["type"] == "websocket" and _foreign(HTTPConnection(scope)):
            await send({"type": "websocket.close"})
        else:
            await self.app(scope, receive, send)

    def _answer(self, request: Request) -> Response | None:
        """Return what ends the request here, or None to let it through."""
        path = request.scope["path"]
        if _leads(path, _STREAMLIT):
            if _foreign(request):
                return problem(403, "This path is only for the pages of the Atlas.")
            return host_config() if path == _HOST_CONFIG else None
        if _leads(path, self._paths):
            return None
        if wants_page(request):
            return missing_page(request)
        return problem(404, "There is nothing at this path.")


def host_config() -> Response:
    """Answer what Streamlit's page asks before it starts: no other site may command it."""
    return JSONResponse(
        {
            "allowedOrigins": [],
            "useExternalAuthToken": False,
            "enableCustomParentMessages": False,
            "enforceDownloadInNewTab": False,
            "metricsUrl": "",
            "blockErrorDialogs": False,
            "resourceCrossOriginMode": None,
        },
        headers={"Cache-Control": "no-cache", "Content-Security-Policy": NOTHING},
    )


def _leads(path: str, known: Collection[str]) -> bool:
    """Tell whether a path is known, or lies below a known one and stays there."""
    if "\0" in path or ".." in path.replace("\\", "/").split("/"):
        return False
    return path in known or path.startswith(tuple(one for one in known if one[1:].endswith("/")))


def _foreign(connection: HTTPConnection) -> bool:
    """Tell whether a page of another origin asks; a program that is no page names none."""
    origin = connection.headers.get("origin")
    if origin is None:
        return False
    try:
        return urlsplit(origin).netloc != connection.headers.get("host")
    except ValueError:  # no address at all, such as an unclosed bracket
        return True
