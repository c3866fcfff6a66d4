import json

import pytest

from geo.dataset import shared
from layers.locale import LANGUAGES, messages
from layers.row_table import COLUMNS, build_row_table


@pytest.fixture(scope="module", params=LANGUAGES)
def table(request):
    return json.loads(build_row_table(shared(), request.param))


def cells(table, column):
    return [row[COLUMNS.index(column)] for row in table["rows"]]


def test_every_row_has_a_cell_in_every_column(table):
    assert len(table["rows"]) == len(shared().rows)
    assert {len(row) for row in table["rows"]} == {len(COLUMNS)}


@pytest.mark.parametrize(
    ("column", "field"), [("money", "investment_mln_rub"), ("jobs", "jobs"), ("area", "area_ha")]
)
def test_unknown_is_missing_and_nothing_else_is(table, column, field):
    missing = [cell is None for cell in cells(table, column)]
    assert missing == shared().rows[field].isna().tolist()


def test_status_says_its_date(table):
    dataset = shared()
    dates = [*dataset.sites["as_of"], *dataset.projects["as_of"]]
    for said, as_of in zip(cells(table, "status"), dates, strict=True):
        assert not isinstance(as_of, str) or as_of[:4] in said


def test_namesakes_lead_to_the_object_that_is_meant(table):
    found = [cell for cell in cells(table, "organisation") if isinstance(cell, list)]
    links = {address for cell in found for _, address in cell}
    assert "/object?id=tomskazot&type=organisation" in links
    assert "/object?id=tomskazot" not in links


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_column_has_a_heading(lang):
    assert all(f"ui.column.{column}" in messages(lang) for column in ("name", *COLUMNS))
