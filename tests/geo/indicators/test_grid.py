from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely

from geo.errors import PopulationError
from geo.indicators import centres_of, grid_of_points, grid_of_raster
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


def placed(path: Path, values: np.ndarray, *, cell_m: float = 1000.0) -> tuple[Path, object]:
    """Write a raster about Tomsk in Mollweide; return it and the ground of all of its cells."""
    tomsk = gpd.GeoSeries.from_xy([85.0], [56.5], crs=4326).to_crs(MOLLWEIDE).iloc[0]
    west, north = 1000 * round(tomsk.x / 1000), 1000 * round(tomsk.y / 1000)
    transform = rasterio.Affine(cell_m, 0, west, 0, -cell_m, north)
    write(path, values, crs=MOLLWEIDE, transform=transform)
    height, width = values.shape
    inner = shapely.box(
        west + cell_m / 2,
        north - (height - 0.5) * cell_m,
        west + (width - 0.5) * cell_m,
        north - cell_m / 2,
    )
    return path, gpd.GeoSeries([inner.segmentize(100)], crs=MOLLWEIDE).to_crs(32645).iloc[0]


def test_a_raster_of_1_km_is_taken_as_it_is(tmp_path: Path) -> None:
    found = grid_of_raster(*placed(tmp_path / "km.tif", np.array([[2000.0, -200.0], [0.0, 7.0]])))
    assert found.people[1:-1, 1:-1].tolist() == [[2000, 0], [0, 7]]
    # Mollweide keeps areas, but far from its middle turns squares into slanted shapes.
    assert found.outline(found.people == 2000).area == pytest.approx(1e6, rel=5e-3)


@pytest.mark.parametrize(("cell_m", "people"), [(1000.0, 2000.0), (100.0, 20.0)])
def test_a_block_of_mollweide_is_one_centre(tmp_path: Path, cell_m: float, people: float) -> None:
    # Counted at their middles in EPSG:32645, cells of 1 km would make two centres with holes.
    side = round(10_000 / cell_m)
    path, ground = placed(tmp_path / "m.tif", np.full((side, side), people), cell_m=cell_m)
    (centre,) = centres_of(grid_of_raster(path, ground))
    assert (centre.people, centre.cells) == (pytest.approx(200_000), 100)
    assert centre.shape.area == pytest.approx(1e8, rel=5e-3)


@pytest.mark.parametrize(
    ("cell_m", "cut_m"), [(1000.0, 0), (100.0, 0), (100.0, 300), (100.0, 700), (250.0, 500)]
)
def test_square_kilometres_are_whole_wherever_ground_and_file_end(
    tmp_path: Path, cell_m: float, cut_m: int
) -> None:
    tomsk = gpd.GeoSeries.from_xy([85.0], [56.5], crs=4326).to_crs(MOLLWEIDE).iloc[0]
    west, north = 1000 * round(tomsk.x / 1000), 1000 * round(tomsk.y / 1000)
    side = round((6000 - cut_m) / cell_m)
    path = tmp_path / "cut.tif"
    transform = rasterio.Affine(cell_m, 0, west + cut_m, 0, -cell_m, north - cut_m)
    values = np.full((side, side), 2000.0 * (cell_m / 1000) ** 2)
    write(path, values, crs=MOLLWEIDE, transform=transform)
    # It begins and ends within the second and the fifth kilometre.
    inner = shapely.box(west + 1900, north - 4100, west + 4100, north - 1900)
    ground = gpd.GeoSeries([inner.segmentize(100)], crs=MOLLWEIDE).to_crs(32645).iloc[0]
    found = grid_of_raster(path, ground)
    assert found.people[found.people > 0] == pytest.approx(np.full(16, 2000.0))
    lived_in = found.squares()[found.people > 0]
    assert shapely.union_all(lived_in).bounds == pytest.approx(
        (west + 1000, north - 5000, west + 5000, north - 1000)
    )


def test_cells_in_degrees_are_parted_evenly(tmp_path: Path) -> None:
    # 30 seconds of arc at 56.5 degrees: 0.51 x 0.93 km, at 2,000 people a square kilometre.
    side = 1 / 120
    path = tmp_path / "degrees.tif"
    transform = rasterio.Affine(side, 0, 85, 0, -side, 57)
    write(path, np.full((24, 40), 950.0), crs=4326, transform=transform)
    inner = shapely.box(85 + side / 2, 57 - 23.5 * side, 85 + 39.5 * side, 57 - side / 2)
    ground = gpd.GeoSeries([inner.segmentize(side / 5)], crs=4326).to_crs(32645).iloc[0]
    found = grid_of_raster(path, ground)
    # All but what lies in square kilometres beyond the ground.
    assert 0.95 * 950 * 24 * 40 < found.people.sum() <= 950 * 24 * 40
    # Every whole kilometre inside has the same density, but for pieces on its sides.
    within = found.people[6:-6, 6:-6]
    assert within.min() > 0.85 * within.max()
    assert len(centres_of(found)) == 1


def test_a_raster_of_other_cells_or_ground_is_refused(tmp_path: Path) -> None:
    path, ground = placed(tmp_path / "gaps.tif", np.full((4, 4), -200.0))
    with pytest.raises(PopulationError, match=r"gaps\.tif: 16 of 16 cells of the border have no"):
        grid_of_raster(path, ground)
    with pytest.raises(PopulationError, match=r"gaps\.tif: the raster does not cover"):
        grid_of_raster(path, ground.buffer(9000))
