from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely

from geo.errors import BorderShapeError, IndicatorError
from geo.indicators import border_of, borders_of, centres_of, grid_of_raster
from geo.indicators.borders import faulty_borders
from geo.indicators.raster import grounds_of, people_of
from geo.snapshot import BORDERS
from tests.geo.indicators.test_population import rasterio, write
from tests.geo.indicators.town import town


def crowd(people: float) -> gpd.GeoDataFrame:
    """Return 36 cells of 1 km with so many people each."""
    x, y = np.meshgrid(np.arange(6), np.arange(6))
    points = gpd.points_from_xy(500_500 + 1000 * x.ravel(), 6_650_500 + 1000 * y.ravel(), crs=32645)
    return gpd.GeoDataFrame({"people": np.full(36, people)}, geometry=points)


def without_centre() -> gpd.GeoDataFrame:
    frame = town().layer("boundaries")
    return frame[frame["border"] != "urban_centre"]


def test_the_borders_of_a_snapshot_come_in_their_order() -> None:
    found = borders_of(town(), None)
    assert tuple(found) == BORDERS
    assert {border.made for border in found.values()} == {"snapshot"}
    assert found["urban_centre"].km2 == pytest.approx(8.42, abs=0.005)


def test_a_centre_that_is_missing_is_computed_from_people_and_called_so() -> None:
    snapshot = town(boundaries=without_centre())
    assert "urban_centre" not in borders_of(snapshot, None)
    found = borders_of(snapshot, crowd(2000))["urban_centre"]
    assert found.made == "degurba"
    assert found.km2 == pytest.approx(36)
    assert next(iter(borders_of(snapshot, crowd(2000)))) == "urban_centre"
    assert "urban_centre" not in borders_of(snapshot, crowd(1000))


def test_the_snapshots_own_centre_is_never_replaced() -> None:
    assert borders_of(town(), crowd(2000))["urban_centre"].made == "snapshot"


def test_a_border_that_is_not_there_is_named() -> None:
    snapshot = town(boundaries=without_centre())
    with pytest.raises(IndicatorError, match=r"no border `urban_centre`, and its people make no"):
        border_of(snapshot, "urban_centre", crowd(1000))
    with pytest.raises(IndicatorError, match=r"`example-town` has no border `urban_centre`$"):
        border_of(snapshot, "urban_centre")
    with pytest.raises(IndicatorError, match="allowed: urban_centre"):
        border_of(snapshot, "moon")
    with pytest.raises(IndicatorError, match=r"cannot be computed: .*missing or negative"):
        border_of(snapshot, "urban_centre", crowd(np.nan))
    assert borders_of(town("boundaries"), None) == {}


def bow_tie(border: str) -> gpd.GeoDataFrame:
    frame = town().layer("boundaries").copy()
    x, y = frame.union_all().centroid.coords[0]
    tie = shapely.Polygon([(x, y), (x + 0.01, y + 0.01), (x + 0.01, y), (x, y + 0.01)])
    frame.loc[frame["border"] == border, "geometry"] = tie
    return frame


def test_a_border_that_crosses_itself_is_refused_and_not_replaced() -> None:
    snapshot = town(boundaries=bow_tie("urban_centre"))
    assert faulty_borders(snapshot) == ("urban_centre",)
    assert faulty_borders(town()) == ()
    assert tuple(borders_of(snapshot, crowd(2000))) == ("administrative_city", "agglomeration")
    with pytest.raises(BorderShapeError, match="`urban_centre`: the outline crosses"):
        border_of(snapshot, "urban_centre", crowd(2000))


def test_the_centre_of_a_raster_is_that_of_its_own_cells(tmp_path: Path) -> None:
    snapshot = town(boundaries=without_centre())
    ground = shapely.union_all(grounds_of(snapshot))
    west, south, east, north = gpd.GeoSeries([ground], crs=32645).to_crs("ESRI:54009").total_bounds
    west, north = 1000 * np.floor(west / 1000), 1000 * np.ceil(north / 1000)
    shape = (int((north - south) // 1000) + 1, int((east - west) // 1000) + 1)
    transform = rasterio.Affine(1000, 0, west, 0, -1000, north)
    path = write(tmp_path / "km.tif", np.full(shape, 3000.0), crs="ESRI:54009", transform=transform)
    people = people_of(snapshot, path)
    found = borders_of(snapshot, people, raster=path)["urban_centre"]
    (centre,) = centres_of(grid_of_raster(path, ground))
    assert found.shape.equals(centre.shape)
    assert found.km2 == pytest.approx(centre.cells, rel=5e-3)
