from collections.abc import Callable

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.testclient import TestClient

from api.uploads import HELD_SECONDS, OF_A_SESSION, ROUTE, UploadRoom


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def send(clock: Clock) -> Callable[..., int]:
    async def taken(_: Request) -> Response:
        return Response(status_code=204)

    routes = [Route("/{path:path}", taken, methods=["GET", "PUT", "DELETE"])]
    client = TestClient(UploadRoom(Starlette(routes=routes), files=lambda: 5, clock=clock))
    return lambda session, file, method="PUT": (
        client.request(method, f"{ROUTE}{session}/{file}").status_code
    )


def test_a_session_holds_a_few_files(send: Callable[..., int]) -> None:
    assert [send("a", n) for n in range(OF_A_SESSION + 1)] == [204] * OF_A_SESSION + [503]
    assert send("a", 0) == 204, "the same file sent again takes no more room"
    assert send("b", 0) == 204


def test_what_is_taken_off_makes_room(send: Callable[..., int]) -> None:
    for n in range(OF_A_SESSION):
        send("a", n)
    assert send("a", 0, "DELETE") == 204
    assert send("a", 9) == 204
    assert send("a", 10) == 503


def test_all_sessions_together_are_bounded(send: Callable[..., int], clock: Clock) -> None:
    assert [send(f"s{n}", 0) for n in range(6)] == [204] * 5 + [503]
    clock.now = HELD_SECONDS
    assert send("s9", 0) == 204, "what was held long enough is taken to be gone"


def test_other_paths_are_not_counted() -> None:
    async def answer(_: Request) -> Response:
        return Response("ok")

    app = UploadRoom(Starlette(routes=[Route("/x", answer, methods=["PUT"])]), files=lambda: 0)
    assert TestClient(app).put("/x").status_code == 200
