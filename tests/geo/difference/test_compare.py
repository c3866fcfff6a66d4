import geopandas as gpd
import pandas as pd
import pytest
import shapely

from geo.difference import compare

# A degree of the meridian at 56.5 N is 111,340 m on the ellipsoid.
HERE, NORTH = shapely.Point(85, 56.5), shapely.Point(85, 56.501)


def state(*rows: tuple[object, ...], columns: tuple[str, ...] = ("id", "jobs")) -> gpd.GeoDataFrame:
    *values, shapes = zip(*rows, strict=True)
    data = dict(zip(columns, values, strict=True))
    return gpd.GeoDataFrame(data, geometry=list(shapes), crs="EPSG:4326")


def test_the_same_is_no_change() -> None:
    frame = state(("a", 1, HERE), ("b", None, None))
    assert compare("f", frame, frame.copy()).changes == ()
    assert compare("f", frame, frame.iloc[::-1].reset_index(drop=True)).changes == ()


def test_rows_are_added_removed_and_changed() -> None:
    found = compare(
        "f",
        state(("a", 1, HERE), ("b", 2, HERE), ("c", 3, HERE)),
        state(("a", 5, HERE), ("c", 3, NORTH), ("d", 4, HERE)),
    )
    assert [(c.id, c.kind) for c in found.changes] == [
        ("a", "changed"), ("c", "changed"), ("d", "added"), ("b", "removed"),
    ]  # fmt: skip
    assert found.changes[0].fields == {"jobs": (1, 5)}
    assert found.changes[0].geometry is None
    moved = found.changes[1].geometry
    assert moved is not None
    assert moved.moved_m == pytest.approx(111.34, abs=0.1)
    assert (moved.area_before_m2, moved.area_after_m2) == (0, 0)


def test_an_outline_that_grows_around_its_middle_has_not_moved() -> None:
    small, large = (shapely.box(85 - d, 56.5 - d, 85 + d, 56.5 + d) for d in (0.001, 0.002))
    (change,) = compare("f", state(("a", 1, small)), state(("a", 1, large))).changes
    assert change.geometry is not None
    assert change.geometry.moved_m == pytest.approx(0, abs=0.01)
    before, after = change.geometry.area_before_m2, change.geometry.area_after_m2
    assert before is not None
    assert after == pytest.approx(4 * before, rel=1e-4)


def test_a_place_can_be_given_and_taken_away() -> None:
    (given,) = compare("f", state(("a", 1, None)), state(("a", 1, HERE))).changes
    assert given.geometry is not None
    assert (given.geometry.before, given.geometry.moved_m) == (None, None)
    assert given.to_json()["geometry"]["area_before_m2"] is None


def test_columns_come_and_go() -> None:
    before = state(("a", 1, HERE))
    after = state(("a", "x", HERE), columns=("id", "note"))
    (change,) = compare("f", before, after).changes
    assert change.fields == {"note": (None, "x"), "jobs": (1, None)}


@pytest.mark.parametrize("ids", [("a", "a"), ("a", None)])
def test_without_unique_ids_the_number_of_the_row_counts(ids: tuple[str, str | None]) -> None:
    before = state((ids[0], 1, HERE), (ids[1], 2, HERE))
    after = state((ids[0], 1, HERE), (ids[1], 3, HERE))
    assert [c.id for c in compare("f", before, after).changes] == ["#2"]


def test_a_file_that_is_new_or_gone() -> None:
    frame = state(("a", 1, HERE))
    assert [c.kind for c in compare("f", None, frame).changes] == ["added"]
    assert [c.kind for c in compare("f", frame, None).changes] == ["removed"]


def test_the_input_stays_as_it_was() -> None:
    frame = state(("a", 1, HERE))
    before = frame.copy()
    compare("f", frame, None)
    pd.testing.assert_frame_equal(pd.DataFrame(frame), pd.DataFrame(before))
