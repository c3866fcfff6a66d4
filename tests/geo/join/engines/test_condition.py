"""Rows without a place and mended outlines are told by the stream too."""

from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from geo.join import JoinSpec
from geo.join.engines import run
from geo.join.engines import stream as engine
from geo.join.planning import Warn

BOW = shapely.Polygon([(84, 56), (84.1, 56.1), (84.1, 56), (84, 56.1)])
NAN = float("nan")


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "ROWS", 2)


def warnings(folder: Path, left: list[object], right: list[object]) -> dict[str, Warn]:
    files = []
    for name, shapes in (("left", left), ("right", right)):
        files.append(folder / f"{name}.parquet")
        gpd.GeoDataFrame(geometry=shapes, crs=4326).to_parquet(files[-1])
    done = run(*files, JoinSpec("nearest"), out=folder / "out.parquet", engine="stream")
    assert [w["code"] for w in done.provenance["warnings"]] == [w.code for w in done.plan.warnings]
    return {f"{warn.code} {warn.values.get('layer', '')}": warn for warn in done.plan.warnings}


def test_points_without_a_place(tmp_path: Path) -> None:
    here = shapely.Point(85, 56.5)
    left = [here, shapely.Point(NAN, 1), None, here, shapely.Point(85, NAN), shapely.Point()]
    found = warnings(tmp_path, left, [here, shapely.Point(NAN, 1)])
    assert found["no_place left"].values["count"] == 4
    assert found["no_place right"].values["count"] == 1


def test_a_layer_without_any_place(tmp_path: Path) -> None:
    found = warnings(tmp_path, [None, None, None], [shapely.Point(85, 56.5)])
    assert found["no_places left"].values["count"] == 3


def test_outlines_that_were_mended(tmp_path: Path) -> None:
    found = warnings(tmp_path, [BOW, BOW, BOW, None], [BOW])
    one, three = found["repaired right"], found["repaired left"]
    assert (one.values["count"], three.values["count"]) == (1, 3)
    assert three.values["after"] == pytest.approx(3 * float(one.values["after"]))
    assert found["no_place left"].values["count"] == 1


def test_nothing_is_said_of_rows_that_are_well(tmp_path: Path) -> None:
    here = shapely.Point(85, 56.5)
    assert not {key.split()[0] for key in warnings(tmp_path, [here] * 3, [here])} & {
        "no_place", "no_places", "repaired",
    }  # fmt: skip
