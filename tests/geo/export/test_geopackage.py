import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pandas as pd
import pytest

from geo.export import Content, to_bytes, write


@pytest.fixture
def base(content: Content, tmp_path: Path):
    path = tmp_path / "x.gpkg"
    write(content, path)
    with closing(sqlite3.connect(path)) as one:
        yield one


def ask(base: sqlite3.Connection, question: str) -> list[Any]:
    return base.execute(question).fetchall()


def test_rows_are_counted_in_their_order(base: sqlite3.Connection) -> None:
    assert ask(base, "SELECT fid, id FROM rows ORDER BY fid") == list(enumerate("fedcba", 1))


def test_what_it_says_of_itself(base: sqlite3.Connection) -> None:
    ((name, identifier, about, changed),) = ask(
        base,
        "SELECT table_name, identifier, description, last_change FROM gpkg_contents "
        "WHERE data_type = 'features'",
    )
    assert (name, identifier, changed) == ("rows", "Заголовок", "2026-11-22T00:00:00.000Z")
    assert "ODbL-1.0" in about
    assert ask(base, "PRAGMA integrity_check") == [("ok",)]
    assert ask(base, "SELECT DISTINCT last_change FROM gpkg_contents") == [(changed,)]


def test_the_style_has_a_colour_for_every_kind(base: sqlite3.Connection) -> None:
    styles = ask(
        base,
        "SELECT styleName, styleQML, useAsDefault FROM layer_styles "
        "WHERE f_table_name = 'rows' AND f_geometry_column = 'geom'",
    )
    assert [(name, default) for name, _, default in styles] == [
        ("marker", 0), ("line", 0), ("fill", 1),
    ] or {name for name, _, _ in styles} == {"marker", "line", "fill"}  # fmt: skip
    assert [default for _, _, default in styles].count(1) == 1
    for name, qml, _ in styles:
        renderer = ElementTree.fromstring(qml).find("renderer-v2")  # noqa: S314 - our own
        assert renderer is not None
        assert renderer.get("attr") == "park_type"
        assert [c.get("value") for c in renderer.iter("category")] == ["medical", "sport", ""]
        symbol = renderer.find("symbols/symbol[@name='0']")
        assert symbol is not None
        assert symbol.get("type") == name
        key = "line_color" if name == "line" else "color"
        colour = symbol.find(f"layer/Option/Option[@name='{key}']")
        assert colour is not None
        assert str(colour.get("value")).startswith("165,8,8,")


def test_how_often_the_file_was_changed_on_the_way_makes_no_difference(
    content: Content, replaced: Any
) -> None:
    for table in (content.table, pd.DataFrame(content.table.drop(columns="geometry"))):
        made = to_bytes(replaced(table), "gpkg", name="x.gpkg").content
        # Both counters of the header: SQLite takes the file for whole only if they agree.
        assert made[24:28] == made[92:96] == (13).to_bytes(4, "big")
