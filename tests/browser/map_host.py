"""A tiny server and host page for the map frame alone: what the application does, without it."""

import contextlib
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from geo import settings
from geo.dataset import Dataset
from layers import assets
from layers.page import render_page
from layers.published import layer_bytes

HOST = """<!DOCTYPE html><html><head>
<meta name="viewport" content="width=device-width"><style>html,body{margin:0;height:100%}
iframe{border:0;width:100vw;height:100vh;display:block}</style></head><body>
<iframe title="map" sandbox="allow-scripts" src="/map?host=1&QUERY"></iframe>
<script>
window.said = [];
window.frame_loads = 0;
const frame = document.querySelector("iframe");
frame.addEventListener("load", () => (window.frame_loads += 1));
window.addEventListener("message", (event) => {
  if (event.source === frame.contentWindow && event.data?.atlas === 1) window.said.push(event.data);
});
window.tell = (type, fields) => frame.contentWindow.postMessage({ atlas: 1, type, ...fields }, "*");
</script>FILLER</body></html>"""

Layers = Callable[[str], bytes | int]


@dataclass
class MapServer:
    """Serves one dataset; `layers` may be replaced to give other bytes or an error status."""

    dataset: Dataset
    layers: Layers
    url: str = ""
    asked: list[str] = field(default_factory=list)

    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/map", self.map),
                Route("/host", self.host),
                Route("/layers/{id}.geojson", self.layer),
                Route(f"/assets/{assets.MAP_SCRIPT}", self.script),
                Mount("/assets", StaticFiles(directory=assets.STATIC)),
            ],
            middleware=[Middleware(_Cors)],
        )

    async def map(self, request: Request) -> Response:
        page = render_page(self.dataset)
        hashes = " ".join(f"'{source}'" for source in page.script_hashes)
        policy = (
            f"sandbox allow-scripts; default-src 'none'; script-src 'self' {hashes}; "
            "style-src 'self' 'unsafe-inline'; font-src 'self'; connect-src 'self'; "
            f"img-src 'self' data: {settings.current().tile_origin}"
        )
        return HTMLResponse(page.body, headers={"content-security-policy": policy})

    async def script(self, request: Request) -> Response:
        return Response(assets.text(assets.MAP_SCRIPT), media_type="text/javascript")

    async def host(self, request: Request) -> Response:
        filler = "<div style='height:3000px'></div>" if "scroll" in request.query_params else ""
        body = HOST.replace("QUERY", str(request.query_params)).replace("FILLER", filler)
        return HTMLResponse(body)

    async def layer(self, request: Request) -> Response:
        self.asked.append(request.path_params["id"])
        content = self.layers(request.path_params["id"])
        if isinstance(content, int):
            return Response(status_code=content)
        return Response(content, media_type="application/geo+json")


class _Cors:
    """The frame has no origin: scripts may load, but fetches and fonts need this header."""

    def __init__(self, app: Any) -> None:
        self.app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        async def with_header(message: Any) -> None:
            if message["type"] == "http.response.start":
                message["headers"].append((b"access-control-allow-origin", b"*"))
            await send(message)

        await self.app(scope, receive, with_header)


@contextlib.contextmanager
def serve(dataset: Dataset, layers: Layers | None = None, port: int = 0) -> Iterator[MapServer]:
    """Run the server on a free port (or the one given) until the block ends."""
    server = MapServer(dataset, layers or (lambda layer_id: layer_bytes(dataset, layer_id)))
    listener = socket.create_server(("127.0.0.1", port))
    server.url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    runner = uvicorn.Server(uvicorn.Config(server.app(), log_level="warning", ws="none"))
    thread = threading.Thread(target=runner.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        while not runner.started:
            time.sleep(0.01)
        yield server
    finally:
        runner.should_exit = True
        thread.join()
        listener.close()


def collection(*features: dict[str, Any]) -> bytes:
    """Write features as a GeoJSON layer."""
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()
