"""Formats that others parse: what comes through, and what is refused before or after."""

import io
import sqlite3
import zipfile

import geopandas as gpd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely

from tests.geo.read.conftest import codes, collection, feature

SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    "{rows}</sheetData></worksheet>"
)
PARTS = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/'
    'content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    'relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/'
    'officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
}


@pytest.fixture
def layer():
    return gpd.GeoDataFrame(
        {"id": ["a", "b"], "имя": ["Парк", None], "n": [1, 2]},
        geometry=[shapely.Point(84.95, 56.5), shapely.Point(85, 56.6)],
        crs=4326,
    )


@pytest.fixture
def written(tmp_path):
    def write(frame, ending, **options):
        path = tmp_path / f"layer{ending}"
        if ending == ".parquet":
            frame.to_parquet(path, **options)
        else:
            frame.to_file(path, **options)
        return path

    return write


def packed(members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def shapefile(path):
    endings = ("shp", "shx", "dbf", "prj", "cpg")
    parts = {e: path.with_suffix(f".{e}") for e in endings}
    return {f"парк.{e}": part.read_bytes() for e, part in parts.items() if part.exists()}


def workbook(*sheets):
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    names = "".join(
        f'<sheet name="Лист{n}" sheetId="{n}" r:id="r{n}"/>' for n in range(1, len(sheets) + 1)
    )
    links = "".join(
        f'<Relationship Id="r{n}" Type="{relations}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, len(sheets) + 1)
    )
    members = PARTS | {
        "xl/workbook.xml": '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/'
        f'main" xmlns:r="{relations}"><sheets>{names}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/'
        f'package/2006/relationships">{links}</Relationships>',
    }
    for n, rows in enumerate(sheets, start=1):
        cells = "".join(f"<row>{''.join(map(cell, row))}</row>" for row in rows)
        members[f"xl/worksheets/sheet{n}.xml"] = SHEET.format(rows=cells)
    return packed(members)


def cell(value):
    if isinstance(value, str):
        return f'<c t="inlineStr"><is><t>{value}</t></is></c>'
    return "<c/>" if value is None else f"<c><v>{value}</v></c>"


@pytest.mark.parametrize("metres", [False, True])
@pytest.mark.parametrize("ending", [".gpkg", ".fgb", ".parquet"])
def test_what_was_written_comes_back(read, written, layer, ending, metres):
    path = written(layer.to_crs(32645) if metres else layer, ending)
    reading = read(path.read_bytes(), path.name)
    frame = reading.frame.sort_values("id", ignore_index=True)
    assert codes(reading) == ({"reprojected": [None]} if metres else {})
    assert frame["имя"].isna().tolist() == [False, True]
    assert frame["n"].tolist() == [1, 2]
    assert shapely.equals_exact(frame.geometry, layer.geometry, tolerance=1e-8).all()


def test_a_zipped_shapefile(read, written, layer):
    parts = shapefile(written(layer, ".shp", encoding="utf-8"))
    reading = read(packed(parts), "layer.zip")
    assert not list(reading.report)
    assert reading.frame["имя"][0] == "Парк"


@pytest.mark.parametrize("options", [{}, {"encoding": "utf-8"}])
def test_a_shapefile_that_is_not_in_the_encoding_it_states(read, written, layer, options):
    parts = shapefile(written(layer, ".shp", encoding="cp1251"))
    parts["парк.cpg"] = b"UTF-8"
    refusal = read(packed(parts), "layer.zip", **options).report.rejected
    assert (refusal.code, refusal.values) == ("not_utf8", {"offer": "cp1251"})
    assert read(packed(parts), "layer.zip", encoding="cp1251").frame["имя"][0] == "Парк"


def test_a_shapefile_that_does_not_say_its_encoding(read, written, layer):
    parts = shapefile(written(layer, ".shp", encoding="cp1251"))
    del parts["парк.cpg"]
    table = bytearray(parts["парк.dbf"])
    table[29] = 0
    parts["парк.dbf"] = bytes(table)
    assert read(packed(parts), "layer.zip").report.rejected.values["offer"] == "cp1251"
    reading = read(packed(parts), "layer.zip", encoding="cp1251")
    assert reading.frame["имя"][0] == "Парк"


def test_a_shapefile_without_system_is_asked_about_or_assumed(read, written, layer):
    parts = shapefile(written(layer, ".shp", encoding="utf-8"))
    del parts["парк.prj"]
    assert codes(read(packed(parts), "layer.zip")) == {"crs_assumed": [None]}
    parts = shapefile(written(layer.to_crs(32645), ".shp", encoding="utf-8"))
    del parts["парк.prj"]
    refusal = read(packed(parts), "layer.zip").report.rejected
    assert (refusal.code, refusal.values["offer"]) == ("crs_needed", "EPSG:32645, EPSG:28475")
    reading = read(packed(parts), "layer.zip", crs="EPSG:32645")
    assert codes(reading) == {"reprojected": [None]}
    assert shapely.equals_exact(reading.frame.geometry, layer.geometry, tolerance=1e-8).all()


@pytest.mark.parametrize(
    ("members", "code"),
    [
        ({"a.shp": b"x"}, "shapefile_incomplete"),
        ({"a.shp": b"x", "a.shx": b"x"}, "shapefile_incomplete"),
        ({"a.txt": b"x"}, "shapefile_count"),
        ({"a.shp": b"x", "b.shp": b"x"}, "shapefile_count"),
        ({"d/a.shp": b"x"}, "zip_path"),
        ({"../a.shp": b"x"}, "zip_path"),
        ({"/a.shp": b"x"}, "zip_path"),
        ({"..\\a.shp": b"x"}, "zip_path"),
        ({"a.shp": b"x", "A.SHP": b"x"}, "zip_path"),
        ({"a.shp": b" " * 10_000_000}, "zip_ratio"),
        ({f"{n}.txt": b"" for n in range(1_001)}, "zip_too_many_files"),
        ({"a.shp": b"junk", "a.shx": b"junk", "a.dbf": b"junk" * 20}, "broken_file"),
    ],
)
def test_an_archive_that_is_refused(read, members, code):
    assert read(packed(members), "layer.zip").report.rejected.code == code


def test_an_archive_of_links_passwords_and_too_much(read):
    link = zipfile.ZipInfo("a.shp")
    link.external_attr = 0o120777 << 16
    assert read(packed({link: b"/etc/passwd"}), "layer.zip").report.rejected.code == "zip_link"
    locked = bytearray(packed({"a.shp": b"x"}))
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    assert read(bytes(locked), "layer.zip").report.rejected.code == "zip_encrypted"
    noise = bytes(n * n % 251 for n in range(1_000)) * 1_000
    big = packed({f"{n}.shp": noise for n in range(21)})
    assert read(big, "layer.zip").report.rejected.code == "zip_too_big"
    assert read(b"PK\x03\x04 and no more", "layer.zip").report.rejected.code == "zip_broken"


def test_several_layers_are_asked_about(read, written, layer):
    path = written(layer, ".gpkg", layer="first")
    layer.to_file(path, layer="second")
    assert read(path.read_bytes(), path.name).report.rejected.code == "many_layers"
    assert len(read(path.read_bytes(), path.name, layer="second").frame) == 2
    refusal = read(path.read_bytes(), path.name, layer="third").report.rejected
    assert refusal.values["layers"] == "first, second"


def test_a_geopackage_of_queries_is_refused_and_not_run(read, written, layer):
    path = written(layer, ".gpkg", layer="t")
    base = sqlite3.connect(path)
    triggers = base.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall()
    for (name,) in triggers:
        base.execute(f'DROP TRIGGER "{name}"')
    base.execute(
        "CREATE VIEW q AS WITH RECURSIVE r(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM r) "
        "SELECT i AS fid, NULL AS geom FROM r"
    )
    base.execute("UPDATE gpkg_contents SET table_name = 'q'")
    base.execute("UPDATE gpkg_geometry_columns SET table_name = 'q'")
    base.commit()
    base.close()
    assert read(path.read_bytes(), path.name).report.rejected.code == "layer_is_query"


def test_parquet_without_geometry_or_with_another_encoding(read, written, layer):
    path = written(layer, ".parquet", geometry_encoding="geoarrow")
    assert read(path.read_bytes(), path.name).report.rejected.code == "geometry_encoding"
    layer.drop(columns="geometry").to_parquet(path)
    assert read(path.read_bytes(), path.name).report.rejected.code == "no_coordinates"


@pytest.mark.parametrize("ending", [".gpkg", ".fgb", ".parquet"])
def test_a_torn_file(read, written, layer, ending):
    content = written(layer, ending).read_bytes()
    for size in (len(content) // 2, 100, 40):
        assert read(content[:size], f"layer{ending}").report.rejected.code == "broken_file"


def test_a_workbook(read):
    rows = [["Имя", "Долгота", "Широта", "n"], [], ["Парк", 84.95, 56.5, 3], ["Завод", "", 56, 4]]
    reading = read(workbook(rows), "layer.xlsx")
    assert codes(reading) == {"bad_coordinate": [2]}
    assert reading.frame["n"].tolist() == [3]
    assert reading.frame.geometry[0].x == 84.95


def test_a_workbook_of_several_sheets(read):
    rows = [["lon", "lat"], [85, 56.5]]
    assert read(workbook(rows, rows), "a.xlsx").report.rejected.code == "many_layers"
    assert len(read(workbook(rows, rows), "a.xlsx", layer="Лист2").frame) == 1
    assert read(workbook(rows), "a.xlsx", layer="x").report.rejected.code == "layer_unknown"
    assert read(workbook([]), "a.xlsx").report.rejected.code == "no_coordinates"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.kml", b"<kml/>", "unknown_format"),
        ("a", b"{}", "unknown_format"),
        ("a.shp", b"\x00\x00\x27\x0a", "shapefile_alone"),
        ("a.geojson", b"<OGRVRTDataSource/>", "name_and_content_differ"),
        ("a.geojson", b"\xef\xbb\xbf <?xml version='1.0'?>", "name_and_content_differ"),
        ("a.csv", collection(feature()), "name_and_content_differ"),
        ("a.gpkg", collection(feature()), "name_and_content_differ"),
        ("a.geojson", b"SQLite format 3\0", "name_and_content_differ"),
        ("a.geojson", b"PK\x05\x06" + b"\0" * 18, "name_and_content_differ"),
        ("a.parquet", b"fgb\x03fgb\x00", "name_and_content_differ"),
        ("a.geojson", bytes(range(256)), "content_unknown"),
        ("a.fgb", b"\x01\x02\x03\x00\xff", "content_unknown"),
        ("a.csv", b"\xff\xfe", "no_coordinates"),
    ],
)  # fmt: skip
def test_name_and_content(read, name, content, code):
    options = {"encoding": "utf-16"} if content == b"\xff\xfe" else {}
    assert read(content, name, **options).report.rejected.code == code


def test_geometry_that_is_no_wkb(read, tmp_path, written, layer):
    table = pq.read_table(written(layer, ".parquet"))
    torn = pa.array([table["geometry"][0].as_py(), b"\x01\x02"], pa.binary())
    index = table.schema.get_field_index("geometry")
    table = table.set_column(index, table.schema.field(index), torn)
    pq.write_table(table, tmp_path / "torn.parquet")
    reading = read((tmp_path / "torn.parquet").read_bytes(), "torn.parquet")
    assert codes(reading) == {"bad_wkb": [2]}


@pytest.mark.parametrize("name", ["a.geojson", "a.csv"])
@pytest.mark.parametrize(("own", "offer"), [("utf-8-sig", "utf-8"), ("cp1251", "cp1251, utf-8")])
def test_an_encoding_that_does_not_fit_is_refused_with_an_offer(read, name, own, offer):
    word = "Поликлиника"
    text = f"a,lon,lat\n{word},85,56\n"
    if name == "a.geojson":
        text = collection(feature(a=word)).decode()
    refusal = read(text.encode(own), name, encoding="utf-16").report.rejected
    values = {"encoding": "utf-16", "known": offer}
    assert (refusal.code, refusal.values) == ("unknown_encoding", values)
