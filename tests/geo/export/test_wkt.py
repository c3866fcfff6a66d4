import geopandas as gpd
import numpy as np
import pytest
import shapely

from geo.crs import DEGREES
from geo.export import Content, to_bytes
from geo.export.wkt import exact_wkt
from geo.provenance import Origin


def test_every_number_comes_back() -> None:
    random = np.random.default_rng(0)
    x, y = random.uniform(-1, 1, (2, 2_000)) * 10.0 ** random.integers(-20, 3, (2, 2_000))
    points = shapely.points(x, y)
    assert shapely.equals_identical(points, shapely.from_wkt(exact_wkt(points))).all()


@pytest.mark.parametrize(
    ("x", "text"),
    [
        (-0.1276, "-0.1276"),
        (84.95, "84.95"),
        (5e-324, "5e-324"),
        (0.3 - 0.1, "0.19999999999999998"),
    ],
)
def test_no_more_digits_than_needed(x: float, text: str) -> None:
    (found,) = exact_wkt(np.array([shapely.Point(x, 1)], dtype=object))
    assert found == f"POINT ({text} 1)"


def test_missing_stays_missing() -> None:
    assert exact_wkt(np.array([None], dtype=object)).tolist() == [None]


@pytest.mark.parametrize(("form", "name"), [("csv", "x.csv"), ("xlsx", "x.xlsx")])
def test_places_near_the_first_meridian_are_written(form: str, name: str) -> None:
    near = [shapely.Point(0.3 - 0.1, 51.5), shapely.Point(0.1 / 3, 1e-7 / 3)]
    table = gpd.GeoDataFrame({"name": ["a", "b"]}, geometry=near, crs=DEGREES)
    # What is written is read back and compared to the last bit before it is given.
    content = Content(table, "x", "x", Origin({"kind": "export"}, ()))
    assert to_bytes(content, form, name=name).content
