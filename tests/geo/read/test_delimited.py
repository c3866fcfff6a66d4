import csv

import pytest

from geo.read import Limits, delimited
from geo.read.ledger import Ledger
from geo.read.refusal import RefusedError
from tests.geo.read.conftest import codes

HEAD = "id,name,lon,lat\n"


@pytest.mark.parametrize(
    "text",
    [
        "id,name,lon,lat\n1,Парк,84.95,56.5\n",
        "\ufeffid,name,lon,lat\r\n1,Парк,84.95,56.5\r\n",
        "id;name;долгота;широта\n1;Парк;84,95;56,5\n",
        'id,name,Долгота,Широта\n1,Парк,"84,95","56,5"\n',
        "id\tname\tLongitude\tLatitude\n1\tПарк\t84.95°\t56.5°\n",
        "id,name,wkt\n1,Парк,POINT (84.95 56.5)\n",
        'id;name;WKT\n1;"Парк";"POINT(84.95 56.5)"\n',
        "id,name,x,y\n\n1,Парк,84.95,56.5\n\n",
    ],
)
def test_one_row_in_many_hands(read, text):
    reading = read(text, "layer.csv")
    assert not list(reading.report)
    assert (reading.frame.geometry[0].x, reading.frame.geometry[0].y) == (84.95, 56.5)
    assert reading.frame["name"].tolist() == ["Парк"]
    assert reading.frame["id"].tolist() == [1]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("name,place\nа,б\n", "no_coordinates"),
        ("lon\n85\n", "no_coordinates"),
        ("\n\n", "no_coordinates"),
        (HEAD + '1,"Парк,84,56\n', "unclosed_quote"),
        (HEAD + '1,"Парк"x,84,56\n', "unclosed_quote"),
        (HEAD + "1,а,85,56\n" * 51, "too_many_features"),
        (",".join(f"c{n}" for n in range(20)) + ",lon,lat\n" + "1," * 20 + "85,56\n",
         "too_many_columns"),
        ("lon,lat\n377500,6263000\n", "crs_needed"),
    ],
)  # fmt: skip
def test_a_table_that_is_refused(read, text, code):
    assert read(text, "layer.csv").report.rejected.code == code


@pytest.mark.parametrize("encoding", ["cp1251", "utf-16", "koi8-r", "cp866"])
def test_another_encoding_is_offered_by_name_and_then_read(read, encoding):
    text = HEAD + "1,Особая экономическая зона и технопарк в Академгородке,84.95,56.5\n"
    refusal = read(text.encode(encoding), "layer.csv").report.rejected
    assert (refusal.code, refusal.values["offer"]) == ("not_utf8", encoding)
    reading = read(text.encode(encoding), "layer.csv", encoding=encoding)
    assert codes(reading) == {"reencoded": [None]}
    assert reading.frame["name"][0].startswith("Особая экономическая")


def test_an_encoding_that_nobody_knows(read):
    assert read(HEAD, "layer.csv", encoding="ebcdic").report.rejected.code == "unknown_encoding"
    assert read(HEAD, "layer.csv", encoding="\0").report.rejected.code == "unknown_encoding"


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("2,а,east,56.5", "bad_coordinate"),
        ("2,а,85,", "bad_coordinate"),
        ("2,а,nan,56.5", "bad_coordinate"),
        ("2,а,1_0,56.5", "bad_coordinate"),
        ("2,а,85,56,5", "too_many_fields"),
        ("2,а,200,56.5", "outside_world"),
    ],
)
def test_a_row_that_is_dropped(read, row, code):
    reading = read(HEAD + f"1,а,85,56.5\n{row}\n3,б,85.1,56.5\n", "layer.csv")
    assert codes(reading) == {code: [2]}
    assert reading.report.dropped[0].id == "2"
    assert reading.rows.tolist() == [1, 3]


def test_wkt_that_is_none_and_a_ring_to_close(read):
    text = 'id,wkt\n1,нет\n2,\n3,"POLYGON((84 56,84.1 56,84.1 56.1))"\n'
    reading = read(text, "layer.csv")
    assert codes(reading) == {"bad_wkt": [1], "unclosed_ring": [3], "null_geometry": [2]}
    assert reading.frame.geometry[1].is_valid


def test_short_rows_are_kept_and_told(read):
    reading = read("lon,lat,a,b\n85,56.5,x\n", "layer.csv")
    assert codes(reading) == {"too_few_fields": [1]}
    assert reading.frame["b"].isna().all()


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        (["1", "-2"], [1, -2]),
        (["1,5", "2"], [1.5, 2.0]),
        (["007", "1"], ["007", "1"]),
        (["+73822", "1"], ["+73822", "1"]),
        (["1", "два"], ["1", "два"]),
        (["9223372036854775808", "1"], ["9223372036854775808", "1"]),
        (["1e5", "2"], ["1e5", "2"]),
    ],
)
def test_columns_become_numbers_only_where_nothing_is_lost(read, cells, values):
    rows = "".join(f"85;56,{n};{cell}\n" for n, cell in enumerate(cells))
    assert read("lon;lat;v\n" + rows, "layer.csv").frame["v"].tolist() == values


def test_columns_of_one_name(read):
    reading = read("lon,lat,a,a,a_2\n85,56.5,1,2,3\n", "layer.csv")
    assert codes(reading) == {"renamed_column": [None]}
    assert reading.frame.iloc[0][["a", "a_3", "a_2"]].tolist() == [1, 2, 3]


def test_a_table_without_places(read):
    reading = read("id,name\n1,а\n", "layer.csv", table=True)
    assert not list(reading.report)
    assert reading.frame.geometry.isna().all()


def test_a_cell_beyond_the_limit(tmp_path, monkeypatch):
    path = tmp_path / "layer"
    path.write_text("lon,lat,a\n85,56,xxxxxxxxxxxxx\n")
    monkeypatch.setattr(delimited, "TEXT_CHARACTERS", 10)
    with pytest.raises(RefusedError) as refusal:
        delimited.read_delimited(
            path, encoding="utf-8", places=True, ledger=Ledger(), limits=Limits(), tell=print
        )
    csv.field_size_limit(131_072)
    assert (refusal.value.code, refusal.value.values["row"]) == ("field_too_long", 1)


def test_years_months_and_days_in_one_column_are_no_mixture(read):
    text = "lon,lat,as_of\n85,56,2015\n85,57,2015-01\n84,56,2015-01-31\n"
    reading = read(text, "layer.csv")
    assert not list(reading.report)
    assert reading.frame["as_of"].tolist() == ["2015", "2015-01", "2015-01-31"]
