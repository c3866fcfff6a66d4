"""One function for all engines: the choice, the file, its provenance, and what is refused."""

import errno
import json
import multiprocessing
import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas as gpd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely
from typer.testing import CliRunner

from geo import dataset
from geo.__main__ import app
from geo.errors import JoinError, WritingError
from geo.join import JoinSpec
from geo.join.engines import choose, run, selection
from geo.join.engines import stream as engine
from geo.replay import outcome as outcome_module
from geo.replay import replay
from geo.settings import Settings
from tests.geo.join.engines.layers import POINTS, POLYGONS, layer, written


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    monkeypatch.setattr(engine, "ROWS", 30)
    left, right = layer(POINTS, 70, 1, crs=4326), layer(POLYGONS, 20, 2, crs=4326)
    return (
        str(written(left, tmp_path / "points.parquet")),
        str(written(right, tmp_path / "parks.parquet")),
    )


def test_auto_takes_the_stream_from_a_size_on(
    files: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out.parquet"
    small = choose(*files, JoinSpec(), out=out)
    assert (small.engine, small.reason) == (
        "memory",
        "70 rows on the left are fewer than 200000",
    )
    monkeypatch.setattr(selection, "STREAM_FROM", 70)
    assert choose(*files, JoinSpec(), out=out).engine == "stream"
    assert choose(*files, JoinSpec(how="outer"), out=out).reason == "only it can do how=outer"
    assert choose(*files, JoinSpec(), out=out.with_suffix(".csv")).engine == "memory"
    assert choose("projects", files[1], JoinSpec(), out=out).engine == "memory"
    assert choose(*files, JoinSpec(), out=out, scheduler="tcp://h:1").engine == "dask"
    monkeypatch.setattr(selection, "MOST_RIGHT_ROWS", 19)
    assert choose(*files, JoinSpec(), out=out).engine == "memory"


@pytest.mark.parametrize(
    ("options", "named"),
    [
        ({"how": "right"}, "how=right"),
        ({"how": "outer"}, "how=outer"),
        ({"predicate": "disjoint"}, "predicate=disjoint"),
        ({"transfer": {"worth": "extensive"}}, "transfer"),
        ({"grid_m": 0.5}, "grid_m"),
        ({"left_swap": True}, "left_swap"),
    ],
)
def test_what_the_stream_cannot_do_is_refused_by_name(
    options: dict[str, Any], named: str, files: tuple[str, str], tmp_path: Path
) -> None:
    spec = JoinSpec.from_options(options)
    with pytest.raises(JoinError, match=rf"{named}.*--engine memory"):
        run(*files, spec, out=tmp_path / "out.parquet", engine="stream")


@pytest.mark.parametrize(
    ("left", "out", "engine", "code"),
    [
        ("projects", "out.parquet", "stream", "engine_needs_files"),
        (None, "out.csv", "stream", "engine_needs_files"),
        (None, "out.parquet", "spark", "unknown_engine"),
        (None, "out.parquet", "dask", "no_scheduler"),
    ],
)
def test_engines_that_cannot_be_had(
    left: str | None, out: str, engine: str, code: str, files: tuple[str, str], tmp_path: Path
) -> None:
    with pytest.raises(JoinError) as caught:
        run(left or files[0], files[1], JoinSpec(), out=tmp_path / out, engine=engine)
    assert caught.value.code == code


def test_stream_and_memory_write_the_same_rows(files: tuple[str, str], tmp_path: Path) -> None:
    one, two = tmp_path / "a.parquet", tmp_path / "b.parquet"
    run(*files, JoinSpec(), out=one, engine="stream")
    run(*files, JoinSpec(), out=two, engine="memory")
    columns = ["points.id", "parks.id", "match_no", "match_count", "tie_count", "certainty"]
    assert pq.read_table(one, columns=columns) == pq.read_table(two, columns=columns)


def test_the_provenance_says_all_and_gives_the_same_bytes_again(
    files: tuple[str, str], tmp_path: Path
) -> None:
    out = tmp_path / "out.parquet"
    told: list[float] = []
    done = run(*files, JoinSpec(), out=out, engine="stream", progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 1
    about = json.loads((tmp_path / "out.parquet.provenance.json").read_text())
    assert about == json.loads(json.dumps(done.provenance))
    assert [one["name"] for one in about["inputs"]] == ["points.parquet", "parks.parquet"]
    assert about["operation"]["engine"] == "stream"
    assert about["counts"]["left_rows"] == 70
    assert about["output"]["rows"] == len(gpd.read_parquet(out))
    assert [c["type"] for c in about["columns"]][:2] == ["integer", "text"]
    outcome, _ = replay(tmp_path / "out.parquet.provenance.json", dataset=dataset.shared())
    assert outcome.identical


def test_the_command_says_which_engine_and_why(files: tuple[str, str], tmp_path: Path) -> None:
    out = tmp_path / "out.parquet"
    result = CliRunner().invoke(app, ["join", *files, "--engine", "stream", "--out", str(out)])
    assert result.exit_code == 0, result.output
    assert "engine stream: as asked" in result.stderr
    assert out.is_file()


def test_cancelled_leaves_the_old_file(files: tuple[str, str], tmp_path: Path) -> None:
    out = tmp_path / "out.parquet"
    out.write_bytes(b"old")
    with pytest.raises(JoinError, match="cancelled"):
        run(*files, JoinSpec(), out=out, engine="stream", cancelled=lambda: True)
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        "out.parquet",
        "parks.parquet",
        "points.parquet",
    ]
    assert out.read_bytes() == b"old"


def test_a_full_disk_leaves_the_old_file(
    files: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out.parquet"
    out.write_bytes(b"old")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(engine._Writer, "write", full)
    with pytest.raises(WritingError, match="the disk is full"):
        run(*files, JoinSpec(), out=out, engine="stream")
    assert out.read_bytes() == b"old"
    assert not list(tmp_path.glob(".*"))


def killed(files: tuple[str, str], out: Path) -> None:
    run(
        *files,
        JoinSpec(),
        out=out,
        engine="stream",
        progress=lambda _: os.kill(os.getpid(), signal.SIGKILL),
    )


@pytest.mark.slow
def test_killed_in_the_middle_leaves_the_old_file(files: tuple[str, str], tmp_path: Path) -> None:
    out = tmp_path / "out.parquet"
    out.write_bytes(b"old")
    process = multiprocessing.get_context("spawn").Process(target=killed, args=(files, out))
    process.start()
    process.join(60)
    assert process.exitcode == -signal.SIGKILL
    process.close()
    assert out.read_bytes() == b"old"
    run(*files, JoinSpec(), out=out, engine="stream")
    assert not list(tmp_path.glob(".*")), "the next one sweeps up"


@pytest.mark.parametrize("content", [b"", b"PAR1", b"no parquet at all"])
def test_files_that_are_none(content: bytes, files: tuple[str, str], tmp_path: Path) -> None:
    broken = tmp_path / "broken.parquet"
    broken.write_bytes(content)
    with pytest.raises(JoinError, match="cannot be read as Parquet") as caught:
        run(broken, files[1], JoinSpec(), out=tmp_path / "out.parquet", engine="stream")
    assert str(tmp_path) not in str(caught.value)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda about: [],
        lambda about: about | {"primary_column": "other"},
        lambda about: about | {"columns": {"geometry": []}},
        lambda about: about | {"columns": {"geometry": {"encoding": "point"}}},
        lambda about: about | {"columns": {"geometry": {"encoding": "WKB", "crs": {"type": "x"}}}},
        lambda about: about | {"columns": {"geometry": {"encoding": "WKB", "bbox": ["a"] * 4}}},
    ],
)
def test_what_a_file_says_of_its_geometry_is_not_trusted(
    spoil: Callable[[dict[str, Any]], Any], files: tuple[str, str], tmp_path: Path
) -> None:
    table = pq.read_table(files[0])
    about = json.dumps(spoil(json.loads(table.schema.metadata[b"geo"])))
    pq.write_table(table.replace_schema_metadata({"geo": about}), tmp_path / "bad.parquet")
    with pytest.raises(JoinError) as caught:
        run(
            tmp_path / "bad.parquet", files[1], JoinSpec(), out=tmp_path / "o.parquet",
            engine="stream",
        )  # fmt: skip
    assert caught.value.code == "not_geoparquet"


