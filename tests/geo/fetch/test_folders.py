import os
import shutil
from pathlib import Path

import pytest

from geo.errors import FetchError
from geo.fetch.folders import answers_beside, check_cache, check_folder
from geo.snapshot import EXAMPLE, FILE


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """A snapshot of OpenStreetMap, for all that its manifest says."""
    folder = tmp_path / "town"
    shutil.copytree(EXAMPLE, folder)
    text = (folder / FILE).read_text("utf-8")
    (folder / FILE).write_text(text.replace('"example"', '"openstreetmap"'), encoding="utf-8")
    return folder


def refusal(folder: Path, *layers: str) -> str:
    with pytest.raises(FetchError) as caught:
        check_folder(folder, layers)
    told = str(caught.value)
    assert str(folder.parent) not in told
    return told


def damage(folder: Path) -> None:
    with (folder / "pois.parquet").open("ab") as file:
        file.write(b"x")


def test_folders_that_are_free(tmp_path: Path) -> None:
    check_folder(tmp_path / "new", [])
    check_folder(tmp_path / "new" / "below", [])
    (tmp_path / "empty").mkdir()
    check_folder(tmp_path / "empty", [])


def test_folders_of_something_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = tmp_path / "other"
    other.mkdir()
    thesis = other / "thesis.doc"
    thesis.write_text("mine", encoding="utf-8")
    assert "other files in it: thesis.doc" in refusal(other)
    assert "is a file" in refusal(thesis)
    assert "thesis.doc is no folder" in refusal(thesis / "x")
    for name, to in (("lost", "nowhere"), ("round", "round")):
        (tmp_path / name).symlink_to(tmp_path / to)
        assert "leads nowhere" in refusal(tmp_path / name)
    monkeypatch.chdir(other)
    for place in (Path(), Path(".."), Path("/"), other):
        with pytest.raises(FetchError, match="worked in"):
            check_folder(place, [])


@pytest.mark.parametrize("name", ["mynotes.txt", "sub/thesis.doc"])
def test_files_beside_a_snapshot_are_kept(town: Path, name: str) -> None:
    layers = [path.stem for path in town.glob("*.parquet")]
    check_folder(town, layers)
    (town / name).parent.mkdir(exist_ok=True)
    (town / name).write_text("precious", encoding="utf-8")
    assert f"other files in it: {name.partition('/')[0]};" in refusal(town, *layers)


def test_a_damaged_snapshot_is_protected_like_a_whole_one(town: Path) -> None:
    damage(town)
    assert "population, sites, stops, walk_edges" in refusal(town, "buildings")
    (town / "pois.parquet").unlink()
    assert "would be lost" in refusal(town, "buildings")
    (town / FILE).write_text("format = ", encoding="utf-8")
    assert "cannot be told from a folder of other files" in refusal(town, "buildings")


def test_snapshots_of_other_kinds_are_kept(tmp_path: Path) -> None:
    shutil.copytree(EXAMPLE, tmp_path / "copy")
    damage(tmp_path / "copy")
    assert "is a snapshot of kind example" in refusal(tmp_path / "copy", "buildings")


def test_folders_of_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "out"
    check_cache(answers_beside(out), out)
    monkeypatch.chdir(tmp_path)
    assert answers_beside(Path("out")) == tmp_path / "out.answers"
    (tmp_path / "file").write_text("x", encoding="utf-8")
    for cache, said in (
        (tmp_path / "file", "is a file"),
        (tmp_path / "file" / "x", "no folder"),
        (out, "in the folder of --out"),
        (out / "answers", "in the folder of --out"),
    ):
        with pytest.raises(FetchError, match=said):
            check_cache(cache, out)


def test_folders_that_are_closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Nothing is closed to root, as whom tests may run.
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert "cannot be written there" in refusal(tmp_path / "out")
