"""`python -m geo validate`: what it prints and how it ends."""

import json
import shutil

import pytest
from typer.testing import CliRunner

from geo.__main__ import app
from geo.dataset import SHIPPED
from tests.geo.read.conftest import collection, feature

POINT_ELSEWHERE = {"type": "Point", "coordinates": [185, 56]}
ZED = {"type": "Point", "coordinates": [85, 56.5, 100]}


@pytest.fixture
def validate(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def run(*arguments):
        return CliRunner().invoke(app, ["validate", *arguments])

    return run


def test_json_has_no_number_that_json_does_not_know(validate, tmp_path):
    far = {"type": "Point", "coordinates": [1e308, 56]}
    (tmp_path / "far.geojson").write_bytes(collection(feature(), feature(far)))
    result = validate("far.geojson", "--json")
    (file,) = json.loads(result.stdout, parse_constant=pytest.fail)["files"]
    assert file["dropped"][0]["values"]["lon"] == 1e308
    assert "1e+308, 56" in validate("far.geojson").stdout


def test_many_files_in_one_call(validate, tmp_path):
    (tmp_path / "clean.geojson").write_bytes(collection(feature()))
    (tmp_path / "bad.geojson").write_bytes(collection(feature(), feature(POINT_ELSEWHERE)))
    (tmp_path / "torn.geojson").write_bytes(b'{"type":')
    result = validate("clean.geojson", "bad.geojson", "./torn.geojson", "none.csv", "--json")
    assert result.exit_code == 2
    files = json.loads(result.stdout)["files"]
    assert [file["file"] for file in files] == [
        "clean.geojson", "bad.geojson", "./torn.geojson", "none.csv",
    ]  # fmt: skip
    assert [(file["rows_in"], file["kept"]) for file in files] == [(1, 1), (2, 1), (0, 0), (0, 0)]
    assert files[1]["dropped"][0]["row"] == 2
    assert files[2]["rejected_code"] == "truncated"
    assert files[3]["rejected_code"] == "not_a_file"


@pytest.mark.parametrize(
    ("layer", "code"),
    [
        (collection(feature()), 0),
        (collection(feature(None)), 0),
        (collection(feature(ZED)), 1),
        (collection(feature(POINT_ELSEWHERE)), 1),
        (b"[]", 2),
    ],
)
def test_exit_codes_and_words(validate, tmp_path, layer, code):
    (tmp_path / "layer.geojson").write_bytes(layer)
    result = validate("layer.geojson")
    assert result.exit_code == code
    assert result.stdout.startswith("layer.geojson: ")
    assert "Traceback" not in result.output
    assert str(tmp_path) not in result.output


def test_words_are_few_and_say_that_there_are_more(validate, tmp_path):
    (tmp_path / "layer.geojson").write_bytes(collection(*[feature(None, n=n) for n in range(30)]))
    lines = validate("layer.geojson").stdout.splitlines()
    assert lines[-1] == "  … and 25 more; --json lists all"


def test_names_and_values_are_no_markup(validate, tmp_path):
    name = "[red]\x1b[31m.geojson"
    (tmp_path / name).write_bytes(collection(feature(id="[bold]", a="\x1b[1m")))
    output = validate(name).stdout
    assert "[red]" in output
    assert "[bold]" in output
    assert "\x1b" not in output


def test_the_shipped_dataset_is_sound(validate):
    result = validate("--json")
    assert result.exit_code == 0
    files = json.loads(result.stdout)["files"]
    assert sum(file["rows_in"] for file in files if "territories" in file["file"]) == 28


def test_a_broken_reference_in_the_dataset_is_found(validate, tmp_path):
    folder = tmp_path / "data"
    shutil.copytree(SHIPPED, folder)
    text = (folder / "projects.geojson").read_text(encoding="utf-8")
    document = json.loads(text)
    document["features"][2]["properties"]["direction_id"] = "nowhere"
    (folder / "projects.geojson").write_text(json.dumps(document), encoding="utf-8")
    result = validate("--json", "--folder", str(folder))
    assert result.exit_code == 2
    (broken,) = [f for f in json.loads(result.stdout)["files"] if f["rejected"]]
    assert (broken["file"], broken["warnings"][0]["row"]) == ("projects.geojson", 3)


def test_a_setting_that_cannot_be_used_is_named(monkeypatch, capsys):
    from geo import settings
    from geo.__main__ import main

    monkeypatch.setenv("ATLAS_UPLOAD_SECONDS", "-1")
    monkeypatch.setattr("sys.argv", ["geo", "validate", "x.csv"])
    settings.current.cache_clear()
    with pytest.raises(SystemExit) as ended:
        main()
    settings.current.cache_clear()
    assert ended.value.code == 2
    assert "upload_seconds" in capsys.readouterr().err
