"""A join never writes over what it reads."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from geo import dataset
from geo.__main__ import app
from geo.errors import JoinError
from geo.join import JoinSpec, as_layer
from geo.join.engines import run
from geo.join.target import check_target
from tests.geo.join.places import projects


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "own.geojson"
    projects().to_crs(4326).to_file(path, driver="GeoJSON")
    return path


def refused(out: Path, *sides: object) -> str:
    with pytest.raises(JoinError) as error:
        check_target(out, *sides)  # type: ignore[arg-type]
    assert error.value.values == {"file": out.name}
    return error.value.code


@pytest.mark.parametrize("engine", ["auto", "memory"])
def test_an_input_is_not_written_over(own: Path, engine: str) -> None:
    before = own.read_bytes()
    with pytest.raises(JoinError, match=r"`own\.geojson`.*would be lost.*another file"):
        run(own, "sites", JoinSpec(), out=own, engine=engine)
    assert own.read_bytes() == before


def test_the_command_refuses_it_too(own: Path) -> None:
    before = own.read_bytes()
    found = CliRunner().invoke(app, ["join", "sites", str(own), "--out", str(own)])
    assert isinstance(found.exception, JoinError)
    assert own.read_bytes() == before


def test_under_another_name_it_is_the_same_file(own: Path, tmp_path: Path) -> None:
    (tmp_path / "hard.geojson").hardlink_to(own)
    (tmp_path / "soft.geojson").symlink_to(own)
    (tmp_path / "sub").mkdir()
    for name in ("hard.geojson", "soft.geojson", "sub/../own.geojson"):
        assert refused(tmp_path / name, "sites", own) == "overwrites_input"
    assert refused(tmp_path / "hard.geojson", as_layer(own), "sites") == "overwrites_input"


def test_nor_does_the_provenance_fall_on_an_input(own: Path, tmp_path: Path) -> None:
    input_ = own.rename(tmp_path / "out.csv.provenance.json")
    with pytest.raises(JoinError, match="overwrites_input") as error:
        check_target(tmp_path / "out.csv", "sites", input_)
    assert error.value.values == {"file": "out.csv.provenance.json"}


def test_nor_is_a_layer_of_the_dataset() -> None:
    catalog = dataset.shared().catalog
    assert refused(catalog.file(catalog["medical"]), "projects", "sites") == "overwrites_input"


def test_another_file_and_a_frame_are_no_hindrance(own: Path, tmp_path: Path) -> None:
    check_target(tmp_path / "new.geojson", own, projects())
    (tmp_path / "old.geojson").write_text("")
    check_target(tmp_path / "old.geojson", own, projects())
