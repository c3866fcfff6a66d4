"""The ground that a map has to show of a place."""

from dataclasses import replace

import geopandas as gpd
import pytest
from pyproj import Geod

from geo.dataset import shared
from geo.extent import extent
from geo.places import Box, Inside, Near

GEOD = Geod(ellps="WGS84")


def test_a_box_is_its_own() -> None:
    box = Box(84.9, 56.4, 85.0, 56.5)
    assert extent(box, shared()) == box


@pytest.mark.parametrize("place", [None, Near(84.9, 56.4, 500)])
def test_no_box_without_one(place: Near | None) -> None:
    assert extent(place, shared()) is None


def test_a_site_with_an_outline_takes_its_bounds() -> None:
    sites = shared().sites
    site_id = str(sites.index[sites.geom_type == "Polygon"][0])
    found = extent(Inside(site_id), shared())
    bounds = sites.loc[site_id].geometry.bounds
    assert isinstance(found, Box)
    assert (found.west, found.south, found.east, found.north) == pytest.approx(bounds, abs=1e-6)


def test_a_site_that_is_a_point_takes_the_ground_on_which_it_may_stand() -> None:
    sites = shared().sites
    points = sites[sites.geom_type == "Point"]
    for site_id, site in points.iterrows():
        found = extent(Inside(str(site_id)), shared())
        assert isinstance(found, Box)
        middle = (found.south + found.north) / 2
        wide = GEOD.inv(found.west, middle, found.east, middle)[2]
        assert wide == pytest.approx(2 * max(site["position_accuracy_m"], 600), rel=0.03)


def test_a_site_without_a_place_has_no_ground() -> None:
    sites = shared().sites.copy()
    sites.geometry = gpd.GeoSeries([None] * len(sites), index=sites.index, crs=sites.crs)
    assert extent(Inside(str(sites.index[0])), replace(shared(), sites=sites)) is None
