import json
import math
import shutil
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
from shapely.geometry import Point, Polygon

from geo import outlines
from geo.crs import DEGREES, METRES, to_degrees, to_metres
from geo.dataset import SHIPPED
from geo.errors import MissingCrsError, OutlineError

EAST, NORTH = 380_000.0, 6_260_000.0
"""A corner near Tomsk in UTM 45N."""

TRIANGLE = Polygon([(85, 56), (85.1234567, 56), (85, 56.1)])


def sites(**fields: Any) -> gpd.GeoDataFrame:
    row = {"geometry_method": "point", "area_ha": math.nan, "position_accuracy_m": 600.0} | fields
    place = row.pop("geometry", Point(85.05, 56.47))
    table = pd.DataFrame([row], index=pd.Index(["a"], name="id"))
    return gpd.GeoDataFrame(table, geometry=[place], crs=DEGREES)


def points(*metres: tuple[float, float], site_id: str = "a") -> pd.DataFrame:
    places = [Point(EAST + x, NORTH + y) for x, y in metres]
    degrees = to_degrees(gpd.GeoSeries(places, crs=METRES))
    return pd.DataFrame({"site_id": site_id, "longitude": degrees.x, "latitude": degrees.y})


def derived(site: gpd.GeoDataFrame, known: pd.DataFrame) -> tuple[str, Any]:
    row = outlines.derive(site, known).loc["a"]
    return row["geometry_method"], row["geometry"]


def test_hull_of_a_square_has_its_area_whatever_lies_inside() -> None:
    known = points((0, 0), (100, 0), (50, 50), (100, 100), (0, 100))
    method, geometry = derived(sites(area_ha=5000), known)
    assert method == "hull_of_points"
    assert len(geometry.exterior.coords) == 5
    assert geometry.exterior.is_ccw
    area_m2 = to_metres(gpd.GeoSeries([geometry], crs=DEGREES)).area.item()
    assert area_m2 == pytest.approx(10_000, rel=0.003)


@pytest.mark.parametrize("area_ha", [1.0, 200.0])
def test_disc_has_the_stated_area_around_the_position(area_ha: float) -> None:
    site = sites(area_ha=area_ha, position_accuracy_m=outlines.disc_radius_m(area_ha) - 1)
    method, geometry = derived(site, points())
    assert method == "disc_of_area"
    disc = to_metres(gpd.GeoSeries([geometry], crs=DEGREES))
    assert disc.area.item() == pytest.approx(area_ha * 10_000, rel=0.005)
    assert disc.centroid.distance(to_metres(site.geometry).loc["a"]).item() < 0.1


def test_radius_of_pi_hectares_is_a_hundred_metres() -> None:
    assert outlines.disc_radius_m(math.pi) == pytest.approx(100)


@pytest.mark.parametrize(
    "fields",
    [
        {"area_ha": math.pi, "position_accuracy_m": 100.001},
        {"area_ha": math.nan, "position_accuracy_m": 1.0},
        {"area_ha": 10_000.0, "position_accuracy_m": math.nan},
        {"area_ha": 0.0, "position_accuracy_m": 0.0},
    ],
    ids=["accuracy above the radius", "no area", "no accuracy", "nothing"],
)
def test_else_a_point_where_the_site_was(fields: dict[str, float]) -> None:
    assert derived(sites(**fields), points()) == ("point", Point(85.05, 56.47))


def test_two_points_or_a_line_of_points_give_the_first_as_position() -> None:
    first = points((0, 0)).round(outlines.DECIMALS).iloc[0]
    for known in (points((0, 0), (100, 0)), points((0, 0), (100, 100), (200, 200))):
        method, geometry = derived(sites(), known)
        assert method == "point"
        assert (geometry.x, geometry.y) == (first["longitude"], first["latitude"])


def test_points_of_another_site_do_not_count() -> None:
    known = points((0, 0), (100, 0), (0, 100), site_id="b")
    assert derived(sites(), known) == ("point", Point(85.05, 56.47))


