import pytest
import shapely

from geo.errors import FetchError
from geo.fetch.grid import boxes, quarters


def test_an_area_is_asked_for_in_boxes() -> None:
    area = shapely.box(84.0, 56.0, 85.5, 56.4)
    parts = boxes(area)
    assert len(parts) == 2
    assert shapely.union_all([shapely.box(*part) for part in parts]).equals(area)
    corner = shapely.Polygon([(84, 56), (86, 56), (84, 57)])
    assert len(boxes(corner)) < 9
    assert len(quarters((84, 56, 86, 57), shapely.box(84.1, 56.1, 84.2, 56.2))) == 1


@pytest.mark.parametrize(
    "area",
    [shapely.Polygon(), shapely.box(37, 55, 38, 56), shapely.box(79, 50, 95, 70)],
    ids=["empty", "another zone", "too large"],
)
def test_areas_that_cannot_be_asked_for(area: shapely.Geometry) -> None:
    with pytest.raises(FetchError) as caught:
        boxes(area)
    assert caught.value.code == "area"
