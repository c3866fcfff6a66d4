"""A local stand-in for the Overpass API: replays answers and misbehaves on request.

    with StandIn() as server:
        server.on('"building"', answer([square(1, 85.0, 56.5)]))
        Overpass(server.url, cache=None, deadline=10).elements('[out:json];way["building"];out;')
        server.queries  # what was asked

A rule is chosen by a text that stands in the query, the last made that fits; its behaviours are
used one after another, the last of them from then on. What no rule fits gets an empty answer.
"""

import gzip
import json
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qs

Behaviour = Callable[[BaseHTTPRequestHandler], None]
Element = dict[str, Any]

BASE = "2024-11-20T10:00:00Z"


class StandIn:
    """A server on a free port of this machine for the length of a `with` block."""

    def __init__(self) -> None:
        self.queries: list[str] = []
        self._rules: list[tuple[str, list[Behaviour]]] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/api/interpreter"

    def on(self, text: str, *behaviours: Behaviour) -> None:
        self._rules.insert(0, (text, list(behaviours)))

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _behaviour(self, query: str) -> Behaviour:
        for text, behaviours in self._rules:
            if text in query:
                return behaviours.pop(0) if len(behaviours) > 1 else behaviours[0]
        return answer([])

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                length = int(self.headers["Content-Length"])
                query = parse_qs(self.rfile.read(length).decode())["data"][0]
                server.queries.append(query)
                try:
                    server._behaviour(query)(self)
                except ConnectionError:
                    self.close_connection = True  # the client had enough

            def log_message(self, *_: object) -> None:
                pass

        return Handler


def body_of(elements: Sequence[Element], **more: Any) -> bytes:
    """Return an answer as Overpass writes it."""
    head = {"version": 0.6, "osm3s": {"timestamp_osm_base": BASE}}
    return json.dumps(head | {"elements": list(elements)} | more).encode()


def answer(elements: Sequence[Element], **more: Any) -> Behaviour:
    return sent(body_of(elements, **more))


def remark(text: str) -> Behaviour:
    """Overpass says with status 200 that it gave up."""
    return answer([], remark=text)


def sent(
    body: bytes,
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    length: int | None = None,
) -> Behaviour:
    """Send a body as it is; a `length` above that of the body breaks off in the middle."""

    def behave(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in ({"Content-Type": "application/json"} | dict(headers or {})).items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(body) if length is None else length))
        handler.end_headers()
        handler.wfile.write(body)
        handler.close_connection = True

    return behave


def failing(status: int, *, retry_after: str | None = None) -> Behaviour:
    headers = {} if retry_after is None else {"Retry-After": retry_after}
    return sent(b"<html>busy</html>", status=status, headers=headers)


def html() -> Behaviour:
    return sent(b"<!DOCTYPE html><html><body>Sign in</body></html>")


def truncated(elements: Sequence[Element]) -> Behaviour:
    """Break off while more bytes were promised."""
    body = body_of(elements)
    return sent(body[: len(body) // 2], length=len(body))


def cut(elements: Sequence[Element]) -> Behaviour:
    """Promise and send only half of the JSON."""
    body = body_of(elements)
    return sent(body[: len(body) // 2])


def redirect(to: str, status: int = 302) -> Behaviour:
    return sent(b"", status=status, headers={"Location": to})


def packed(body: bytes, encoding: str = "gzip") -> Behaviour:
    return sent(gzip.compress(body), headers={"Content-Encoding": encoding})


def endless() -> Behaviour:
    """Send spaces until the client goes away."""

    def behave(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        handler.wfile.write(b'{"elements": [')
        while True:
            handler.wfile.write(b" " * 65536)

    return behave


def dripping(*, headers: bool = False) -> Behaviour:
    """Send a byte now and then: each in time, all together never done."""

    def behave(handler: BaseHTTPRequestHandler) -> None:
        if headers:
            handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        else:
            handler.send_response(200)
            handler.end_headers()
        while True:
            handler.wfile.write(b"{")
            handler.wfile.flush()
            time.sleep(0.01)

    return behave


def silent() -> Behaviour:
    """Close without a word."""

    def behave(handler: BaseHTTPRequestHandler) -> None:
        handler.close_connection = True

    return behave


def node(number: int, lon: float, lat: float, **tags: str) -> Element:
    made: Element = {"type": "node", "id": number, "lon": lon, "lat": lat}
    return made | ({"tags": tags} if tags else {})


def way(number: int, nodes: Sequence[int], **tags: str) -> Element:
    made: Element = {"type": "way", "id": number, "nodes": list(nodes)}
    return made | ({"tags": tags} if tags else {})


def relation(number: int, members: Sequence[tuple[int, str]], **tags: str) -> Element:
    listed = [{"type": "way", "ref": ref, "role": role} for ref, role in members]
    return {"type": "relation", "id": number, "members": listed, "tags": tags}


def square(number: int, lon: float, lat: float, side: float = 0.001, **tags: str) -> list[Element]:
    """Return a closed way from its south-west corner, and its nodes: ids from 10 times its own."""
    corners = [(lon, lat), (lon + side, lat), (lon + side, lat + side), (lon, lat + side)]
    nodes = [node(number * 10 + i, *corner) for i, corner in enumerate(corners)]
    ring = [one["id"] for one in nodes]
    return [*nodes, way(number, [*ring, ring[0]], **tags)]