def test_bytes_that_are_no_geometry(files: tuple[str, str], tmp_path: Path) -> None:
    table = pq.read_table(files[0])
    column = table.column_names.index("geometry")
    broken = table.set_column(column, "geometry", pa.array([b"\x01\x07"] * 70, pa.binary()))
    pq.write_table(broken, tmp_path / "bad.parquet")
    with pytest.raises(JoinError, match="no well-known binary"):
        run(
            tmp_path / "bad.parquet", files[1], JoinSpec(), out=tmp_path / "o.parquet",
            engine="stream",
        )  # fmt: skip


def test_a_damaged_file_is_not_called_a_full_disk(files: tuple[str, str], tmp_path: Path) -> None:
    content = bytearray(Path(files[0]).read_bytes())
    content[100:1500] = bytes(1400)
    (tmp_path / "bad.parquet").write_bytes(content)
    with pytest.raises(JoinError, match="damaged"):
        run(
            tmp_path / "bad.parquet", files[1], JoinSpec(), out=tmp_path / "o.parquet",
            engine="stream",
        )  # fmt: skip


def test_a_missing_crs_is_asked_for_and_can_be_named(
    files: tuple[str, str], tmp_path: Path
) -> None:
    frame = gpd.read_parquet(files[0])
    frame.set_crs(None, allow_override=True).to_parquet(tmp_path / "points.parquet")
    out = tmp_path / "o.parquet"
    with pytest.raises(JoinError, match="no_crs"):
        run(*files, JoinSpec(), out=out, engine="stream")
    done = run(*files, JoinSpec(left_crs="EPSG:4326"), out=out, engine="stream")
    assert done.plan.pairs > 0


