"""A file appears whole, with its provenance, or what was there stays."""

import errno
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from geo.dataset import SHIPPED
from geo.errors import NotWritableError, WritingError
from geo.export import FORMATS, Content, Staging, write
from geo.export import writing as module
from geo.provenance import SUFFIX
from geo.provenance.origin import sha256_of

Left = Callable[[], list[str]]
OLD, OLD_SIDECAR = b"old file", b"old provenance"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "out.geojson"
    path.write_bytes(OLD)
    path.with_name(path.name + SUFFIX).write_bytes(OLD_SIDECAR)
    return path


def is_old(path: Path) -> bool:
    return (path.read_bytes(), path.with_name(path.name + SUFFIX).read_bytes()) == (
        OLD,
        OLD_SIDECAR,
    )


def test_file_and_provenance_replace_the_old_ones(content: Content, old: Path, left: Left) -> None:
    written = write(content, old)
    sidecar = json.loads(old.with_name(old.name + SUFFIX).read_bytes())
    assert sidecar == written.provenance
    assert sidecar["output"]["sha256"] == sha256_of(old)
    assert left() == [old.name, old.name + SUFFIX]
    mask = os.umask(0)
    os.umask(mask)
    assert old.stat().st_mode & 0o777 == 0o666 & ~mask


def test_what_does_not_fit_leaves_the_old_file(replaced, old: Path, left: Left) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(NotWritableError):
        write(replaced(number=float("inf")), old)
    assert is_old(old)
    assert len(left()) == 2


def test_a_file_that_does_not_read_back_is_not_moved(
    content: Content, old: Path, left: Left, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = FORMATS["geojson"]

    def torn(fitted, path, options):  # type: ignore[no-untyped-def]
        notices = form.write(fitted, path, options)
        lines = path.read_text(encoding="utf-8").splitlines()
        path.write_text("\n".join(lines[:1] + lines[2:]), encoding="utf-8")
        return notices

    broken = type(form)(form.id, form.media_type, form.extension, form.rules, torn, form.read)
    monkeypatch.setattr(module, "format_of", lambda *_: broken)
    with pytest.raises(WritingError, match="6 rows were written, 5 read back"):
        write(content, old)
    assert is_old(old)
    assert len(left()) == 2


def test_died_between_the_two_moves_nothing_false_is_vouched_for(
    content: Content, old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.replace

    def dies(self: Path, target: Path) -> Path:
        if target == old:
            raise KeyboardInterrupt
        return real(self, target)

    monkeypatch.setattr(Path, "replace", dies)
    with pytest.raises(KeyboardInterrupt):
        write(content, old)
    sidecar = json.loads(old.with_name(old.name + SUFFIX).read_bytes())
    assert old.read_bytes() == OLD
    assert sidecar["output"]["sha256"] != sha256_of(old)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("gone/x.csv", "there is no such folder"),
        ("file/x.csv", "there is no such folder"),
        ("folder.csv", "is a folder"),
        ("pipe.csv", "pipe.csv: is a device or a pipe"),
        ("link.csv", "link.csv: is a device or a pipe"),
        ("x" * 300 + ".csv", "too long"),
    ],
)
def test_a_place_that_cannot_be_written(
    content: Content, tmp_path: Path, name: str, says: str
) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "folder.csv").mkdir()
    os.mkfifo(tmp_path / "pipe.csv")
    (tmp_path / "link.csv").symlink_to("/dev/null")
    with pytest.raises(WritingError, match=says) as caught:
        write(content, tmp_path / name)
    assert str(tmp_path) not in str(caught.value)


