import json
import signal
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from geo import settings
from geo.__main__ import app, main
from geo.fetch import Step
from geo.snapshot import open_snapshot
from tests.geo.fetch import overpass_stand_in as stand_in
from tests.geo.fetch import town
from tests.geo.fetch.overpass_stand_in import StandIn, failing

RUN = CliRunner()


@pytest.fixture(autouse=True)
def _no_pause(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("ATLAS_OVERPASS_PAUSE_SECONDS", "0")
    settings.current.cache_clear()
    yield
    settings.current.cache_clear()


@pytest.fixture
def server() -> Iterator[StandIn]:
    with StandIn() as running:
        town.serve(running)
        yield running


def refused(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *words: str
) -> str:
    monkeypatch.setattr(sys, "argv", ["geo", "fetch", *words])
    with pytest.raises(SystemExit) as caught:
        main()
    assert caught.value.code == 2
    told = capsys.readouterr().err
    assert "Traceback" not in told
    return told


def test_from_the_network_to_travel_times(server: StandIn, tmp_path: Path) -> None:
    out = tmp_path / "town"
    told = RUN.invoke(
        app, ["fetch", "Приреченск", "--out", str(out), "--endpoint", server.url, "--json"]
    )
    # One street and one garage are broken: done, with something left out.
    assert told.exit_code == 1, told.output
    found = json.loads(told.stdout)
    assert found["retrieved"] == "2024-11-20"
    assert {"id": "walk_edges", "rows": 24} in found["layers"]
    assert {"element": "way/107", "reason": "a node of the way is missing"} in found["left_out"]
    about = open_snapshot(out).about
    assert about.made == f"python -m geo fetch 'Приреченск' --out town --endpoint {server.url}"
    assert str(tmp_path) not in (out / "snapshot.toml").read_text("utf-8")
    place = ["access", "85.0,56.5", "--minutes", "5", "--minutes", "10", "--json"]
    reached = RUN.invoke(app, [*place, "--snapshot", str(out)])
    assert reached.exit_code == 0, reached.output
    numbers = json.loads(reached.stdout)
    # 222 m north to the stop's street at 1.25 m/s, and back 12 m beside it.
    assert numbers["nearest"]["stop"]["minutes"]["low"] == pytest.approx(222.7 / 75 + 0.2, abs=0.3)
    assert numbers["nearest"]["clinic"]["name_ru"] == "Поликлиника"
    assert numbers["reach"]["buildings"][1]["high"] == 2


def test_no_other_host_is_looked_up_or_asked(
    server: StandIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_up, asked = set(), set()
    look_up, connect = socket.getaddrinfo, socket.socket.connect

    def recorded(host: str, *more: Any, **options: Any) -> Any:
        looked_up.add(host)
        return look_up(host, *more, **options)

    def connecting(sock: socket.socket, address: Any) -> None:
        asked.add(address[0])
        connect(sock, address)

    monkeypatch.setattr(socket, "getaddrinfo", recorded)
    monkeypatch.setattr(socket.socket, "connect", connecting)
    words = ["Приреченск", "--out", str(tmp_path / "town"), "--endpoint", server.url]
    assert RUN.invoke(app, ["fetch", *words]).exit_code == 1
    assert looked_up == asked == {"127.0.0.1"}


def test_again_without_asking_again(server: StandIn, tmp_path: Path) -> None:
    words = ["fetch", "--bbox", town.BOX, "--out", str(tmp_path / "town")]
    words += ["--endpoint", server.url, "--layers", "walk,drive,stops"]
    first = RUN.invoke(app, words)
    assert first.exit_code == 1
    assert "left out: 1 way(s): a node of the way is missing" in first.stdout
    asked = len(server.queries)
    assert asked == 2
    assert RUN.invoke(app, words).stdout == first.stdout
    assert len(server.queries) == asked


def test_a_failed_fetch_leaves_the_old_snapshot(
    server: StandIn,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    out = tmp_path / "town"
    words = ["--bbox", town.BOX, "--out", str(out), "--endpoint", server.url, "--deadline", "50"]
    RUN.invoke(app, ["fetch", *words, "--cache", str(tmp_path / "first")])
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    for behaviour, said in (
        (stand_in.html(), "did not answer with JSON"),
        (stand_in.redirect("http://127.0.0.1:1/"), "to another address"),
        (failing(403), "answered 403"),
        (stand_in.answer([]), "nothing was found"),
        (failing(429, retry_after="600"), "is busy"),
    ):
        server.on('["highway"]', behaviour)
        cache = tmp_path / said.replace(" ", "-")
        told = refused(capsys, monkeypatch, *words, "--cache", str(cache))
        assert said in told
        assert str(tmp_path) not in told
        assert {path.name: path.read_bytes() for path in out.iterdir()} == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["Томск", "--bbox", town.BOX], "state one of PLACE"),
        (["--bbox", "1,2"], "a box is west,south,east,north"),
        (["--bbox", "37,55,38,56"], "78° to 96° E"),
        (["--endpoint", "ftp://host/"], "http: or https:"),
        (["--from", "none.osm"], "none.osm: there is no such file"),
        (["--polygon", "none.geojson"], "none.geojson: there is no such file"),
        (["Нигде"], "no administrative boundary is called"),
    ],
)
def test_refusals(
    server: StandIn,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    words: list[str],
    said: str,
) -> None:
    given = ["--out", str(tmp_path / "new")]
    if not {"--endpoint", "--from"} & {*words}:
        given += ["--endpoint", server.url]
    assert said in refused(capsys, monkeypatch, *words, *given)
    assert not (tmp_path / "new").exists()


