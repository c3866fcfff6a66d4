"""Makes the files of the corpus that are not plain UTF-8 text, or whose names not every disk takes.

`python -m tests.corpus.build FOLDER` writes them for a look; the tests write them into a folder of
their own. What a file must give stands in `expected.toml`, as for those under `files/`.
"""

import gzip
import io
import json
import sqlite3
import struct
import sys
import tempfile
import warnings
import zipfile
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pyogrio
import shapely

from tests.corpus.large import large

DEGREES = "EPSG:4326"
METRES = "EPSG:32645"
HERE = shapely.Point(84.95, 56.48)
THERE = shapely.Point(84.96, 56.49)
SQUARE = shapely.box(84.95, 56.48, 84.952, 56.482, ccw=True)
BOW_TIE = shapely.Polygon([(84.95, 56.48), (84.96, 56.49), (84.96, 56.48), (84.95, 56.49)])
LAYER = (
    '{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": '
    '{"name": "Академгородок"}, "geometry": {"type": "Point", "coordinates": [84.95, 56.48]}}]}\n'
)
TABLE = "name,lon,lat\nПарк,84.95,56.48\nЗавод,84.96,56.49\n"

Maker = Callable[[], bytes]


def frame(
    *shapes: shapely.Geometry | None, crs: str | None = DEGREES, **columns: Any
) -> gpd.GeoDataFrame:
    names = columns or {"name": [f"объект {number}" for number in range(len(shapes))]}
    return gpd.GeoDataFrame(names, geometry=list(shapes), crs=crs)


def written(table: gpd.GeoDataFrame, ending: str, **options: Any) -> bytes:
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.filterwarnings("ignore", "'crs' was not provided")
        path = Path(folder) / f"layer{ending}"
        pyogrio.write_dataframe(table, path, **options)
        return path.read_bytes()


# Encodings


def texts() -> Iterable[tuple[str, Maker]]:
    stray = LAYER.encode().replace("Академ".encode(), b"\xc0\xea\xe0\xe4")
    yield from {
        "encodings/bom.geojson": lambda: b"\xef\xbb\xbf" + LAYER.encode(),
        "encodings/bom-twice.geojson": lambda: b"\xef\xbb\xbf" * 2 + LAYER.encode(),
        "encodings/bom-alone.geojson": lambda: b"\xef\xbb\xbf",
        "encodings/bom.csv": lambda: b"\xef\xbb\xbf" + TABLE.encode(),
        "encodings/utf-16-le.geojson": lambda: b"\xff\xfe" + LAYER.encode("utf-16-le"),
        "encodings/utf-16-be.geojson": lambda: b"\xfe\xff" + LAYER.encode("utf-16-be"),
        "encodings/utf-16-without-bom.geojson": lambda: LAYER.encode("utf-16-le"),
        "encodings/utf-16.csv": lambda: b"\xff\xfe" + TABLE.encode("utf-16-le"),
        "encodings/utf-32.geojson": lambda: b"\xff\xfe\0\0" + LAYER.encode("utf-32-le"),
        "encodings/cp1251.geojson": lambda: LAYER.encode("cp1251"),
        "encodings/cp1251-named.geojson": lambda: LAYER.encode("cp1251"),
        "encodings/cp1251.csv": lambda: TABLE.replace(",", ";").encode("cp1251"),
        "encodings/cp1251-named.csv": lambda: TABLE.replace(",", ";").encode("cp1251"),
        "encodings/cp1251-named-wrongly.csv": lambda: TABLE.encode("cp1251"),
        "encodings/utf-8-named-cp1251.csv": TABLE.encode,
        "encodings/codec-that-unpacks.csv": TABLE.encode,
        "encodings/utf-16-named.csv": lambda: b"\xff\xfe" + TABLE.encode("utf-16-le"),
        "encodings/cp866.csv": lambda: TABLE.encode("cp866"),
        "encodings/stray-bytes.geojson": lambda: stray,
        "encodings/overlong.geojson": lambda: LAYER.encode().replace(b"name", b"n\xc1\xa1me"),
        "encodings/surrogate-bytes.geojson": lambda: LAYER.encode().replace(
            b"name", b"n\xed\xa0\x80"
        ),
        "encodings/cut-within-a-letter.geojson": lambda: LAYER.encode()[
            : LAYER.encode().index("Академ".encode()) + 3
        ],
        "encodings/padded-with-nul.geojson": lambda: LAYER.encode() + bytes(100),
        "encodings/nul-in-string.geojson": lambda: LAYER.encode().replace(b"name", b"na\0me"),
        "encodings/nul-in-cell.csv": lambda: TABLE.encode().replace(b"\xd0\x9f", b"\xd0\x9f\0"),
        "encodings/nothing-but-nul.geojson": lambda: bytes(500),
        "encodings/nothing-but-nul.csv": lambda: bytes(500),
        "encodings/carriage-returns.csv": lambda: TABLE.replace("\n", "\r").encode(),
        "encodings/mixed-line-ends.csv": lambda: (
            b"name,lon,lat\r\nA,84.95,56.48\nB,84.96,56.49\r\n"
        ),
        "encodings/one-nul.geojson": lambda: b"\0",
        "encodings/one-byte-above-ascii.csv": lambda: b"\xff",
    }.items()


