import datetime as dt
import zipfile
from pathlib import Path

import pytest
import python_calamine

from geo.export import Content, write


@pytest.fixture
def path(content: Content, tmp_path: Path) -> Path:
    write(content, tmp_path / "x.xlsx")
    return tmp_path / "x.xlsx"


def sheet(path: Path, name: str) -> list[list[object]]:
    return python_calamine.load_workbook(str(path)).get_sheet_by_name(name).to_python()


def test_types_of_cells(path: Path) -> None:
    names, first, second, *_ = sheet(path, "rows")
    row = dict(zip(names, first, strict=True))
    assert row["text"] == "'=1+1"
    assert row["whole"] == 1
    assert row["flag"] is True
    assert row["day"] == dt.date(2020, 2, 29)
    assert row["moment"] == dt.datetime(2020, 1, 1, 10, 30, 15)
    assert row["words"] == "a; b"
    assert (row["lon"], row["lat"]) == (84.975123, 56.5)
    assert row["wkt"] == "POINT (84.9751234567891 56.5)"
    assert [value for value in second if value != ""] == ["e", "sport"]


def test_the_dictionary_describes_every_column(path: Path) -> None:
    names, *rows = sheet(path, "dictionary")
    assert [row[0] for row in rows] == sheet(path, "rows")[0]
    declared = next(row for row in rows if row[0] == "declared")
    assert dict(zip(names, declared, strict=True)) == {
        "column": "declared", "type": "integer", "unit_ru": "год", "unit_en": "year",
        "description_ru": "целые", "description_en": "whole", "source": "medical", "row_types": "",
    }  # fmt: skip


def test_where_it_comes_from(path: Path) -> None:
    told = dict(sheet(path, "provenance")[1:])
    assert told["licence"] == "ODbL-1.0 AND LicenseRef-own-file"
    assert told["input.medical"] == "sha256 " + "a" * 64
    assert "release00000" in told["citation_en"]


def test_no_cell_is_a_formula(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
        assert len(sheets) == 3
        assert not [name for name in sheets if b"<f>" in archive.read(name)]
        assert {info.date_time[0] for info in archive.infolist()} == {1980}
        assert b"2026-11-22T00:00:00Z" in archive.read("docProps/core.xml")
