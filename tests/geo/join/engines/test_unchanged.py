"""A file that changes under way: its hash would vouch for rows that are not its own."""

import shutil
from pathlib import Path

import pytest

from geo.errors import JoinError
from geo.join import JoinSpec
from geo.join.engines import run
from geo.join.engines import stream as engine
from geo.join.engines.unchanged import Fingerprint
from tests.geo.join.engines.layers import POINTS, POLYGONS, layer, written


def test_a_file_replaced_during_the_run_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "ROWS", 30)
    left = written(layer(POINTS, 70, 1, crs=4326), tmp_path / "left.parquet")
    other = written(layer(POINTS, 70, 3, crs=4326), tmp_path / "other.parquet")
    right = written(layer(POLYGONS, 20, 2, crs=4326), tmp_path / "right.parquet")
    out = tmp_path / "out.parquet"

    def replace(_: float) -> None:
        if other.exists():
            other.replace(left)

    with pytest.raises(JoinError, match=r"`left\.parquet` was changed while.*join again"):
        run(left, right, JoinSpec(), out=out, engine="stream", progress=replace)
    assert not out.exists()


def test_what_counts_as_another_file(tmp_path: Path) -> None:
    file = tmp_path / "x"
    file.write_bytes(b"one")
    Fingerprint.of(file, "x").check()
    for change in (lambda: file.write_bytes(b"four"), lambda: _copied_over(file), file.unlink):
        seen = Fingerprint.of(file, "x")
        change()
        with pytest.raises(JoinError, match="input_changed"):
            seen.check()


def _copied_over(file: Path) -> None:
    """Put an equal file with the same time in its place."""
    copy = file.with_name("copy")
    shutil.copy2(file, copy)
    copy.replace(file)
