"""Text that means something to a program comes back as it was, in every format."""

import dataclasses
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import geopandas as gpd
import pytest
import python_calamine

from geo.export import Content, to_bytes
from geo.export.formulas import unguard

KML = "{http://www.opengis.net/kml/2.2}"
RISKY = tuple("=+-@\t\r\n\0＝＋－＠")


def parquet(path: Path) -> list[str]:
    return list(gpd.read_parquet(path)["name_ru"])


def vector(path: Path) -> list[str]:
    return list(gpd.read_file(path, layer=0)["name_ru"])


def xlsx(path: Path) -> list[str]:
    rows = python_calamine.load_workbook(str(path)).get_sheet_by_name("rows").to_python()
    cells = [str(row[rows[0].index("name_ru")]) for row in rows[1:]]
    assert not [cell for cell in cells if cell.startswith(RISKY)]
    return [unguard(cell) for cell in cells]


def kml(path: Path) -> list[str]:
    root = ElementTree.parse(path).getroot()  # noqa: S314 - our own
    return [
        cell.text or "" for cell in root.iter(f"{KML}SimpleData") if cell.get("name") == "name_ru"
    ]


READERS: dict[str, tuple[Callable[[Path], list[str]], str]] = {
    "geojson": (vector, "\0"),
    "gpkg": (vector, "\0"),
    "fgb": (vector, "\0"),
    "parquet": (parquet, ""),
    "xlsx": (xlsx, "\ufffe"),
    "kml": (kml, "\0\ufffe"),
}
"""Format -> reader, and the characters that are lost: by the format, or by this reader of it."""


@pytest.mark.parametrize("form", READERS)
def test_hostile_text_comes_back(
    content: Content, hostile_names: list[str], form: str, tmp_path: Path
) -> None:
    read, lost = READERS[form]
    rows = len(hostile_names)
    table = gpd.GeoDataFrame(
        {"id": [f"r{n}" for n in range(rows)], "name_ru": hostile_names},
        geometry=[content.table.geometry[0]] * rows,
        crs=content.table.crs,
    )
    made = to_bytes(dataclasses.replace(content, table=table, style=None), form, name=f"x.{form}")
    path = tmp_path / made.name
    path.write_bytes(made.content)
    found = read(path)
    assert len(found) == rows
    for name, one in zip(hostile_names, found, strict=True):
        if not set(name) & set(lost):
            assert one == name
    replaced = sum(w["count"] for w in made.warnings if w["code"] == "characters_replaced")
    told = (
        0 if form in ("geojson", "parquet") else sum(1 for n in hostile_names if set(n) & set(lost))
    )
    assert replaced == told
