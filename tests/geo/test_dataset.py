import json
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from geo import dataset, schemas
from geo.errors import CatalogError, DatasetError, Problem
from tests.geo.conftest import project, site

Write = Callable[..., Path]


def point(*coordinates: float) -> dict[str, Any]:
    return {"type": "Point", "coordinates": coordinates}


def problems(folder: Path) -> list[Problem]:
    with pytest.raises(DatasetError) as caught:
        dataset.load(folder)
    return list(caught.value.problems)


def test_small_folder_is_read_whole(write_data: Write) -> None:
    data = dataset.load(write_data())
    assert list(data.sites.index) == ["north", "south", "clinic"]
    assert list(data.projects.index) == ["pool", "road"]
    assert data.sites.crs.to_epsg() == data.projects.crs.to_epsg() == 4326
    assert data.projects.loc["road"].geometry is None
    assert data.projects.loc["pool", "source_urls"] == ("https://example.org/a",)


@pytest.mark.parametrize(
    ("layers", "row", "row_id", "field", "says"),
    [
        ({"projects": [project("a"), project("a")]}, 2, "a", "id", "more than once"),
        ({"projects": [project("a", site_id="nowhere")]}, 1, "a", "site_id", "nowhere"),
        ({"projects": [project("a", cluster_id="x")]}, 1, "a", "cluster_id", "`x`"),
        ({"projects": [project("a", organisation_ids=["x"])]}, 1, "a", "organisation_ids", "`x`"),
        ({"projects": [project("north")]}, 1, "north", "id", "industrial.geojson"),
        ({"projects": [project("a", status="done")]}, 1, "a", "status", "done"),
        ({"projects": [project("a", as_of="2015-13")]}, 1, "a", "as_of", "2015-13"),
        ({"projects": [project("a", jobs=-1)]}, 1, "a", "jobs", "-1"),
        ({"projects": [project("a", name_ru=5)]}, 1, "a", "name_ru", "text"),
        ({"projects": [project("a", name_ru=""), project("b")]}, 1, "a", "name_ru", "text"),
        ({"projects": [project("a", as_of=2015), project("b", as_of="2015")]},
         1, "a", "as_of", "2015"),
        ({"projects": [project("a", source_urls=["javascript:1"])]}, 1, "a", "source_urls", "http"),
        ({"medical": [site("c")]}, 1, "c", "park_type", "another file"),
        ({"projects": [project("a", as_of="2017-02-30")]}, 1, "a", "as_of", "a date"),
        ({"projects": [project("a", source_urls=["http://[x/"])]}, 1, "a", "source_urls", "http"),
        ({"projects": [project("a", jobs=float("inf"))]}, 1, "a", "jobs", "Inf"),
        ({"projects": [project("a", start_year=2012.5)]}, 1, "a", "start_year", "whole year"),
        ({"projects": [project("a", status="planned")]}, 1, "a", "status", "`in_progress` means"),
        (
            {"projects": [project("a", geometry_method="unknown")]},
            1, "a", "geometry_method", "does not go with a geometry",
        ),
        (
            {"projects": [project("a", geometry=None)]},
            1, "a", "geometry_method", "does not go with no geometry",
        ),
        ({"projects": [project("a", geometry=point(float("nan"), 56))]},
         1, "a", "geometry", "finite"),
        (
            {"medical": [site("c", "medical", geometry=point(56, 185))]},
            1, "c", "geometry", "outside the world",
        ),
        (
            {"medical": [site("c", "medical", geometry={"type": "Polygon", "coordinates": [
                [[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]})]},
            1, "c", "geometry", "not valid",
        ),
        (
            {"medical": [site("c", "medical", geometry=point())]},
            1, "c", "geometry", "empty",
        ),
    ],
)  # fmt: skip
def test_a_fault_names_file_row_and_field(
    write_data: Write, layers: dict[str, Any], row: int, row_id: str, field: str, says: str
) -> None:
    found = problems(write_data(**layers))
    problem, *_ = [p for p in found if p.field == field and p.row == row]
    assert problem.file.endswith(".geojson")
    assert problem.id == row_id
    assert says in problem.reason
    assert len(found) <= 2  # both rows of a repeated id, nothing else


def test_every_fault_is_collected_before_raising(write_data: Write) -> None:
    found = problems(write_data(projects=[project("a", status="done"), project("b", jobs=-1)]))
    assert {(p.id, p.field) for p in found} == {("a", "status"), ("b", "jobs")}


def test_feature_id_and_property_must_agree(write_data: Write) -> None:
    other = project("a") | {"id": "b"}
    (problem,) = problems(write_data(projects=[other]))
    assert problem.field == "id"


@pytest.mark.parametrize("content", ['{"features": [null]}', '{"features": [{}]}', "[]", "{"])
def test_what_is_no_layer_is_named_without_a_path(write_data: Write, content: str) -> None:
    folder = write_data()
    (folder / "projects.geojson").write_text(content, encoding="utf-8")
    with pytest.raises((DatasetError, CatalogError), match="projects") as caught:
        dataset.load(folder)
    assert str(folder) not in str(caught.value)


def test_another_crs_is_refused(write_data: Write) -> None:
    folder = write_data()
    path = folder / "projects.geojson"
    path.write_text('{"crs": {"type": "name"},' + path.read_text()[1:], encoding="utf-8")
    (problem,) = problems(folder)
    assert (problem.file, problem.field) == ("projects.geojson", "crs")


def test_unknown_column_is_named(write_data: Write) -> None:
    (problem,) = problems(write_data(projects=[project("a", row_type="site")]))
    assert (problem.file, problem.field) == ("projects.geojson", "row_type")


def test_broken_reference_of_the_road_map_is_named(write_data: Write) -> None:
    header = ",".join(schemas.ROADMAP.columns)
    row = "act,Дело,Action,smart,,nowhere,,,,,,,,,completed,implemented,,https://example.org/,,,"
    (problem,) = problems(write_data(roadmap=[header, row]))
    assert (problem.file, problem.row, problem.field) == ("roadmap.csv", 1, "site_id")


def test_a_further_name_of_nothing_is_named(write_data: Write) -> None:
    header = ",".join(schemas.ALIASES.columns)
    # There is a site of this id, but no cluster.
    rows = ["a,site,north,N,abbreviation,https://example.org/"]
    rows += ["b,cluster,north,N,abbreviation,https://example.org/"]
    (problem,) = problems(write_data(aliases=[header, *rows]))
    assert (problem.file, problem.row, problem.field) == ("aliases.csv", 2, "object_id")


def test_missing_column_is_named(write_data: Write) -> None:
    feature = project("a")
    del feature["properties"]["kind"]
    (problem,) = problems(write_data(projects=[feature]))
    assert (problem.file, problem.field) == ("projects.geojson", "kind")


def test_a_file_that_is_no_geojson_is_named(write_data: Write) -> None:
    folder = write_data()
    (folder / "projects.geojson").write_text("{", encoding="utf-8")
    with pytest.raises((DatasetError, CatalogError)) as caught:
        dataset.load(folder)
    assert "projects.geojson" in str(caught.value)
    assert str(folder) not in str(caught.value)


def test_release_follows_the_content(write_data: Write) -> None:
    folder = write_data()
    first = dataset.load(folder).release
    assert dataset.load(folder).release == first
    path = folder / "projects.geojson"
    path.write_text(path.read_text().replace("Проект", "Прожект") + " ", encoding="utf-8")
    assert dataset.load(folder).release != first


def test_stale_catalogue_is_said(write_data: Write, caplog: pytest.LogCaptureFixture) -> None:
    folder = write_data()
    path = folder / "projects.geojson"
    path.write_text(path.read_text() + "\n", encoding="utf-8")
    with caplog.at_level(logging.WARNING):
        dataset.load(folder)
    assert "projects" in caplog.text


def test_shipped_dataset_is_whole() -> None:
    data = dataset.shared()
    assert len(data.sites) == 28
    assert len(data.projects) == 133
    assert len(data.organisations) == 95
    assert (len(data.clusters), len(data.directions), len(data.roadmap)) == (6, 5, 40)
    assert set(data.sites["park_type"]) == {
        "industrial", "innovation", "research_education", "historical_cultural", "medical", "sport",
    }  # fmt: skip


def test_shipped_features_are_written_one_a_line() -> None:
    # A change to one site must be one line in a diff.
    for entry in dataset.shared().catalog:
        path = dataset.shared().catalog.file(entry)
        if path.suffix == ".geojson":
            lines = path.read_text(encoding="utf-8").splitlines()
            starts = [line for line in lines if line.lstrip().startswith('{"type":')]
            assert len([s for s in starts if '"Feature"' in s]) == entry.rows
            assert json.loads("".join(lines))["type"] == "FeatureCollection"
