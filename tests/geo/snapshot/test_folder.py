from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import pytest

from geo.errors import SnapshotError
from geo.network import network_from_snapshot
from geo.snapshot import EXAMPLE, FILE, LAYERS, About, open_snapshot, shared, write_snapshot
from geo.snapshot.manifest import parse_manifest
from geo.snapshot.scratch import scratch_beside
from tests.geo.network.town import frames

ABOUT = About(
    id="two-nodes",
    kind="own",
    title_ru='Два «узла» и "кавычки"',
    title_en="Two nodes",
    retrieved="2026-11-23",
    source="hand",
    query="[out:json];\nway;",
    licence="CC0-1.0",
    attribution_ru="мы",
    attribution_en="us",
    notice_ru="",
    notice_en="",
    made="by hand",
)


def layers() -> dict[str, gpd.GeoDataFrame]:
    nodes, edges = frames([(0, 0), (100, 0)], [(0, 1)])
    edges["name"] = "Улица"
    return {"walk_nodes": nodes.to_crs(4326), "walk_edges": edges.to_crs(4326)}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_snapshot(tmp_path / "town", ABOUT, layers())
    return tmp_path / "town"


def test_what_is_written_is_read(folder: Path) -> None:
    snapshot = open_snapshot(folder)
    assert snapshot.about == ABOUT
    assert {entry.rows for entry in snapshot.entries.values()} == {2}
    assert snapshot.layer("walk_edges")["name"].tolist() == ["Улица"] * 2
    assert network_from_snapshot(snapshot, "walk").length_m == pytest.approx([100], abs=1e-3)
    assert "stops" not in snapshot
    with pytest.raises(SnapshotError, match="no layer `stops`; it has walk_nodes, walk_edges"):
        snapshot.layer("stops")


def test_nothing_is_left_beside_and_writing_again_replaces(folder: Path) -> None:
    write_snapshot(folder, ABOUT, {"walk_nodes": layers()["walk_nodes"]})
    assert list(open_snapshot(folder).entries) == ["walk_nodes"]
    assert [path.name for path in folder.parent.iterdir()] == ["town"]


def test_a_missing_and_a_changed_file_are_both_named(folder: Path) -> None:
    (folder / "walk_nodes.parquet").unlink()
    path = folder / "walk_edges.parquet"
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    with pytest.raises(SnapshotError) as caught:
        open_snapshot(folder)
    said = str(caught.value)
    assert "walk_nodes.parquet is missing" in said
    assert "walk_edges.parquet is not the file that was frozen" in said
    assert str(folder) not in said


def test_a_file_changed_after_opening_is_not_read(folder: Path) -> None:
    snapshot = open_snapshot(folder)
    (folder / "walk_edges.parquet").write_bytes(b"other")
    with pytest.raises(SnapshotError, match="sha256 differs"):
        snapshot.layer("walk_edges")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("format = 1", "format = 2", "`format` is 2, this program reads 1"),
        ('kind = "own"', 'kind = "rumour"', "`kind` is `rumour`"),
        ('licence = "CC0-1.0"\n', "", "`licence` is missing"),
        ('attribution_en = "us"', 'attribution_en = ""', "`attribution_en` is empty"),
        ("2026-11-23", "yesterday", "`retrieved` is no date"),
        ('id = "walk_edges"', 'id = "rumours"', "layer `rumours` is not known"),
        ('id = "walk_edges"', 'id = "walk_nodes"', "stands twice"),
        ('path = "walk_edges.parquet"', 'path = "../x.parquet"', "lies outside the folder"),
        ("rows = 2", "rows = 3", "2 rows instead of 3"),
        ("sha256 =", "md5 =", "must have"),
        ("[[layer]]", "[[way]]", "no .*layer.* entries"),
        ("format = 1", "format = ", "not readable as TOML"),
    ],
)
def test_a_wrong_description_is_named(folder: Path, old: str, new: str, says: str) -> None:
    path = folder / FILE
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(SnapshotError, match=says):
        open_snapshot(folder).layer("walk_edges")


def test_a_folder_without_description_is_no_snapshot(tmp_path: Path) -> None:
    with pytest.raises(SnapshotError, match=r"no snapshot\.toml"):
        open_snapshot(tmp_path)
    with pytest.raises(SnapshotError, match=r"no snapshot\.toml"):
        open_snapshot(tmp_path / "gone")
    (tmp_path / FILE).write_bytes(b"\xff")
    with pytest.raises(SnapshotError, match="not UTF-8"):
        open_snapshot(tmp_path)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda f: f.drop(columns="highway"), "no column `highway`"),
        (lambda f: f.to_crs(32645), "not EPSG:4326"),
        (lambda f: f.assign(from_id=1.5), "`from_id` holds float64, not integer"),
        (lambda f: f.set_geometry(f.buffer(1e-4)), "shapes are Polygon"),
        (lambda f: f.set_geometry([None, f.geometry.iloc[1]], crs=4326), "1 row.* no geometry"),
    ],
)
@pytest.mark.filterwarnings("ignore:Geometry is in a geographic CRS")
def test_a_layer_that_breaks_its_rules_is_not_written(tmp_path: Path, change, says: str) -> None:
    made = layers()
    made["walk_edges"] = change(made["walk_edges"])
    with pytest.raises(SnapshotError, match=says):
        write_snapshot(tmp_path / "town", ABOUT, made)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_of_other_files_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear")
    with pytest.raises(SnapshotError, match="other files"):
        write_snapshot(tmp_path, ABOUT, layers())
    assert (tmp_path / "letter.txt").is_file()
    with pytest.raises(SnapshotError, match="layer `rumours` is not known"):
        write_snapshot(tmp_path / "x", ABOUT, {"rumours": layers()["walk_nodes"]})


