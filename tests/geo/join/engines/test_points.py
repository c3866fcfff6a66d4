"""Coordinates out of well-known binary."""

import numpy as np
import pyarrow as pa
import pytest
import shapely

from geo.join.engines.points import positions

POINTS = np.array([shapely.Point(84.9, 56.5), None, shapely.Point(), shapely.Point(-1, 2)])


def known(shapes: np.ndarray) -> np.ndarray:
    return np.array([(s.x, s.y) if s else (np.nan, np.nan) for s in shapes])


@pytest.mark.parametrize("kind", [pa.binary(), pa.large_binary()])
@pytest.mark.parametrize("flavor", ["iso", "extended"])
@pytest.mark.parametrize("height", [None, 7.0])
def test_points_missing_and_empty_ones(
    kind: pa.DataType, flavor: str, height: float | None
) -> None:
    shapes = POINTS if height is None else shapely.force_3d(POINTS[[0, 1, 3]], height)
    column = pa.array(shapely.to_wkb(shapes, flavor=flavor), kind)
    found = positions(column)
    assert found is not None
    np.testing.assert_array_equal(found.x, known(shapes)[:, 0])
    np.testing.assert_array_equal(found.y, known(shapes)[:, 1])


def test_a_slice_reads_its_own_rows() -> None:
    column = pa.array(shapely.to_wkb(shapely.points(np.arange(10.0), 1.0)), pa.binary())
    found = positions(column[3:6])
    assert found is not None
    assert found.x.tolist() == [3, 4, 5]


@pytest.mark.parametrize(
    "rows",
    [
        [shapely.box(0, 0, 1, 1)],
        [shapely.Point(0, 0), shapely.LineString([(0, 0), (1, 1)])],
        [shapely.Point(0, 0), shapely.Point(0, 0, 0)],
        [shapely.MultiPoint([(0, 0)])],
    ],
)
def test_anything_else_is_left_to_geos(rows: list[shapely.Geometry]) -> None:
    assert positions(pa.array(shapely.to_wkb(np.array(rows)), pa.binary())) is None


def test_other_byte_order_and_other_types_are_left_to_geos() -> None:
    big_endian = shapely.to_wkb(np.array([shapely.Point(1, 2)]), byte_order=0)
    assert positions(pa.array(big_endian, pa.binary())) is None
    assert positions(pa.array(["POINT (1 2)"])) is None


def test_only_missing_rows() -> None:
    found = positions(pa.array([None, None], pa.binary()))
    assert found is not None
    assert np.isnan(found.x).all()
