import json
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from geo.__main__ import app
from tests.geo.indicators.test_population import rasterio, write

RUN = CliRunner()


def said(*words: object, code: int = 0) -> str:
    result = RUN.invoke(app, ["indicator", *map(str, words)])
    assert result.exit_code == code, result.output
    return result.stdout


WORKED = ("lcrpgr", "--built", 100, 110, "--population", 500_000, 510_000, "--years", 5)


def test_the_worked_numbers_and_their_file(tmp_path: Path) -> None:
    out = tmp_path / "rates.csv"
    text = said(*WORKED, "--out", out)
    assert "LCRPGR 5.0498" in text
    assert "not an official statistic" in text
    assert "5.0498" in out.read_text(encoding="utf-8-sig")
    beside = json.loads((tmp_path / "rates.csv.provenance.json").read_text(encoding="utf-8"))
    assert beside["operation"]["built"] == [100.0, 110.0]
    assert json.loads(said(*WORKED, "--json"))["ratio"] == pytest.approx(5.0498, abs=5e-5)


@pytest.mark.parametrize(("name", "indicator"), [("transport", "11.2.1"), ("space", "11.7.1")])
def test_one_indicator_as_json_and_file(name: str, indicator: str, tmp_path: Path) -> None:
    out = tmp_path / "one.xlsx"
    found = json.loads(said(name, "--border", "agglomeration", "--json", "--out", out))
    assert (found["indicator"], found["border"]) == (indicator, "agglomeration")
    assert found["snapshot"]["example"] is True
    assert out.is_file()
    assert "The numbers are true of no place." in said(name)


def test_all_of_them_with_gaps_and_sensitivity() -> None:
    found = json.loads(said("all", "--json"))
    assert len(found["estimates"]) == 9
    assert found["not_computed"] == []
    assert {one["measure"] for one in found["sensitivity"]} == {
        "people_share_pct", "people_near_open_space_pct", "public_space_share_pct",
    }  # fmt: skip


def test_people_of_a_raster_and_an_urban_centre(tmp_path: Path) -> None:
    # 100 people on each cell of 100 m: 10,000 a square kilometre.
    west, north = 497_000.0, 6_655_500.0
    transform = rasterio.Affine(100, 0, west, 0, -100, north)
    path = write(tmp_path / "crowd.tif", np.full((80, 90), 100.0), transform=transform)
    found = json.loads(said("centre", "--population", path, "--json"))
    assert len(found["urban_centres"]) == 1
    assert found["urban_centres"][0]["people"] > 100_000
    assert "0 urban centre(s)" in said("centre")
    text = said("transport", "--population", path, "--border", "urban_centre")
    assert "people_total: 84,213" in text


@pytest.mark.parametrize("name", ["transport", "space", "centre"])
def test_a_raster_and_its_gaps_are_named(name: str, tmp_path: Path) -> None:
    values = np.full((80, 90), 100.0)
    values[:, :30] = -200
    transform = rasterio.Affine(100, 0, 497_000, 0, -100, 6_655_500)
    path, out = write(tmp_path / "crowd.tif", values, transform=transform), tmp_path / "x.csv"
    text = said(name, "--population", path)
    found = json.loads(said(name, "--population", path, "--json", "--out", out))["raster"]
    assert found["name"] == "crowd.tif"
    assert 0 < found["no_data"] < found["cells"]
    gaps = f"{found['no_data']:,} of {found['cells']:,} cells have no data and count nobody"
    assert f"people of crowd.tif (EPSG:32645): {gaps}" in text
    beside = json.loads((tmp_path / "x.csv.provenance.json").read_text(encoding="utf-8"))
    assert beside["operation"]["raster"]["no_data"] == found["no_data"]
    assert "people of" not in said(name)


def test_refusals_are_words() -> None:
    result = RUN.invoke(app, ["indicator", "transport", "--border", "moon"])
    assert "allowed: urban_centre" in str(result.exception)
