"""Every format, read back by programs that did not write it."""

import datetime as dt
import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import python_calamine
import shapely

from geo.crs import DEGREES
from geo.errors import NotWritableError
from geo.export import FORMATS, Content, Written, format_of, to_bytes, write
from geo.export.formulas import unguard
from geo.read import Limits, Reader

ALL = list(FORMATS)
WITH_PLACES = ["geojson", "gpkg", "parquet", "fgb"]


def name(format_id: str) -> str:
    return f"out.{FORMATS[format_id].extension}"


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with Reader(Limits()) as one:
        yield one


def made(content: Content, format_id: str) -> Written:
    return to_bytes(content, format_id, name=name(format_id))


def frame_of(content: Content, format_id: str, tmp_path: Path) -> gpd.GeoDataFrame:
    path = tmp_path / name(format_id)
    write(content, path, format_id=format_id)
    if format_id == "parquet":
        return gpd.read_parquet(path)
    return gpd.read_file(path, layer=0)


@pytest.mark.parametrize("format_id", ALL)
def test_same_content_same_bytes(
    content: Content, format_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = made(content, format_id)
    # GeoPackage and XLSX have times inside, with milliseconds.
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    again = made(content, format_id)
    assert first.content == again.content
    assert again.provenance["created"] == "1970-01-01T00:00:00Z"


@pytest.mark.parametrize("format_id", ALL)
def test_file_and_bytes_in_memory_are_the_same(
    content: Content, format_id: str, tmp_path: Path
) -> None:
    path = tmp_path / name(format_id)
    write(content, path, format_id=format_id)
    written = made(content, format_id)
    assert path.read_bytes() == written.content
    assert written.provenance["output"]["sha256"] == hashlib.sha256(written.content).hexdigest()
    assert written.provenance["output"]["bytes"] == len(written.content)


@pytest.mark.parametrize("format_id", WITH_PLACES)
def test_ids_order_places_and_types_come_back(
    content: Content, format_id: str, tmp_path: Path
) -> None:
    found = frame_of(content, format_id, tmp_path)
    assert found["id"].tolist() == content.table["id"].tolist()
    assert found.crs == DEGREES
    geometry = shapely.orient_polygons(content.table.geometry.to_numpy(), exterior_cw=False)
    assert shapely.equals_identical(geometry[0], found.geometry[0])
    assert found.geometry[1] is None
    assert [g.wkt for g in found.geometry.dropna()] == [g.wkt for g in geometry if g is not None]
    assert found["text"].tolist()[2:5] == ["ё", "a;b", "two\nlines"]
    assert found["text"][0] == "=1+1"
    whole = found["whole"].astype("Int64")
    assert whole.tolist()[2:4] == [-3, 2**40]
    assert pd.isna(whole[1])
    assert found["number"].tolist()[2:4] == [-3.25, 1e-7]
    assert bool(found["flag"][0]) is True
    assert bool(found["flag"][2]) is False
    assert pd.isna(found["flag"][1])
    assert pd.to_datetime(found["moment"])[0] == pd.Timestamp("2020-01-01T10:30:15")
    assert pd.to_datetime(found["day"])[0] == pd.Timestamp("2020-02-29")


def test_parquet_keeps_lists_and_dates(content: Content, tmp_path: Path) -> None:
    found = frame_of(content, "parquet", tmp_path)
    assert [None if v is None else list(v) for v in found["words"][:3]] == [["a", "b"], None, []]
    assert found["day"][0] == dt.date(2020, 2, 29)
    assert list(gpd.read_parquet(tmp_path / "out.parquet", bbox=(84.9, 56.4, 85, 56.6))["id"]) == [
        "f", "d", "c", "b", "a",
    ]  # fmt: skip


@pytest.mark.parametrize("format_id", [f for f in ALL if f != "kml"])  # which is not read
def test_the_readers_of_strangers_files_give_the_values_back(
    content: Content, format_id: str, reader: Reader
) -> None:
    written = made(content, format_id)
    layer = "rows" if format_id in ("gpkg", "xlsx") else None
    frame = reader.read(written.content, name=written.name, layer=layer).frame
    assert frame is not None
    assert frame["id"].tolist() == ["f", "e", "d", "c", "b", "a"]
    assert unguard(frame["text"][0]) == "=1+1"
    assert frame["whole"].tolist()[2:4] == [-3, 2**40]
    assert frame["number"].tolist()[2:4] == [-3.25, 1e-7]
    assert bool(frame["flag"][0]) is True
    assert pd.isna(frame["flag"][1])
    assert frame.geometry[1] is None
    assert shapely.Point(84.9751234567891, 56.5).distance(frame.geometry[0]) < 1e-9


@pytest.mark.parametrize("format_id", ALL)
def test_what_a_format_cannot_hold_is_a_warning(content: Content, format_id: str) -> None:
    warnings = {(w["code"], w["column"]) for w in made(content, format_id).warnings}
    lists = {("list_as_text", "words")}
    days = {("date_as_text", "day")}
    moments = {("datetime_as_text", "moment")}
    assert (
        warnings
        == {
            "geojson": days | moments,
            "gpkg": lists,
            "xlsx": lists,
            "csv": lists | days | moments,
            "csv-excel": lists | days | moments,
            "parquet": set(),
            "fgb": lists | days | {("null_geometry", None)},
            "kml": lists | days | moments,
        }[format_id]
    )


@pytest.mark.parametrize("format_id", ALL)
def test_nothing_to_write_is_a_file_without_rows(
    content: Content, replaced: Any, format_id: str
) -> None:
    written = made(replaced(content.table.iloc[:0]), format_id)
    assert written.provenance["output"]["rows"] == 0


@pytest.mark.parametrize("format_id", [f for f in ALL if f != "fgb"])
def test_a_table_without_places(content: Content, replaced: Any, format_id: str) -> None:
    table = pd.DataFrame(content.table.drop(columns="geometry"))
    assert made(replaced(table), format_id).provenance["output"]["rows"] == 6


def test_flatgeobuf_without_places_is_refused(content: Content, replaced: Any) -> None:
    with pytest.raises(NotWritableError, match="places only"):
        made(replaced(pd.DataFrame(content.table.drop(columns="geometry"))), "fgb")


@pytest.mark.parametrize("format_id", ALL)
def test_only_null_geometries(content: Content, replaced: Any, format_id: str) -> None:
    table = content.table.set_geometry(gpd.GeoSeries([None] * 6, crs=DEGREES))
    assert made(replaced(table), format_id).provenance["output"]["rows"] == 6


HOSTILE_COLUMNS = [
    "geometry", "geom", "fid", "FID", "name", "Name", "", " ", "tab\tin", "nul\0", 'quo"te', "'",
    "lon", "lat", "wkt", "bbox", "=1+1", "а" * 300, "ё", "ID", "id_2", "select", "a.b", "\u202e",
]  # fmt: skip


@pytest.mark.parametrize("format_id", ALL)
def test_hostile_names_of_columns_are_kept_or_told(
    content: Content, replaced: Any, format_id: str, tmp_path: Path
) -> None:
    extra = pd.DataFrame({n: [i] * 6 for i, n in enumerate(HOSTILE_COLUMNS)})
    table = pd.concat([content.table[["id"]], extra], axis=1)
    table["a place"] = gpd.GeoSeries(content.table.geometry.to_numpy(), crs=DEGREES)
    table = gpd.GeoDataFrame(table, geometry="a place", crs=DEGREES)
    written = made(replaced(table), format_id)
    output = written.provenance["output"]
    names = [column["name"] for column in written.provenance["columns"]]
    given = ["id", *HOSTILE_COLUMNS]
    assert names == [output["renamed_columns"].get(name, name) for name in given]
    assert len({n.casefold() for n in names}) == len(names) or format_id not in ("gpkg", "fgb")
    assert {w["column"] for w in written.warnings if w["code"] == "renamed"} == set(
        output["renamed_columns"].values()
    )
    assert "" in output["renamed_columns"]


@pytest.mark.parametrize("format_id", ALL)
def test_repeated_names_of_columns(content: Content, replaced: Any, format_id: str) -> None:
    table = content.table[["id", "text", "geometry"]].copy()
    table.insert(2, "text", ["other"] * 6, allow_duplicates=True)
    written = made(replaced(table), format_id)
    assert [c["name"] for c in written.provenance["columns"]] == ["id", "text", "text_2"]
    assert "text" in written.provenance["output"]["renamed_columns"]


@pytest.mark.parametrize("format_id", ["csv", "xlsx"])
def test_ten_thousand_columns(content: Content, replaced: Any, format_id: str) -> None:
    many = pd.DataFrame(np.zeros((6, 10_000), dtype=int), columns=[f"c{n}" for n in range(10_000)])
    table = gpd.GeoDataFrame(
        pd.concat([content.table[["id"]], many], axis=1),
        geometry=content.table.geometry.to_numpy(),
        crs=DEGREES,
    )
    assert len(made(replaced(table), format_id).provenance["columns"]) == 10_001


def test_geopackage_refuses_more_columns_than_its_tables_have(
    content: Content, replaced: Any
) -> None:
    many = {f"c{n}": 0 for n in range(2_000)}
    table = gpd.GeoDataFrame(
        pd.concat([content.table[["id"]], pd.DataFrame(many, index=range(6))], axis=1),
        geometry=content.table.geometry.to_numpy(),
        crs=DEGREES,
    )
    with pytest.raises(NotWritableError, match="at most 1990 columns, here are 2001"):
        made(replaced(table), "gpkg")


@pytest.mark.parametrize("format_id", ["geojson", "gpkg", "xlsx", "kml"])
def test_infinity_is_refused_by_name(replaced: Any, format_id: str) -> None:
    with pytest.raises(NotWritableError, match="`number`: 1 number"):
        made(replaced(number=[np.inf, 1, 2, 3, 4, 5]), format_id)


def test_a_cell_of_excel_is_not_cut(replaced: Any) -> None:
    with pytest.raises(NotWritableError, match="`text`: a text has 32768 characters"):
        made(replaced(text="x" * 32_768), "xlsx")


def test_a_geometry_too_long_for_a_cell_is_told(content: Content, replaced: Any) -> None:
    long = content.table.copy()
    long.loc[0, "geometry"] = shapely.LineString([(84 + n / 1e5, 56) for n in range(5_000)])
    written = made(replaced(long), "xlsx")
    found = [w for w in written.warnings if w["code"] == "geometry_too_long"]
    assert [(w["column"], w["count"]) for w in found] == [("wkt", 1)]
    assert "" not in made(replaced(long), "csv").content.decode().splitlines()[1].split(",")[-1:]


def test_numbers_that_excel_would_round_are_text(replaced: Any, tmp_path: Path) -> None:
    written = made(replaced(whole=pd.array([2**60 + 1, None, 0, 0, 0, 0], "Int64")), "xlsx")
    assert ("integer_as_text", "whole") in {(w["code"], w["column"]) for w in written.warnings}
    path = tmp_path / "out.xlsx"
    path.write_bytes(written.content)
    rows = python_calamine.load_workbook(str(path)).get_sheet_by_name("rows").to_python()
    assert rows[1][2] == str(2**60 + 1)


def test_dates_before_excel_counts_are_text(replaced: Any) -> None:
    written = made(replaced(day=dt.date(1604, 10, 7)), "xlsx")
    assert ("date_as_text", "day") in {(w["code"], w["column"]) for w in written.warnings}


@pytest.mark.parametrize(
    ("file", "format_id", "found"),
    [
        ("a.GeoJSON", None, "geojson"), ("a.json", None, "geojson"), ("a.csv", None, "csv"),
        ("a.geoparquet", None, "parquet"), ("a.csv", "csv-excel", "csv-excel"),
        ("a.b.kml", None, "kml"), ("a.JSON", "geojson", "geojson"), ("a.txt", "kml", "kml"),
    ],
)  # fmt: skip
def test_the_ending_tells_the_format(file: str, format_id: str | None, found: str) -> None:
    assert format_of(Path(file), format_id).id == found


@pytest.mark.parametrize(("file", "format_id"), [("a", None), ("a.shp", None), ("a.csv", "doc")])
def test_an_unknown_format_is_refused(file: str, format_id: str | None) -> None:
    with pytest.raises(NotWritableError, match=r"geojson, gpkg, .*\.kml"):
        format_of(Path(file), format_id)


@pytest.mark.parametrize(
    ("file", "format_id"),
    [
        ("a.csv", "gpkg"), ("a.csv", "fgb"), ("a.json", "csv"), ("a.gpkg", "geojson"),
        ("a", "gpkg"), ("a.txt", "fgb"),
    ],
)  # fmt: skip
def test_a_format_that_contradicts_the_ending_is_refused(
    content: Content, tmp_path: Path, file: str, format_id: str
) -> None:
    with pytest.raises(NotWritableError, match=rf"`{file}`: its ending .* `{format_id}`; name the"):
        write(content, tmp_path / file, format_id=format_id)
    assert list(tmp_path.iterdir()) == []
