import csv
import dataclasses
import io

import pytest
import shapely

from geo.dataset import Dataset, shared
from geo.export import to_csv
from geo.export.delimited import PLACE
from geo.export.formulas import unguard
from geo.export.records import FIELDS
from geo.query import Query, apply
from tests.geo import synthetic

DATASET = synthetic.make(3, sites=20, projects=30)


def read(content: bytes, *, excel: bool) -> list[dict[str, str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    text = io.StringIO(content.decode("utf-8-sig"), newline="")
    return list(csv.DictReader(text, delimiter=";" if excel else ",", strict=True))


@pytest.mark.parametrize("excel", [False, True])
@pytest.mark.parametrize("dataset", [DATASET, shared()], ids=["synthetic", "shipped"])
def test_same_rows_in_the_same_order_with_all_fields(dataset: Dataset, excel: bool) -> None:
    view = apply(Query(statuses=("running", "completed"), sort="-money"), dataset)
    found = read(to_csv(dataset, view, excel=excel), excel=excel)
    assert [row["id"] for row in found] == list(view.ids)
    assert tuple(found[0]) == (*FIELDS, *PLACE)
    for row, place in zip(found, view.positions, strict=True):
        table = dataset.sites if row["row_type"] == "site" else dataset.projects
        source = table.loc[row["id"]]
        for name in FIELDS[2:]:
            value = source.get(name)
            if value is None or value != value:
                assert row[name] == ""
            elif isinstance(value, tuple):
                assert row[name].replace("; ", " ").split() == list(value)
            elif isinstance(value, str):
                assert unguard(row[name]) == value
            else:
                assert float(row[name].replace(",", ".")) == value
                assert ("." if excel else ",") not in row[name]
        if source["geometry"] is None:
            assert (row["lon"], row["lat"], row["wkt"]) == ("", "", "")
        else:
            assert shapely.from_wkt(row["wkt"]).equals_exact(
                source["geometry"], 1e-6, normalize=True
            )
            assert float(row["lon"].replace(",", ".")) == pytest.approx(
                dataset.rows["lon"][place], abs=1e-6
            )


def test_the_order_of_fields_names_every_field_of_the_dataset() -> None:
    dataset = shared()
    columns = {"id", "row_type", *dataset.sites.columns, *dataset.projects.columns} - {"geometry"}
    assert columns == set(FIELDS)
    assert len(FIELDS) == len(set(FIELDS))


@pytest.mark.parametrize("excel", [False, True])
def test_a_new_field_is_not_dropped(excel: bool) -> None:
    dataset = dataclasses.replace(DATASET, sites=DATASET.sites.assign(new="n"))
    found = read(to_csv(dataset, apply(Query(), dataset), excel=excel), excel=excel)
    assert list(found[0])[-4:] == ["new", *PLACE]
    assert [row["new"] for row in found] == ["n"] * 20 + [""] * 30


@pytest.mark.parametrize("excel", [False, True])
def test_hostile_names_come_back_the_same(
    hostile: Dataset, hostile_names: list[str], excel: bool
) -> None:
    found = read(to_csv(hostile, apply(Query(), hostile), excel=excel), excel=excel)
    names = [row["name_ru"] for row in found]
    assert [unguard(name) for name in names] == hostile_names
    assert not [name for name in names if name[0] in "=+-@\t\r\n\0＝＋－＠"]


def test_numbers_are_not_text() -> None:
    projects = DATASET.projects.assign(investment_mln_rub=-5.5, organisation_ids=[("=a", "b")] * 30)
    dataset = dataclasses.replace(DATASET, projects=projects)
    view = apply(Query(kinds=("social",)), dataset)
    plain, excel = (read(to_csv(dataset, view, excel=e), excel=e)[0] for e in (False, True))
    assert (plain["investment_mln_rub"], excel["investment_mln_rub"]) == ("-5.5", "-5,5")
    assert plain["organisation_ids"] == "'=a; b"
    assert plain["source_urls"] == "https://example.org/a https://example.org/b"


def test_nothing_shown() -> None:
    content = to_csv(DATASET, apply(Query(text="шлюпбалка"), DATASET), excel=False)
    assert content.decode("utf-8-sig") == ",".join((*FIELDS, *PLACE)) + "\r\n"
