import geopandas as gpd
import pytest
import shapely

from geo.crs import METRES, to_degrees
from geo.dataset import shared
from layers.facts import of_site
from layers.locale import Translator


@pytest.mark.parametrize(
    ("site_id", "says"),
    [
        ("zvezdny-sport-core", "at least RUB 1 bn"),  # "more than" in the source
        ("tor-seversk", "RUB 20 bn as planned"),
        ("akademgorodok", "No data"),
    ],
)
def test_a_sum_of_a_site_is_read_with_its_bound(site_id: str, says: str) -> None:
    site = {"id": site_id, **shared().sites.loc[site_id].to_dict()}
    facts = {fact.key: fact for fact in of_site(shared(), site, Translator("en"))}
    assert facts["investment"].value.replace("\xa0", " ") == says


@pytest.mark.parametrize(
    ("method", "stated", "value", "detail"),
    [
        (
            "traced",
            1.0,
            "1 ha",
            "Measured within the boundary of the site, in EPSG:32645 (UTM 45N).",
        ),
        (
            "surveyed",
            None,
            "1 ha",
            "Measured within the boundary of the site, in EPSG:32645 (UTM 45N).",
        ),
        ("traced", 9.0, "1 ha", "the data state 9 ha."),
        ("disc_of_area", 9.0, "9 ha", ""),
        ("hull_of_points", None, "No data", ""),
    ],
)
def test_the_area_of_a_true_outline_is_the_parks(
    method: str, stated: float | None, value: str, detail: str
) -> None:
    square = gpd.GeoSeries([shapely.box(380_000, 6_260_000, 380_100, 6_260_100)], crs=METRES)
    fields = {"geometry_method": method, "area_ha": stated, "geometry": to_degrees(square)[0]}
    site = {"id": "akademgorodok", **shared().sites.loc["akademgorodok"].to_dict(), **fields}
    facts = {fact.key: fact for fact in of_site(shared(), site, Translator("en"))}
    area = facts["area"]
    assert area.value.replace("\xa0", " ") == value
    assert area.detail.replace("\xa0", " ").endswith(detail)
    assert bool(area.detail) == bool(detail)
