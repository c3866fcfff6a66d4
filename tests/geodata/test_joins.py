"""Real layers joined to the sites of the Atlas, against the same by hand."""

import geopandas as gpd
import numpy as np
import shapely

import geo
from geo.crs import to_metres
from geo.dataset import shared
from tests.geodata.snapshot import MUNICIPALITIES

HERITAGE = "osm-heritage-buildings-tomsk/heritage_buildings.gpkg"
REACH_M = 500


def placed_sites() -> gpd.GeoDataFrame:
    sites = shared().sites
    return sites[~(sites.geometry.isna() | sites.geometry.is_empty)]


def test_heritage_buildings_near_sites(real):
    heritage = real(HERITAGE)
    assert len(heritage) == 481
    sites = placed_sites()
    found = geo.join(heritage, sites, predicate="dwithin", distance_m=REACH_M)
    metres = [np.asarray(to_metres(one.geometry).array, dtype=object) for one in (heritage, sites)]
    near = shapely.distance(metres[0][:, None], metres[1]) <= REACH_M
    assert near.any()
    assert len(found.pairs) == near.sum()
    assert len(found.unmatched.left) == (~near.any(axis=1)).sum()


def test_every_site_lies_in_one_municipality_of_its_name(real):
    areas = real(MUNICIPALITIES)
    sites = placed_sites()
    points = sites.set_geometry(shapely.point_on_surface(sites.geometry.array))
    found = geo.join(points, areas, predicate="intersects")
    holds = shapely.contains_properly(
        np.asarray(areas.geometry.array, dtype=object)[:, None],
        np.asarray(points.geometry.array, dtype=object),
    )
    assert len(found.pairs) == holds.sum()
    assert (holds.sum(axis=0) == 1).mean() > 0.9
