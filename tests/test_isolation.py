"""No file outside the working folder is opened and no connection made, whatever a file asks for."""

import ctypes
import json
import os
import socket
import struct
import subprocess
import sys
import sysconfig
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from geo.read import Limits, Reader
from tests.corpus.doors import ROOT
from tests.corpus.table import LIMITS, cases, lay_out

pytestmark = pytest.mark.slow

PARTS = (
    "disguised/",
    "zip/",
    "place/crs",
    "gpkg/fine",
    "gpkg/v",
    "gpkg/t",
    "gpkg/endless",
    "fgb/fine",
    "parquet/fine",
    "parquet/pickle",
    "xlsx/fine",
    "xlsx/entit",
    "csv/wkt.",
    "valid/point",
)
"""Beginnings of the names of those that want something, and of a good one of each format."""

CANARY = "canary-3f9b"
IN_OPEN = 0x20
DEVICES = {"/dev/null", "/dev/urandom"}
NAMESPACE = {"/proc/self/setgroups", "/proc/self/uid_map", "/proc/self/gid_map"}
"""Written once, before any file is looked at, to leave the network."""


@dataclass
class Bait:
    """A file and an address that nobody has any business with, and who touched them."""

    canary: Path
    url: str
    opened: int = 0
    connected: int = 0


@contextmanager
def laid(folder: Path) -> Iterator[Bait]:
    """Lay out a file that tells when it is opened and a server that counts its visitors."""
    folder.mkdir()
    canary = folder / "canary.csv"
    canary.write_text(f"name,lon,lat\n{CANARY},84.95,56.48\n", encoding="utf-8")
    libc = ctypes.CDLL(None)
    watch = libc.inotify_init1(os.O_NONBLOCK)
    assert libc.inotify_add_watch(watch, os.fsencode(canary), IN_OPEN) > 0
    with socket.create_server(("127.0.0.1", 0)) as server:
        bait = Bait(canary, f"http://127.0.0.1:{server.getsockname()[1]}")

        def answer() -> None:
            while True:
                try:
                    visitor, _ = server.accept()
                except OSError:
                    return
                bait.connected += 1
                visitor.close()

        thread = threading.Thread(target=answer, daemon=True)
        thread.start()
        try:
            yield bait
        finally:
            server.shutdown(socket.SHUT_RDWR)
            thread.join()
            bait.opened = _events(watch)


def _events(watch: int) -> int:
    """Return how many events an inotify descriptor holds, and close it."""
    try:
        return len(os.read(watch, 65_536)) // struct.calcsize("iIII")
    except BlockingIOError:
        return 0
    finally:
        os.close(watch)


@pytest.fixture
def watched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: Any) -> Path:
    """Make readers start their process with an observer; return the file that it writes."""
    log = tmp_path / "events"
    start = subprocess.Popen

    def instead(command: list[str], *, env: dict[str, str], **options: Any) -> Any:
        place = command.index("geo.read.child")
        env = env | {"ATLAS_WATCH": str(log)} | ({"ATLAS_BARE": "1"} if request.param else {})
        return start(
            [*command[:place], "tests.corpus.watched", *command[place + 1 :]], env=env, **options
        )

    monkeypatch.setattr(subprocess, "Popen", instead)
    return log


@pytest.mark.parametrize("watched", [False, True], ids=["guarded", "bare"], indirect=True)
def test_nothing_outside_is_touched(tmp_path: Path, watched: Path) -> None:
    folder = tmp_path / "corpus"
    said = []
    with laid(tmp_path / "outside") as bait:
        lay_out(folder, part=PARTS, canary=str(bait.canary), url=bait.url)
        chosen = [case for case in cases() if case.name.startswith(PARTS)]
        with Reader(Limits(**LIMITS[""])) as reader:
            working = os.path.realpath(reader._folder)
            for case in chosen:
                reading = reader.read(folder / case.name, name=case.name, **case.options)
                said.append(json.dumps(reading.report.to_json()))
                if reading.frame is not None:
                    said.append(reading.frame.to_csv())
    assert bait.opened == 0
    assert bait.connected == 0
    assert CANARY not in "".join(said)
    assert not Path("/tmp/atlas-slip").exists()  # noqa: S108 - where a file of the corpus points
    assert len(chosen) > 100

    events = [json.loads(line) for line in watched.read_text(encoding="utf-8").splitlines()]
    assert len([event for event, _ in events if event == "open"]) > len(chosen)
    assert not [place for event, place in events if not _is_ours(event, place, working)]


def _is_ours(event: str, place: str | None, working: str) -> bool:
    """Whether a process that reads files may do this."""
    if event.startswith(("socket.", "subprocess.", "urllib.", "pickle.", "os.system", "os.exec")):
        return False
    if place is None or place in DEVICES | NAMESPACE:
        return True
    code = {sys.prefix, sys.base_prefix, *sysconfig.get_paths().values(), str(ROOT)}
    real = os.path.realpath(place)
    if real.startswith(working + os.sep) or real == working:
        return True
    return event in READING and any(real.startswith(os.path.realpath(path)) for path in code)


READING = {"open", "os.listdir", "os.scandir", "ctypes.dlopen"}


def test_the_bait_is_taken_by_those_who_may(tmp_path: Path) -> None:
    """GDAL with all its drivers falls for it: the test above would see it."""
    folder = tmp_path / "corpus"
    with laid(tmp_path / "outside") as bait:
        lay_out(folder, part=("disguised/",), canary=str(bait.canary), url=bait.url)
        read = (
            "import sys, pyogrio.raw\n"
            "for name in sys.argv[1:]:\n"
            "    try:\n"
            "        print(pyogrio.raw.read(name))\n"
            "    except Exception as error:\n"
            "        print(type(error))\n"
        )
        names = ["disguised/vrt.csv", "disguised/gdalg.geojson", "disguised/crs-link.geojson"]
        done = subprocess.run(  # noqa: S603 - our own program, no shell
            [sys.executable, "-c", read, *names],
            cwd=folder,
            env={**os.environ, "GDAL_HTTP_TIMEOUT": "3"},
            capture_output=True,
            check=True,
        )
    assert CANARY in done.stdout.decode()
    assert bait.opened > 0
    assert bait.connected > 0