def test_options_that_are_none(tmp_path: Path) -> None:
    for words, said in (
        (["--layers", "roads"], "no layer roads"),
        (["--nonsense"], "No such option"),
        (["--border", "mine", "Томск", "--from", __file__], "must be one of"),
        (["--border", "agglomeration", "--bbox", town.BOX], "needs PLACE or --polygon"),
        (["--border", "agglomeration"], "needs PLACE or --polygon"),
        (["--from", "a.osm", "--deadline", "5"], "means nothing with --from"),
        (["--from", "a.osm", "--endpoint", "http://a/"], "means nothing with --from"),
        (["--from", "a.osm", "--cache", "a"], "means nothing with --from"),
    ):
        result = RUN.invoke(app, ["fetch", *words, "--out", str(tmp_path / "x")])
        assert result.exit_code == 2
        assert said in result.output, words


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--out", "."], "worked in"),
        (["--out", "lost"], "leads nowhere"),
        (["--out", "file"], "file is a file"),
        (["--out", "file/x"], "file is no folder"),
        (["--out", "own"], "other files in it: thesis.doc"),
        (["--out", "new", "--cache", "file"], "--cache file: is a file"),
        (["--out", "new", "--cache", "new/answers"], "lies in the folder of --out"),
    ],
)
def test_folders_are_checked_before_anybody_is_asked(
    server: StandIn,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    words: list[str],
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "own").mkdir()
    for name in ("file", "own/thesis.doc"):
        (tmp_path / name).write_text("precious", encoding="utf-8")
    (tmp_path / "lost").symlink_to("nowhere")
    told = refused(capsys, monkeypatch, "--bbox", town.BOX, "--endpoint", server.url, *words)
    assert said in told
    assert str(tmp_path) not in told
    assert server.queries == []


def test_what_belongs_to_somebody_else_stays(
    server: StandIn,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    out = tmp_path / "town"
    words = ["--bbox", town.BOX, "--out", str(out), "--endpoint", server.url]
    words += ["--layers", "buildings"]
    RUN.invoke(app, ["fetch", *words])
    (out / "mynotes.txt").write_text("precious", encoding="utf-8")
    assert "other files in it: mynotes.txt" in refused(capsys, monkeypatch, *words)
    assert (out / "mynotes.txt").read_text("utf-8") == "precious"


@pytest.mark.parametrize("name", ["При\x7fреченск", "\x1b]0;t\x07\u202e<b>"])
def test_names_of_odd_characters_are_kept_and_not_obeyed(
    server: StandIn, tmp_path: Path, name: str
) -> None:
    odd = dict(town.CITY, tags=town.CITY["tags"] | {"name": name})
    server.on('"name"="Приреченск"', stand_in.answer([odd]))
    server.on("relation(id:70)", stand_in.answer([*town.BORDER, odd]))
    out = tmp_path / "town"
    words = ["fetch", "Приреченск", "--out", str(out), "--endpoint", server.url]
    result = RUN.invoke(app, [*words, "--layers", "stops,boundaries"])
    assert result.exit_code == 0, result.output
    assert open_snapshot(out).about.title_ru == name
    assert result.output.replace("\n", "").isprintable()


def test_the_query_is_what_was_asked(server: StandIn, tmp_path: Path) -> None:
    words = ["fetch", "Приреченск", "--out", str(tmp_path / "town"), "--endpoint", server.url]
    RUN.invoke(app, [*words, "--layers", "water"])
    about = open_snapshot(tmp_path / "town").about
    assert about.query.split("\n") == ["relation/70", *dict.fromkeys(server.queries)]
    assert '"building"' not in about.query


def test_from_a_file_without_asking_anybody(tmp_path: Path) -> None:
    path = tmp_path / "town.osm"
    path.write_text(town.as_xml(town.EVERYTHING), encoding="utf-8")
    out = tmp_path / "town"
    result = RUN.invoke(app, ["fetch", "Приреченск", "--from", str(path), "--out", str(out)])
    assert result.exit_code == 1, result.output
    assert "snapshot osm-relation-70-2024-11-19, data of 2024-11-19" in result.stdout
    assert (
        open_snapshot(out).about.made
        == "python -m geo fetch 'Приреченск' --out town --from town.osm"
    )
    assert sorted(path.name for path in tmp_path.iterdir()) == ["town", "town.osm"]


def test_a_kept_copy_is_announced(
    server: StandIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ["fetch", "--bbox", town.BOX, "--out", str(tmp_path / "town")]
    words += ["--endpoint", server.url, "--layers", "walk", "--deadline", "50"]
    RUN.invoke(app, words)
    monkeypatch.setenv("ATLAS_OVERPASS_FRESH_HOURS", "0")
    settings.current.cache_clear()
    server.on('["highway"]', failing(429, retry_after="600"))
    result = RUN.invoke(app, words)
    assert result.exit_code == 1
    assert "warning: The source did not answer: some data are a kept copy of" in result.stdout
    assert "a kept copy is used" in result.stderr


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_stop_by_the_user_leaves_nothing_half(
    server: StandIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: signal.Signals
) -> None:
    def stop(_: object, step: Step) -> None:
        if step.kind == "bytes":
            signal.raise_signal(number)

    server.on('["highway"]', stand_in.dripping())
    monkeypatch.setattr("geo.commands.fetch_progress.Shown.step", stop)
    words = ["--bbox", town.BOX, "--out", str(tmp_path / "town"), "--endpoint", server.url]
    result = RUN.invoke(app, ["fetch", *words])
    assert result.exit_code not in (0, 1, 2)
    assert "Traceback" not in result.output
    assert "stopped: no snapshot was written; answers received so far are kept" in result.stderr
    assert list(tmp_path.rglob("*")) == []
