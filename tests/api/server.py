"""Starts the real application as a process of its own, as `make run` does."""

import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DEADLINE_S = 90


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def command(port: int, script: Path = ROOT / "app.py") -> list[str]:
    return [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(port)]


@contextlib.contextmanager
def running(log: Path, script: Path = ROOT / "app.py", **settings: str) -> Iterator[str]:
    """Yield the address of a server that answers /health, and stop it afterwards."""
    port = free_port()
    environment = {**os.environ, **settings}
    with log.open("wb") as output:
        process = subprocess.Popen(  # noqa: S603 - our own command
            command(port, script), cwd=ROOT, env=environment, stdout=output, stderr=output
        )
    try:
        address = f"http://127.0.0.1:{port}"
        wait_for(f"{address}/health", process, log)
        yield address
    finally:
        process.terminate()
        process.wait(DEADLINE_S)


def wait_for(url: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + DEADLINE_S
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(OSError):
            urllib.request.urlopen(url, timeout=5).close()  # noqa: S310 - our own server
            return
        time.sleep(0.1)
    raise AssertionError(f"no answer from {url}:\n{log.read_text(encoding='utf-8')}")
