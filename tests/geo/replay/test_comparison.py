import json
import math
from pathlib import Path

import pytest

from geo.replay.comparison import Comparison, Difference, compare

TABLE = "\ufeffid,jobs,note\r\na,1,x\r\nb,2,y\r\n"


def compared(folder: Path, then: str, now: str, format_id: str = "csv") -> Comparison | None:
    ending = format_id.partition("-")[0]
    files = folder / f"then.{ending}", folder / f"now.{ending}"
    for path, text in zip(files, (then, now), strict=True):
        path.write_text(text, encoding="utf-8", newline="")
    return compare(*files, format_id)


def test_a_row_of_text_makes_no_number_differ(tmp_path: Path) -> None:
    found = compared(tmp_path, TABLE + "x,y\r\n", TABLE)
    assert found == Comparison(0, 1, 0, reordered=False, first=None)


def test_cells_are_compared_as_they_stand(tmp_path: Path) -> None:
    found = compared(tmp_path, TABLE, TABLE.replace("a,1,x", "a,1.0,"))
    assert found is not None
    assert (found.changed, found.first) == (1, Difference("a", "jobs", "1", "1.0"))
    found = compared(tmp_path, TABLE, TABLE.replace("a,1,x", "a,1,"))
    assert found is not None
    assert found.first == Difference("a", "note", "x", "")


def test_semicolons_are_understood(tmp_path: Path) -> None:
    then = TABLE.replace(",", ";")
    found = compared(tmp_path, then, then.replace("1;x", "1,5;x"), "csv-excel")
    assert found is not None
    assert found.first == Difference("a", "jobs", "1", "1,5")


@pytest.mark.parametrize("format_id", ["csv", "geojson"])
def test_columns_that_come_and_go_are_named(tmp_path: Path, format_id: str) -> None:
    def text(names: list[str]) -> str:
        if format_id == "csv":
            return f"id,{','.join(names)}\r\na,{','.join('1' for _ in names)}\r\n"
        point = {"type": "Point", "coordinates": [84.95, 56.5]}
        row = {"type": "Feature", "id": "a", "geometry": point}
        row["properties"] = {"id": "a", **dict.fromkeys(names, 1)}
        return json.dumps({"type": "FeatureCollection", "features": [row]})

    found = compared(tmp_path, text(["old", "both"]), text(["both", "new"]), format_id)
    assert found == Comparison(
        0, 0, 0, reordered=False, first=None, columns_added=("new",), columns_removed=("old",)
    )


def test_places_are_compared_to_the_last_bit(tmp_path: Path) -> None:
    def text(lon: float) -> str:
        point = {"type": "Point", "coordinates": [lon, 51.5]}
        row = {"type": "Feature", "id": "a", "geometry": point, "properties": {"id": "a"}}
        return json.dumps({"type": "FeatureCollection", "features": [row]})

    lon = 1.2345678901234567e-05
    found = compared(tmp_path, text(lon), text(math.nextafter(lon, 1)), "geojson")
    assert found is not None
    assert found.changed == 1


def test_what_is_shown_always_differs(tmp_path: Path) -> None:
    long = "ы" * 500
    found = compared(tmp_path, TABLE.replace("x", long + "1"), TABLE.replace("x", long + "2"))
    assert found is not None
    assert found.first == Difference("a", "note", f"…{'ы' * 20}1", f"…{'ы' * 20}2")
    found = compared(tmp_path, TABLE.replace("x", long), TABLE.replace("x", long + "2"))
    assert found is not None
    assert found.first is not None
    assert found.first.then != found.first.now

    def features(value: object) -> str:
        row = {"type": "Feature", "geometry": None, "properties": {"id": "a", "n": value}}
        return json.dumps({"type": "FeatureCollection", "features": [row]})

    found = compared(tmp_path, features(1), features("1"), "geojson")
    assert found is not None
    assert found.first == Difference("a", "n", "1", '"1"')


@pytest.mark.parametrize("content", [b"", b'id,note\r\na,"open', b"id\r\n\xff\r\n"])
def test_what_is_no_table_is_not_compared(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "then.csv").write_bytes(content)
    (tmp_path / "now.csv").write_text(TABLE, encoding="utf-8")
    assert compare(tmp_path / "then.csv", tmp_path / "now.csv", "csv") is None


def test_a_table_without_rows(tmp_path: Path) -> None:
    assert compared(tmp_path, "id\r\n", TABLE) == Comparison(2, 0, 0, reordered=False, first=None)
