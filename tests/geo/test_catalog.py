from collections.abc import Callable
from pathlib import Path

import pytest

from geo import catalog, dataset, dictionary
from geo.errors import CatalogError, UnknownLayerError

Write = Callable[..., Path]


def test_shipped_catalogue_is_up_to_date() -> None:
    assert catalog.outdated(dataset.shared().catalog) == ()


def test_every_shipped_file_has_an_entry() -> None:
    listed = {entry.path for entry in dataset.shared().catalog}
    files = {
        str(path.relative_to(dataset.SHIPPED))
        for path in dataset.SHIPPED.rglob("*")
        if path.suffix in (".geojson", ".csv")
    }
    assert files == listed | {dictionary.FILE}


def test_shipped_entries_are_complete() -> None:
    for entry in dataset.shared().catalog:
        for name in ("title_ru", "title_en", "source", "licence", "attribution_en", "made"):
            assert getattr(entry, name), (entry.id, name)


def test_layers_on_openstreetmap_points_are_declared_odbl() -> None:
    data = dataset.shared()
    for entry in data.catalog:
        if entry.kind == "table":
            continue
        text = data.catalog.file(entry).read_text(encoding="utf-8")
        if "OpenStreetMap building footprint" in text:
            assert entry.licence == "ODbL-1.0", entry.id
            assert "OpenStreetMap" in entry.attribution_en, entry.id


def test_refresh_writes_rows_columns_and_hash(write_data: Write) -> None:
    folder = write_data()
    path = folder / "parks.csv"
    path.write_text(path.read_text() + "other,medical,Другой,Other\n", encoding="utf-8")
    assert catalog.refresh(folder) == ("parks",)
    entry = catalog.read_catalog(folder)["parks"]
    assert (entry.rows, entry.columns) == (2, ("id", "park_type", "name_ru", "name_en"))
    assert catalog.refresh(folder) == ()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda text: text.replace('path = "parks.csv"', 'path = "gone.csv"'), "gone.csv"),
        (lambda text: text.replace('id = "parks"', 'id = "clusters"'), "twice"),
        (lambda text: text.replace('"parks.csv"', '"../data/../../x.csv"'), "x.csv"),
        (lambda text: text.replace('licence = "CC0-1.0"\n', "", 1), "licence"),
        (lambda text: text + "[[", "TOML"),
        (lambda _: "", "no [[layer]]"),
    ],
)
def test_an_unusable_catalogue_says_why(write_data: Write, change, says: str) -> None:
    path = write_data() / catalog.FILE
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(CatalogError, match=r"catalog\.toml") as caught:
        catalog.read_catalog(path.parent)
    assert says in str(caught.value)
    assert str(path.parent) not in str(caught.value)


def test_a_data_folder_that_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "folder" / catalog.FILE).mkdir(parents=True)
    for name, says in (
        ("file", "not found in the data folder"),
        ("gone", "not found in the data folder"),
        ("folder", "cannot be read"),
        ("x" * 300, "cannot be read"),
        ("nul\0", "cannot be read"),
    ):
        with pytest.raises(CatalogError, match=rf"^catalog\.toml: {says}"):
            catalog.read_catalog(tmp_path / name)


def test_a_file_outside_the_folder_is_refused(write_data: Write) -> None:
    folder = write_data()
    (folder.parent / "secret.csv").write_text("id\n", encoding="utf-8")
    path = folder / catalog.FILE
    path.write_text(path.read_text().replace('"parks.csv"', '"../secret.csv"'), encoding="utf-8")
    with pytest.raises(CatalogError, match="outside the data folder"):
        catalog.read_catalog(folder)


def test_a_file_that_cannot_be_measured_is_named(write_data: Write) -> None:
    folder = write_data()
    (folder / "projects.geojson").write_text('{"features": [null]}', encoding="utf-8")
    with pytest.raises(CatalogError, match=r"projects\.geojson") as caught:
        catalog.refresh(folder)
    assert str(folder) not in str(caught.value)


def test_unknown_layer(write_data: Write) -> None:
    with pytest.raises(UnknownLayerError, match="`rivers`"):
        catalog.read_catalog(write_data())["rivers"]


def test_attributions_stand_once() -> None:
    lines = dataset.shared().catalog.attributions("ru")
    assert len(lines) == len(set(lines))
    assert lines[0] == "© участники OpenStreetMap"
    assert {"GeoNames (CC BY 4.0)", "airportsdata (MIT)"} <= set(lines)
