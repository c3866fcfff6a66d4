from pathlib import Path

import pytest

from geo.errors import WritingError
from geo.export.staging import replace_text


def test_the_old_file_is_replaced_not_written_into(tmp_path: Path) -> None:
    target, reader = tmp_path / "a.txt", tmp_path / "reader.txt"
    target.write_text("old", encoding="utf-8")
    reader.hardlink_to(target)
    target.chmod(0o640)
    replace_text(target, "новое\r\n")
    assert target.read_bytes() == "новое\r\n".encode()
    # Whoever has the old file open still reads the whole of it.
    assert reader.read_text(encoding="utf-8") == "old"
    assert target.stat().st_mode & 0o777 == 0o640
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.txt", "reader.txt"]


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "a.txt"
    target.write_text("old", encoding="utf-8")

    def full(_: int) -> None:
        raise OSError(28, "full")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(WritingError, match=r"a\.txt: the disk is full"):
        replace_text(target, "new")
    assert target.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_folder_that_is_not_there_is_named_without_its_path(tmp_path: Path) -> None:
    with pytest.raises(WritingError, match=r"^a\.txt: there is no such folder") as caught:
        replace_text(tmp_path / "none" / "a.txt", "new")
    assert str(tmp_path) not in str(caught.value)
