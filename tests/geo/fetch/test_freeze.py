from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import geopandas as gpd
import pytest

from geo.errors import FetchError
from geo.fetch.elements import merged
from geo.fetch.freeze import freeze, gather, left_out, names_of
from geo.fetch.place import Place, boxed
from geo.fetch.source import Gathered
from geo.fetch.themes import LAYERS
from geo.snapshot import open_snapshot
from tests.geo.fetch import town

MADE = "python -m geo fetch"
ASKED = ("way;",)


class Whole:
    """A source that answers every question with everything."""

    name = "own work"

    def __init__(self, elements: list, stale: datetime | None = None) -> None:
        self.found = Gathered(elements, (), datetime(2026, 11, 20, tzinfo=UTC), stale, ASKED)

    def date(self, answers: Sequence[Gathered]) -> datetime:
        return min(one.date for one in answers)

    def administrative(self, *_: object) -> Gathered:
        return self.found

    boundaries = themes = administrative


def place() -> Place:
    area = boxed(town.BOX)
    row = {"id": "a", "border": "agglomeration", "name_ru": "А", "name_en": None}
    borders = gpd.GeoDataFrame([row], geometry=[area.area], crs="EPSG:4326")
    return replace(area, borders=borders)


def test_everything_becomes_a_snapshot(tmp_path: Path) -> None:
    source = Whole(town.EVERYTHING)
    fetched = gather(source, place())
    snapshot = freeze(tmp_path / "town", fetched, place(), source, MADE)
    rows = {entry.id: entry.rows for entry in open_snapshot(tmp_path / "town").entries.values()}
    assert rows == {
        "walk_nodes": 9, "walk_edges": 24, "drive_nodes": 6, "drive_edges": 12, "buildings": 2,
        "stops": 3, "open_space": 2, "water": 1, "pois": 2, "boundaries": 1,
    }  # fmt: skip
    assert sorted(rows) == sorted(names_of(LAYERS))
    about = snapshot.about
    assert (about.kind, about.retrieved, about.licence) == (
        "openstreetmap", "2026-11-20", "ODbL-1.0",
    )  # fmt: skip
    assert about.attribution_ru.startswith("© участники OpenStreetMap")
    assert about.attribution_en.startswith("© OpenStreetMap contributors")
    assert about.query == f"{town.BOX}\nway;"
    assert about.made == MADE
    assert "1 x way: fewer than three corners" in about.left_out
    assert about.stale == about.notice_ru == ""


def test_the_order_of_answers_changes_nothing(tmp_path: Path) -> None:
    for name, elements in (("a", town.EVERYTHING), ("b", town.EVERYTHING[::-1])):
        source = Whole(merged([elements]))
        fetched = gather(source, place(), ("drive", "stops"))
        freeze(tmp_path / name, fetched, place(), source, MADE)
    one, other = ((tmp_path / name / "snapshot.toml").read_text("utf-8") for name in "ab")
    assert "sha256" in one
    assert one == other


def test_a_kept_copy_is_said_in_the_snapshot(tmp_path: Path) -> None:
    source = Whole(town.EVERYTHING, stale=datetime(2026, 10, 1, tzinfo=UTC))
    freeze(tmp_path / "town", gather(source, place(), ("stops",)), place(), source, MADE)
    about = open_snapshot(tmp_path / "town").about
    assert about.stale == "2026-10-01"
    assert "2026-10-01" in about.notice_ru
    assert "2026-10-01" in about.notice_en


def test_some_layers_only() -> None:
    fetched = gather(Whole(town.EVERYTHING), place(), ("walk", "stops"))
    assert sorted(fetched.layers) == ["stops", "walk_edges", "walk_nodes"]


@pytest.mark.parametrize("elements", [[], town.BUILDINGS])
def test_nothing_replaces_nothing(tmp_path: Path, elements: list) -> None:
    source = Whole(town.EVERYTHING)
    freeze(tmp_path / "town", gather(source, place(), ("stops",)), place(), source, MADE)
    before = (tmp_path / "town" / "snapshot.toml").read_bytes()
    with pytest.raises(FetchError, match="no streets") as caught:
        gather(Whole(elements), place())
    assert caught.value.code == "empty"
    assert (tmp_path / "town" / "snapshot.toml").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["town"]


def test_what_was_not_found_is_said() -> None:
    fetched = gather(Whole(town.STREET_ELEMENTS), place())
    assert fetched.empty == ("buildings", "stops", "open_space", "water", "pois")
    assert left_out(fetched).startswith("1 x way: a node of the way is missing; nothing found: bui")
    nowhere = boxed(town.BOX)
    for layers in (("stops",), ("boundaries",)):
        with pytest.raises(FetchError, match=f"nothing was found there: no {layers[0]}"):
            gather(Whole(town.STREET_ELEMENTS), nowhere, layers)


def test_an_outline_of_an_old_copy_is_said() -> None:
    old = datetime(2026, 9, 1, tzinfo=UTC)
    outline = Gathered([], (), old, old)
    fetched = gather(Whole(town.EVERYTHING), replace(place(), answers=(outline,)))
    assert (fetched.date, fetched.stale) == (old, old)
    alone = gather(Whole([]), replace(place(), answers=(outline,)), ("boundaries",))
    assert sorted(alone.layers) == ["boundaries"]


def test_a_broken_snapshot_is_replaced(tmp_path: Path) -> None:
    source = Whole(town.EVERYTHING)
    fetched = gather(source, place(), ("stops",))
    freeze(tmp_path / "town", fetched, place(), source, MADE)
    (tmp_path / "town" / "stops.parquet").unlink()
    freeze(tmp_path / "town", fetched, place(), source, MADE)
    assert len(open_snapshot(tmp_path / "town").layer("stops")) == 3


def test_the_old_snapshot_comes_back_when_the_move_is_interrupted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = Whole(town.EVERYTHING)
    fetched = gather(source, place(), ("stops",))
    freeze(tmp_path / "town", fetched, place(), source, MADE)
    rename = Path.rename

    def stopped(path: Path, target: Path) -> Path:
        if path.name == "made":
            raise KeyboardInterrupt
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", stopped)
    with pytest.raises(KeyboardInterrupt):
        freeze(tmp_path / "town", fetched, place(), source, MADE)
    assert [path.name for path in tmp_path.iterdir()] == ["town"]
    assert len(open_snapshot(tmp_path / "town").layer("stops")) == 3
