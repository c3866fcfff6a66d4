import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from geo.__main__ import app, main
from geo.dataset import SHIPPED, shared
from geo.errors import ProvenanceError
from geo.export import FORMATS
from geo.provenance.origin import sha256_of
from geo.query import Query, apply

RUN = CliRunner()


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_layer_as_the_ending_says(here: Path) -> None:
    result = RUN.invoke(app, ["export", "sport", "--out", "sport.geojson"])
    assert result.exit_code == 0
    features = json.loads((here / "sport.geojson").read_text("utf-8"))["features"]
    sites = shared().sites
    assert [f["id"] for f in features] == list(sites[sites["park_type"] == "sport"].index)
    assert sorted(path.name for path in here.iterdir()) == [
        "sport.geojson", "sport.geojson.provenance.json",
    ]  # fmt: skip


def test_what_a_link_shows_of_the_map(here: Path) -> None:
    where = "park=medical&sort=-name"
    arguments = ["export", "map", "--where", where, "--lang", "en", "--out", "m.csv", "--json"]
    result = RUN.invoke(app, arguments)
    found = json.loads(result.stdout)
    assert found["output"]["sha256"] == sha256_of(here / "m.csv")
    view = apply(Query(parks=("medical",), sort="-name"), shared(), lang="en")
    assert found["output"]["rows"] == len(view.ids)


def test_warnings_go_to_standard_error(here: Path) -> None:
    result = RUN.invoke(app, ["export", "projects", "--out", "p.xlsx"])
    assert result.exit_code == 0
    assert "[list_as_text]" in result.stderr
    assert "list_as_text" not in result.stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["sites", "--out", "x.csv"], "no layer `sites` in the catalogue; name one of map, "),
        (["sites", "--out", "x.csv"], ", sport, "),
        (["sport", "--out", "x.exe"], "x.exe"),
        (["sport", "--out", "x.csv", "--format", "exe"], "exe"),
        (["sport", "--where", "frob=1", "--out", "x.csv"], "frob"),
        (["parks", "--out", "x.fgb"], "places only"),
        (["sport", "--out", "gone/x.csv"], "no such folder"),
    ],
)
def test_a_refusal_names_the_reason(here: Path, arguments: list[str], says: str) -> None:
    result = RUN.invoke(app, ["export", *arguments])
    assert says in str(result.exception)
    assert list(here.iterdir()) == []


def test_format_and_places_can_be_chosen(here: Path) -> None:
    arguments = ["export", "sport", "--out", "x.txt", "--format", "csv-excel", "--places", "wkt"]
    assert RUN.invoke(app, arguments).exit_code == 0
    header = (here / "x.txt").read_text("utf-8-sig").splitlines()[0]
    assert header.endswith(";wkt")
    assert "lon" not in header.split(";")
    result = RUN.invoke(app, ["replay", "x.txt.provenance.json"])
    assert result.exit_code == 0, result.output


def test_replay_says_identical_or_what_differs(here: Path) -> None:
    assert RUN.invoke(app, ["export", "sport", "--out", "x.csv"]).exit_code == 0
    result = RUN.invoke(app, ["replay", "x.csv.provenance.json"])
    assert (result.exit_code, result.stdout) == (0, "x.csv: identical\n")
    document = here / "x.csv.provenance.json"
    found = json.loads(document.read_bytes())
    licence = {**found["licence"], "id": "MIT"}
    document.write_text(json.dumps({**found, "licence": licence}), encoding="utf-8")
    result = RUN.invoke(app, ["replay", "x.csv.provenance.json"])
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "x.csv: different",
        "  the bytes are the same, but the document says other things of them",
        f'  document licence.id: then "MIT", now "{found["licence"]["id"]}"',
    ]
    document.write_text(json.dumps({**found, "operation": {**found["operation"], "lang": "en"}}))
    table = (here / "x.csv").read_text("utf-8-sig").replace(",completed,", ",planned,", 1)
    (here / "x.csv").write_text(table, encoding="utf-8-sig")
    result = RUN.invoke(app, ["replay", "x.csv.provenance.json", "--json"])
    told = json.loads(result.stdout)
    assert result.exit_code == 1
    assert (told["beside"], told["rows"]["changed"]) == ("changed", 1)
    assert told["rows"]["first"]["column"] == "status"
    lines = RUN.invoke(app, ["replay", "x.csv.provenance.json"]).stdout
    assert "the file beside the document is not the one" in lines
    assert "then 'planned', now 'completed'" in lines


def test_a_terminal_obeys_no_stranger(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert RUN.invoke(app, ["export", "sport", "--out", "x.csv"]).exit_code == 0
    document = here / "x.csv.provenance.json"
    found = json.loads(document.read_bytes())
    found["versions"]["python"] = "\x1b[2J\x1b]0;pwn\x07"
    document.write_text(json.dumps(found))
    lines = RUN.invoke(app, ["replay", document.name]).stdout
    assert r"then \x1b[2J\x1b]0;pwn\x07, now" in lines
    document.write_text(json.dumps({**found, "\x1b[2J": 1}))
    monkeypatch.setattr("sys.argv", ["geo", "replay", document.name])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    told = capsys.readouterr().err
    assert told.startswith("refused: ")
    assert r"\x1b[2J" in told
    assert told.removesuffix("\n").isprintable()


@pytest.mark.parametrize("given", ["own.csv", "=x", "own.csv="])
def test_an_input_is_named_and_placed(here: Path, given: str) -> None:
    result = RUN.invoke(app, ["replay", "x.csv.provenance.json", "--input", given])
    assert isinstance(result.exception, ProvenanceError)
    assert "NAME=PATH" in str(result.exception)


@pytest.mark.slow
def test_exit_codes_of_the_program(here: Path) -> None:
    def code(*arguments: str) -> tuple[int, str]:
        run = subprocess.run(  # noqa: S603 - our own interpreter
            [sys.executable, "-m", "geo", *arguments],
            capture_output=True,
            text=True,
            cwd=here,
            env={**os.environ, "PYTHONPATH": str(SHIPPED.parent)},
            check=False,
        )
        return run.returncode, run.stderr

    status, told = code("export", "nope", "--out", "x.csv")
    assert status == 2
    assert told.startswith("refused: no layer `nope` in the catalogue; name one of ")
    assert code("replay", "x.csv.provenance.json")[0] == 2


def test_every_format_is_named_in_the_help() -> None:
    text = RUN.invoke(app, ["export", "--help"], env={"COLUMNS": "200"}).stdout
    assert all(name in text for name in FORMATS)
