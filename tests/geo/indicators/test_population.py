from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely

from geo.errors import PopulationError
from geo.indicators import checked_population, population_from_raster, within

rasterio = pytest.importorskip("rasterio", reason="rasters need rasterio")

WEST, NORTH = 499_000.0, 6_652_000.0
BORDER = shapely.box(WEST + 150, NORTH - 350, WEST + 350, NORTH - 150)
"""Covers one cell of 100 m as a whole, four by a half and four by a quarter."""


def write(path: Path, values: np.ndarray, *, crs: object = 32645, **options: object) -> Path:
    transform = options.pop("transform", rasterio.Affine(100, 0, WEST, 0, -100, NORTH))
    height, width = values.shape
    with rasterio.open(
        path, "w", driver="GTiff", height=height, width=width, count=1, dtype="float64",
        crs=crs, transform=transform, nodata=-200, **options,
    ) as target:  # fmt: skip
        target.write(values.astype("float64"), 1)
    return path


@pytest.fixture
def tif(tmp_path: Path) -> Path:
    return tmp_path / "people.tif"


def test_cells_count_by_their_share_inside(tif: Path) -> None:
    found = population_from_raster(write(tif, np.full((6, 6), 8.0)), BORDER)
    assert found["people"].sum() == pytest.approx(8 * 4)
    assert sorted(found["people"].round(6)) == [2] * 4 + [4] * 4 + [8]
    assert found.crs == "EPSG:4326"


def test_cells_are_where_they_are(tif: Path) -> None:
    values = np.zeros((6, 6))
    values[2, 2] = 5
    found = population_from_raster(write(tif, values), BORDER)
    where = found.to_crs(32645).geometry.iloc[0]
    assert (where.x, where.y) == pytest.approx((WEST + 250, NORTH - 250), abs=1e-3)


def test_another_crs_is_followed(tif: Path) -> None:
    ground = gpd.GeoSeries([BORDER.buffer(2_000)], crs=32645).to_crs("ESRI:54009")
    west, _, _, north = ground.total_bounds
    transform = rasterio.Affine(10, 0, west, 0, -10, north)
    tall = write(tif, np.full((500, 600), 1.0), crs="ESRI:54009", transform=transform)
    found = population_from_raster(tall, BORDER)
    # 200 m x 200 m in cells of 100 m2, but for the scale of UTM and the sphere of Mollweide.
    assert found["people"].sum() == pytest.approx(400, rel=5e-3)
    assert "54009" in found.attrs["crs"] or "Mollweide" in found.attrs["crs"]


def test_gaps_are_counted_and_too_many_refused(tif: Path) -> None:
    values = np.full((6, 6), 8.0)
    values[1, 1] = -200
    assert population_from_raster(write(tif, values), BORDER).attrs["no_data"] == 1
    values[:] = np.nan
    with pytest.raises(PopulationError, match=r"9 of 9 cells .* no data"):
        population_from_raster(write(tif, values), BORDER)


def test_what_is_no_population_is_refused(tif: Path, tmp_path: Path) -> None:
    with pytest.raises(PopulationError, match="negative people"):
        population_from_raster(write(tif, np.full((6, 6), -1.0)), BORDER)
    with pytest.raises(PopulationError, match="does not cover the border"):
        population_from_raster(write(tif, np.ones((2, 2))), BORDER)
    with pytest.raises(PopulationError, match="does not say its CRS"):
        population_from_raster(write(tif, np.ones((6, 6)), crs=None), BORDER)
    text = tmp_path / "no.tif"
    text.write_text("no raster")
    with pytest.raises(PopulationError, match=r"no\.tif: no GeoTIFF"):
        population_from_raster(text, BORDER)
    with pytest.raises(PopulationError, match=r"gone\.tif"):
        population_from_raster(tmp_path / "gone.tif", BORDER)


def test_tables_of_people() -> None:
    points = gpd.GeoDataFrame(
        {"people": [1.0, 2.0]}, geometry=gpd.points_from_xy([WEST + 250, 0], [NORTH - 250, 0]),
        crs=32645,
    )  # fmt: skip
    assert within(checked_population(points), BORDER)["people"].tolist() == [1.0]
    with pytest.raises(PopulationError, match="no column `people`"):
        checked_population(points.drop(columns="people"))
    with pytest.raises(PopulationError, match=r"1 row.s., first in row 2"):
        checked_population(points.assign(people=[1.0, np.nan]))
