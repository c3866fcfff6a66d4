import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner

from geo.__main__ import app, main
from geo.dataset import shared
from geo.errors import GeoError, ProvenanceError
from geo.provenance import SUFFIX
from geo.replay import replay
from geo.snapshot import open_snapshot, write_snapshot
from tests.geo.indicators.test_population import rasterio, write
from tests.geo.indicators.town import hamlet

RATES = (
    "lcrpgr", "--built", "100", "110.1", "--population", "500000", "510000", "--years", "5",
)  # fmt: skip
TOWN = rasterio.Affine(100, 0, 497_000, 0, -100, 6_655_500)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the town with one border and a group of people, as a snapshot of its own."""
    people = hamlet().layer("population")
    town = hamlet(population=people.assign(women=people["people"] / 2))
    found = tmp_path_factory.mktemp("snapshots") / "hamlet"
    about = replace(town.about, id="hamlet")
    write_snapshot(found, about, {name: town.layer(name) for name in town.entries})
    return found


def export(*words: object, to: Path) -> Path:
    """Write numbers by command and return their document."""
    result = CliRunner().invoke(app, ["indicator", *map(str, words), "--out", str(to)])
    assert result.exit_code == 0, result.output
    return to.with_name(to.name + SUFFIX)


def edited(document: Path, **operation: Any) -> Path:
    found = json.loads(document.read_bytes())
    found["operation"] |= operation
    document.write_text(json.dumps(found), encoding="utf-8")
    return document


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (("all",), "x.csv"),
        (("transport", "--border", "urban_centre"), "x.geojson"),
        (("transport", "--border", "urban_centre", "--group", "women"), "x.csv"),
        (("space", "--border", "urban_centre"), "x.xlsx"),
        (("centre",), "x.gpkg"),
    ],
)
def test_the_same_bytes_again(
    words: tuple[str, ...], name: str, folder: Path, tmp_path: Path
) -> None:
    document = export(*words, "--snapshot", folder, to=tmp_path / name)
    outcome, _ = replay(document, dataset=shared(), snapshot=folder)
    assert outcome.identical
    assert outcome.inputs == ()


def test_given_numbers_need_no_snapshot(tmp_path: Path) -> None:
    document = export(*RATES, to=tmp_path / "rates.xlsx")
    assert replay(document, dataset=shared(), snapshot=tmp_path)[0].identical


@pytest.mark.parametrize("words", [("centre",), ("transport", "--border", "urban_centre")])
def test_a_raster_is_asked_for(words: tuple[str, ...], folder: Path, tmp_path: Path) -> None:
    raster = write(tmp_path / "crowd.tif", np.full((80, 90), 100.0), transform=TOWN)
    document = export(*words, "--snapshot", folder, "--population", raster, to=tmp_path / "x.xlsx")
    (given,) = (one for one in json.loads(document.read_bytes())["inputs"] if one["kind"] == "file")
    assert (given["name"], given["crs"]) == ("crowd.tif", "EPSG:32645")
    elsewhere = tmp_path / "away" / "people.tif"
    elsewhere.parent.mkdir()
    shutil.move(raster, elsewhere)
    with pytest.raises(ProvenanceError, match=r"`crowd\.tif` is not here: give it with --input"):
        replay(document, dataset=shared(), snapshot=folder)

    def again() -> Any:
        to = {"crowd.tif": elsewhere}
        return replay(document, dataset=shared(), snapshot=folder, given=to)[0]

    assert again().identical
    write(elsewhere, np.full((80, 90), 101.0), transform=TOWN)
    other = again()
    assert not other.identical
    assert [one.name for one in other.inputs] == ["crowd.tif"]


def test_people_that_were_of_a_raster_are_those_of_the_snapshot(tmp_path: Path) -> None:
    people = hamlet().layer("population").copy()
    people.attrs = {"name": "gone.tif", "sha256": "0" * 64, "crs": "EPSG:4326"}
    town = hamlet(population=people)
    about = replace(town.about, id="kept")
    layers = {name: town.layer(name) for name in town.entries}
    write_snapshot(tmp_path / "kept", about, layers)
    document = export("centre", "--snapshot", tmp_path / "kept", to=tmp_path / "x.csv")
    assert {one["kind"] for one in json.loads(document.read_bytes())["inputs"]} == {"snapshot"}


def test_another_snapshot_is_refused(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    space = ("space", "--border", "urban_centre", "--snapshot", folder)
    document = export(*space, to=tmp_path / "x.csv")
    monkeypatch.setattr("sys.argv", ["geo", "replay", str(document)])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    assert "made on snapshot `hamlet`, and this is `example-town`" in capsys.readouterr().err


def test_a_changed_layer_is_named(folder: Path, tmp_path: Path) -> None:
    document = export("centre", "--snapshot", folder, to=tmp_path / "x.csv")
    town = open_snapshot(folder)
    layers = {name: town.layer(name) for name in town.entries}
    layers["stops"] = layers["stops"].iloc[1:]
    write_snapshot(tmp_path / "other", town.about, layers)
    outcome, _ = replay(document, dataset=shared(), snapshot=tmp_path / "other")
    assert [one.name for one in outcome.inputs] == ["stops.parquet"]


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"indicators": "11.6.2"}, "operation.indicators: must be one of all, 11.2.1"),
        ({"indicators": ["all"]}, "operation.indicators"),
        ({"indicators": "11.3.1"}, "operation.built: must be two numbers"),
        ({"indicators": "11.3.1", "built": [1, True]}, "operation.built"),
        ({"indicators": "11.3.1", "built": [1, 10**400]}, "operation.built"),
        ({"indicators": "11.3.1", "built": [1, 2], "population": [1, 2]}, "operation.years"),
        ({"border": None}, "operation.border: must be a text"),
        ({"border": "moon"}, "allowed: urban_centre"),
        ({"groups": "people"}, "operation.groups: must be a list"),
        ({"groups": [1]}, "operation.groups"),
        ({"raster": {"name": "people.tif"}}, "operation.raster: must name the one file"),
        ({"raster": {"crs": "EPSG:4326"}}, "operation.raster"),
        ({"raster": 1}, "operation.raster"),
    ],
)
def test_a_document_that_asks_for_something_else_is_refused(
    changes: dict[str, Any], says: str, folder: Path, tmp_path: Path
) -> None:
    written = export(
        "transport", "--border", "urban_centre", "--snapshot", folder, to=tmp_path / "x.csv"
    )
    with pytest.raises(GeoError, match=says):
        replay(edited(written, **changes), dataset=shared(), snapshot=folder)
