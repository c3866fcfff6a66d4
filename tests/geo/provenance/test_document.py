import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from geo.dataset import SHIPPED, shared
from geo.errors import ProvenanceError
from geo.export import Content, of_layer, of_link, to_bytes
from geo.provenance import SUFFIX, Notice, Origin, Sum
from geo.provenance.schema import MOST_BYTES, json_schema, parse, read_document

SCHEMA = SHIPPED.parent / "docs" / "provenance.schema.json"


@pytest.fixture
def made(content: Content) -> dict[str, Any]:
    return dict(to_bytes(content, "csv", name="мой файл.csv").provenance)


def test_the_schema_in_the_docs_is_the_one_that_is_checked() -> None:
    assert json.loads(SCHEMA.read_text(encoding="utf-8")) == json_schema()


@pytest.mark.parametrize("form", ["geojson", "xlsx"])
def test_documents_follow_the_schema(content: Content, form: str) -> None:
    dataset = shared()
    for one in (content, of_link(dataset, "park=sport", "en"), of_layer(dataset, "roadmap")):
        found = json.loads(json.dumps(to_bytes(one, form, name=f"x.{form}").provenance))
        jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text())).validate(found)
        parse(found, "x")


def test_it_says_what_the_file_is_and_rests_on(made: dict[str, Any]) -> None:
    assert made["title"] == {"ru": "Заголовок", "en": "Title"}
    assert [one["sha256"] for one in made["inputs"]] == ["a" * 64, "b" * 64]
    assert made["output"]["rows"] == 6
    assert made["licence"]["id"] == "ODbL-1.0 AND LicenseRef-own-file"
    assert "OpenStreetMap" in made["licence"]["reason"]["en"]
    assert "мой файл.csv" in made["licence"]["reason"]["ru"]
    assert "release00000" in made["citation"]["ru"]
    assert made["replay"] == "python -m geo replay 'мой файл.csv.provenance.json'"
    assert {"geos", "proj", "gdal", "geopandas", "python"} <= made["versions"].keys()
    assert made["application"]["version"]


def test_it_names_no_folder_of_this_machine(made: dict[str, Any]) -> None:
    assert str(SHIPPED.parent) not in json.dumps(made)
    assert str(Path.home()) + "/" not in json.dumps(made)
    assert "/tmp" not in json.dumps(made)  # noqa: S108 - it must not be there


def test_sums_and_warnings_of_the_operation_come_first(content: Content) -> None:
    origin = Origin(
        {"kind": "join"},
        content.origin.inputs,
        "r",
        {"pairs": 5},
        (Sum("jobs", 111.0, 221.0), Sum("area", 4.0, 3.0, 1.0)),
        (Notice("multiplied", "rows stand twice", count=2),),
    )
    found = to_bytes(Content(content.table, "a", "b", origin, "id"), "csv", name="x.csv").provenance
    assert found["sums"][0] == {"column": "jobs", "before": 111, "after": 221, "residual": None}
    assert next(one["code"] for one in found["warnings"]) == "multiplied"
    parse(json.loads(json.dumps(found)), "x")


def test_a_fixed_time_is_used_and_nonsense_refused(
    content: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert to_bytes(content, "csv", name="x.csv").provenance["created"] == "1970-01-02T00:00:00Z"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    with pytest.raises(ProvenanceError, match="SOURCE_DATE_EPOCH"):
        to_bytes(content, "csv", name="x.csv")


HOSTILE: list[tuple[str, Any]] = [
    ("schema_version", 2),
    ("schema_version", "1"),
    ("output.name", "../../etc/passwd"),
    ("output.name", "/etc/passwd"),
    ("output.name", "..\\x"),
    ("output.name", "C:x.csv"),
    ("output.name", ".."),
    ("output.name", ""),
    ("output.name", "x" * 300),
    ("output.name", "a\0b"),
    ("output.sha256", "A" * 64),
    ("output.sha256", 5),
    ("output.rows", -1),
    ("inputs.0.name", "http://example.org/x.csv"),
    ("inputs.0.name", "../x.csv"),
    ("inputs.0.kind", "url"),
    ("inputs", [{}] * 200),
    ("inputs", "all"),
    ("operation", ["__import__('os')"]),
    ("title.ru", "x" * 200_000),
    ("created", "yesterday"),
    ("unknown", 1),
]


@pytest.mark.parametrize(("where", "value"), HOSTILE)
def test_a_hostile_document_is_refused(
    made: dict[str, Any], where: str, value: Any, tmp_path: Path
) -> None:
    found = json.loads(json.dumps(made))
    *path, last = where.split(".")
    place: Any = found
    for step in path:
        place = place[int(step) if step.isdigit() else step]
    place[last] = value
    file = tmp_path / "x.csv.provenance.json"
    file.write_text(json.dumps(found), encoding="utf-8")
    with pytest.raises(ProvenanceError, match=path[0] if path else last):
        read_document(file)


@pytest.mark.parametrize(
    "text", [b"", b"{", b"[]", b"null", b"[" * 100_000, b"\xff", b'{"schema_version": 1e999}']
)
def test_what_is_no_document_is_refused(text: bytes, tmp_path: Path) -> None:
    file = tmp_path / f"x{SUFFIX}"
    file.write_bytes(text)
    with pytest.raises(ProvenanceError):
        read_document(file)


def test_a_huge_or_missing_document_is_refused(tmp_path: Path) -> None:
    file = tmp_path / f"x{SUFFIX}"
    with pytest.raises(ProvenanceError, match="no such file"):
        read_document(file)
    with file.open("wb") as out:
        out.truncate(MOST_BYTES + 1)
    with pytest.raises(ProvenanceError, match="larger"):
        read_document(file)
