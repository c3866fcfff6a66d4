"""Where rows lie, how they are swapped and reprojected, and what neighbours show."""

import numpy as np
import pyarrow as pa
import pytest
import shapely

from geo.read import neighbours
from geo.read.columns import Place
from geo.read.ledger import Ledger
from tests.geo.read.conftest import codes, collection, feature, polygon


def points(*pairs):
    return collection(*[feature({"type": "Point", "coordinates": pair}) for pair in pairs])


def test_a_layer_that_is_swapped_is_offered_the_swap(read):
    swapped = points([56.5, 84.95], [56.6, 85])
    warning = read(swapped).report.warnings[0]
    assert (warning.code, warning.row, warning.values["count"]) == ("lat_lon_swapped", None, 2)
    reading = read(swapped, swap=True)
    assert codes(reading) == {"swapped": [1, 2]}
    assert [(p.x, p.y) for p in reading.frame.geometry] == [(84.95, 56.5), (85, 56.6)]


def test_swap_leaves_rows_in_the_agglomeration_alone(read):
    reading = read(points([56.5, 84.95], [85, 56.6]), swap=True)
    assert codes(reading) == {"swapped": [1]}
    assert [(p.x, p.y) for p in reading.frame.geometry] == [(84.95, 56.5), (85, 56.6)]


def test_a_swapped_outline_is_not_blamed_for_its_winding(read):
    ring = [[56, 84], [56.1, 84], [56.1, 84.1], [56, 84.1], [56, 84]]
    reading = read(collection(feature(polygon(ring))), swap=True)
    assert codes(reading) == {"swapped": [1]}
    assert reading.frame.geometry[0].exterior.is_ccw


def test_a_layer_elsewhere_is_told_once(read):
    assert codes(read(points([37, 55], [38, 56]))) == {"layer_outside_agglomeration": [None]}


def test_a_number_too_large_for_any_degree_stays_a_number(read):
    (dropped,) = read(points([85, 56.5], [1e308, -1e308])).report.dropped
    assert dropped.values == {"lon": 1e308, "lat": -1e308}


def test_metres_without_a_name_are_refused_with_an_offer(read):
    refusal = read(points([377_500, 6_263_000], [378_000, 6_264_000])).report.rejected
    assert (refusal.code, refusal.values["offer"]) == ("crs_needed", "EPSG:32645, EPSG:28475")
    reading = read(points([377_500, 6_263_000]), crs="EPSG:32645")
    assert codes(reading) == {"reprojected": [None]}


def test_what_the_viewer_names_wins_and_is_told(read):
    members = {"crs": {"type": "name", "properties": {"name": "EPSG:3857"}}}
    shape = {"type": "Point", "coordinates": [377_500, 6_263_000]}
    reading = read(collection(feature(shape), **members), crs="EPSG:32645")
    assert codes(reading) == {"reprojected": [None], "crs_overridden": [None]}


@pytest.mark.parametrize("crs", ["EPSG:999999", "EPSG:4978", "x", "+proj=longlat", "/etc/passwd"])
def test_a_system_that_is_not_known(read, crs):
    assert read(points([85, 56.5]), crs=crs).report.rejected.code == "crs_unknown"


def test_a_point_without_a_place_in_its_system(read):
    reading = read(points([1e300, 6_263_000], [377_500, 6_263_000]), crs="EPSG:32645")
    assert codes(reading)["not_projectable"] == [1]


def test_overlaps_in_square_metres_each_pair_once(read):
    squares = [shapely.box(84 + d, 56, 84.01 + d, 56.01) for d in (0, 0.005, 0.02)]
    rows = [feature(shapely.geometry.mapping(square), n=n) for n, square in enumerate(squares)]
    (found,) = read(collection(*rows)).report.warnings
    assert (found.code, found.row, found.values["other"]) == ("overlap", 2, 1)
    # 0.005 by 0.01 degrees: 311.7 m by 1,113.5 m
    assert found.values["area_m2"] == pytest.approx(311.7 * 1113.5, rel=0.005)


def test_an_area_in_another_is_an_overlap_and_a_shared_border_is_none(read):
    outer, inner = shapely.box(84, 56, 84.1, 56.1), shapely.box(84.01, 56.01, 84.02, 56.02)
    beside = shapely.box(84.1, 56, 84.2, 56.1)
    rows = [feature(shapely.geometry.mapping(s), n=n) for n, s in enumerate([outer, inner, beside])]
    assert codes(read(collection(*rows))) == {"overlap": [2]}


def test_slivers_by_their_mean_width(read):
    def strip(width_m):
        height = width_m / 111_320
        return feature(shapely.geometry.mapping(shapely.box(84, 56, 84.01, 56 + height)), w=width_m)

    (found,) = read(collection(strip(0.9))).report.warnings
    assert (found.code, found.values["width_m"]) == ("sliver", pytest.approx(0.9, abs=0.01))
    assert not read(collection(strip(1.1))).report.warnings


def test_points_lines_and_areas_together(read):
    line = {"type": "LineString", "coordinates": [[84, 56], [84.1, 56]]}
    many = {"type": "MultiLineString", "coordinates": [line["coordinates"]]}
    (found,) = read(collection(feature(), feature(line))).report.warnings
    assert (found.code, found.values["types"]) == ("mixed_geometry", "LineString, Point")
    assert not read(collection(feature(line), feature(many))).report.warnings


def test_references_are_checked_where_there_are_such_columns(read):
    known = {"cluster_id": {"atoms"}, "site_id": {"north"}}
    layer = collection(
        feature(cluster_id="atoms"),
        feature({"type": "Point", "coordinates": [84, 56]}, cluster_id="quarks"),
        feature({"type": "Point", "coordinates": [84, 57]}, cluster_id=None),
    )
    reading = read(layer, references=known)
    assert codes(reading) == {"broken_reference": [2]}
    assert reading.report.warnings[0].values["found"] == "quarks"


def test_pairs_beyond_the_limit_are_counted(monkeypatch):
    monkeypatch.setattr(neighbours, "PAIRS", 2)
    shapes = np.array([shapely.box(84, 56, 84.1, 56.1)] * 3)
    ledger = Ledger()
    wkb = pa.array(shapely.to_wkb(shapes), pa.binary())
    place = Place(np.arange(1, 4), ["a", "b", "c"])
    neighbours.compare_rows(shapes, wkb, {"n": pa.array([1, 2, 3])}, place, ledger, {})
    found = ledger.close("f", rows_in=3, kept=3).warnings
    assert [(f.code, f.row) for f in found] == [
        ("overlaps_unchecked", None), ("overlap", 2), ("overlap", 3),
    ]  # fmt: skip
    assert found[0].values == {"checked": 2, "found": 3}


def in_metres(*shapes):
    members = {"crs": {"type": "name", "properties": {"name": "EPSG:32645"}}}
    return collection(*[feature(shapely.geometry.mapping(s)) for s in shapes], **members)


def test_a_long_edge_stays_where_it_is(read):
    square = shapely.box(480_000, 6_220_000, 540_000, 6_280_000)
    inside = [shapely.Point(510_000, 6_280_000 - off) for off in (10, 0.1)]
    outside = [shapely.Point(510_000, 6_280_000 + off) for off in (10, 0.1)]
    reading = read(in_metres(square, *inside, *outside))
    assert {"reprojected", "densified"} <= codes(reading).keys()
    said = next(f for f in reading.report if f.code == "densified")
    assert dict(said.values) == {"count": 1, "longest_m": 500}
    read_square, *points = reading.frame.geometry
    assert [p.within(read_square) for p in points] == [True, True, False, False]


def test_short_edges_and_points_get_no_vertices(read):
    small = shapely.box(480_000, 6_220_000, 480_400, 6_220_400)
    reading = read(in_metres(small, shapely.Point(480_000, 6_220_000)))
    apart = shapely.MultiPolygon([small, shapely.box(490_000, 6_220_000, 490_400, 6_220_400)])
    assert "densified" not in codes(reading) | codes(read(in_metres(apart)))
    assert shapely.get_num_coordinates(reading.frame.geometry[0]) == 5
