import csv
import io
import json
import zipfile

from geo.export import Content, bundle, to_bytes
from geo.provenance.origin import sha256_of


def test_file_provenance_and_dictionary(content: Content, tmp_path) -> None:  # type: ignore[no-untyped-def]
    made = to_bytes(content, "gpkg", name="x.gpkg")
    with zipfile.ZipFile(io.BytesIO(bundle(made))) as archive:
        assert archive.namelist() == ["x.gpkg", "x.gpkg.provenance.json", "x.gpkg.columns.csv"]
        archive.extractall(tmp_path)
        table = archive.read("x.gpkg.columns.csv").decode("utf-8-sig")
    sidecar = json.loads((tmp_path / "x.gpkg.provenance.json").read_bytes())
    assert sidecar["output"]["sha256"] == sha256_of(tmp_path / "x.gpkg")
    rows = list(csv.DictReader(io.StringIO(table)))
    assert [row["column"] for row in rows] == [c["name"] for c in sidecar["columns"]]
    assert rows[3] == {
        "column": "declared", "type": "integer", "unit_ru": "год", "unit_en": "year",
        "description_ru": "целые", "description_en": "whole", "source": "medical",
    }  # fmt: skip


def test_the_same_bundle_twice(content: Content, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    first, again = (bundle(to_bytes(content, "csv", name="x.csv")) for _ in range(2))
    assert first == again
