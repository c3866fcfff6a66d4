import os
import subprocess
from pathlib import Path

import pytest

from geo.difference import State, pairs
from geo.difference.states import RevisionError


def git(folder: Path, *arguments: str) -> None:
    who = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)  # noqa: S603, S607


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "repository" / "data"
    (folder / "слои").mkdir(parents=True)
    (folder / "a.csv").write_bytes(b"1")
    (folder / "слои" / "b.geojson").write_bytes(b"1")
    (folder / "README.md").write_bytes(b"1")
    git(folder.parent, "init", "-q")
    git(folder.parent, "add", ".")
    git(folder.parent, "commit", "-qm", "first")
    (folder / "слои" / "b.geojson").write_bytes(b"2")
    (folder / "README.md").write_bytes(b"2")
    (folder / "c.csv").write_bytes(b"3")
    return folder


def test_a_revision_against_what_is_on_disk(folder: Path) -> None:
    assert list(pairs("HEAD", folder)) == [
        State("c.csv", None, b"3"),
        State("слои/b.geojson", b"1", b"2"),
    ]


def test_one_file_against_its_revision(folder: Path) -> None:
    (state,) = pairs("HEAD", folder / "слои" / "b.geojson")
    assert (state.before, state.after) == (b"1", b"2")


def test_two_folders_and_two_files(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "c.csv").write_bytes(b"4")
    assert [s.name for s in pairs(str(folder), other)] == ["a.csv", "c.csv", "слои/b.geojson"]
    (state,) = pairs(str(folder / "c.csv"), other / "c.csv")
    assert state == State("c.csv", b"3", b"4")


@pytest.mark.parametrize("old", ["nowhere", "--output=x", "HEAD~9", "HEAD:data", ""])
def test_what_is_no_revision_is_refused(folder: Path, old: str) -> None:
    if old:
        with pytest.raises(RevisionError):
            list(pairs(old, folder))
    with pytest.raises(RevisionError, match="there is no"):
        list(pairs("HEAD", folder / "nothing"))


def test_a_name_that_changed_is_kept_for_reading(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.geojson"
    other.write_bytes(b"4")
    (state,) = pairs(str(folder / "c.csv"), other)
    assert state == State("other.geojson", b"3", b"4", "c.csv")


def test_a_pipe_or_device_is_refused(folder: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.geojson"
    os.mkfifo(pipe)
    for old, new in ((pipe, folder / "a.csv"), (folder / "a.csv", Path("/dev/zero"))):
        with pytest.raises(RevisionError, match=r"`(pipe.geojson|zero)`: is neither a file nor"):
            list(pairs(str(old), new))


def test_what_was_given_is_named(folder: Path) -> None:
    with pytest.raises(RevisionError, match="`HEAD~9` is neither a file, nor a folder"):
        list(pairs("HEAD~9", folder))
    with pytest.raises(RevisionError, match="neither a file"):
        list(pairs("x" * 5_000, folder))


def test_a_file_that_is_too_large_is_not_read(folder: Path, tmp_path: Path) -> None:
    huge = tmp_path / "huge.csv"
    with huge.open("wb") as file:
        file.truncate(60_000_000_000)  # no memory would hold it
    for old, new in ((huge, folder / "a.csv"), (folder / "a.csv", huge)):
        with pytest.raises(RevisionError, match=r"huge\.csv: has 60,000\.0 MB, at most 1 MB"):
            list(pairs(str(old), new, max_mb=1))


def test_a_revision_that_is_too_large_is_not_read(folder: Path) -> None:
    with pytest.raises(RevisionError, match=r"a\.csv: has 0\.0 MB"):
        list(pairs("HEAD", folder / "a.csv", max_mb=0))