@pytest.mark.parametrize("name", ["a:b.csv", "a\\b.csv", "a\nb.csv", "\udcff.csv", "\x1b.csv"])
def test_a_name_that_no_provenance_can_hold_is_refused(
    content: Content, tmp_path: Path, name: str
) -> None:
    with pytest.raises(WritingError, match="provenance cannot hold this name; choose one"):
        write(content, tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_a_link_is_replaced_and_not_followed(content: Content, tmp_path: Path) -> None:
    link, other = tmp_path / "link.csv", tmp_path / "other.csv"
    other.write_bytes(OLD)
    link.symlink_to(other)
    write(content, link)
    assert not link.is_symlink()
    assert other.read_bytes() == OLD


@pytest.mark.parametrize("had", [True, False])
def test_a_file_that_cannot_be_replaced_keeps_its_provenance(
    content: Content, old: Path, left: Left, monkeypatch: pytest.MonkeyPatch, *, had: bool
) -> None:
    real = Path.replace

    def mounted(self: Path, target: Path) -> Path:
        if target == old:
            raise OSError(errno.EBUSY, "busy")
        return real(self, target)

    if not had:
        old.with_name(old.name + SUFFIX).unlink()
    monkeypatch.setattr(Path, "replace", mounted)
    with pytest.raises(WritingError, match="what was there before is untouched"):
        write(content, old)
    assert is_old(old) if had else old.read_bytes() == OLD
    assert left() == [old.name, old.name + SUFFIX][: 1 + had]


def test_a_full_disk_is_told_in_memory_as_well(
    content: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(module, "verify", full)
    with pytest.raises(WritingError, match=r"x\.csv: the disk is full"):
        module.to_bytes(content, "csv", name="x.csv")


CODE = """
import resource, signal, sys
from pathlib import Path
from geo.dataset import shared
from geo.errors import WritingError
from geo.export import of_layer, write
content = of_layer(shared(), "projects")
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
for format_id in {formats}:
    try:
        write(content, Path(sys.argv[1]) / f"out.{{format_id}}", format_id=format_id)
    except WritingError as error:
        print(format_id, error)
"""


def test_a_full_disk_leaves_the_old_file_and_a_clear_message(tmp_path: Path, left: Left) -> None:
    formats = [name for name in FORMATS if name != "csv-excel"]
    for name in formats:
        (tmp_path / f"out.{name}").write_bytes(OLD)
    run = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-W", "ignore", "-c", CODE.format(formats=formats), str(tmp_path)],
        capture_output=True,
        text=True,
        cwd=SHIPPED.parent,
        check=True,
    )
    told = dict(line.split(" ", 1) for line in run.stdout.splitlines())
    assert told.keys() == set(formats), run.stdout
    for name in formats:
        assert (tmp_path / f"out.{name}").read_bytes() == OLD
        assert told[name] == (
            f"out.{name}: the file would be larger than may be written here; "
            "what was there before is untouched"
        )
        assert str(tmp_path) not in told[name]
    assert left() == sorted(f"out.{name}" for name in formats)


KILLED = """
import sys, time
from pathlib import Path
from geo.export import Staging
with Staging(Path(sys.argv[1])) as staging:
    staging.file.write_bytes(b"half")
    staging.file.with_name(staging.file.name + "-journal").write_bytes(b"of it")
    print("writing", flush=True)
    time.sleep(60)
"""


def test_what_a_killed_process_leaves_is_swept_by_the_next(
    content: Content, old: Path, left: Left
) -> None:
    child = subprocess.Popen(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", KILLED, str(old)], stdout=subprocess.PIPE, cwd=SHIPPED.parent
    )
    with child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"writing\n"
        # What another process is still writing is left alone.
        write(content, old.with_name("other.csv"))
        assert len([name for name in left() if name.startswith(".atlas-export-")]) == 1
        child.send_signal(signal.SIGKILL)
    assert is_old(old)
    write(content, old.with_name("other.csv"))
    assert left() == ["other.csv", "other.csv" + SUFFIX, old.name, old.name + SUFFIX]
    assert is_old(old)


def test_nothing_is_written_outside_of_a_staging(tmp_path: Path) -> None:
    with pytest.raises(WritingError, match="nothing is being written"):
        _ = Staging(tmp_path / "x.csv").file
