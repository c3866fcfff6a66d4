"""A join as a file: written, told where it is from, and made again byte for byte."""

import json
import shlex
import sys
from pathlib import Path

import geopandas as gpd
import pytest
import shapely

import geo
from geo.__main__ import main
from geo.crs import DEGREES, METRES
from geo.dataset import shared
from geo.domains import PARK_TYPES
from geo.errors import JoinError
from geo.export import write
from geo.join import JoinSpec
from geo.join.content import content_of
from geo.join.snippets import as_command, as_python
from geo.replay import replay
from tests.geo.join.places import frame, parks, projects

SPEC = JoinSpec("dwithin", distance_m=2_000, how="inner", summaries=(("jobs", "sum"),))


def test_the_document_says_how_the_join_was_made(tmp_path: Path) -> None:
    result = geo.join("projects", "sites", spec=SPEC)
    document = write(content_of(result), tmp_path / "near.geojson").provenance
    operation = document["operation"]
    assert operation["spec"] == SPEC.to_json()
    assert (operation["left"], operation["right"]) == ("projects", "sites")
    names = [one["name"] for one in document["inputs"]]
    assert names == ["projects", *PARK_TYPES]
    assert document["counts"]["rows_out"] == document["output"]["rows"] == len(result.table)
    assert {"rows_multiplied", "possible"} <= {one["code"] for one in document["warnings"]}
    money = next(s for s in document["sums"] if s["column"] == "projects.investment_mln_rub")
    assert money["after"] > 0
    described = {column["name"]: column for column in document["columns"]}
    assert described["match_no"]["description"]["ru"]
    assert described["projects.jobs"]["unit"]["ru"]


@pytest.mark.parametrize("name", ["near.geojson", "near.csv", "near.parquet"])
def test_a_join_of_shipped_layers_is_made_again_byte_for_byte(tmp_path: Path, name: str) -> None:
    write(content_of(geo.join("projects", "medical", spec=SPEC)), tmp_path / name)
    outcome, _ = replay(tmp_path / f"{name}.provenance.json", dataset=shared())
    assert outcome.identical


def test_a_join_with_a_file_is_made_again(tmp_path: Path) -> None:
    own = tmp_path / "own.works.geojson"
    projects().to_crs(4326).to_file(own, driver="GeoJSON")
    result = geo.join(own, "sites", predicate="nearest")
    assert "own.money" in result.table.columns
    write(content_of(result), tmp_path / "out.geojson")
    outcome, _ = replay(tmp_path / "out.geojson.provenance.json", dataset=shared())
    assert outcome.identical


def in_metres(folder: Path) -> tuple[Path, Path]:
    """Write points 30 m inside and outside of a square of 60 km, and the square."""
    shapes = {off: shapely.Point(510_000, 6_280_000 + off) for off in (-30, 30)}
    points, square = folder / "points.parquet", folder / "square.parquet"
    frame({f"{off:+d}": place for off, place in shapes.items()}).to_parquet(points)
    frame({"square": shapely.box(480_000, 6_220_000, 540_000, 6_280_000)}).to_parquet(square)
    return points, square


def test_files_in_metres_are_joined_as_their_frames_are(tmp_path: Path) -> None:
    files = in_metres(tmp_path)
    result = geo.join(*files, predicate="within", how="inner")
    frames = geo.join(*map(gpd.read_parquet, files), predicate="within", how="inner")
    assert list(result.table["points.id"]) == list(frames.table["left.id"]) == ["-30"]


def test_the_document_says_in_which_system_files_were_and_what_was_done(tmp_path: Path) -> None:
    result = geo.join(*in_metres(tmp_path), predicate="within")
    document = write(content_of(result), tmp_path / "out.xlsx").provenance
    assert {one["crs"] for one in document["inputs"]} == {METRES}
    computed = document["operation"]["computed"]
    assert (computed["crs"], computed["densify_m"]) == (DEGREES, 500)
    assert computed["reprojected"] == ["points", "square"]
    # The workbook holds what was said of the reading: a replay reads, and says, the same.
    outcome, _ = replay(tmp_path / "out.xlsx.provenance.json", dataset=shared())
    assert outcome.identical


def test_the_document_of_a_frame_names_it(tmp_path: Path) -> None:
    written = write(content_of(geo.join(projects(), parks())), tmp_path / "out.csv")
    assert [one["name"] for one in written.provenance["inputs"]] == ["left", "right"]


def test_a_file_that_is_refused_refuses_the_join(tmp_path: Path) -> None:
    bad = tmp_path / "bad.geojson"
    bad.write_text("{")
    with pytest.raises(JoinError, match="not_readable"):
        geo.join(bad, "sites")


def test_the_command_line_as_copied_writes_what_python_gives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    command = shlex.split(as_command("projects", "medical", SPEC, out="near.csv"))
    monkeypatch.setattr(sys, "argv", [*command[2:], "--json"])
    with pytest.raises(SystemExit) as done:
        main()
    assert done.value.code == 0
    answer = json.loads(capsys.readouterr().out)
    result = geo.join("projects", "medical", spec=SPEC)
    assert answer["plan"] == json.loads(json.dumps(result.plan.to_json()))
    expected = write(content_of(result), tmp_path / "again.csv")
    assert answer["provenance"]["output"]["sha256"] == expected.provenance["output"]["sha256"]


@pytest.mark.parametrize(
    "wrong",
    [["--predicate=beside", "--plan"], ["--on=a", "--plan"], ["--predicate=dwithin", "--plan"], []],
)
def test_the_command_line_refuses_with_two(
    wrong: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["geo", "join", "projects", "medical", "--json", *wrong])
    with pytest.raises(SystemExit) as done:
        main()
    assert done.value.code == 2
    out, err = capsys.readouterr()
    assert not out
    assert err


def test_the_command_line_says_the_plan_and_what_mends_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(
        sys, "argv", ["geo", "join", "projects", "sites", "--plan", "--predicate=within"]
    )
    with pytest.raises(SystemExit) as done:
        main()
    assert done.value.code == 0
    out, err = capsys.readouterr()
    assert "projects (133) within sites (28)" in out
    assert "mended by: --predicate=nearest" in err


def test_what_a_file_needs_to_be_read_is_copied_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    text = "название;lon;lat\nКлиника;84,95;56,48\n"
    Path("точки.csv").write_bytes(text.encode("cp1251"))
    reading = {"left_encoding": "cp1251"}
    names: dict[str, object] = {}
    exec(as_python("точки.csv", "sites", SPEC, reading=reading), names)  # noqa: S102 - our own text
    command = shlex.split(as_command("точки.csv", "sites", SPEC, out="o.csv", reading=reading))
    monkeypatch.setattr(sys, "argv", [*command[2:], "--json"])
    with pytest.raises(SystemExit) as done:
        main()
    assert done.value.code == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["plan"] == json.loads(json.dumps(names["result"].plan.to_json()))


def test_python_as_copied_runs() -> None:
    names: dict[str, object] = {}
    exec(as_python("projects", "medical", SPEC), names)  # noqa: S102 - our own text
    assert names["result"].pairs.equals(geo.join("projects", "medical", spec=SPEC).pairs)