@pytest.mark.parametrize("method", ["surveyed", "traced"])
def test_what_people_drew_is_never_touched(method: str) -> None:
    site = sites(geometry_method=method, geometry=TRIANGLE, area_ha=5000)
    kept, geometry = derived(site, points((0, 0), (100, 0), (0, 100)))
    assert kept == method
    assert geometry.equals_exact(TRIANGLE, tolerance=0)


def test_a_point_keeps_its_method_and_no_place_stays_no_place() -> None:
    assert derived(sites(geometry_method="street"), points())[0] == "street"
    unknown = sites(geometry_method="unknown", geometry=None, area_ha=10_000)
    assert derived(unknown, points()) == ("unknown", None)


def test_a_disc_that_no_longer_holds_becomes_a_point_again() -> None:
    site = sites(geometry_method="disc_of_area", geometry=TRIANGLE, area_ha=1.0)
    assert derived(site, points((0, 0)))[0] == "point"


def test_a_derived_outline_without_its_point_is_refused_by_name() -> None:
    site = sites(geometry_method="disc_of_area", geometry=TRIANGLE)
    with pytest.raises(OutlineError, match="`a`"):
        outlines.derive(site, points())


def test_input_is_left_as_it_was_and_needs_a_crs() -> None:
    site = sites(area_ha=200.0)
    before = site.copy()
    outlines.derive(site, points())
    pd.testing.assert_frame_equal(site, before)
    with pytest.raises(MissingCrsError):
        outlines.derive(gpd.GeoDataFrame(site.drop(columns="geometry"), geometry=[None]), points())


@pytest.fixture
def copy_of_shipped(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SHIPPED, tmp_path / "data"))


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def test_shipped_outlines_are_those_of_the_rule(copy_of_shipped: Path) -> None:
    assert outlines.rewrite(copy_of_shipped) == ()
    assert contents(copy_of_shipped) == contents(SHIPPED)


def test_rewriting_from_points_alone_gives_the_shipped_bytes(copy_of_shipped: Path) -> None:
    first = pd.read_csv(copy_of_shipped / "reference_points.csv").drop_duplicates("site_id")
    positions = first.set_index("site_id")[["longitude", "latitude"]]
    name = "territories/research_education.geojson"
    path = copy_of_shipped / name
    lines = path.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines):
        if '"hull_of_points"' not in line and '"disc_of_area"' not in line:
            continue
        feature = json.loads(line.rstrip(","))
        place = positions.loc[feature["id"]].tolist()
        feature["geometry"] = {"type": "Point", "coordinates": place}
        feature["properties"]["geometry_method"] = "point"
        comma = "," if line.endswith(",") else ""
        lines[number] = json.dumps(feature, ensure_ascii=False) + comma
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert outlines.rewrite(copy_of_shipped) == (name,)
    assert contents(copy_of_shipped) == contents(SHIPPED)


def test_only_akademgorodok_is_known_well_enough_for_a_disc() -> None:
    features = [
        feature
        for path in (SHIPPED / "territories").glob("*.geojson")
        for feature in json.loads(path.read_text(encoding="utf-8"))["features"]
    ]
    methods = {f["id"]: f["properties"]["geometry_method"] for f in features}
    assert len(methods) == 28
    assert [i for i, method in methods.items() if method == "disc_of_area"] == ["akademgorodok"]
    hulls = {i for i, method in methods.items() if method == "hull_of_points"}
    assert hulls == {"tsu-campus", "tpu-campus"}


def test_rewriting_leaves_a_surveyed_feature_as_it_was_typed(copy_of_shipped: Path) -> None:
    path = copy_of_shipped / "territories" / "sport.geojson"
    document = json.loads(path.read_text(encoding="utf-8"))
    document["features"][0]["properties"]["geometry_method"] = "surveyed"
    ring = [[85, 56.5], [85.00000012, 56.5], [85, 56.6], [85, 56.5]]
    box = [85, 56.5, 85.00000012, 56.6]
    document["features"][0]["geometry"] = {"type": "Polygon", "bbox": box, "coordinates": [ring]}
    path.write_text(json.dumps(document), encoding="utf-8")
    before = path.read_bytes()
    assert outlines.rewrite(copy_of_shipped) == ()
    assert path.read_bytes() == before
