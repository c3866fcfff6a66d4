import geopandas as gpd
import pytest
from shapely.geometry import LineString, Point

from geo.crs import DEGREES, METRES, to_degrees, to_metres
from geo.errors import MissingCrsError


def test_one_degree_of_latitude_at_tomsk_is_111_km() -> None:
    line = gpd.GeoSeries([LineString([(85, 56), (85, 57)])], crs=DEGREES)
    assert to_metres(line).length.iloc[0] == pytest.approx(111_360, rel=5e-4)


def test_there_and_back() -> None:
    points = gpd.GeoSeries([Point(84.95, 56.47), None], crs=DEGREES)
    back = to_degrees(to_metres(points))
    assert back.crs.to_epsg() == 4326
    assert back.iloc[0].distance(points.iloc[0]) < 1e-9
    assert back.iloc[1] is None


@pytest.mark.parametrize("convert", [to_metres, to_degrees])
def test_a_frame_without_crs_is_refused(convert) -> None:
    with pytest.raises(MissingCrsError):
        convert(gpd.GeoSeries([Point(0, 0)]))


def test_metres_are_utm_45_north() -> None:
    assert METRES == "EPSG:32645"
