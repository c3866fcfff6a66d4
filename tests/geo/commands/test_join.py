"""What only the command has: how a file is read that does not say so itself."""

import json
from pathlib import Path
from typing import Any

import pytest
import shapely
from typer.testing import CliRunner

from geo.__main__ import app
from geo.dataset import shared
from geo.errors import JoinError
from geo.replay import replay
from tests.geo.join.places import parks, projects


@pytest.fixture
def layers(tmp_path: Path) -> Path:
    """A GeoPackage with two layers."""
    path = tmp_path / "two.gpkg"
    projects().to_crs(4326).to_file(path, layer="works", driver="GPKG")
    parks().to_crs(4326).to_file(path, layer="parks", driver="GPKG")
    return path


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A table in cp1251."""
    path = tmp_path / "table.csv"
    path.write_bytes("id,lon,lat,имя\n1,85,56.5,Томск\n".encode("cp1251"))
    return path


def joined(*words: str) -> dict[str, Any]:
    found = CliRunner().invoke(app, ["join", *words, "--json"])
    if found.exception and not isinstance(found.exception, SystemExit):
        raise found.exception
    answer: dict[str, Any] = json.loads(found.stdout)
    return answer


def test_a_layer_of_several_is_named_and_named_again_by_a_replay(
    layers: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.xlsx"
    answer = joined("sites", str(layers), "--right-layer", "parks", "--out", str(out))
    assert answer["plan"]["right_rows"] == 2
    (own,) = (one for one in answer["provenance"]["inputs"] if one["kind"] == "file")
    assert own["options"] == {"layer": "parks"}
    assert replay(tmp_path / "out.xlsx.provenance.json", dataset=shared())[0].identical


def test_an_encoding_is_named_and_named_again_by_a_replay(table: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    joined(str(table), "sites", "--left-encoding", "cp1251", "--out", str(out))
    assert "Томск" in out.read_text(encoding="utf-8-sig")
    assert replay(tmp_path / "out.csv.provenance.json", dataset=shared())[0].identical


def test_both_go_with_a_coordinate_system(tmp_path: Path) -> None:
    path = tmp_path / "metres.csv"
    path.write_bytes("id,x,y,имя\n1,480100,6260100,Томск\n".encode("cp1251"))
    words = [str(path), "sites", "--plan", "--left-crs", "EPSG:32645", "--left-encoding", "cp1251"]
    assert joined(*words)["plan"]["reprojected"] == ["metres"]


def test_what_is_asked_for_can_be_given(layers: Path, table: Path, tmp_path: Path) -> None:
    with pytest.raises(JoinError, match=r"several layers.*name the one to read \(left_layer\)"):
        joined(str(layers), "sites", "--plan")
    with pytest.raises(JoinError, match=r"name the encoding \(right_encoding\)"):
        joined("sites", str(table), "--plan")


def test_an_option_for_files_is_refused_for_a_layer_of_the_dataset() -> None:
    with pytest.raises(JoinError, match=r"`left_layer` is parks.*leave it out"):
        joined("projects", "sites", "--plan", "--left-layer", "parks")


@pytest.mark.parametrize(("lang", "status"), [("de", 2), ("", 2), ("en", 0)])
def test_a_language_that_there_is_not_is_refused(tmp_path: Path, lang: str, status: int) -> None:
    out = tmp_path / "x.csv"
    words = ["join", "medical", "sport", "--lang", lang, "--out", str(out)]
    result = CliRunner().invoke(app, words)
    assert result.exit_code == status
    assert out.exists() == (not status)
    if not status:
        document = json.loads(out.with_name("x.csv.provenance.json").read_bytes())
        assert document["operation"]["lang"] == "en"
        assert CliRunner().invoke(app, ["replay", f"{out}.provenance.json"]).exit_code == 0


def test_a_sum_of_unknown_values_is_unknown(tmp_path: Path) -> None:
    left, right = tmp_path / "left.csv", tmp_path / "right.csv"
    left.write_text("id,lon,lat,jobs\na,84.95,56.48,\nb,85.2,56.6,5\n", encoding="utf-8")
    square = shapely.box(84.94, 56.47, 84.96, 56.49).wkt
    right.write_text(f'id,wkt,start_year,staff\nx,"{square}",2015,7\n', encoding="utf-8")
    words = ["join", str(left), str(right), "--how", "inner", "--plan"]
    found = CliRunner().invoke(app, words)
    rows = {line.split("│")[2].strip(): line for line in found.stdout.splitlines() if "│" in line}
    assert "not known" in rows["jobs"]
    assert "7" in rows["staff"]
    assert "start_year" not in rows  # years are not added up