def test_a_file_that_is_no_parquet(folder: Path) -> None:
    import hashlib

    (folder / "walk_edges.parquet").write_bytes(b"PAR1 not")
    text = (folder / FILE).read_text("utf-8")
    before = parse_manifest(text).entries["walk_edges"].sha256
    digest = hashlib.sha256(b"PAR1 not").hexdigest()
    (folder / FILE).write_text(text.replace(before, digest), encoding="utf-8")
    with pytest.raises(SnapshotError, match="is no GeoParquet"):
        open_snapshot(folder).layer("walk_edges")


def test_the_settings_choose_the_snapshot(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from geo import settings

    monkeypatch.setenv("ATLAS_SNAPSHOT", str(folder))
    settings.current.cache_clear()
    shared.cache_clear()
    try:
        assert shared().about.id == "two-nodes"
        assert shared(EXAMPLE).about.id == "example-town"
    finally:
        monkeypatch.delenv("ATLAS_SNAPSHOT")
        settings.current.cache_clear()
        shared.cache_clear()


def test_the_format_is_documented() -> None:
    text = (Path(__file__).resolve().parents[3] / "docs" / "snapshots.md").read_text("utf-8")
    for name, spec in LAYERS.items():
        assert f"`{name}`" in text
        for column in spec.columns:
            assert f"`{column}`" in text, (name, column)


def test_files_that_are_not_the_snapshots_stay(folder: Path) -> None:
    (folder / "sub").mkdir()
    (folder / "sub" / "thesis.doc").write_text("precious", encoding="utf-8")
    (folder / "mynotes.txt").write_text("precious", encoding="utf-8")
    with pytest.raises(SnapshotError, match=r"other files in it: mynotes\.txt, sub$"):
        write_snapshot(folder, ABOUT, layers())
    assert (folder / "sub" / "thesis.doc").read_text("utf-8") == "precious"


def test_a_link_stays_a_link(folder: Path) -> None:
    link = folder.parent / "current"
    link.symlink_to(folder)
    write_snapshot(link, ABOUT, {"walk_nodes": layers()["walk_nodes"]})
    assert link.is_symlink()
    assert list(open_snapshot(folder).entries) == ["walk_nodes"]


def test_texts_of_any_characters_are_read_back(tmp_path: Path) -> None:
    odd = "".join(map(chr, range(1, 0xA1))) + "\u2028\U0001f332"
    about = replace(ABOUT, title_ru=odd, query=odd)
    assert write_snapshot(tmp_path / "odd", about, layers()).about == about


def test_what_a_killed_writing_left_is_swept(folder: Path) -> None:
    dead = folder.parent / ".snapshot-dead"
    (dead / "made").mkdir(parents=True)
    (dead / "made" / FILE).write_text("half", encoding="utf-8")
    write_snapshot(folder.parent / "other", ABOUT, layers())
    assert sorted(path.name for path in folder.parent.iterdir()) == ["other", "town"]


def test_folders_of_others_are_not_swept(tmp_path: Path) -> None:
    thesis = tmp_path / ".snapshot-2025" / "thesis.doc"
    thesis.parent.mkdir()
    thesis.write_text("precious", encoding="utf-8")
    write_snapshot(tmp_path / "town", ABOUT, layers())
    assert thesis.read_text("utf-8") == "precious"


def test_a_snapshot_that_was_moved_aside_comes_back(folder: Path) -> None:
    aside = folder.parent / ".snapshot-dead" / "before"
    aside.mkdir(parents=True)
    folder.rename(aside / "town")
    write_snapshot(folder.parent / "other", ABOUT, layers())
    assert open_snapshot(folder).about == ABOUT


def test_a_writing_that_goes_on_is_not_swept(tmp_path: Path) -> None:
    with scratch_beside(tmp_path / "a") as one, scratch_beside(tmp_path / "b") as other:
        assert one.is_dir()
        assert other.is_dir()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("west", "says"),
    [
        ("87.5", "are no degrees from west to east"),
        ("86.9", "walk_nodes.parquet: `bounds` in snapshot.toml are not those of the file"),
        ("nan", "are no degrees from west to east"),
        ("-inf", "are no degrees from west to east"),
    ],
)
def test_bounds_that_are_not_those_of_the_file_are_refused(
    folder: Path, west: str, says: str
) -> None:
    manifest = folder / FILE
    text = manifest.read_text(encoding="utf-8")
    begin = text.index("bounds = [") + len("bounds = [")
    manifest.write_text(text[:begin] + west + text[text.index(",", begin) :], encoding="utf-8")
    with pytest.raises(SnapshotError, match=says):
        open_snapshot(folder)


def test_an_empty_layer_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    given = layers()
    given["walk_nodes"] = given["walk_nodes"].iloc[:0]
    with pytest.raises(SnapshotError, match="layer `walk_nodes` has no rows; leave it out"):
        write_snapshot(tmp_path / "town", ABOUT, given)
    assert not list(tmp_path.iterdir())


def test_a_snapshot_of_another_zone_is_refused(tmp_path: Path) -> None:
    given = layers()
    for frame in given.values():
        frame.geometry = frame.geometry.translate(37.6 - 87.0)
    with pytest.raises(SnapshotError, match=r"walk_nodes.parquet reaches from 37.6° .*10.6 % too"):
        write_snapshot(tmp_path / "moscow", ABOUT, given)
