import pytest
import shapely

from geo.read import repair as repairs
from geo.read.repair import area_m2, repair

BOW_TIE = shapely.from_wkt("POLYGON ((85 56, 86 57, 86 56, 85 57, 85 56))")
LINE = shapely.from_wkt("POLYGON ((85 56, 86 56, 85.5 56, 85 56))")


def test_shapes_are_mended_in_their_order():
    first, second, third = repair([BOW_TIE, LINE, BOW_TIE], seconds=5, total_seconds=10)
    assert first.shape.is_valid
    assert shapely.area(first.shape) == pytest.approx(0.5)
    assert second.fault == "repair_left_nothing"
    assert third.shape.equals(first.shape)


@pytest.mark.parametrize(
    ("outcome", "fault"), [((False, b""), "repair_failed"), ((True, b""), "repair_left_nothing")]
)
def test_a_repair_that_is_not_valid_is_no_repair(monkeypatch, outcome, fault):
    monkeypatch.setattr(repairs, "_mended", lambda shape: outcome)
    assert [r.fault for r in repair([BOW_TIE], seconds=5, total_seconds=5)] == [fault]


def test_without_time_nothing_is_tried():
    found = list(repair([BOW_TIE] * 3, seconds=5, total_seconds=0))
    assert [result.fault for result in found] == ["repair_too_long"] * 3


def test_area_on_the_ellipsoid():
    # A degree of a meridian is 111.36 km at 56.5 N, one of that parallel 61.58 km.
    assert area_m2(shapely.box(84, 56, 85, 57)) == pytest.approx(111_360 * 61_580, rel=0.002)
    assert area_m2(shapely.box(84, 56, 85, 57).reverse()) > 0
