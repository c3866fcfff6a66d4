"""Starts the two applications on free ports and stops them again."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Server:
    """A running application: its address and its process."""

    url: str
    process: psutil.Process

    def cpu_seconds(self) -> float:
        """Return the processor time that the server has used so far."""
        times = self.process.cpu_times()
        return float(times.user + times.system)


@contextmanager
def atlas(data_folder: Path | None = None, *, snapshot: Path | None = None) -> Iterator[Server]:
    """Run the Atlas, on the shipped data and snapshot or on other folders."""
    chosen = {"ATLAS_DATA_FOLDER": data_folder, "ATLAS_SNAPSHOT": snapshot}
    environment = os.environ | {name: str(folder) for name, folder in chosen.items() if folder}
    with _streamlit("app.py", environment, "/health") as server:
        yield server


@contextmanager
def stock(data_folder: Path) -> Iterator[Server]:
    """Run the peer on the same features."""
    environment = os.environ | {"BENCHMARK_FOLDER": str(data_folder)}
    with _streamlit("benchmarks/stock.py", environment, "/_stcore/health") as server:
        yield server


@contextmanager
def empty() -> Iterator[Server]:
    """Run an empty Streamlit page."""
    with _streamlit("benchmarks/empty_app.py", dict(os.environ), "/_stcore/health") as server:
        yield server


@contextmanager
def _streamlit(script: str, environment: dict[str, str], health: str) -> Iterator[Server]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", script, "--server.port", str(port)]
    command += ["--server.address", "127.0.0.1", "--server.headless", "true"]
    command += ["--browser.gatherUsageStats", "false"]
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            url = f"http://127.0.0.1:{port}"
            _wait(url + health, process)
            yield Server(url, psutil.Process(process.pid))
        finally:
            process.terminate()


def _wait(url: str, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with {process.returncode} before it answered")
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError(f"no answer from {url}")
