"""The engine `dask`, on a scheduler and two workers started as docs/cluster.md says."""

import json
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest

from geo.errors import JoinError
from geo.join import JoinSpec, Layer, join
from geo.join.engines import run, scheduler
from tests.geo.join.engines.layers import MIXED, POLYGONS, layer, written

pytestmark = pytest.mark.slow

PARTS = ["--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file"]
WORKERS = ["--nworkers", "1", "--nthreads", "1", "--no-nanny", "--no-dashboard", "--scheduler-file"]
SECONDS = 30


@contextmanager
def started(*arguments: str, log: Path) -> Iterator[None]:
    with log.open("wb") as file:
        process = subprocess.Popen(  # noqa: S603 - this interpreter, our own arguments
            [sys.executable, "-m", *arguments], stdout=file, stderr=file, cwd=Path.cwd()
        )
        try:
            yield
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(SECONDS)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    folder = tmp_path_factory.mktemp("cluster")
    about, scratch = folder / "scheduler.json", folder / "scratch"
    worker = (
        "distributed.cli.dask_worker",
        *WORKERS,
        str(about),
        "--local-directory",
        str(scratch),
    )
    with (
        started("distributed.cli.dask_scheduler", *PARTS, str(about), log=folder / "log"),
        started(*worker, log=folder / "log-1"),
        started(*worker, log=folder / "log-2"),
    ):
        until = time.monotonic() + SECONDS
        while not about.exists() and time.monotonic() < until:
            time.sleep(0.05)
        address = json.loads(about.read_text())["address"]
        wait_for_workers(address, 2)
        yield address, folder
    shutil.rmtree(scratch, ignore_errors=True)


def wait_for_workers(address: str, count: int) -> None:
    from distributed import Client

    with Client(address, timeout=SECONDS, set_as_default=False) as client:
        client.wait_for_workers(count, timeout=SECONDS)


@pytest.mark.parametrize(
    "options",
    [
        {"predicate": "covered_by", "multiplicity": "first"},
        {"predicate": "nearest", "k": 2},
    ],
    ids=lambda o: o["predicate"],
)
def test_the_table_is_that_of_the_engine_in_memory(
    options: dict[str, Any], cluster: tuple[str, Path], tmp_path: Path
) -> None:
    left = layer(MIXED, 90, 1).sample(frac=1, random_state=1).reset_index(drop=True)
    right = layer(POLYGONS, 40, 2)
    files = written(left, tmp_path / "a.parquet"), written(right, tmp_path / "b.parquet")
    done = run(*files, JoinSpec(**options), out=tmp_path / "out.parquet", scheduler=cluster[0])
    assert done.choice.engine == "dask"
    found = gpd.read_parquet(tmp_path / "out.parquet")
    expected = join(Layer("a", left), Layer("b", right), **options).table
    assert len(found)
    for name in ("a.id", "b.id", "match_no", "match_count", "tie_count"):
        assert found[name].fillna(-1).tolist() == expected[name].fillna(-1).tolist(), name


def test_both_workers_had_a_share(cluster: tuple[str, Path]) -> None:
    from distributed import Client

    with Client(cluster[0], timeout=SECONDS, set_as_default=False) as client:
        done = client.run(lambda dask_worker: dask_worker.state.executed_count)
    assert len(done) == 2
    assert min(done.values()) > 3


def test_files_that_workers_cannot_read_are_refused(
    cluster: tuple[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(layer(POLYGONS, 9, 3), tmp_path / "a.parquet")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(JoinError, match="worker_failed"):
        run("a.parquet", "a.parquet", JoinSpec(), out=Path("out.parquet"), scheduler=cluster[0])
    assert not Path("out.parquet").exists()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scheduler, "CONNECT_SECONDS", 0.3)


def refusal(address: str, folder: Path) -> JoinError:
    file = written(layer(POLYGONS, 9, 3), folder / "a.parquet")
    with pytest.raises(JoinError) as caught:
        run(file, file, JoinSpec(), out=folder / "out.parquet", scheduler=address)
    assert not (folder / "out.parquet").exists()
    return caught.value


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize(
    "address", ["tcp://127.0.0.1:1", "http://127.0.0.1:1", "nonsense", "", "tls://127.0.0.1:1"]
)
def test_no_scheduler_there(address: str, tmp_path: Path) -> None:
    assert refusal(address, tmp_path).code == "no_scheduler"


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize(
    "sent", [b"", b"HTTP/1.1 400 Bad Request\r\n\r\n", (1).to_bytes(8, "little") * 2 + b"x" * 99]
)
def test_something_else_answers(sent: bytes, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        kept: list[socket.socket] = []

        def answer() -> None:
            connection, _ = server.accept()
            connection.sendall(sent)
            kept.append(connection)

        thread = threading.Thread(target=answer)
        thread.start()
        address = f"tcp://127.0.0.1:{server.getsockname()[1]}"
        assert refusal(address, tmp_path).code == "no_scheduler"
        thread.join()
        for connection in kept:
            connection.close()
