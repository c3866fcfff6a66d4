from itertools import pairwise

import numpy as np
import pytest
import shapely
from shapely import LineString, MultiPolygon, Point, Polygon

from geo.tiles.message import encode_layer
from tests.geo.tiles.decoder import decode


def encoded(*geometries, **more):
    return decode(encode_layer("layer", np.array(geometries, dtype=object), **more))[0]


SQUARE = [(0, 0), (10, 0), (10, 10), (0, 10)]
HOLE = [(2, 2), (4, 2), (4, 4), (2, 4)]


@pytest.mark.parametrize(
    "geometry",
    [
        Point(5, 7),
        shapely.MultiPoint([(1, 2), (-3, 4)]),
        LineString([(0, 0), (5, 5), (9, 1)]),
        shapely.MultiLineString([[(0, 0), (5, 5)], [(7, 7), (8, 9)]]),
        Polygon(SQUARE),
        Polygon(SQUARE, [HOLE]),
        Polygon(SQUARE[::-1], [HOLE[::-1], [(6, 6), (8, 6), (8, 8)]]),
        MultiPolygon([Polygon(SQUARE, [HOLE]), Polygon([(20, 20), (30, 20), (30, 30)])]),
    ],
)
def test_shapes_come_back(geometry):
    (feature,) = encoded(geometry).features
    assert feature.geometry.equals(geometry)


def test_rings_run_as_the_specification_says():
    paths = encoded(Polygon(SQUARE, [HOLE])).features[0].paths
    areas = [sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(path)) / 2 for path in paths]
    assert areas == [100, -4]


def test_the_head_of_a_layer():
    layer = encoded(Point(1, 1))
    assert (layer.name, layer.version, layer.extent) == ("layer", 2, 4096)


def test_ids_and_properties():
    values = {"text": ["a", None, "a"], "n": [1, 1.0, True], "m": [-5, float("nan"), 2**40]}
    layer = encoded(Point(0, 0), Point(1, 1), Point(2, 2), ids=[7, None, 2**33], properties=values)
    assert [f.id for f in layer.features] == [7, None, 2**33]
    found = [f.properties for f in layer.features]
    assert found == [
        {"text": "a", "n": 1, "m": -5},
        {"n": 1.0},
        {"text": "a", "n": True, "m": 2**40},
    ]
    assert [type(f["n"]) for f in found] == [int, float, bool]


def test_parts_of_a_collection_share_the_id():
    mixed = shapely.GeometryCollection(
        [Point(1, 1), shapely.GeometryCollection([LineString([(0, 0), (2, 2)]), Polygon(SQUARE)])]
    )
    found = {f.type: f.id for f in encoded(mixed, ids=[4]).features}
    assert found == {1: 4, 2: 4, 3: 4}


def test_missing_and_empty_geometries_give_nothing():
    assert encoded(None, Point(), Polygon(), MultiPolygon()).features == []


@pytest.mark.parametrize(
    ("geometry", "drawn"),
    [
        (Polygon([(0, 0), (50, 0.2), (50, 0.4), (0, 0.3)]), LineString([(0, 0), (50, 0)])),
        (Polygon([(1, 1), (1.2, 1), (1.2, 1.2)]), Point(1, 1)),
        (LineString([(3, 3), (3.1, 3.2)]), Point(3, 3)),
    ],
)
def test_what_the_grid_shrinks_is_still_drawn(geometry, drawn):
    (feature,) = encoded(geometry, ids=[3]).features
    assert feature.id == 3
    assert shapely.get_parts(feature.geometry)[0].equals(drawn)


def test_a_shrunk_hole_goes_and_its_polygon_stays():
    (feature,) = encoded(Polygon(SQUARE, [[(2, 2), (2.1, 2), (2.1, 2.1)]])).features
    assert feature.geometry.equals(Polygon(SQUARE))
