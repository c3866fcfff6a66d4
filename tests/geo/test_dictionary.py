from pathlib import Path

import pytest

from geo import column_tables, dictionary, schemas
from geo.dataset import SHIPPED, shared
from geo.domains import PARK_TYPES
from geo.errors import CatalogError

HEAD = "layer,column,type,unit_ru,unit_en,description_ru,description_en,values\n"


@pytest.mark.parametrize("layer", schemas.ALL)
def test_every_column_of_the_schemas_is_described_in_both_languages(layer: str) -> None:
    for column in schemas.ALL[layer].columns:
        found = dictionary.describe(SHIPPED, layer, column)
        assert found.kind, column
        assert found.description_ru, column
        assert found.description_en, column
        assert bool(found.unit_ru) == bool(found.unit_en), column
        assert dictionary.values_of(SHIPPED, layer, column), column


def test_nothing_is_described_that_is_not_there() -> None:
    layers = {dictionary.SITES if one in PARK_TYPES else one: one for one in schemas.ALL}
    known = {(n, c) for n, one in layers.items() for c in schemas.ALL[one].columns}
    lines = (SHIPPED / dictionary.FILE).read_text(encoding="utf-8").splitlines()[1:]
    described = {tuple(line.split(",")[:2]) for line in lines}
    # Columns that results have beside those of the layers.
    added = {(layer, column) for layer, column in described if layer in ("rows", "join")}
    assert described - added == known


def test_another_name_keeps_the_meaning() -> None:
    found = dictionary.describe(SHIPPED, "medical", "area_ha", name="medical.area_ha")
    assert (found.name, found.kind, found.unit_en, found.source) == (
        "medical.area_ha", "number", "ha", "medical",
    )  # fmt: skip


def test_a_folder_without_the_file(tmp_path: Path) -> None:
    found = dictionary.describe(tmp_path, "medical", "area_ha")
    assert (found.name, found.kind, found.description_en) == ("area_ha", None, "")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (HEAD + "sites,id,word,,,,,\n", "row 1: unknown type `word`"),
        ("layer,column\nsites,id\n", "row 1: columns"),
    ],
)
def test_a_broken_file_is_refused(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / dictionary.FILE).write_text(text, encoding="utf-8")
    with pytest.raises(CatalogError, match=says):
        dictionary.describe(tmp_path, "sites", "id")


def test_the_tables_of_the_readme_are_up_to_date() -> None:
    text = (SHIPPED / column_tables.README).read_text(encoding="utf-8")
    assert column_tables.render(text, shared().catalog) == text


def test_a_table_that_is_out_of_date_is_written_anew() -> None:
    text = (SHIPPED / column_tables.README).read_text(encoding="utf-8")
    damaged = text.replace("| kind of project |", "| sort of project |")
    damaged = damaged.replace("| `area_ha` |", "| `area` |")
    assert damaged != text
    assert column_tables.render(damaged, shared().catalog) == text
