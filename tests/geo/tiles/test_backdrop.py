import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.tiles.backdrop import Backdrop
from geo.tiles.scheme import EXTENT, plane_geometries
from tests.geo.tiles.decoder import Feature, decode
from tests.geo.tiles.test_pyramid import tile_at

CENTRE = (84.95, 56.5)
UNITS = EXTENT / Backdrop.tile_px


def features(backdrop: Backdrop, zoom: int) -> list[Feature]:
    content = backdrop.tile(tile_at(*CENTRE, zoom))
    return decode(content)[0].features if content else []


def houses(count: int, size: float = 0.0003) -> np.ndarray:
    at = np.random.default_rng(7).normal(CENTRE, 0.003, (count, 2))
    return np.array(shapely.box(*at.T, *(at + size).T))


def test_a_tile_is_named_and_holds_one_feature_of_a_kind():
    kinds = np.array(["old", "new"] * 20)
    backdrop = Backdrop("houses", houses(40), kinds=kinds)
    (layer,) = decode(backdrop.tile(tile_at(*CENTRE, 14)))
    assert layer.name == "houses"
    assert {(f.type, f.properties["kind"]) for f in layer.features} == {(3, "new"), (3, "old")}


def test_every_house_is_drawn_where_it_is_at_the_deepest_zoom():
    shapes = houses(60)
    tile = tile_at(*CENTRE, Backdrop.detail_zoom)
    units = shapely.transform(plane_geometries(shapes), tile.units)
    inside = units[shapely.contains(shapely.box(0, 0, EXTENT, EXTENT), units)]
    (feature,) = features(Backdrop("houses", shapes), Backdrop.detail_zoom)
    drawn = shapely.get_parts(feature.geometry)
    assert len(inside) > 3
    assert (shapely.hausdorff_distance(inside[:, None], drawn).min(axis=1) < 1).all()


def test_houses_too_small_to_see_are_counted():
    found = features(Backdrop("houses", houses(500)), 8)
    assert {f.type for f in found} == {1}
    assert sum(f.properties["n"] * len(f.paths) for f in found) == 500


def test_short_lines_stay_lines_and_lesser_ones_begin_nearer():
    lines = np.array(
        [
            shapely.LineString([CENTRE, np.add(CENTRE, (step, step))])
            for step in (1e-4, 5e-4, 1e-3, 1e-2)
        ],
        dtype=object,
    )
    (feature,) = features(Backdrop("streets", lines), 13)
    assert feature.type == 2
    backdrop = Backdrop("streets", lines, first_zooms=np.array([0, 0, 12, 14]))
    assert [
        sum(len(f.paths) for f in features(backdrop, zoom) if f.type == 2) for zoom in (11, 12, 14)
    ] == [2, 3, 4]


def test_an_outline_is_simplified_by_less_than_a_pixel():
    circle = shapely.Point(CENTRE).buffer(0.02, quad_segs=500)
    tile = tile_at(*CENTRE, 9)
    exact = shapely.transform(plane_geometries(np.array([circle]))[0], tile.units)
    (feature,) = features(Backdrop("water", np.array([circle], dtype=object)), 9)
    assert len(feature.paths[0]) < 100
    assert shapely.hausdorff_distance(feature.geometry, exact) < UNITS


@pytest.mark.parametrize(
    "shape",
    [
        "POLYGON ((84.9 56.4, 85 56.6, 84.9 56.6, 85 56.4, 84.9 56.4))",
        "POLYGON ((84.9 56.4, 85 56.6, 84.9 56.4, 84.9 56.4))",
        "MULTIPOLYGON (((84.9 56.4, 85 56.4, 85 56.6, 84.9 56.4)), EMPTY)",
        "MULTIPOLYGON (((84 56, 86 56, 86 57, 84 56)), ((84 56, 86 56, 86 57, 84 56)))",
        "POLYGON ((84 56, 86 56, 86 57, 84 57, 84 56), (83 55, 87 55, 87 58, 83 58, 83 55))",
        "LINESTRING (84.95 56.5, 84.95 56.5)",
        "POLYGON ((-180 -90, 180 -90, 180 90, -180 90, -180 -90))",
        "POINT (84.95 90)",
    ],
)
@pytest.mark.parametrize("zoom", [0, 9, 16])
def test_a_shape_that_breaks_rules_costs_no_other(shape, zoom):
    shapes = np.array([shapely.from_wkt(shape), None, *houses(30)], dtype=object)
    found = features(Backdrop("houses", shapes), zoom)
    drawn = sum(f.properties.get("n", 1) * len(f.paths) for f in found)
    alone = sum(len(f.paths) for f in features(Backdrop("houses", shapes[2:]), zoom) if f.type == 3)
    assert drawn >= max(1, alone)


@settings(max_examples=40, deadline=None)
@given(
    ring=st.lists(
        st.tuples(st.floats(84.94, 84.96), st.floats(56.49, 56.51)), min_size=3, max_size=9
    ),
    zoom=st.sampled_from([7, 12, 15]),
)
def test_any_ring_is_drawn(ring, zoom):
    shape = np.array([shapely.Polygon(ring)], dtype=object)
    window = shapely.box(*tile_at(*CENTRE, zoom).box())
    plane = plane_geometries(shape)[0]
    if shapely.box(*plane.bounds).within(window):
        assert features(Backdrop("houses", shape), zoom)


def test_nothing_is_no_bytes():
    assert Backdrop("houses", houses(5)).tile(tile_at(10, 10, 12)) == b""
    assert Backdrop("houses", np.zeros(0, dtype=object)).tile(tile_at(10, 10, 0)) == b""
