"""The Atlas's routes and middleware over the shipped dataset, with a stand-in for Streamlit."""

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket

from api.problems import HANDLERS
from api.routes import ROUTES, middleware
from geo.dataset import Dataset, shared
from views.pages import PATHS


async def behind(request: Request) -> Response:
    if request.url.path == "/favicon.png" and "fail" in request.query_params:
        raise RuntimeError("secret of /srv/atlas/private.py")
    return PlainTextResponse("streamlit")


async def stream(socket: WebSocket) -> None:
    await socket.accept()
    await socket.send_bytes(await socket.receive_bytes())
    await socket.close()


@pytest.fixture(scope="session")
def client() -> TestClient:
    app = Starlette(
        routes=[
            *ROUTES,
            WebSocketRoute("/_stcore/stream", stream),
            Route("/{path:path}", behind),
        ],
        middleware=middleware(PATHS),
        exception_handlers=HANDLERS,
    )
    return TestClient(
        app,
        base_url="http://atlas.test",
        raise_server_exceptions=False,
        follow_redirects=False,
        headers={"Accept": "*/*", "Accept-Encoding": "identity"},
    )


@pytest.fixture(scope="session")
def dataset() -> Dataset:
    return shared()
