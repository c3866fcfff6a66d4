import gc
import json
import os
import shutil
import subprocess
import traceback
from collections.abc import Iterator

import anyio
import httpx2
import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from api.startup import PlainStartFailure, lifespan
from geo.dataset import SHIPPED
from tests.api.server import DEADLINE_S, ROOT, command, free_port, running


def test_what_never_changes_is_out_of_the_garbage_collectors_way():
    async def start() -> int:
        async with lifespan(None):
            return gc.get_freeze_count()

    try:
        assert anyio.run(start) > 100_000
    finally:
        gc.unfreeze()


def test_a_fault_of_the_program_keeps_its_stack_trace():
    async def faulty(scope, receive, send):
        try:
            raise ZeroDivisionError
        except ZeroDivisionError:
            await send({"type": "lifespan.startup.failed", "message": traceback.format_exc()})

    sent = []

    async def send(message):
        sent.append(message["message"])

    anyio.run(PlainStartFailure(faulty), {"type": "lifespan"}, None, send)
    assert "Traceback" in sent[0]


@pytest.fixture(scope="module")
def address(tmp_path_factory) -> Iterator[str]:
    with running(tmp_path_factory.mktemp("server") / "log") as address:
        yield address


@pytest.fixture
def start(tmp_path):
    """Return a function that starts the server, expects it to stop, and returns how it did."""

    def run(**settings):
        return subprocess.run(  # noqa: S603 - our own command
            command(free_port()),
            cwd=ROOT,
            env={**os.environ, **settings},
            capture_output=True,
            text=True,
            timeout=DEADLINE_S,
            check=False,
        )

    return run


@pytest.mark.slow
def test_the_process_is_healthy(address, dataset):
    found = httpx2.get(f"{address}/health").json()
    assert (found["status"], found["release"]) == ("ok", dataset.release)


@pytest.mark.slow
def test_pages_carry_their_policy(address):
    response = httpx2.get(f"{address}/")
    assert response.status_code == 200
    assert "script-src 'self' blob: 'sha256-" in response.headers["content-security-policy"]
    assert response.headers["x-content-type-options"] == "nosniff"


@pytest.mark.slow
@pytest.mark.parametrize("path", ["/_stcore/metrics", "/_stcore/agent/openapi.json", "/nowhere"])
def test_what_streamlit_opens_to_everyone_is_closed(address, path):
    response = httpx2.get(f"{address}{path}")
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"


@pytest.mark.slow
def test_streamlit_itself_is_behind(address):
    assert httpx2.get(f"{address}/_stcore/health").text == "ok"


@pytest.mark.slow
def test_head_has_no_body(address):
    response = httpx2.head(f"{address}/layers/projects.geojson")
    assert response.status_code == 200
    assert int(response.headers["content-length"]) > 1000
    assert response.content == b""


@pytest.mark.slow
def test_sockets_are_open_to_our_pages_alone(address):
    stream = f"{address.replace('http', 'ws', 1)}/_stcore/stream"
    with connect(stream, origin=address, open_timeout=DEADLINE_S):
        pass
    with pytest.raises(InvalidStatus) as refused, connect(stream, origin="http://localhost"):
        pass
    assert refused.value.response.status_code == 403


@pytest.mark.slow
def test_a_broken_dataset_stops_the_start_with_one_message(start, tmp_path):
    folder = tmp_path / "data"
    shutil.copytree(SHIPPED, folder)
    file = folder / "territories" / "sport.geojson"
    layer = json.loads(file.read_text(encoding="utf-8"))
    first = layer["features"][0]
    layer["features"].append(first)
    file.write_text(json.dumps(layer), encoding="utf-8")

    result = start(ATLAS_DATA_FOLDER=str(folder))

    assert result.returncode != 0
    output = result.stdout + result.stderr
    row = len(layer["features"])
    assert f"territories/sport.geojson, row {row}, id `{first['id']}`, field `id`" in output
    assert "Traceback" not in output
    assert str(tmp_path) not in output


@pytest.mark.slow
def test_an_unusable_setting_stops_the_start_by_name(start):
    result = start(ATLAS_LOG_LEVEL="LOUD")
    output = result.stdout + result.stderr
    assert result.returncode != 0
    assert "log_level" in output
    assert "Traceback" not in output
