import json
import shutil
from pathlib import Path

import geopandas as gpd
import pytest
from typer.testing import CliRunner

from geo.__main__ import app
from geo.errors import GeoError, NotReachedError
from geo.snapshot import EXAMPLE

RUN = CliRunner()
LCRPGR = [
    "indicator", "lcrpgr", "--built", "100", "110", "--population", "500000", "510000",
    "--years", "5",
]  # fmt: skip


def told(*arguments: str) -> dict:
    result = RUN.invoke(app, [*arguments, "--json"])
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_access_writes_isochrones_with_provenance(tmp_path: Path) -> None:
    out = tmp_path / "reach.geojson"
    found = told(
        "access", "example-research", "--minutes", "5", "--minutes", "10", "--out", str(out)
    )
    assert [row["minutes"] for row in found["reach"]["people"]] == [5, 10]
    frame = gpd.read_file(out)
    assert frame["minutes"].tolist() == [5, 10]
    beside = json.loads((tmp_path / "reach.geojson.provenance.json").read_text("utf-8"))
    assert beside == found["provenance"]
    assert "example" in {one["code"] for one in beside["warnings"]}


def test_access_in_words_says_that_it_is_an_example() -> None:
    result = RUN.invoke(app, ["access", "87.0,60.0", "--minutes", "10"])
    assert result.exit_code == 0
    assert "an invented town, not Tomsk" in result.stdout
    assert "not an official statistic" in result.stdout


def test_a_site_of_the_dataset_is_not_measured_on_the_example() -> None:
    result = RUN.invoke(app, ["access", "tsu-campus"])
    assert isinstance(result.exception, NotReachedError)


def test_lcrpgr_by_command() -> None:
    found = told(*LCRPGR)
    assert found["ratio"] == pytest.approx(5.0498, abs=5e-5)
    assert "LCRPGR 5.0498" in RUN.invoke(app, LCRPGR).stdout
    steady = [*LCRPGR[:5], "--population", "500000", "500001", "--years", "5"]
    assert "not interpretable" in RUN.invoke(app, steady).stdout


@pytest.mark.parametrize("which", ["transport", "space"])
def test_indicators_have_bounds_and_components(which: str) -> None:
    found = told("indicator", which)
    assert found["border"] == "administrative_city"
    assert found["snapshot"]["example"] is True
    for value in found["values"].values():
        assert 0 <= value["low"] <= value["high"] <= 100
    assert found["components"]
    in_words = RUN.invoke(app, ["indicator", which]).stdout
    assert "invented" in in_words
    assert "not computed" in in_words


def test_an_unknown_border_is_refused() -> None:
    result = RUN.invoke(app, ["indicator", "space", "--border", "tomsk"])
    assert isinstance(result.exception, GeoError)


def test_a_terminal_obeys_nothing_of_a_snapshot(tmp_path: Path) -> None:
    folder = tmp_path / "own"
    shutil.copytree(EXAMPLE, folder)
    toml = folder / "snapshot.toml"
    toml.write_text(
        toml.read_text("utf-8").replace("an invented town", "a \\u001b[2Jtown"), "utf-8"
    )
    for command in (["access", "87.0,60.0"], ["indicator", "space"]):
        result = RUN.invoke(app, [*command, "--snapshot", str(folder)])
        assert result.exit_code == 0, result.output
        assert "a \\x1b[2Jtown" in result.stdout
        assert "\x1b" not in result.stdout
