import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.tiles.pyramid import BUFFER_PX, DETAIL_ZOOM, Pyramid
from geo.tiles.scheme import EXTENT, TILE_PX, Tile, plane_geometries, to_plane
from tests.geo.tiles.decoder import Feature, decode

UNITS = EXTENT / TILE_PX
BUFFER = BUFFER_PX * UNITS


def features(pyramid: Pyramid, tile: Tile) -> list[Feature]:
    content = pyramid.tile(tile)
    return decode(content)[0].features if content else []


def rows_of(feature: Feature) -> list[int]:
    if feature.id is not None:
        return [feature.id]
    steps = [int(step) for step in feature.properties["rows"].split(",")]
    rows = np.cumsum(steps).tolist()
    assert len(rows) == feature.properties["n"] > 1
    return rows


def tile_at(lon: float, lat: float, zoom: int) -> Tile:
    x, y = np.floor(to_plane(np.array([[lon, lat]]))[0] * 2**zoom).astype(int).tolist()
    return Tile(zoom, x, y)


@pytest.fixture(scope="module")
def town() -> np.ndarray:
    """500 points, 300 houses, 100 streets, lakes with islands, a row without a place."""
    rng = np.random.default_rng(4)
    at = np.column_stack([rng.normal(84.95, 0.03, 900), rng.normal(56.5, 0.02, 900)])
    points = list(shapely.points(at[:500]))
    houses = [shapely.box(x, y, x + 0.0004, y + 0.0003) for x, y in at[500:800]]
    streets = [
        shapely.LineString([p, np.add(p, (0.01, 0.004)), np.add(p, (0.02, 0))]) for p in at[800:895]
    ]
    lakes = [
        shapely.difference(shapely.Point(p).buffer(0.01), shapely.Point(p).buffer(0.004))
        for p in at[895:]
    ]
    return np.array([*points, *houses, *streets, *lakes, None], dtype=object)


@pytest.mark.parametrize("zoom", [0, 5, 9, 11, 13, 16])
def test_every_row_is_in_the_tiles_where_it_lies(town, zoom):
    pyramid = Pyramid(town)
    plane = plane_geometries(town)
    for lon, lat in ((84.95, 56.5), (84.97, 56.49), (84.9, 56.52)):
        tile = tile_at(lon, lat, zoom)
        seen = {row for feature in features(pyramid, tile) for row in rows_of(feature)}
        inside = set(np.flatnonzero(shapely.intersects(plane, shapely.box(*tile.box()))).tolist())
        assert inside <= seen
        reach = shapely.box(*tile.box(BUFFER * 1.01))
        assert seen <= set(np.flatnonzero(shapely.intersects(plane, reach)).tolist())


def test_a_point_is_in_one_feature_of_a_tile(town):
    pyramid = Pyramid(town[:500])
    for zoom in (8, 12):
        found = [row for f in features(pyramid, tile_at(84.95, 56.5, zoom)) for row in rows_of(f)]
        assert len(found) == len(set(found))


def test_neighbours_put_the_same_points_together(town):
    """Else a dot at the edge would be cut in two of different size."""
    pyramid = Pyramid(town[:500])
    left = tile_at(84.95, 56.5, 11)
    right = Tile(11, left.x + 1, left.y)
    for one, other, shift in ((left, right, EXTENT), (right, left, -EXTENT)):
        theirs = {tuple(rows_of(f)): f.paths[0][0] for f in features(pyramid, other)}
        for feature in features(pyramid, one):
            x, y = feature.paths[0][0]
            in_strip = -BUFFER + 1 < x - shift < EXTENT + BUFFER - 1
            if in_strip and 0 <= y < EXTENT:
                assert tuple(rows_of(feature)) in theirs


def test_no_points_are_put_together_from_the_detail_zoom(town):
    same = np.array([shapely.Point(84.95, 56.5)] * 3, dtype=object)
    tile = tile_at(84.95, 56.5, DETAIL_ZOOM)
    assert [f.id for f in features(Pyramid(same), tile)] == [0, 1, 2]
    (one,) = features(Pyramid(same), tile_at(84.95, 56.5, DETAIL_ZOOM - 1))
    assert rows_of(one) == [0, 1, 2]


def test_small_parts_of_a_wide_whole_are_points():
    # The third lies in the pixel of the second.
    places = (80, 85, 85.002)
    islands = shapely.MultiPolygon([shapely.box(x, 56, x + 0.001, 56.001) for x in places])
    found = features(Pyramid(np.array([islands], dtype=object)), Tile(2, 2, 1))
    assert [(f.type, f.id) for f in found] == [(1, 0), (1, 0)]


def test_outlines_are_cut_with_a_margin_and_keep_their_holes():
    tile = tile_at(84.95, 56.5, 10)
    west, _, east, _ = tile.box()
    lon = ((west + east) / 2 - 0.5) * 360
    lake = shapely.Point(lon, 56.5).buffer(0.5) - shapely.Point(lon, 56.5).buffer(0.05)
    (feature,) = features(Pyramid(np.array([lake], dtype=object)), tile)
    units = shapely.transform(plane_geometries(np.array([lake]))[0], tile.units)
    window = shapely.box(-BUFFER, -BUFFER, EXTENT + BUFFER, EXTENT + BUFFER)
    expected = shapely.intersection(units, window)
    assert feature.geometry.symmetric_difference(expected).area < 0.001 * expected.area
    assert sum(len(part.interiors) for part in feature.geometry.geoms) == len(
        shapely.get_parts(expected)[0].interiors
    )


@settings(max_examples=30, deadline=None)
@given(
    centre=st.tuples(st.floats(84.6, 85.3), st.floats(56.3, 56.7)),
    radii=st.lists(st.floats(0.02, 0.4), min_size=4, max_size=14),
    hole=st.floats(0.1, 0.8),
)
def test_cutting_agrees_with_intersection(centre, radii, hole):
    angles = np.linspace(0, 2 * np.pi, len(radii), endpoint=False)
    ring = np.column_stack([np.cos(angles), np.sin(angles)]) * np.array(radii)[:, None] + centre
    shape = shapely.Polygon(ring, [(ring - centre) * hole + centre])
    if not shape.is_valid:
        return
    tile = tile_at(85.0, 56.5, 9)
    units = shapely.transform(plane_geometries(np.array([shape]))[0], tile.units)
    window = shapely.box(-BUFFER, -BUFFER, EXTENT + BUFFER, EXTENT + BUFFER)
    expected = shapely.intersection(units, window)
    found = features(Pyramid(np.array([shape], dtype=object)), tile)
    area = sum(shapely.make_valid(f.geometry).area for f in found if f.type == 3)
    assert abs(area - expected.area) <= units.length + 64
    assert bool(found) or expected.is_empty or expected.area < 1


def test_an_empty_tile_is_no_bytes(town):
    assert Pyramid(town).tile(Tile(10, 0, 0)) == b""
    assert Pyramid(np.array([None], dtype=object)).tile(Tile(0, 0, 0)) == b""