# Names that hostile people give, with a good layer inside


def names() -> Iterable[tuple[str, Maker]]:
    for name in (
        "'; DROP TABLE parks; --.geojson",
        "<img src=x onerror=alert(1)>.geojson",
        "$(touch pwned).geojson",
        "`touch pwned`.geojson",
        "--json.geojson",
        "-rf.geojson",
        "%2e%2e%2fetc%2fpasswd.geojson",
        "${alert(1)}.geojson",
        "[bold red]rich[/bold red].geojson",
        "two\nlines.geojson",
        "tab\tbed.geojson",
        "text\u202enosjoeg.geojson",
        "escape\u001b[2J.geojson",
        "смайл 😀.geojson",
        "{code} %s %(x)s.geojson",
        "a" * 200 + ".geojson",
        "слой.ГЕОJSON",
        "trailing space.geojson ",
        ".geojson",
        "...geojson",
    ):
        yield f"names/{name}", LAYER.encode


# Archives

Member = tuple[str | zipfile.ZipInfo, bytes]


def zipped(members: Iterable[Member], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return stream.getvalue()


def shapefile(layer: gpd.GeoDataFrame, *, without: str = "", **options: Any) -> list[Member]:
    with tempfile.TemporaryDirectory() as folder:
        pyogrio.write_dataframe(layer, Path(folder) / "layer.shp", **options)
        return [
            (path.name, path.read_bytes())
            for path in sorted(Path(folder).iterdir())
            if path.suffix != without
        ]


def link(name: str, target: str) -> Member:
    info = zipfile.ZipInfo(name)
    info.create_system = 3
    info.external_attr = 0o120777 << 16
    return info, target.encode()


def encrypted() -> bytes:
    """Return an archive whose members say that they want a password."""
    archive = bytearray(zipped(shapefile(frame(HERE))))
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = archive.find(signature)
        while place >= 0:
            archive[place + flags] |= 1
            place = archive.find(signature, place + 4)
    return bytes(archive)


def lying() -> bytes:
    """Return an archive whose directory says 100 bytes of a table that unpacks to 3 MB."""
    archive = bytearray(
        zipped(
            (name, content + bytes(3_000_000) if name == "layer.dbf" else content)
            for name, content in shapefile(frame(HERE))
        )
    )
    place = archive.find(b"PK\x01\x02")
    while archive[place + 46 : place + 55] != b"layer.dbf":
        place = archive.find(b"PK\x01\x02", place + 4)
    archive[place + 24 : place + 28] = struct.pack("<I", 100)
    return bytes(archive)


def damaged(content: bytes, place: int) -> bytes:
    return content[:place] + bytes([content[place] ^ 0xFF]) + content[place + 1 :]


def archives(canary: str) -> Iterable[tuple[str, Maker]]:
    def point() -> list[Member]:
        return shapefile(frame(HERE))

    def twice() -> list[Member]:
        return [*point(), *((f"b{name}", content) for name, content in point())]

    def repeated() -> bytes:
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            for name, content in point():
                archive.writestr(name, content)
            with archive.open(zipfile.ZipInfo("layer.shp"), "w") as member:
                member.write(b"x")
        return stream.getvalue()

    def quiet_repeated() -> bytes:
        plain = zipped([*point(), ("layer.zzz", b"x")])
        return plain.replace(b"layer.zzz", b"layer.shp")

    def short_table() -> Iterable[Member]:
        """Yield two shapes and a table of one row."""
        for name, content in shapefile(frame(HERE, THERE)):
            if name != "layer.dbf":
                yield name, content
                continue
            width = int.from_bytes(content[10:12], "little")
            yield name, content[:4] + struct.pack("<I", 1) + content[8 : -width - 1] + b"\x1a"

    def checksum() -> bytes:
        stored = zipped(point(), method=zipfile.ZIP_STORED)
        return damaged(stored, stored.find(b"layer.shp") + len("layer.shp") + 115)

    in_metres = frame(HERE, THERE).to_crs(METRES)
    clockwise = frame(SQUARE.reverse() if SQUARE.exterior.is_ccw else SQUARE)
    yield from {
        "zip/fine.zip": lambda: zipped(point()),
        "zip/СЛОЙ.ZIP": lambda: zipped(point()),
        "zip/polygon-clockwise.zip": lambda: zipped(shapefile(clockwise)),
        "zip/metres.zip": lambda: zipped(shapefile(in_metres)),
        "zip/cp1251-table.zip": lambda: zipped(
            shapefile(frame(HERE, name=["Академгородок"]), encoding="cp1251")
        ),
        "zip/null-geometry.zip": lambda: zipped(shapefile(frame(HERE, None))),
        "zip/bow-tie.zip": lambda: zipped(shapefile(frame(BOW_TIE))),
        "zip/3d.zip": lambda: zipped(shapefile(frame(shapely.Point(84.95, 56.48, 118)))),
        "zip/without-prj.zip": lambda: zipped(shapefile(frame(HERE), without=".prj")),
        "zip/without-shx.zip": lambda: zipped(shapefile(frame(HERE), without=".shx")),
        "zip/without-dbf.zip": lambda: zipped(shapefile(frame(HERE), without=".dbf")),
        "zip/without-cpg.zip": lambda: zipped(shapefile(frame(HERE), without=".cpg")),
        "zip/two-shapefiles.zip": lambda: zipped(twice()),
        "zip/geojson-inside.zip": lambda: zipped([("layer.geojson", LAYER.encode())]),
        "zip/vrt-inside.zip": lambda: zipped(
            [("layer.vrt", b"<OGRVRTDataSource/>"), ("layer.shp", b"<OGRVRTDataSource/>")]
        ),
        "zip/vrt-named-shp.zip": lambda: zipped(
            [
                *(member for member in point() if member[0] != "layer.shp"),
                (
                    "layer.shp",
                    f"<OGRVRTDataSource><OGRVRTLayer name='x'><SrcDataSource>{canary}"
                    "</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>".encode(),
                ),
            ]
        ),
        "zip/nothing-inside.zip": lambda: zipped([]),
        "zip/nested.zip": lambda: zipped([("layer.zip", zipped(point()))]),
        "zip/in-a-folder.zip": lambda: zipped([(f"data/{n}", c) for n, c in point()]),
        "zip/slip.zip": lambda: zipped([*point(), ("../../../tmp/atlas-slip", b"x")]),
        "zip/slip-backslash.zip": lambda: zipped([*point(), ("..\\..\\atlas-slip", b"x")]),
        "zip/absolute.zip": lambda: zipped([*point(), ("/tmp/atlas-slip", b"x")]),  # noqa: S108
        "zip/name-twice.zip": quiet_repeated,
        "zip/link.zip": lambda: zipped(
            [*(m for m in point() if m[0] != "layer.dbf"), link("layer.dbf", canary)]
        ),
        "zip/encrypted.zip": encrypted,
        "zip/bad-checksum.zip": checksum,
        "zip/cut.zip": lambda: zipped(point())[:-40],
        "zip/directory-lies.zip": lying,
        "zip/many-members.zip": lambda: zipped(
            [*point(), *((f"{number:04}", b"") for number in range(1_000))],
            method=zipfile.ZIP_STORED,
        ),
        "zip/bomb.zip": lambda: zipped([*point(), ("notes.txt", bytes(8_000_000))]),
        "zip/behind-a-program.zip": lambda: b"MZ" + bytes(510) + zipped(point()),
        "zip/shp-damaged.zip": lambda: zipped(
            (name, damaged(content, 3) if name == "layer.shp" else content)
            for name, content in point()
        ),
        "zip/dbf-one-row-short.zip": lambda: zipped(short_table()),
        "zip/dbf-claims-two-milliards.zip": lambda: zipped(
            (
                name,
                content[:4] + b"\xff\xff\xff\x7f" + content[8:] if name == "layer.dbf" else content,
            )
            for name, content in point()
        ),
        "zip/shp-cut.zip": lambda: zipped(
            (name, content[:-10] if name == "layer.shp" else content)
            for name, content in shapefile(frame(HERE, THERE))
        ),
        "zip/dbf-damaged.zip": lambda: zipped(
            (name, content[:20] if name == "layer.dbf" else content) for name, content in point()
        ),
        "zip/prj-damaged.zip": lambda: zipped(
            (name, b'GEOGCS["nowhere' if name == "layer.prj" else content)
            for name, content in point()
        ),
        "limits/unpacked.zip": lambda: zipped(
            [*point(), ("notes.txt", b"".join(b"%d\n" % (n // 4) for n in range(30_000)))]
        ),
        "disguised/gzip.geojson": lambda: gzip.compress(LAYER.encode(), mtime=0),
        "disguised/layer.geojson.gz": lambda: gzip.compress(LAYER.encode(), mtime=0),
        "disguised/gzip-bomb.geojson": lambda: gzip.compress(b" " * 8_000_000, mtime=0),
        "disguised/png.geojson": lambda: PNG,
        "disguised/png.csv": lambda: PNG,
        "disguised/zip.geojson": lambda: zipped(point()),
        "disguised/xlsx.zip": lambda: workbook({"parks": ROWS}),
        "disguised/zip.xlsx": lambda: zipped(point()),
        "disguised/gpkg.geojson": lambda: written(frame(HERE), ".gpkg", layer="parks"),
        "disguised/gpkg.fgb": lambda: written(frame(HERE), ".gpkg", layer="parks"),
        "disguised/fgb.gpkg": lambda: written(frame(HERE), ".fgb"),
        "disguised/parquet.csv": lambda: parquet(frame(HERE)),
        "disguised/parquet.geojson": lambda: parquet(frame(HERE)),
        "disguised/pdf.geojson": lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n",
        "disguised/netcdf.csv": lambda: b"CDF\x01" + bytes(60),
    }.items()


PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360"
    "6060600000000500010d0a2db40000000049454e44ae426082"
)


ARC = b"\x01" + struct.pack("<II6d", 8, 3, 84.95, 56.48, 84.96, 56.49, 84.97, 56.48)
"""A circular arc in WKB."""

PACKAGED = b"GP\0\x01" + struct.pack("<i", 4326)
"""What stands before WKB in a GeoPackage."""


# GeoPackage


def edited(*statements: str, layer: gpd.GeoDataFrame | None = None) -> bytes:
    """Return a GeoPackage after some statements of SQL."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "layer.gpkg"
        pyogrio.write_dataframe(frame(HERE) if layer is None else layer, path, layer="parks")
        base = sqlite3.connect(path)
        for function in ("ST_IsEmpty", "ST_MinX", "ST_MaxX", "ST_MinY", "ST_MaxY"):
            base.create_function(function, 1, lambda _: None)
        with base:
            for statement in statements:
                base.execute(statement)
        base.close()
        return path.read_bytes()


def two_layers() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "layer.gpkg"
        pyogrio.write_dataframe(frame(HERE), path, layer="parks")
        pyogrio.write_dataframe(frame(THERE), path, layer="заводы", append=True)
        return path.read_bytes()


def plain_sqlite() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "base"
        base = sqlite3.connect(path)
        with base:
            base.execute("CREATE TABLE parks (id, geom)")
        base.close()
        return path.read_bytes()


def view(query: str) -> bytes:
    return edited(
        f"CREATE VIEW заводы AS {query}",
        "INSERT INTO gpkg_contents SELECT 'заводы', data_type, 'заводы', '', last_change, min_x,"
        " min_y, max_x, max_y, srs_id FROM gpkg_contents WHERE table_name = 'parks'",
        "INSERT INTO gpkg_geometry_columns SELECT 'заводы', 'geom', 'POINT', srs_id, 0, 0"
        " FROM gpkg_geometry_columns WHERE table_name = 'parks'",
    )


def packages(canary: str) -> Iterable[tuple[str, Maker]]:
    no_triggers = (
        "DROP TRIGGER rtree_parks_geom_insert",
        "DROP TRIGGER rtree_parks_geom_update6",
        "DROP TRIGGER rtree_parks_geom_update7",
        "DROP TRIGGER rtree_parks_geom_delete",
    )
    reaching = f"'CREATE VIRTUAL TABLE v USING VirtualOGR(''{canary}'')'"
    endless = (
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
        "SELECT i AS fid, (SELECT geom FROM parks) AS geom, 'x' AS name FROM n"
    )
    yield from {
        "gpkg/fine.gpkg": lambda: written(frame(HERE, THERE), ".gpkg", layer="parks"),
        "gpkg/values.gpkg": lambda: written(
            frame(
                HERE,
                THERE,
                n=[2**53 + 1, -(2**63)],
                t=["Парк", None],
                x=[0.5, None],
                b=[True, False],
            ),
            ".gpkg",
            layer="parks",
        ),
        "gpkg/metres.gpkg": lambda: written(frame(HERE).to_crs(METRES), ".gpkg", layer="parks"),
        "gpkg/polygon-clockwise.gpkg": lambda: written(
            frame(shapely.box(84.95, 56.48, 84.952, 56.482, ccw=False)), ".gpkg", layer="parks"
        ),
        "gpkg/no-rows.gpkg": lambda: written(
            frame(HERE).iloc[:0], ".gpkg", layer="parks", geometry_type="Point"
        ),
        "gpkg/null-geometry.gpkg": lambda: written(frame(HERE, None), ".gpkg", layer="parks"),
        "gpkg/bow-tie.gpkg": lambda: written(frame(BOW_TIE), ".gpkg", layer="parks"),
        "gpkg/3d.gpkg": lambda: written(
            frame(shapely.Point(84.95, 56.48, 118)), ".gpkg", layer="parks"
        ),
        "gpkg/crs-undefined.gpkg": lambda: edited(
            "UPDATE gpkg_contents SET srs_id = -1",
            "UPDATE gpkg_geometry_columns SET srs_id = -1",
        ),
        "gpkg/crs-undefined-metres.gpkg": lambda: edited(
            "UPDATE gpkg_contents SET srs_id = -1",
            "UPDATE gpkg_geometry_columns SET srs_id = -1",
            layer=frame(HERE, THERE).to_crs(METRES),
        ),
        "gpkg/two-layers.gpkg": two_layers,
        "gpkg/two-layers-one-named.gpkg": two_layers,
        "gpkg/another-layer-named.gpkg": lambda: written(frame(HERE), ".gpkg", layer="parks"),
        "gpkg/attributes-only.gpkg": lambda: edited(
            "UPDATE gpkg_contents SET data_type = 'attributes'",
            "DELETE FROM gpkg_geometry_columns",
        ),
        "gpkg/view.gpkg": lambda: view("SELECT * FROM parks"),
        "gpkg/endless-view.gpkg": lambda: view(endless),
        "gpkg/endless-view-named.gpkg": lambda: view(endless),
        "gpkg/endless-view-beside-table.gpkg": lambda: view(endless),
        "gpkg/table-turned-endless-view.gpkg": lambda: edited(
            *no_triggers,
            "ALTER TABLE parks RENAME TO parks_of_old",
            "CREATE VIEW parks AS " + endless.replace("FROM parks)", "FROM parks_of_old)"),
        ),
        "gpkg/contents-is-endless-view.gpkg": lambda: edited(
            "ALTER TABLE gpkg_contents RENAME TO contents_of_old",
            "CREATE VIEW gpkg_contents AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 "
            "FROM n) SELECT c.* FROM contents_of_old AS c, n",
        ),
        "gpkg/generated-column.gpkg": lambda: edited(
            "ALTER TABLE parks ADD COLUMN big TEXT GENERATED ALWAYS AS (hex(zeroblob(400000000)))"
        ),
        "gpkg/curve.gpkg": lambda: edited(
            *no_triggers,
            f"UPDATE parks SET geom = x'{PACKAGED.hex()}{ARC.hex()}' WHERE fid = 2",  # noqa: S608
            layer=frame(HERE, THERE),
        ),
        "gpkg/virtual-table.gpkg": lambda: edited(
            "PRAGMA writable_schema = 1",
            f"INSERT INTO sqlite_master VALUES ('table', 'v', 'v', 0, {reaching})",  # noqa: S608
            "INSERT INTO gpkg_contents (table_name, data_type) VALUES ('v', 'attributes')",
        ),
        "gpkg/geometry-damaged.gpkg": lambda: edited(
            *no_triggers, "UPDATE parks SET geom = x'47500001E6100000FFFFFFFFFF'"
        ),
        "gpkg/geometry-text.gpkg": lambda: edited(
            *no_triggers, "UPDATE parks SET geom = 'POINT (84.95 56.48)'"
        ),
        "gpkg/nan-point.gpkg": lambda: edited(
            *no_triggers,
            "UPDATE parks SET geom = x'47500001E61000000101000000000000000000F87F0000000000404C40'",
        ),
        "gpkg/control-in-text.gpkg": lambda: edited(
            *no_triggers, "UPDATE parks SET name = 'a' || char(7) || 'b'"
        ),
        "gpkg/text-in-number-column.gpkg": lambda: edited(
            *no_triggers,
            "UPDATE parks SET n = 'много' WHERE fid = 2",
            layer=frame(HERE, THERE, n=[1, 2]),
        ),
        "gpkg/not-utf8.gpkg": lambda: edited(
            *no_triggers, "UPDATE parks SET name = CAST(x'CFE0F0EA' AS TEXT)"
        ),
        "gpkg/cut.gpkg": lambda: written(frame(HERE), ".gpkg", layer="parks")[:30_000],
        "gpkg/header-alone.gpkg": lambda: b"SQLite format 3\0" + bytes(84),
        "gpkg/plain-sqlite.gpkg": plain_sqlite,
        "gpkg/page-damaged.gpkg": lambda: damaged(
            written(frame(HERE), ".gpkg", layer="parks"), 100
        ),
    }.items()


# FlatGeobuf


def buffers() -> Iterable[tuple[str, Maker]]:
    def fine() -> bytes:
        return written(frame(HERE, THERE), ".fgb")

    yield from {
        "fgb/fine.fgb": fine,
        "fgb/metres.fgb": lambda: written(frame(HERE).to_crs(METRES), ".fgb"),
        "fgb/crs-not-named.fgb": lambda: written(frame(HERE, crs=None), ".fgb"),
        "fgb/no-rows.fgb": lambda: written(frame(HERE).iloc[:0], ".fgb", geometry_type="Point"),
        "fgb/bow-tie.fgb": lambda: written(frame(BOW_TIE), ".fgb"),
        "fgb/cut.fgb": lambda: fine()[:-30],
        "fgb/cut-in-header.fgb": lambda: fine()[:40],
        "fgb/magic-alone.fgb": lambda: fine()[:8],
        "fgb/header-of-two-gigabytes.fgb": lambda: (
            fine()[:8] + struct.pack("<I", 0x7FFFFFFF) + fine()[12:]
        ),
        "fgb/features-count-huge.fgb": lambda: damaged(fine(), len(fine()) - 20),
    }.items()


# GeoParquet


def parquet(layer: gpd.GeoDataFrame, **options: Any) -> bytes:
    stream = io.BytesIO()
    layer.to_parquet(stream, **options)
    return stream.getvalue()


def reworked(
    layer: gpd.GeoDataFrame,
    change: Callable[[dict[str, Any]], object] = lambda _: None,
    *,
    geometry: list[bytes | None] | None = None,
    geo: bytes | None = None,
    times: int = 1,
) -> bytes:
    """Return GeoParquet with other metadata, other geometry, or its first row many times."""
    table = pq.read_table(io.BytesIO(parquet(layer)))
    metadata: dict[bytes, bytes] = dict(table.schema.metadata or {})
    said = json.loads(metadata[b"geo"])
    change(said)
    metadata[b"geo"] = json.dumps(said).encode() if geo is None else geo
    if geometry is not None:
        place = table.column_names.index("geometry")
        table = table.set_column(place, "geometry", pa.array(geometry, pa.binary()))
    if times > 1:
        table = pa.table(
            {
                name: pa.DictionaryArray.from_arrays(
                    pa.Array.from_buffers(
                        pa.int32(), times, [None, pa.py_buffer(bytes(4 * times))]
                    ),
                    table.column(name).combine_chunks().slice(0, 1),
                )
                for name in table.column_names
            }
        )
    stream = io.BytesIO()
    pq.write_table(table.replace_schema_metadata(metadata), stream)
    return stream.getvalue()


def pickled() -> bytes:
    """Return GeoParquet whose schema has a Python object in it that makes a folder when read."""
    table = pq.read_table(io.BytesIO(parquet(frame(HERE, n=[1]))))
    place = table.column_names.index("n")
    hostile = pa.field(
        "n",
        pa.int64(),
        metadata={
            "ARROW:extension:name": "arrow.py_extension_type",
            "ARROW:extension:metadata": "cposix\nmkdir\n(S'pickled'\ntR.",
        },
    )
    stream = io.BytesIO()
    pq.write_table(table.cast(table.schema.set(place, hostile)), stream)
    return stream.getvalue()


def packed_text() -> bytes:
    """Return GeoParquet of some kB with 500 MB of text in it; too slow to read for the table."""
    return reworked(frame(HERE, name=["Т" * 10_000]), times=25_000)


def plain_parquet(columns: Mapping[str, Any]) -> bytes:
    stream = io.BytesIO()
    pq.write_table(pa.table(columns), stream)
    return stream.getvalue()


def parquets() -> Iterable[tuple[str, Maker]]:
    def said(**changes: Any) -> Callable[[dict[str, Any]], object]:
        return lambda geo: geo["columns"]["geometry"].update(changes)

    wkb = shapely.to_wkb(HERE)
    values = frame(
        HERE,
        THERE,
        n=[2**53 + 1, 2**63 - 1],
        when=pd.to_datetime(["2024-02-29", "2024-03-01"]),
        urls=[["https://a.example"], []],
    )
    yield from {
        "parquet/fine.parquet": lambda: parquet(frame(HERE, THERE)),
        "parquet/values.parquet": lambda: parquet(values),
        "parquet/metres.parquet": lambda: parquet(frame(HERE).to_crs(METRES)),
        "parquet/crs-null.parquet": lambda: reworked(frame(HERE), said(crs=None)),
        "parquet/crs-unknown.parquet": lambda: reworked(frame(HERE), said(crs={"type": "x"})),
        "parquet/no-rows.parquet": lambda: parquet(frame(HERE).iloc[:0]),
        "parquet/null-geometry.parquet": lambda: parquet(frame(HERE, None)),
        "parquet/bow-tie.parquet": lambda: parquet(frame(BOW_TIE)),
        "parquet/polygon-clockwise.parquet": lambda: parquet(
            frame(shapely.box(84.95, 56.48, 84.952, 56.482, ccw=False))
        ),
        "parquet/geometry-damaged.parquet": lambda: reworked(
            frame(HERE, THERE, HERE), geometry=[wkb, b"\x01\x01", b"\x01\xff\xff\xff\xff"]
        ),
        "parquet/geometry-of-a-billion.parquet": lambda: reworked(
            frame(HERE, THERE),
            geometry=[wkb, b"\x01\x02\0\0\0" + struct.pack("<I", 1_000_000_000) + bytes(16)],
        ),
        "parquet/curve.parquet": lambda: reworked(
            frame(HERE, THERE), geometry=[shapely.to_wkb(HERE), ARC]
        ),
        "parquet/million-rows-in-few-bytes.parquet": lambda: reworked(
            frame(HERE), geometry=None, times=1_000_000
        ),
        "parquet/pickle-in-schema.parquet": pickled,
        "parquet/geometry-nested.parquet": lambda: reworked(
            frame(HERE, THERE),
            geometry=[wkb, b"\x01\x07\0\0\0\x01\0\0\0" * 1_500 + wkb],
        ),
        "parquet/geo-is-not-json.parquet": lambda: reworked(frame(HERE), geo=b"{"),
        "parquet/geo-is-list.parquet": lambda: reworked(frame(HERE), geo=b"[1]"),
        "parquet/geo-names-no-column.parquet": lambda: reworked(
            frame(HERE), lambda geo: geo.update(primary_column="place")
        ),
        "parquet/encoding-unknown.parquet": lambda: reworked(frame(HERE), said(encoding="TWKB")),
        "parquet/geoarrow.parquet": lambda: parquet(
            frame(HERE), geometry_encoding="geoarrow", schema_version="1.1.0"
        ),
        "parquet/plain-with-lon-lat.parquet": lambda: plain_parquet(
            {"lon": [84.95], "lat": [56.48], "name": ["Парк"]}
        ),
        "parquet/plain.parquet": lambda: plain_parquet({"a": [1], "b": ["x"]}),
        "parquet/struct-column.parquet": lambda: parquet(frame(HERE, v=[{"a": 1}])),
        "parquet/cut.parquet": lambda: parquet(frame(HERE))[:-30],
        "parquet/magic-alone.parquet": lambda: b"PAR1PAR1",
        "parquet/footer-damaged.parquet": lambda: damaged(
            parquet(frame(HERE)), len(parquet(frame(HERE))) - 60
        ),
        "parquet/layer.geoparquet": lambda: parquet(frame(HERE)),
    }.items()


# Workbooks

_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_XML = '<?xml version="1.0" encoding="UTF-8"?>'
Cell = str | int | float | None
ROWS: list[list[Cell]] = [["name", "lon", "lat"], ["Парк", 84.95, 56.48], ["Завод", 84.96, 56.49]]


def sheet(rows: Iterable[Iterable[Cell]], *, head: str = "") -> str:
    def cell(column: int, row: int, value: Cell) -> str:
        place = f"{chr(65 + column)}{row}"
        if value is None:
            return ""
        if isinstance(value, str) and value.startswith("<"):
            return f'<c r="{place}"{value[1:]}'
        if isinstance(value, str):
            return f'<c r="{place}" t="inlineStr"><is><t>{value}</t></is></c>'
        return f'<c r="{place}"><v>{value}</v></c>'

    lines = "".join(
        f'<row r="{number}">{"".join(cell(c, number, v) for c, v in enumerate(row))}</row>'
        for number, row in enumerate(rows, 1)
    )
    return f'{_XML}{head}<worksheet xmlns="{_MAIN}"><sheetData>{lines}</sheetData></worksheet>'


def workbook(
    sheets: Mapping[str, Iterable[Iterable[Cell]]],
    *,
    replace: Mapping[str, bytes | None] | None = None,
) -> bytes:
    """Return a workbook; `replace` gives members other bytes, or takes them out."""
    numbers = range(1, len(sheets) + 1)
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
        for n in numbers
    )
    named = "".join(
        f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"/>'
        for n, name in zip(numbers, sheets, strict=True)
    )
    related = "".join(
        f'<Relationship Id="rId{n}" Type="{_RELATIONS}/worksheet" '
        f'Target="worksheets/sheet{n}.xml"/>'
        for n in numbers
    )
    packages = "http://schemas.openxmlformats.org/package/2006"
    members = {
        "[Content_Types].xml": f'{_XML}<Types xmlns="{packages}/content-types">'
        '<Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/xl/workbook.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
        f"{overrides}</Types>",
        "_rels/.rels": f'{_XML}<Relationships xmlns="{packages}/relationships"><Relationship '
        f'Id="rId1" Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets>'
        f"{named}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'{_XML}<Relationships xmlns="{packages}/relationships">'
        f"{related}</Relationships>",
    }
    for number, rows in zip(numbers, sheets.values(), strict=True):
        members[f"xl/worksheets/sheet{number}.xml"] = sheet(rows)
    content: dict[str, bytes | None] = {name: text.encode() for name, text in members.items()}
    content |= replace or {}
    return zipped((name, data) for name, data in content.items() if data is not None)


def workbooks(canary: str) -> Iterable[tuple[str, Maker]]:
    one = partial(workbook, {"parks": ROWS})
    first = "xl/worksheets/sheet1.xml"
    entity = f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{canary}">]>'
    laughs = (
        "<!DOCTYPE x ["
        + "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ha"}">' for n in range(9))
        + "]>"
    )
    yield from {
        "xlsx/fine.xlsx": one,
        "xlsx/russian.xlsx": lambda: workbook(
            {"парки": [["Название", "Широта", "Долгота"], ["Парк", 56.48, 84.95]]}
        ),
        "xlsx/wkt.xlsx": lambda: workbook({"parks": [["id", "wkt"], [1, "POINT (84.95 56.48)"]]}),
        "xlsx/numbers-as-text.xlsx": lambda: workbook(
            {"parks": [["name", "lon", "lat"], ["Парк", "84,95", "56,48"]]}
        ),
        "xlsx/whole-numbers.xlsx": lambda: workbook(
            {"parks": [["jobs", "lon", "lat"], [120, 84.95, 56.48], [7, 84.96, 56.49]]}
        ),
        "xlsx/formula.xlsx": lambda: workbook(
            {"parks": [["n", "lon", "lat"], ["<><f>1+1</f><v>2</v></c>", 84.95, 56.48]]}
        ),
        "xlsx/error-cell.xlsx": lambda: workbook(
            {"parks": [*ROWS, ["Склад", '< t="e"><v>#N/A</v></c>', 56.48]]}
        ),
        "xlsx/empty-place.xlsx": lambda: workbook({"parks": [*ROWS, ["Склад", None, None]]}),
        "xlsx/word-for-coordinate.xlsx": lambda: workbook(
            {"parks": [*ROWS, ["Склад", "восток", 56.48]]}
        ),
        "xlsx/blank-row.xlsx": lambda: workbook(
            {"parks": [ROWS[0], ROWS[1], [None, None, None], ROWS[2]]}
        ),
        "xlsx/no-coordinates.xlsx": lambda: workbook({"parks": [["name"], ["Парк"]]}),
        "xlsx/empty-sheet.xlsx": lambda: workbook({"parks": []}),
        "xlsx/header-only.xlsx": lambda: workbook({"parks": ROWS[:1]}),
        "xlsx/two-sheets.xlsx": lambda: workbook({"parks": ROWS, "заводы": ROWS}),
        "xlsx/two-sheets-one-named.xlsx": lambda: workbook({"parks": ROWS, "заводы": ROWS[:2]}),
        "xlsx/outside-world.xlsx": lambda: workbook({"parks": [*ROWS, ["Склад", 190, 56.48]]}),
        "xlsx/sheet-missing.xlsx": lambda: one(replace={first: None}),
        "xlsx/sheet-damaged.xlsx": lambda: one(replace={first: b"<worksheet><sheetData><row>"}),
        "xlsx/entity.xlsx": lambda: one(
            replace={first: sheet([*ROWS, ["&e;", 84.97, 56.48]], head=entity).encode()}
        ),
        "xlsx/entities-by-millions.xlsx": lambda: one(
            replace={first: sheet([*ROWS, ["&e8;", 84.97, 56.48]], head=laughs).encode()}
        ),
        "xlsx/string-out-of-range.xlsx": lambda: workbook(
            {"parks": [*ROWS, ['< t="s"><v>99</v></c>', 84.97, 56.48]]}
        ),
        "xlsx/far-cell.xlsx": lambda: one(
            replace={
                first: sheet(ROWS)
                .replace(
                    "</sheetData>",
                    '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>',
                )
                .encode()
            }
        ),
        "xlsx/bomb.xlsx": lambda: one(replace={"xl/media/x.bin": bytes(8_000_000)}),
        "xlsx/cut.xlsx": lambda: one()[:-60],
    }.items()


def makers(canary: str = "/etc/passwd") -> dict[str, Maker]:
    """Return name -> what makes the file; the disguised ones point to the canary."""
    hostile = (group(canary) for group in (archives, packages, workbooks))
    groups = (texts(), names(), buffers(), parquets(), large(), *hostile)
    return {name: maker for group in groups for name, maker in group}


def build(folder: Path) -> None:
    """Write all of them into a folder."""
    for name, maker in makers().items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(maker())


if __name__ == "__main__":
    build(Path(sys.argv[1]))
