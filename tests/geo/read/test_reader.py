"""The child process: its limits, and what is left of it."""

import os
import signal
import subprocess
import sys
import threading
import time

import numpy as np
import psutil
import pytest

from geo.dataset import SHIPPED
from geo.read import Limits, Reader, read
from geo.read.codes import ENTRIES
from tests.geo.read.conftest import SQUARE, collection, feature, polygon


def scribble(vertices, seed=1):
    corner, side = np.array([85, 56.5]), 0.1
    ring = (corner + side * np.random.default_rng(seed).random((vertices, 2))).tolist()
    return feature(polygon([*ring, ring[0]]))


def test_a_file_by_its_path(tmp_path):
    path = tmp_path / "слой.geojson"
    path.write_bytes(collection(feature(a=1)))
    reading = read(path, name="слой.geojson", limits=Limits(seconds=60))
    assert reading.report.file == "слой.geojson"
    assert reading.frame.crs == "EPSG:4326"
    assert path.read_bytes() == collection(feature(a=1))


@pytest.mark.parametrize("make", ENTRIES)
def test_what_is_no_file(reader, tmp_path, make):
    path = tmp_path / "layer.geojson"
    if make == "folder":
        path.mkdir()
    elif make == "pipe":
        os.mkfifo(path)
    elif make == "device":
        path.symlink_to("/dev/zero")
    elif make == "link to nowhere":
        path.symlink_to(path)
    refusal = reader.read(path, name=path.name).report.rejected
    assert (refusal.code, refusal.values["entry"]) == ("not_a_file", make)


def test_size_is_looked_at_before_the_child_is_asked(reader):
    refusal = reader.read(b"x" * 1_000_001, name="a.csv").report.rejected
    assert (refusal.code, refusal.values["found_mb"]) == ("too_big", 1.1)


def test_progress_ends_near_one_and_never_falls(reader):
    shares = []
    reader.read(collection(feature()), name="a.geojson", progress=shares.append)
    assert shares == sorted(shares)
    assert 0 < shares[-1] <= 1


def test_a_scribble_is_repaired_or_dropped_within_its_budget():
    with Reader(Limits(seconds=60, repair_seconds=0.3)) as reader:
        few, many = scribble(60), scribble(4_000)
        layer = collection(few, many, feature())
        reading = reader.read(layer, name="a.geojson")
        assert reading.rows.tolist() == [1, 3]
        assert reading.frame.geometry.is_valid.all()
        assert [finding.code for finding in reading.report.dropped] == ["repair_too_long"]


def test_too_many_vertices_to_repair():
    with Reader(Limits(seconds=60, repair_vertices=50)) as reader:
        reading = reader.read(collection(scribble(60)), name="a.geojson")
        assert [finding.code for finding in reading.report.dropped] == ["repair_too_big"]


def test_the_clock_ends_a_reading_and_the_next_file_is_read():
    with Reader(Limits(seconds=60)) as reader:
        reader.read(collection(feature()), name="a.geojson")
        child = reader._child.pid
        patient, reader.limits = reader.limits, Limits(seconds=0.05)
        many = collection(*[feature(n=n) for n in range(20_000)])
        assert reader.read(many, name="b.geojson").report.rejected.code == "out_of_time"
        assert not psutil.pid_exists(child)
        reader.limits = patient
        assert reader.read(collection(feature()), name="c.geojson").report.kept == 1


def test_memory_ends_a_reading():
    with Reader(Limits(seconds=60, memory_mb=500, max_mb=100)) as reader:
        text = b'{"type": "FeatureCollection", "features": [' + b"[]," * 4_000_000 + b"[]]}"
        text = text.replace(b'"features": [', b'"features": [[', 1).replace(b"]]}", b"]]]}", 1)
        refusal = reader.read(text, name="a.geojson").report.rejected
        assert refusal.code == "out_of_memory"


def test_a_child_that_dies_is_a_refusal(reader):
    reader.read(collection(feature()), name="a.geojson")
    child = psutil.Process(reader._child.pid)
    threading.Timer(0.05, child.kill).start()
    child.suspend()
    refusal = reader.read(collection(feature()), name="b.geojson").report.rejected
    assert refusal.code == "out_of_memory"  # SIGKILL from elsewhere is what the kernel does then
    assert reader.read(collection(feature()), name="c.geojson").report.kept == 1


def test_cancel(reader):
    reader.read(collection(feature()), name="a.geojson")
    psutil.Process(reader._child.pid).suspend()
    asked = iter([False, False, True])
    reading = reader.read(collection(feature()), name="b.geojson", cancelled=lambda: next(asked))
    assert reading.report.rejected.code == "cancelled"


def test_nothing_is_left_when_the_reader_closes():
    with Reader(Limits(seconds=60)) as reader:
        reader.read(collection(feature(polygon(SQUARE))), name="a.geojson")
        folder, child = reader._folder, reader._child.pid
        assert sorted(path.name for path in folder.iterdir()) == ["stderr"]
        assert folder.stat().st_mode & 0o77 == 0
    assert not folder.exists()
    assert not psutil.pid_exists(child)


def test_a_child_whose_reader_died_leaves_nothing():
    with Reader(Limits(seconds=60)) as reader:
        reader.read(collection(feature()), name="a.geojson")
        reader._child.stdin.close()
        assert reader._child.wait() == 0
        assert not reader._folder.exists()


KILLED = """
import os, signal, sys
from pathlib import Path
from geo.read import Limits, read
def dies(*_):
    os.kill(os.getpid(), signal.SIGKILL)
if sys.argv[1] == "copying":
    from geo.read import reader
    copy = reader.shutil.copyfile
    reader.shutil.copyfile = lambda *paths: (copy(*paths), dies())
read(Path("a.geojson"), name="a.geojson", limits=Limits(seconds=60), progress=dies)
"""


@pytest.mark.parametrize("when", ["copying", "reading"])
def test_a_reader_that_is_killed_leaves_nothing(tmp_path, when):
    folder = tmp_path / "temporary"
    folder.mkdir()
    text = collection(*[feature(n=n) for n in range(20_000)])
    (tmp_path / "a.geojson").write_bytes(text)
    run = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", KILLED, when],
        cwd=tmp_path,
        env={**os.environ, "TMPDIR": str(folder), "PYTHONPATH": str(SHIPPED.parent)},
        check=False,
    )
    assert run.returncode == -signal.SIGKILL
    end = time.monotonic() + 30
    while list(folder.iterdir()) and time.monotonic() < end:
        time.sleep(0.05)
    assert list(folder.iterdir()) == []


def test_a_crash_is_a_refusal(reader):
    reader.read(collection(feature()), name="a.geojson")
    child = psutil.Process(reader._child.pid)
    child.send_signal(signal.SIGSEGV)
    child.wait()
    assert reader.read(collection(feature()), name="b.geojson").report.rejected.code == "crashed"


def test_a_file_that_cannot_be_copied(reader, tmp_path, monkeypatch):
    def fails(source, target):
        raise PermissionError(f"no access to {source}")

    path = tmp_path / "a.geojson"
    path.write_bytes(collection(feature()))
    monkeypatch.setattr("geo.read.reader.shutil.copyfile", fails)
    assert reader.read(path, name="a.geojson").report.rejected.code == "not_readable"


def test_an_answer_that_is_not_what_the_child_writes(reader, monkeypatch):
    def gone(path):
        raise ValueError("no Arrow file")

    monkeypatch.setattr("geo.read.frames.read_frame", gone)
    assert reader.read(collection(feature()), name="a.geojson").report.rejected.code == "crashed"
