from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely

from geo.errors import PopulationError
from geo.indicators import population_from_raster, within
from geo.indicators.raster import people_of
from geo.snapshot import EXAMPLE, open_snapshot
from tests.geo.indicators.test_population import BORDER, NORTH, WEST, rasterio, write

GRID = rasterio.Affine(100, 0, WEST, 0, -100, NORTH)


def written(path: Path, values: np.ndarray, **options: object) -> Path:
    bands = values if values.ndim == 3 else values[np.newaxis]
    count, height, width = bands.shape
    with rasterio.open(
        path, "w", driver="GTiff", height=height, width=width, count=count, dtype=bands.dtype,
        **{"crs": 32645, "transform": GRID, **options},
    ) as target:  # fmt: skip
        target.write(bands)
    return path


def test_no_data_is_told_in_the_type_of_the_file(tmp_path: Path) -> None:
    # 32 bits cannot hold this number: its nearest one stands in the cells.
    values = np.full((6, 6), 8.0, dtype="float32")
    values[2, 2] = -3.4e38
    path = written(tmp_path / "w.tif", values, nodata=-3.4e38)
    found = population_from_raster(path, BORDER)
    assert found.attrs["no_data"] == 1
    assert found["people"].sum() == pytest.approx(8 * 3)


def test_whole_numbers_are_people_too(tmp_path: Path) -> None:
    found = population_from_raster(
        written(tmp_path / "i.tif", np.full((6, 6), 8, dtype="uint16")), BORDER
    )
    assert found["people"].sum() == pytest.approx(32)


@pytest.mark.parametrize(
    ("values", "options", "reason"),
    [
        (np.ones((3, 6, 6)), {}, "3 bands"),
        (np.ones((6, 6), dtype="complex64"), {}, "complex numbers"),
        (np.ones((6, 6)), {"transform": GRID @ rasterio.Affine.rotation(10)}, "turned"),
        (np.ones((6, 6)), {"crs": 32733}, "no place in the raster's CRS|does not cover"),
    ],
)
def test_what_cannot_be_people_is_named(
    tmp_path: Path, values: np.ndarray, options: dict[str, object], reason: str
) -> None:
    with pytest.raises(PopulationError, match=rf"r\.tif: .*({reason})"):
        population_from_raster(written(tmp_path / "r.tif", values, **options), BORDER)


def test_scaled_values_are_not_taken_for_people(tmp_path: Path) -> None:
    path = written(tmp_path / "s.tif", np.ones((6, 6)))
    with rasterio.open(path, "r+") as target:
        target.scales = (0.01,)
    with pytest.raises(PopulationError, match="values are scaled"):
        population_from_raster(path, BORDER)


def test_half_a_file_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "half.tif", np.full((300, 300), 8.0))
    path.write_bytes(path.read_bytes()[:400_000])
    with pytest.raises(PopulationError, match=r"half\.tif: no GeoTIFF that can be read in full"):
        population_from_raster(path, shapely.box(WEST, NORTH - 29_900, WEST + 100, NORTH - 100))


def test_a_file_that_points_elsewhere_is_not_followed(tmp_path: Path) -> None:
    real = write(tmp_path / "real.tif", np.full((6, 6), 8.0))
    link = tmp_path / "link.vrt"
    link.write_text(
        '<VRTDataset rasterXSize="6" rasterYSize="6"><SRS>EPSG:32645</SRS>'
        f"<GeoTransform>{WEST},100,0,{NORTH},0,-100</GeoTransform>"
        '<VRTRasterBand dataType="Float64" band="1"><SimpleSource><SourceFilename>'
        f"{real}</SourceFilename></SimpleSource></VRTRasterBand></VRTDataset>"
    )
    with pytest.raises(PopulationError, match=r"link\.vrt: no GeoTIFF"):
        population_from_raster(link, BORDER)


def test_the_people_of_a_snapshot_from_a_raster(tmp_path: Path) -> None:
    town = open_snapshot(EXAMPLE)
    assert people_of(town, None) is None
    ground = town.layer("boundaries").to_crs(32645).total_bounds
    west, north = ground[0] - 500, ground[3] + 500
    transform = rasterio.Affine(250, 0, west, 0, -250, north)
    path = write(tmp_path / "town.tif", np.full((40, 40), 2.5), transform=transform)
    found = people_of(town, path)
    area = town.layer("boundaries").to_crs(32645).union_all().area
    assert found is not None
    assert found["people"].sum() == pytest.approx(2.5 * area / 250**2, rel=1e-6)
    assert (found.attrs["name"], found.attrs["no_data"]) == ("town.tif", 0)
    # Each border alone has its exact share, not that of the cells whose middle it holds.
    for border in town.layer("boundaries").to_crs(32645).geometry:
        assert within(found, border)["people"].sum() == pytest.approx(
            2.5 * border.area / 250**2, rel=1e-6
        )


@pytest.mark.parametrize("columns", [2, 3])
def test_a_border_of_which_more_than_half_is_gaps_is_refused(tmp_path: Path, columns: int) -> None:
    values = np.full((4, 4), 8.0)
    values[:, :columns] = -200
    path = write(tmp_path / "gaps.tif", values)
    border = shapely.box(WEST + 50, NORTH - 350, WEST + 350, NORTH - 50)
    if columns == 2:
        assert population_from_raster(path, border).attrs["no_data"] == 8
        return
    with pytest.raises(PopulationError, match="12 of 16 cells of the border have no data"):
        population_from_raster(path, border)


def test_a_long_side_of_the_border_bends_in_the_system_of_the_raster(tmp_path: Path) -> None:
    # 100 km of a parallel of EPSG:32645 leave the straight line in degrees by over 100 m.
    border = shapely.box(500_000, 6_600_000, 600_000, 6_610_000)
    corners = gpd.GeoSeries([border.segmentize(100)], crs=32645).to_crs(4326).total_bounds
    side = 0.002
    west, north = corners[0] - side, corners[3] + side
    wide, high = (
        int((to - at) / side) + 3 for at, to in zip(corners[:2], corners[2:], strict=True)
    )
    transform = rasterio.Affine(side, 0, west, 0, -side, north)
    path = write(tmp_path / "long.tif", np.ones((high, wide)), crs=4326, transform=transform)
    bent = gpd.GeoSeries([border.segmentize(10)], crs=32645).to_crs(4326).iloc[0]
    found = population_from_raster(path, border)["people"].sum()
    assert found == pytest.approx(bent.area / side**2, rel=1e-4)
