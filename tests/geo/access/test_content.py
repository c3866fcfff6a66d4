import json

import pytest

from geo.access import access, content_of, find_place
from geo.dataset import shared
from geo.errors import ProvenanceError, SnapshotError
from geo.export import write
from geo.provenance import SUFFIX
from geo.replay import replay
from geo.snapshot import EXAMPLE, open_snapshot
from tests.geo.access.grid import make_grid, middle_of

SITES = ("example-sport", "87.005,60.001")


@pytest.fixture(scope="module")
def town():
    return open_snapshot(EXAMPLE)


@pytest.fixture
def document(town, tmp_path):
    answers = [access(town, find_place(town, one), mode="drive", minutes=[5, 8]) for one in SITES]
    write(content_of(*answers), tmp_path / "access.geojson")
    return tmp_path / f"access.geojson{SUFFIX}"


def test_several_places_have_rows_of_their_own_and_together(town) -> None:
    answers = [access(town, find_place(town, one), minutes=[10]) for one in SITES]
    table = content_of(*answers).table.set_index(["place", "bound"])
    assert [*table.index] == [
        ("example-sport", "high"), ("example-sport", "low"), ("87.005,60.001", "high"),
        ("any", "high"), ("any", "low"),
    ]  # fmt: skip
    people = table["people"]
    alone = people["example-sport", "high"], people["87.005,60.001", "high"]
    assert max(alone) <= people["any", "high"] <= sum(alone)
    assert people["any", "low"] >= people["87.005,60.001", "high"]
    assert not content_of(answers[0]).table["place"].eq("any").any()


def test_the_same_bytes_again(document) -> None:
    outcome, _ = replay(document, dataset=shared(), snapshot=EXAMPLE)
    assert outcome.identical
    assert outcome.inputs == ()


def test_a_site_of_the_dataset_is_an_input(tmp_path) -> None:
    grid = make_grid(tmp_path / "grid", middle_of("tsu-campus"), side=11)
    answer = access(grid, find_place(grid, "tsu-campus"), minutes=[5])
    write(content_of(answer), tmp_path / "x.csv")
    found = json.loads((tmp_path / f"x.csv{SUFFIX}").read_bytes())
    assert found["inputs"][-1]["name"] == "research_education"
    assert found["release"] == shared().release
    outcome, _ = replay(tmp_path / f"x.csv{SUFFIX}", dataset=shared(), snapshot=grid.folder)
    assert outcome.identical


def test_another_snapshot_is_no_input(document, tmp_path) -> None:
    grid = make_grid(tmp_path / "grid", middle_of("tsu-campus"), side=3)
    with pytest.raises(ProvenanceError, match="on snapshot `example-town`, and this is `grid`"):
        replay(document, dataset=shared(), snapshot=grid.folder)
    with pytest.raises(SnapshotError):
        replay(document, dataset=shared(), snapshot=tmp_path)


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("places", [], "operation.places"),
        ("places", "example-sport", "operation.places"),
        ("places", ["87,60"] * 101, "operation.places"),
        ("minutes", [True], "operation.minutes"),
        ("mode", "fly", "`mode` must be"),
        ("walk_m_s", "1", "`walk_m_s` a number"),
    ],
)
def test_a_document_that_asks_for_something_else_is_refused(document, name, value, says) -> None:
    found = json.loads(document.read_bytes())
    found["operation"][name] = value
    document.write_text(json.dumps(found), encoding="utf-8")
    with pytest.raises(ProvenanceError, match=says):
        replay(document, dataset=shared(), snapshot=EXAMPLE)


def test_a_file_of_a_snapshot_is_no_way_to_others(document) -> None:
    found = json.loads(document.read_bytes())
    found["inputs"][0]["name"] = "snapshot.toml"
    document.write_text(json.dumps(found), encoding="utf-8")
    with pytest.raises(ProvenanceError, match=r"has no `snapshot\.toml`"):
        replay(document, dataset=shared(), snapshot=EXAMPLE)


def test_every_column_has_its_meaning_and_measures_their_unit(town) -> None:
    content = content_of(access(town, find_place(town, "example-sport"), minutes=[5]))
    known = {column.name: column for column in content.columns}
    assert known.keys() == {*content.table.columns} - {"geometry"}
    assert all(one.description_ru and one.description_en for one in known.values())
    assert all(known[name].unit_en for name in ("minutes", "people", "buildings"))
