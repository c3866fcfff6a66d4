import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from geo.dataset import SHIPPED, Dataset, load, shared
from geo.errors import NotWritableError, ProvenanceError
from geo.export import FORMATS, of_layer, of_link, of_own, write
from geo.own.layer import Layer
from geo.provenance import SUFFIX
from geo.provenance.origin import sha256_of
from geo.read import Limits, read
from geo.replay import replay

WHERE = "park=sport&sort=name"


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    """The dataset with one site less, one value changed and one name."""
    folder = tmp_path_factory.mktemp("other") / "data"
    shutil.copytree(SHIPPED, folder)
    path = folder / "territories" / "sport.geojson"
    found = json.loads(path.read_text(encoding="utf-8"))
    found["features"][0]["properties"]["jobs"] = 7
    path.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
    return load(folder)


@pytest.fixture
def document(tmp_path: Path) -> Path:
    write(of_link(shared(), WHERE, "ru"), tmp_path / "x.csv")
    return tmp_path / f"x.csv{SUFFIX}"


@pytest.fixture
def edit(document: Path) -> Callable[[str, Any], Path]:
    def change(where: str, value: Any) -> Path:
        found = json.loads(document.read_bytes())
        *path, last = where.split(".")
        place = found
        for step in path:
            place = place[int(step) if step.isdigit() else step]
        place[last] = value
        document.write_text(json.dumps(found), encoding="utf-8")
        return document

    return change


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.filterwarnings("ignore::UserWarning")
def test_the_same_bytes(form: str, tmp_path: Path) -> None:
    path = tmp_path / f"мой файл.{FORMATS[form].extension}"
    for content in (of_link(shared(), WHERE, "en"), of_layer(shared(), "medical")):
        write(content, path, format_id=form)
        before = sorted(tmp_path.iterdir())
        outcome, _ = replay(path.with_name(path.name + SUFFIX), dataset=shared())
        assert outcome.identical
        assert outcome.then == outcome.now == sha256_of(path)
        assert (outcome.inputs, outcome.versions, outcome.rows) == ((), (), None)
        assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize("form", ["gpkg", "kml"])
def test_a_changed_layer_is_told_to_the_value(form: str, tmp_path: Path, other: Dataset) -> None:
    path = tmp_path / f"x.{form}"
    write(of_link(shared(), WHERE, "ru"), path)
    outcome, _ = replay(path.with_name(path.name + SUFFIX), dataset=other)
    assert not outcome.identical
    changed = json.loads(other.catalog.content(other.catalog["sport"]))["features"][0]["id"]
    then, now = (d.catalog["sport"].sha256 for d in (shared(), other))
    assert [(c.name, c.then, c.now) for c in outcome.inputs] == [("sport", then, now)]
    assert outcome.release is not None
    assert outcome.rows is not None
    counts = (outcome.rows.added, outcome.rows.removed, outcome.rows.changed)
    assert counts == (0, 0, 1)
    assert outcome.rows.first is not None
    assert (outcome.rows.first.row, outcome.rows.first.column) == (changed, "jobs")
    assert (outcome.rows.first.then, float(outcome.rows.first.now or 0)) == (None, 7.0)


def test_rows_that_came_and_went(document: Path, edit: Callable[[str, Any], Path]) -> None:
    edit("operation.query", "park=sport&park=medical&sort=-name")
    outcome, _ = replay(document, dataset=shared())
    assert outcome.rows is not None
    assert (outcome.rows.removed, outcome.rows.changed) == (0, 0)
    assert outcome.rows.added > 0
    assert outcome.rows.reordered


def test_other_versions_are_told_but_do_no_harm(
    document: Path, edit: Callable[[str, Any], Path]
) -> None:
    edit("versions.geos", "1.0")
    outcome, _ = replay(document, dataset=shared())
    assert outcome.identical
    assert [(c.name, c.then) for c in outcome.versions] == [("geos", "1.0")]


@pytest.mark.parametrize(
    ("where", "value"),
    [
        ("licence.id", "MIT"), ("counts.rows", 99), ("columns.0.unit.en", "m"),
        ("columns.1.row_types", ["x"]), ("licence.attribution.ru", []),
        ("sums", [{"column": "jobs", "before": 1, "after": 2, "residual": None}]),
        ("operation.note", "checked"),
    ],
)  # fmt: skip
def test_a_document_that_was_edited_is_told(
    document: Path, edit: Callable[[str, Any], Path], where: str, value: Any
) -> None:
    edit(where, value)
    outcome, _ = replay(document, dataset=shared())
    assert not outcome.identical
    assert outcome.then == outcome.now
    assert (outcome.beside, outcome.rows) == ("same", None)
    assert all(change.name.startswith(where) for change in outcome.members)
    assert len(outcome.members) == 1 or isinstance(value, list)


