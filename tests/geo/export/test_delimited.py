import csv
import io

import pytest
import shapely

from geo.dataset import Dataset, shared
from geo.export import Options, of_view, to_bytes
from geo.export.formulas import unguard
from geo.export.shown import FIELDS
from geo.query import Query, apply
from tests.geo import synthetic

DATASET = synthetic.make(3, sites=20, projects=30)
PLACES = ("lon", "lat", "wkt")


def read(content: bytes, *, excel: bool) -> list[dict[str, str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    text = io.StringIO(content.decode("utf-8-sig"), newline="")
    return list(csv.DictReader(text, delimiter=";" if excel else ",", strict=True))


def rows(dataset: Dataset, query: Query, *, excel: bool, **options: str) -> list[dict[str, str]]:
    content = of_view(dataset, apply(query, dataset))
    chosen = Options(**options)
    form = "csv-excel" if excel else "csv"
    return read(to_bytes(content, form, name="x.csv", options=chosen).content, excel=excel)


@pytest.mark.parametrize("excel", [False, True])
@pytest.mark.parametrize("dataset", [DATASET, shared()], ids=["synthetic", "shipped"])
def test_same_rows_in_the_same_order_with_all_fields(dataset: Dataset, excel: bool) -> None:
    query = Query(statuses=("running", "completed"), sort="-money")
    view = apply(query, dataset)
    found = rows(dataset, query, excel=excel)
    assert [row["id"] for row in found] == list(view.ids)
    assert tuple(found[0]) == (*FIELDS, *PLACES)
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
            assert shapely.from_wkt(row["wkt"]).equals(source["geometry"])
            assert float(row["lon"].replace(",", ".")) == pytest.approx(
                dataset.rows["lon"][place], abs=1e-6
            )


@pytest.mark.parametrize(
    ("places", "columns"), [("wkt", ["wkt"]), ("lonlat", ["lon", "lat"]), ("both", [*PLACES])]
)
def test_columns_of_the_place(places: str, columns: list[str]) -> None:
    found = rows(DATASET, Query(), excel=False, places=places)
    assert list(found[0])[len(FIELDS) :] == columns


@pytest.mark.parametrize("excel", [False, True])
def test_hostile_names_come_back_the_same(
    hostile: Dataset, hostile_names: list[str], excel: bool
) -> None:
    names = [row["name_ru"] for row in rows(hostile, Query(), excel=excel)]
    assert [unguard(name) for name in names] == hostile_names
    assert not [name for name in names if name[0] in "=+-@\t\r\n\0＝＋－＠"]


def test_numbers_are_not_text(replaced) -> None:  # type: ignore[no-untyped-def]
    content = replaced(number=[-5.5, 1e-7, 1e300, 12345678.9, None, 3.0])
    plain, excel = (
        read(to_bytes(content, form, name="x.csv").content, excel=form != "csv")
        for form in ("csv", "csv-excel")
    )
    numbers = ["-5.5", "0.0000001", "1e+300", "12345678.9", "", "3"]
    assert [row["number"] for row in plain] == numbers
    assert [row["number"] for row in excel] == [text.replace(".", ",") for text in numbers]
    assert [row["flag"] for row in plain[:3]] == ["true", "", "false"]


def test_a_list_whose_items_hold_the_separator_is_json(replaced) -> None:  # type: ignore[no-untyped-def]
    made = to_bytes(replaced(words=[("a; b", "c"), None, (), (), (), ()]), "csv", name="x.csv")
    assert read(made.content, excel=False)[0]["words"] == '["a; b", "c"]'
    assert ("list_as_json", "words") in {(w["code"], w["column"]) for w in made.warnings}


def test_nothing_shown() -> None:
    content = of_view(DATASET, apply(Query(text="шлюпбалка"), DATASET))
    made = to_bytes(content, "csv", name="x.csv").content
    assert made.decode("utf-8-sig") == ",".join((*FIELDS, *PLACES)) + "\r\n"
