"""What a disguised file tries must not happen: seen from the kernel, not from our own code."""

import ctypes
import io
import json
import os
import socket
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.geo.read.conftest import collection, feature

ROOT = Path(__file__).parents[3]
_NONBLOCK, _OPENED = 0o4000, 0x20


class Canary:
    """A file of which the kernel tells when anybody opens it, and a server that counts callers."""

    def __init__(self, folder):
        self.path = folder / "canary"
        self.path.write_text("name,lon,lat\nsecret,85,56.5\n")
        libc = ctypes.CDLL(None, use_errno=True)
        self._watch = libc.inotify_init1(_NONBLOCK)
        assert self._watch >= 0
        assert libc.inotify_add_watch(self._watch, os.fsencode(self.path), _OPENED) >= 0
        self._server = socket.create_server(("127.0.0.1", 0))
        self._server.setblocking(False)
        self.address = f"http://127.0.0.1:{self._server.getsockname()[1]}/layer.geojson"

    def was_opened(self):
        try:
            return bool(os.read(self._watch, 4_096))
        except BlockingIOError:
            return False

    def was_called(self):
        try:
            self._server.accept()[0].close()
        except BlockingIOError:
            return False
        return True

    def close(self):
        os.close(self._watch)
        self._server.close()


@pytest.fixture
def canary(tmp_path):
    canary = Canary(tmp_path)
    yield canary
    canary.close()


def test_the_canary_sings(canary):
    assert not canary.was_opened()
    assert not canary.was_called()
    canary.path.read_text()
    socket.create_connection(canary._server.getsockname()).close()
    assert canary.was_opened()
    assert canary.was_called()


def vrt(source):
    return (
        f'<OGRVRTDataSource><OGRVRTLayer name="canary"><SrcDataSource>{source}</SrcDataSource>'
        "</OGRVRTLayer></OGRVRTDataSource>"
    ).encode()


def gdalg(source):
    return json.dumps(
        {"type": "gdal_streamed_alg", "command_line": f"gdal vector read {source}"}
    ).encode()


def linked_crs(source):
    crs = {"type": "link", "properties": {"href": str(source), "type": "ogcwkt"}}
    return collection(feature(), crs=crs)


def zipped(content):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for ending in ("shp", "shx", "dbf", "prj"):
            archive.writestr(f"layer.{ending}", content)
    return out.getvalue()


@pytest.mark.parametrize("to", ["path", "address"])
@pytest.mark.parametrize("disguise", [vrt, gdalg, linked_crs])
@pytest.mark.parametrize("ending", [".geojson", ".json", ".csv", ".gpkg", ".fgb", ".zip"])
def test_a_disguised_file_reaches_nothing(read, canary, disguise, to, ending):
    content = disguise(getattr(canary, to))
    reading = read(zipped(content) if ending == ".zip" else content, f"layer{ending}")
    assert reading.report.rejected
    assert "canary" not in json.dumps(reading.report.to_json())
    assert not canary.was_opened()
    assert not canary.was_called()


def test_gdal_itself_would_not_follow_either(canary, tmp_path):
    # The parsers above stop these files; here GDAL gets them, in the child's environment.
    for disguise in (vrt, gdalg, linked_crs):
        for to in ("path", "address"):
            path = tmp_path / f"{disguise.__name__}-{to}.geojson"
            path.write_bytes(disguise(getattr(canary, to)))
    tried = confined(
        "import glob, pyogrio\n"
        "for name in glob.glob('*.geojson'):\n"
        "    try:\n"
        "        pyogrio.raw.read(name)\n"
        "        print('read')\n"
        "    except pyogrio.errors.DataSourceError:\n"
        "        print('refused')\n",
        tmp_path,
    )
    assert tried == "refused\n" * 6
    assert not canary.was_opened()
    assert not canary.was_called()


ATTEMPTS = (
    "open('/etc/passwd')",
    "open(os.path.join(os.getcwd(), '..', 'canary'))",
    "os.open('/etc/passwd', os.O_RDONLY)",
    "os.listdir('/')",
    "os.symlink('/etc/passwd', 'link') or open('link')",
    "open(os.path.join(sys.prefix, 'x'), 'w')",
    "os.mkdir('/tmp/x')",
    "os.rename('mine', '/tmp/x')",
    "sqlite3.connect('/etc/passwd')",
    "socket.create_connection(('127.0.0.1', 9))",
    "socket.getaddrinfo('example.org', 80)",
    "subprocess.run(['true'])",
    "os.system('true')",
    "os.execv('/bin/true', ['true'])",
    "os.kill(os.getppid(), 0)",
    "urllib.request.urlopen('http://127.0.0.1:9')",
)


def test_python_code_in_the_child_is_refused(tmp_path):
    code = (
        "import os, socket, sqlite3, subprocess, sys, urllib.request\n"
        f"for attempt in {ATTEMPTS!r}:\n"
        "    try:\n"
        "        exec(attempt)\n"
        "        print('done:', attempt)\n"
        "    except PermissionError:\n"
        "        pass\n"
    )
    assert confined(code, tmp_path) == ""


def test_what_the_child_needs_it_may(tmp_path):
    code = (
        "open('mine', 'w').write('x')\nprint(open('mine').read())\n"
        "import sqlite3\nsqlite3.connect('base').execute('CREATE TABLE a (b)')\n"
        "import zoneinfo, email, pyogrio, pyarrow.parquet\n"
    )
    assert confined(code, tmp_path) == "x\n"


def test_the_child_has_no_network_where_the_kernel_lets_it_go(tmp_path):
    if subprocess.run(["unshare", "-rn", "true"], capture_output=True).returncode:  # noqa: S607
        pytest.skip("this kernel does not let a process leave the network")
    code = "print([line.split(':')[0].strip() for line in open(3).readlines()[2:]])"
    before = "import os\nfd = os.open('/proc/self/net/dev', os.O_RDONLY)\nos.dup2(fd, 3)\n"
    assert confined(code, tmp_path, after_network=before) == "['lo']\n"


def confined(code, folder, after_network=""):
    """Run code in a process confined to a folder, in the environment of the child."""
    from geo.read.reader import _environment

    program = (
        "import sys\nfrom pathlib import Path\nfrom geo.read import child, sandbox\n"
        "sys.meta_path.insert(0, child._Absent())\n"
        "leave = sandbox._leave_network\n"
        f"def first():\n    leave()\n    exec({after_network!r}, {{}})\n"
        "sandbox._leave_network = first\n"
        "sandbox.confine(Path.cwd(), memory_mb=3_000)\n" + code
    )
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-P", "-B", "-c", program],
        cwd=folder, env=_environment(folder), capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout
