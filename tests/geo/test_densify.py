import numpy as np
import pyproj
import pytest
import shapely

from geo.crs import DEGREES, METRES
from geo.densify import LONGEST_M, affordable_m, densified

CRS = pyproj.CRS(METRES)


def shapes(*given: object) -> np.ndarray:
    found = np.empty(len(given), dtype=object)
    found[:] = given
    return found


@pytest.mark.parametrize(
    "shape",
    [
        shapely.box(0, 0, 2_000, 600),
        shapely.Polygon(
            shapely.box(0, 0, 5_000, 5_000).exterior, [shapely.box(9, 9, 999, 999).exterior.coords]
        ),
        shapely.MultiPolygon([shapely.box(0, 0, 10, 900), shapely.box(50, 0, 60, 10)]),
        shapely.LineString([(0, 0), (700, 0), (700, 10)]),
        shapely.MultiLineString([[(0, 0), (1_700, 0)], [(0, 5), (1, 5)]]),
    ],
)
def test_no_edge_is_longer_and_the_shape_is_the_same(shape: shapely.Geometry) -> None:
    (done,) = densified(shapes(shape), CRS, 500)
    assert done.geom_type == shape.geom_type
    assert done.equals(shape)
    for part in shapely.get_parts(done):
        lines = shapely.get_rings(part) if "Polygon" in done.geom_type else [part]
        for line in lines:
            steps = np.hypot(*np.diff(shapely.get_coordinates(line), axis=0).T)
            assert steps.max() <= 500


@pytest.mark.parametrize("at", [0, 1, 2])
@pytest.mark.parametrize("kind", ["POLYGON", "LINESTRING"])
def test_an_empty_part_is_no_part(kind: str, at: int) -> None:
    parts = {
        "POLYGON": ["((0 0, 900 0, 900 9, 0 0))", "((0 50, 9 50, 9 59, 0 50))"],
        "LINESTRING": ["(0 0, 900 0)", "(0 9, 9 9)"],
    }[kind]
    full = shapely.from_wkt(f"MULTI{kind}({', '.join(parts)})")
    given = shapely.from_wkt(f"MULTI{kind}({', '.join([*parts[:at], 'EMPTY', *parts[at:]])})")
    (done,) = densified(shapes(given), CRS, 500)
    assert done.equals_exact(densified(shapes(full), CRS, 500)[0])


def test_short_edges_points_and_missing_ones_stay() -> None:
    given = shapes(shapely.Point(1, 2), None, shapely.box(0, 0, 1, 1), shapely.Polygon())
    done = densified(given, CRS, 500)
    assert all(a is b for a, b in zip(given, done, strict=True))


def test_neighbours_share_the_new_vertices_to_the_last_bit() -> None:
    a = shapely.Polygon([(84.1, 56.1), (84.97, 56.83), (84.1, 56.9)])
    b = shapely.Polygon([(84.97, 56.83), (84.1, 56.1), (85.3, 56.2)])
    dense = densified(shapes(a, b), pyproj.CRS(DEGREES))
    both = [{tuple(p) for p in shapely.get_coordinates(s)} for s in dense]
    edge = shapely.LineString([(84.1, 56.1), (84.97, 56.83)])
    on_edge = [{p for p in points if edge.distance(shapely.Point(p)) < 1e-12} for points in both]
    assert len(on_edge[0]) > 150
    assert on_edge[0] == on_edge[1]


def test_a_long_edge_stays_where_it_is_when_it_is_reprojected() -> None:
    # The middle of an edge of 40 km is 47 m off when only its ends are reprojected.
    edge = shapely.LineString([(84.5, 56.5), (85.15, 56.5)])
    turn = pyproj.Transformer.from_crs(DEGREES, METRES, always_xy=True)
    middle = shapely.Point(*turn.transform(84.825, 56.5))

    def distance(line: shapely.Geometry) -> float:
        moved = shapely.transform(line, lambda p: np.column_stack(turn.transform(*p.T)))
        return float(moved.distance(middle))

    assert distance(edge) > 40
    assert distance(densified(shapes(edge), pyproj.CRS(DEGREES))[0]) < 0.01


def test_an_empty_part_does_not_stop_the_others() -> None:
    parts = [shapely.box(0, 0, 1_200, 10), shapely.Polygon(), shapely.box(0, 20, 10, 30)]
    (done,) = densified(shapes(shapely.MultiPolygon(parts)), CRS, 500)
    assert done.equals(shapely.MultiPolygon([parts[0], parts[2]]))
    assert shapely.get_num_coordinates(done) > 10


def test_a_slip_in_a_coordinate_costs_no_vertices() -> None:
    given = shapely.LineString([(0, 0), (1e300, 0), (1e300, 1e9), (1e300, 1e9 + 1)])
    assert densified(shapes(given), CRS)[0].equals_exact(given)
    assert affordable_m(shapes(given), CRS, 10) == LONGEST_M


def test_edges_stay_longer_where_there_are_too_many() -> None:
    given = shapes(shapely.box(0, 0, 50_000, 50_000), shapely.Point(1, 2), None)
    assert affordable_m(given, CRS, 1_000) == LONGEST_M
    longest = affordable_m(given, CRS, 100)
    assert longest == 2_000
    assert shapely.get_num_coordinates(densified(given, CRS, longest)[0]) == 101