def test_a_file_that_was_edited_is_not_the_one_described(document: Path) -> None:
    path = document.with_name("x.csv")
    path.write_bytes(path.read_bytes().replace(b"running", b"stopped"))
    outcome, _ = replay(document, dataset=shared())
    assert (outcome.identical, outcome.beside) == (False, "changed")
    assert outcome.then == outcome.now
    assert outcome.rows is not None


def test_without_the_file_the_hash_is_enough(document: Path) -> None:
    document.with_name("x.csv").unlink()
    outcome, _ = replay(document, dataset=shared())
    assert (outcome.identical, outcome.beside, outcome.rows) == (True, "missing", None)


def test_an_own_file_is_asked_for(tmp_path: Path) -> None:
    own = tmp_path / "мои точки.csv"
    own.write_text("name;lon;lat\nКлиника;84,95;56,5\nБез места;;\n", encoding="cp1251")
    options = {"crs": None, "encoding": "cp1251", "layer": None, "swap": False}
    reading = read(own, name=own.name, limits=Limits(), encoding="cp1251")
    assert reading.frame is not None
    assert reading.rows is not None
    layer = Layer(own.name, sha256_of(own), reading.frame, reading.rows, options)
    dataset = shared().with_layer(layer)
    for content in (of_own(layer), of_link(dataset, f"own={layer.key}", "ru")):
        write(content, tmp_path / "x.gpkg")
        document = tmp_path / f"x.gpkg{SUFFIX}"
        assert replay(document, dataset=shared())[0].identical
        elsewhere = tmp_path / "elsewhere"
        elsewhere.mkdir()
        moved = elsewhere / "renamed.csv"
        shutil.move(own, moved)
        with pytest.raises(ProvenanceError, match=r"--input 'мои точки\.csv=PATH'"):
            replay(document, dataset=shared())
        assert replay(document, dataset=shared(), given={own.name: moved})[0].identical
        shutil.move(moved, own)
        elsewhere.rmdir()


def test_an_own_file_that_is_refused_now_says_why(tmp_path: Path) -> None:
    own = tmp_path / "own.csv"
    own.write_text("name,lon,lat\na,84.95,56.5\n", encoding="utf-8")
    reading = read(own, name=own.name, limits=Limits())
    assert reading.frame is not None
    assert reading.rows is not None
    write(of_own(Layer(own.name, "0" * 64, reading.frame, reading.rows)), tmp_path / "x.gpkg")
    own.write_bytes(b"")
    with pytest.raises(ProvenanceError) as caught:
        replay(tmp_path / f"x.gpkg{SUFFIX}", dataset=shared())
    assert str(caught.value) == "own.csv: refused: the file is empty; save the layer again"


def test_links_out_of_the_folder_are_not_followed(
    document: Path, edit: Callable[[str, Any], Path], tmp_path: Path
) -> None:
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "a.csv").write_text("name,lon,lat\nx,84.9,56.5\n")
    (document.parent / "own.csv").symlink_to(secret / "a.csv")
    found = json.loads(document.read_bytes())
    found["inputs"].append({**found["inputs"][0], "name": "own.csv", "kind": "file"})
    document.write_text(json.dumps(found))
    with pytest.raises(ProvenanceError, match=r"own\.csv"):
        replay(document, dataset=shared())


@pytest.mark.parametrize(
    ("where", "value", "says"),
    [
        ("operation.kind", "eval", "no operation `eval`"),
        ("operation.kind", ["export"], "no operation"),
        ("operation.subject", 5, "operation.subject"),
        ("operation.lang", "../ru", "operation.lang"),
        ("output.format", "pickle", "no format `pickle`"),
        ("output.format", "xlsx", "not that of the format `xlsx`"),
        ("output.options", {"code": "1"}, "output.options"),
        ("output.options", {"places": "everywhere"}, "output.options"),
        ("inputs.0.name", "no-such-layer", "no layer `no-such-layer`"),
        ("output.name", "other.csv", "about another file"),
    ],
)
def test_what_must_not_be_done_is_refused(
    edit: Callable[[str, Any], Path], where: str, value: Any, says: str
) -> None:
    with pytest.raises((ProvenanceError, NotWritableError), match=says):
        replay(edit(where, value), dataset=shared())


def test_a_link_that_means_nothing_is_refused(edit: Callable[[str, Any], Path]) -> None:
    with pytest.raises(NotWritableError, match="unknown_key"):
        replay(edit("operation.query", "code=import os"), dataset=shared())


def test_a_file_beside_it_that_is_something_else_is_not_compared(document: Path) -> None:
    document.with_name("x.csv").write_bytes(b"\0\xff<OGRVRTDataSource>")
    outcome, _ = replay(document, dataset=shared())
    assert (outcome.identical, outcome.rows) == (False, None)