def test_a_replay_takes_no_file_of_a_stranger_beyond_the_limits(
    files: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(*files, JoinSpec(), out=tmp_path / "out.parquet", engine="stream")
    document = tmp_path / "out.parquet.provenance.json"
    assert replay(document, dataset=dataset.shared())[0].identical
    monkeypatch.setattr(outcome_module, "current", lambda: Settings(upload_max_features=69))
    with pytest.raises(JoinError, match=r"`points\.parquet`.*69.*--trust-inputs") as caught:
        replay(document, dataset=dataset.shared())
    assert caught.value.code == "not_trusted"
    assert replay(document, dataset=dataset.shared(), trust_inputs=True)[0].identical
    found = CliRunner().invoke(app, ["replay", str(document), "--trust-inputs"])
    assert found.exit_code == 0


def test_a_file_that_says_it_is_small_is_not_believed(
    files: tuple[str, str], tmp_path: Path
) -> None:
    run(*files, JoinSpec(), out=tmp_path / "out.parquet", engine="stream")
    # One text that a thousand rows share is written once, and unpacks to 4 GB.
    text = pa.DictionaryArray.from_arrays(pa.array([0] * 1_000, pa.int32()), ["x" * 4_000_000])
    places = shapely.to_wkb(shapely.points([[85.0, 56.5]] * 1_000))
    table = pa.table({"t": text, "geometry": pa.array(places, pa.binary())})
    geometry = {"encoding": "WKB", "geometry_types": []}
    about = {"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": geometry}}
    table = table.replace_schema_metadata({"geo": json.dumps(about)})
    pq.write_table(table, files[0], store_schema=False, compression="zstd")
    assert Path(files[0]).stat().st_size < 10_000
    with pytest.raises(JoinError, match="not_trusted"):
        replay(tmp_path / "out.parquet.provenance.json", dataset=dataset.shared())


def test_a_changed_input_of_both_sides_is_told_once(files: tuple[str, str], tmp_path: Path) -> None:
    run(files[0], files[0], JoinSpec(), out=tmp_path / "out.parquet", engine="stream")
    document = tmp_path / "out.parquet.provenance.json"
    about = json.loads(document.read_text())
    about["inputs"] = [about["inputs"][0]] * 2  # as they were written before
    document.write_text(json.dumps(about))
    written(layer(POINTS, 70, 5, crs=4326), Path(files[0]))
    outcome, _ = replay(document, dataset=dataset.shared())
    assert [change.name for change in outcome.inputs] == ["points.parquet"]
