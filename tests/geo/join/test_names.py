"""Inputs are known by the names of their files: text, and one for each."""

from pathlib import Path

import pytest

import geo
from geo.errors import JoinError
from geo.export import write
from geo.join import JoinSpec
from geo.join.content import content_of
from geo.join.engines import run
from geo.join.names import check_name
from tests.geo.join.places import parks, projects


def test_two_files_of_one_name_are_refused(tmp_path: Path) -> None:
    for folder, frame in (("a", projects()), ("b", parks())):
        (tmp_path / folder).mkdir()
        frame.to_crs(4326).to_file(tmp_path / folder / "x.geojson", driver="GeoJSON")
    result = geo.join(tmp_path / "a/x.geojson", tmp_path / "b/x.geojson")
    with pytest.raises(JoinError, match=r"`x\.geojson`.*rename one") as error:
        content_of(result)
    assert error.value.code == "same_name"


def test_so_is_one_file_read_in_two_ways(tmp_path: Path) -> None:
    own = tmp_path / "x.geojson"
    projects().to_crs(4326).to_file(own, driver="GeoJSON")
    with pytest.raises(JoinError, match="same_name"):
        content_of(geo.join(own, own, left_crs="EPSG:4258"))


def test_a_file_joined_to_itself_is_named_once(tmp_path: Path) -> None:
    own = tmp_path / "x.geojson"
    projects().to_crs(4326).to_file(own, driver="GeoJSON")
    written = write(content_of(geo.join(own, own)), tmp_path / "out.csv")
    assert [one["name"] for one in written.provenance["inputs"]] == ["x.geojson"]


def test_the_stream_refuses_two_files_of_one_name_and_names_one_once(tmp_path: Path) -> None:
    for folder, frame in (("a", projects()), ("b", parks())):
        (tmp_path / folder).mkdir()
        frame.to_parquet(tmp_path / folder / "x.parquet")
    one, other, out = tmp_path / "a/x.parquet", tmp_path / "b/x.parquet", tmp_path / "out.parquet"
    with pytest.raises(JoinError, match="same_name"):
        run(one, other, JoinSpec(), out=out, engine="stream")
    assert not out.exists()
    done = run(one, one, JoinSpec(), out=out, engine="stream")
    assert [found["name"] for found in done.provenance["inputs"]] == ["x.parquet"]


@pytest.mark.parametrize("form", ["geojson", "parquet"])
def test_a_name_that_is_no_text_is_refused_before_anything_is_done(
    tmp_path: Path, form: str
) -> None:
    own = tmp_path / f"\udcfe.{form}"
    own.write_bytes(b"x")
    engine = "stream" if form == "parquet" else "auto"
    with pytest.raises(JoinError, match=r"`\\udcfe\..*not text.*rename it"):
        run(str(own), str(own), JoinSpec(), out=tmp_path / "out.parquet", engine=engine)
    with pytest.raises(JoinError, match="name_not_text"):
        run("projects", "sites", JoinSpec(), out=own)


def test_any_text_is_a_name() -> None:
    check_name("места №1 👨‍👩.geojson")
