"""The whole way from the source to the dataset, against a local stand-in for the Overpass API."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from geo import catalog, settings
from geo.__main__ import app
from geo.errors import GeoError, TracingError, WritingError
from geo.tracing import read_proposals
from tests.geo.conftest import site
from tests.geo.fetch.overpass_stand_in import StandIn, answer, html
from tests.geo.tracing.ground import NORTH, add_selectors, park, square

RUN = CliRunner()


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[StandIn]:
    monkeypatch.setenv("ATLAS_OVERPASS_PAUSE_SECONDS", "0")
    settings.current.cache_clear()
    with StandIn() as running:
        running.on("leisure", answer([park(7, square(-50, -50, 100), name="Сад\x1b\u202e")]))
        yield running
    settings.current.cache_clear()


@pytest.fixture
def call(write_data: Callable[..., Path], tmp_path: Path, server: StandIn) -> Callable[..., Any]:
    made = write_data(industrial=[site("north"), site("plots"), site("unheard")])
    folder = add_selectors(made, NORTH, "plots,,,,,,,,участки,ten plots")

    def run(*arguments: str) -> Any:
        fixed = ["--folder", str(folder), "--out", str(tmp_path / "out"), "--endpoint", server.url]
        return RUN.invoke(app, ["fetch", "outlines", *arguments, *fixed])

    run.folder = folder  # type: ignore[attr-defined]
    return run


def add_note(folder: Path, note: str) -> None:
    path = folder / "osm_selectors.csv"
    path.write_text(path.read_text("utf-8").replace("ten plots", note), encoding="utf-8")
    catalog.refresh(folder)


def test_proposed_looked_at_accepted_and_sound(call: Callable[..., Any], server: StandIn) -> None:
    shown = call()
    assert shown.exit_code == 0, shown.output
    assert "way/7" in shown.stdout
    assert "\x1b" not in shown.stdout
    assert "no one outline can be chosen: ten plots" in shown.stdout
    assert "unheard: the selectors have no row" in shown.stdout
    assert len(server.queries) == 1
    taken = call("--accept", "north=way/7")
    assert taken.exit_code == 0, taken.output
    assert len(server.queries) == 1
    validated = RUN.invoke(app, ["validate", "--folder", str(call.folder)])  # type: ignore[attr-defined]
    assert validated.exit_code == 0, validated.output
    assert "it already has a true outline" in call().stdout


def test_json_for_programs(call: Callable[..., Any]) -> None:
    north, plots, unheard, _clinic = json.loads(call("--json").stdout)
    (one,) = north["proposals"]
    assert one["object"] == "way/7"
    assert one["url"] == "https://www.openstreetmap.org/way/7"
    assert one["area_ha"] == pytest.approx(1, rel=1e-3)
    assert "geometry" not in one
    assert (plots["reason"], unheard["reason"]) == ("not_selectable", "no_selector")


def test_a_search_for_some_sites_keeps_what_there_was_of_the_others(
    call: Callable[..., Any], server: StandIn, tmp_path: Path
) -> None:
    call()
    again = call("plots")
    assert "0 of 1 site(s) have proposals" in again.stdout
    assert "what was there of 3 other site(s) is kept" in again.stdout
    assert list(read_proposals(tmp_path / "out").matches) == ["north", "plots", "unheard", "clinic"]
    assert call("--accept", "north=way/7").exit_code == 0
    (tmp_path / "out" / "proposals.geojson").write_text("[]", encoding="utf-8")
    asked = len(server.queries)
    with pytest.raises(TracingError, match="damaged; run `geo fetch outlines` for all"):
        raise call("north").exception
    assert len(server.queries) == asked
    assert call().exit_code == 0


def test_the_commands_to_copy_name_the_folders(call: Callable[..., Any], tmp_path: Path) -> None:
    shown = call().stdout
    folders = f" --out {tmp_path / 'out'} --folder {call.folder}"  # type: ignore[attr-defined]
    assert f"python -m geo fetch outlines --accept SITE=way/N --refuse SITE=way/N{folders}" in shown
    page = (
        f"python -m layers outlines {tmp_path / 'out'} --out outlines.html --folder {call.folder}"  # type: ignore[attr-defined]
    )
    assert page in shown


def test_what_steers_a_terminal_is_shown_as_text(call: Callable[..., Any], tmp_path: Path) -> None:
    add_note(call.folder, "ten \x9b31m\u202eplots")  # type: ignore[attr-defined]
    assert "no one outline can be chosen: ten 31mplots" in call("plots").stdout
    assert call("plots", "--json").stdout.isascii()


def test_a_refused_object_is_gone_for_good(call: Callable[..., Any]) -> None:
    call()
    assert call("--refuse", "way/7").exit_code == 0
    again = call("north")
    assert "1 refused before" in again.stdout
    with pytest.raises(GeoError, match="not among"):
        raise call("--accept", "way/7").exception


def test_a_source_that_fails_is_told_and_costs_nothing(
    call: Callable[..., Any], server: StandIn
) -> None:
    server.on("leisure", html())
    failed = call("north")
    assert failed.exit_code == 1
    assert "OpenStreetMap was not asked: 127.0.0.1 did not answer with JSON" in failed.stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["nowhere"], "no site `nowhere`"),
        (["--accept", "way/7"], "run `geo fetch outlines` first"),
        (["north", "--accept", "way/7"], "name their sites themselves"),
    ],
)
def test_what_cannot_be_done_is_refused(
    call: Callable[..., Any], arguments: list[str], says: str
) -> None:
    with pytest.raises(TracingError, match=says):
        raise call(*arguments).exception


def test_one_object_cannot_be_both(call: Callable[..., Any]) -> None:
    call()
    with pytest.raises(TracingError, match="north=way/7: both"):
        raise call("--accept", "way/7", "--refuse", "north=way/7").exception


def test_a_folder_that_cannot_be_made_is_refused_before_anybody_is_asked(
    call: Callable[..., Any], server: StandIn, tmp_path: Path
) -> None:
    (tmp_path / "out").write_text("a file", encoding="utf-8")
    with pytest.raises(WritingError, match="out: no folder"):
        raise call().exception
    assert server.queries == []
