import json

import pytest

from geo.access import access, find_place, kept
from geo.access.sheets import MINUTES, covered, key_of, sheet_of
from geo.snapshot import EXAMPLE, open_snapshot, write_snapshot
from tests.geo.access.grid import make_grid, middle_of

SITE = "tsu-campus"


@pytest.fixture(scope="module")
def grid(tmp_path_factory):
    return make_grid(tmp_path_factory.mktemp("sheets") / "grid", middle_of(SITE))


@pytest.mark.parametrize("mode", ["walk", "drive"])
def test_the_numbers_are_those_of_access(grid, mode) -> None:
    sheet = json.loads(json.dumps(sheet_of(grid, find_place(grid, SITE)), allow_nan=False))
    asked = access(grid, find_place(grid, SITE), mode=mode, minutes=MINUTES).to_json()
    for name in ("reach", "nearest", "stops_within_500_m", "position", "assumptions"):
        assert sheet[mode][name] == asked[name]
    people = sheet[mode]["reach"]["people"]
    assert [row["minutes"] for row in people] == [5, 10, 15, 30]
    assert 0 < people[0]["low"] < people[0]["high"]  # a hull is a guess: an interval, no number


def test_one_way_streets_tell_there_from_back(grid) -> None:
    walk, drive = (
        access(grid, find_place(grid, SITE), mode=mode, minutes=[5]).nearest["clinic"]
        for mode in ("walk", "drive")
    )
    assert walk.there == walk.back
    assert drive.there != drive.back


def test_only_sites_wholly_inside_are_covered(grid) -> None:
    assert SITE in covered(grid)
    assert "asino-timber-park" not in covered(grid)
    assert covered(open_snapshot(EXAMPLE)) == {}  # its own sites have no sheets
    assert key_of(grid) != key_of(open_snapshot(EXAMPLE))


def test_a_snapshot_without_streets_for_cars_still_has_those_on_foot(grid, tmp_path) -> None:

    layers = {name: grid.layer(name) for name in grid.entries if not name.startswith("drive")}
    sheet = sheet_of(
        on_foot := write_snapshot(tmp_path / "on_foot", grid.about, layers),
        find_place(on_foot, SITE),
    )
    assert sheet["drive"] == {"refused": "snapshot"}
    assert sheet["walk"]["reach"]["people"]


def test_they_are_made_beside_the_process_and_kept(tmp_path) -> None:
    grid = make_grid(tmp_path / "grid", middle_of(SITE), side=11)
    sheets = kept.Sheets(grid)
    assert sheets.of(SITE) == kept.Found("preparing")
    assert sheets.of("asino-timber-park") == kept.Found("outside")
    sheets.wait()
    found = sheets.of(SITE)
    assert found.state == "ready"
    assert found.sheet == json.loads(json.dumps(sheet_of(grid, find_place(grid, SITE))))


def test_they_are_kept_between_two_starts(grid, tmp_path, monkeypatch, caplog) -> None:
    first = kept.Sheets(grid, folder=tmp_path)
    first.wait()
    (file,) = tmp_path.iterdir()
    with monkeypatch.context() as patched:
        patched.setattr(kept.sys, "executable", "/bin/false")  # nothing is computed
        second = kept.Sheets(grid, folder=tmp_path)
        second.wait()
        assert second.of(SITE) == first.of(SITE)
        other = kept.Sheets(make_grid(tmp_path / "g", middle_of(SITE), side=5), folder=tmp_path)
        other.wait()
        assert other.of(SITE) == kept.Found("failed")
    whole = file.read_bytes()
    for broken in (whole[:50], b"[]", whole.replace(b'"key": "', b'"key": "0')):
        file.write_bytes(broken)
        caplog.clear()
        again = kept.Sheets(grid, folder=tmp_path)
        again.wait()
        assert again.of(SITE) == first.of(SITE)
        assert "made anew" in caplog.text
        assert file.read_bytes() == whole


def test_a_folder_that_takes_nothing_stops_nothing(grid, tmp_path, caplog) -> None:
    sheets = kept.Sheets(grid, folder=tmp_path / "gone")
    sheets.wait()
    assert sheets.of(SITE).state == "ready"
    assert "could not be kept" in caplog.text


def test_what_is_not_made_is_said_to_have_failed(grid, monkeypatch, caplog) -> None:
    monkeypatch.setattr(kept.sys, "executable", "/bin/false")
    sheets = kept.Sheets(grid)
    sheets.wait()
    assert sheets.of(SITE) == kept.Found("failed")
    assert "not made" in caplog.text
    assert kept.Sheets(None).of(SITE) == kept.Found("failed")
