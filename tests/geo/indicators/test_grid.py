from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest

from geo.errors import PopulationError
from geo.indicators import grid_of_points, grid_of_raster
from tests.geo.indicators.test_population import rasterio, write

MOLLWEIDE = "ESRI:54009"


def people(*at: tuple[float, float, float]) -> gpd.GeoDataFrame:
    x, y, number = zip(*at, strict=True)
    return gpd.GeoDataFrame({"people": number}, geometry=gpd.points_from_xy(x, y, crs=32645))


def test_people_are_added_up_by_whole_kilometres() -> None:
    found = grid_of_points(
        people((500_001, 6_250_001, 5), (500_999, 6_250_999, 7), (502_500, 6_251_500, 11))
    )
    assert found.people.shape == (4, 5)  # two rows and three columns, with a margin
    assert found.people[2, 1] == 12  # north up: the southern row is the last but the margin
    assert found.people[1, 3] == 11
    assert found.people.sum() == 23
    assert (found.west, found.north) == (499_000, 6_253_000)


def test_the_outline_is_that_of_the_cells() -> None:
    found = grid_of_points(people((500_500, 6_250_500, 5)))
    shape = found.outline(found.people > 0)
    assert shape.bounds == pytest.approx((500_000, 6_250_000, 501_000, 6_251_000), abs=1e-6)
    assert shape.area == pytest.approx(1e6)


def test_people_a_world_apart_are_no_city() -> None:
    with pytest.raises(PopulationError, match="km apart"):
        grid_of_points(people((500_000, 6_250_000, 5), (3_500_000, 9_250_000, 5)))


def test_a_raster_of_1_km_is_taken_as_it_is(tmp_path: Path) -> None:
    values = np.array([[2000.0, -200.0], [0.0, 7.0]])
    tomsk = gpd.GeoSeries.from_xy([85.0], [56.5], crs=4326).to_crs(MOLLWEIDE).iloc[0]
    transform = rasterio.Affine(1000, 0, tomsk.x, 0, -1000, tomsk.y)
    path = write(tmp_path / "km.tif", values, crs=MOLLWEIDE, transform=transform)
    found = grid_of_raster(path)
    assert found.people[1:-1, 1:-1].tolist() == [[2000, 0], [0, 7]]
    # Mollweide keeps areas, but far from its middle turns squares into slanted shapes.
    assert found.outline(found.people == 2000).area == pytest.approx(1e6, rel=5e-3)


@pytest.mark.parametrize(
    ("crs", "size"), [(MOLLWEIDE, 100.0), ("EPSG:4326", 0.01), ("EPSG:32645", 1001.0)]
)
def test_other_cells_are_refused_by_their_size(tmp_path: Path, crs: str, size: float) -> None:
    transform = rasterio.Affine(size, 0, 50, 0, -size, 60)
    path = write(tmp_path / "fine.tif", np.ones((2, 2)), crs=crs, transform=transform)
    with pytest.raises(PopulationError, match=r"fine\.tif: cells of .* needs 1,000 m"):
        grid_of_raster(path)
