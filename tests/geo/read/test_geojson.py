import json

import pytest
import shapely

from tests.geo.read.conftest import POINT, SQUARE, codes, collection, feature, polygon


def point(*coordinates):
    return {"type": "Point", "coordinates": list(coordinates)}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty_file"),
        ("hello", "not_json"),
        ("{'type': 1}", "not_json"),
        ("[1, 2]", "not_geojson"),
        ('{"type": "Topology"}', "not_geojson"),
        ('{"type": "gdal_streamed_alg", "command_line": "x"}', "not_geojson"),
        ('{"type": "FeatureCollection"}', "features_not_list"),
        ('{"type": "FeatureCollection", "features": {}}', "features_not_list"),
        ('{"features": [], "features": []}', "features_twice"),
        ('{"type": "FeatureCollection", "features": [{"type": "Fea', "truncated"),
        ('{"type": "FeatureCollection", "features": [', "truncated"),
        ('{"type": "FeatureCollection", "features": [], }', "not_json"),
        ('{"type": "FeatureCollection", "features": [1 2]}', "not_json"),
        ('{"type": "FeatureCollection", "features": [1,]}', "not_json"),
        ('{"type": "FeatureCollection", "features": []} x', "trailing_content"),
        ('{"type": "FeatureCollection", "features": [' + "[" * 100_000, "nested_too_deep"),
        ('{"features": [{"a": ' + "9" * 5_000 + "}]}", "number_too_long"),
        (collection(feature(a=json.loads("[" * 70 + "]" * 70))), "nested_too_deep"),
        (collection(crs={"type": "link", "properties": {"href": "http://x"}}), "crs_unknown"),
        (collection(crs={"type": "name", "properties": {"name": "EPSG:1"}}), "crs_unknown"),
        (collection(crs={"type": "name", "properties": {"name": "/etc/passwd"}}), "crs_unknown"),
        (collection(*[feature()] * 51), "too_many_features"),
        (collection(*[feature(**{f"k{n}": n}) for n in range(21)]), "too_many_columns"),
        (collection(feature({"type": "MultiPoint", "coordinates": [[85, 56]] * 5001})),
         "too_many_vertices"),
    ],
)  # fmt: skip
def test_a_file_that_is_refused(read, text, code):
    reading = read(text)
    assert reading.report.rejected.code == code
    assert reading.frame is None


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (None, "not_a_feature"),
        (17, "not_a_feature"),
        ({}, "not_a_feature"),
        ({"type": "Park", "geometry": POINT, "properties": {}}, "not_a_feature"),
        (feature("here"), "not_a_geometry"),
        (feature({"type": "Circle", "coordinates": [85, 56]}), "not_a_geometry"),
        (feature({"coordinates": [85, 56]}), "not_a_geometry"),
        (feature({"type": "Point"}), "not_a_geometry"),
        (feature(point(85, "56")), "not_a_number"),
        (feature(point(85, None)), "not_a_number"),
        (feature(point(85, True)), "not_a_number"),
        (feature(point(85)), "too_few_ordinates"),
        (feature(point([85, 56])), "wrong_nesting"),
        (feature({"type": "Polygon", "coordinates": SQUARE}), "wrong_nesting"),
        (feature({"type": "LineString", "coordinates": [SQUARE]}), "wrong_nesting"),
        (feature({"type": "Point", "coordinates": 85}), "wrong_nesting"),
        (feature(point(85, float("nan"))), "not_finite"),
        (feature(point(85, float("inf"))), "not_finite"),
        (feature(point(85, 10**400)), "not_finite"),
        (feature({"type": "LineString", "coordinates": [[85, 56]]}), "line_too_short"),
        (feature({"type": "LineString", "coordinates": [[85, 56]] * 2}), "line_too_short"),
        (feature(polygon([[85, 56], [86, 56], [85, 56]])), "ring_too_short"),
        (feature(polygon([[85, 56]] * 5)), "ring_too_short"),
        (feature(polygon([[85, 56], [86, 56], [85.5, 56], [85, 56]])), "repair_left_nothing"),
        (feature(point(190, 56)), "outside_world"),
        (feature(point(85, -91)), "outside_world"),
    ],
)
def test_a_row_that_is_dropped(read, given, code):
    reading = read(collection(feature(id="a"), given, feature(point(85.1, 56.5), id="b")))
    assert codes(reading)[code] == [2]
    assert list(reading.frame["id"]) == ["a", "b"]
    assert list(reading.rows) == [1, 3]
    assert reading.report.rows_in == 3


@pytest.mark.parametrize(
    ("given", "code", "wkt"),
    [
        (polygon(SQUARE[:-1]), "unclosed_ring", "POLYGON ((0 0, 1 0, 1 1, 0 1, 0 0))"),
        (polygon(SQUARE[::-1]), "wrong_winding", "POLYGON ((0 0, 1 0, 1 1, 0 1, 0 0))"),
        (polygon(SQUARE, [[84.02, 56.02]] * 4), "hole_removed",
         "POLYGON ((0 0, 1 0, 1 1, 0 1, 0 0))"),
        (polygon(SQUARE, [[84.02, 56.02], [84.03, 56.03]]), "hole_removed",
         "POLYGON ((0 0, 1 0, 1 1, 0 1, 0 0))"),
        (polygon([SQUARE[n] for n in (0, 2, 1, 3, 0)]), "self_intersection",
         "MULTIPOLYGON (((0.5 0.5, 1 0, 1 1, 0.5 0.5)), ((0 0, 0.5 0.5, 0 1, 0 0)))"),
        (polygon(SQUARE, SQUARE), "invalid_rings", None),
        (point(84, 56, 7), "flattened", "POINT (0 0)"),
        (point(84, 56, 7, 8), "flattened", "POINT (0 0)"),
        ({"type": "Polygon", "coordinates": []}, "empty_geometry", None),
    ],
)  # fmt: skip
def test_a_shape_that_is_repaired(read, given, code, wkt):
    reading = read(collection(feature(id="a"), feature(given, id="b")))
    found = codes(reading)
    if code == "invalid_rings":  # two rings upon each other enclose nothing
        assert found["repair_left_nothing"] == [2]
        return
    assert found[code] == [2]
    shape = reading.frame.geometry[1]
    if wkt is None:
        assert shape is None
        return
    unit = shapely.transform(shape, lambda xy: (xy - [84, 56]) * 10)
    assert shapely.equals_exact(unit, shapely.from_wkt(wkt), tolerance=1e-9, normalize=True)
    assert shape.is_valid


def test_area_is_told_before_and_after_repair(read):
    bow = [[85, 56.5], [85.01, 56.51], [85.01, 56.5], [85, 56.51], [85, 56.5]]
    (repaired,) = read(collection(feature(polygon(bow)))).report.repaired
    # The two triangles of a box 615 m wide and 1,113 m high cancel out, then add up.
    assert repaired.values["before_m2"] < 100
    assert repaired.values["after_m2"] == pytest.approx(615.5 * 1113.6 / 2, rel=0.005)


@pytest.mark.parametrize(
    ("given", "field", "code", "value"),
    [
        ('{"a": NaN}', "a", "value_not_finite", None),
        ('{"a": -Infinity}', "a", "value_not_finite", None),
        ('{"a": 1e999}', "a", "value_not_finite", None),
        ('{"a": 9223372036854775808}', "a", "integer_too_big", "9223372036854775808"),
        ('{"a": "b\\u0000c"}', "a", "control_characters", "bc"),
        ('{"a": "b\\u0007c\\td"}', "a", "control_characters", "bc\td"),
        ('{"a": ["b\\u0007c"]}', "a", "control_characters", ("bc",)),
        ('{"a": "b\\ud800c"}', "a", "lone_surrogate", "b\ufffdc"),
        ("[1]", "properties", "properties_not_object", None),
    ],
)
def test_a_value_that_is_repaired(read, given, field, code, value):
    text = f'{{"type": "Feature", "geometry": {json.dumps(POINT)}, "properties": {given}}}'
    reading = read(f'{{"type": "FeatureCollection", "features": [{text}]}}')
    (repaired,) = reading.report.repaired
    assert (repaired.code, repaired.row, repaired.field) == (code, 1, field)
    if field == "a":
        kept = reading.frame["a"][0]
        assert kept == value or (value is None and kept != kept)


@pytest.mark.parametrize(
    ("given", "row", "code"),
    [
        (collection(feature(None)), 1, "null_geometry"),
        (collection({"type": "Feature", "properties": {}}), 1, "null_geometry"),
        (collection({"type": "Feature", "geometry": POINT}), 1, "no_properties"),
        (collection({"type": "Feature", "geometry": POINT, "properties": {}, "name": "x"}), None,
         "foreign_members"),
        (collection(feature(id=1) | {"id": 2}), 1, "id_differs"),
        (collection(feature(id="a"), feature(point(85.1, 56), id="a")), 2, "duplicate_id"),
        (collection(feature(n=1), feature(n=1)), 2, "repeated_feature"),
        (collection(feature(a="2020-02-30")), 1, "bad_date"),
        (collection(feature(a="2021-13-01T00:00:00Z")), 1, "bad_date"),
        (collection(feature(a="29.02.2021")), 1, "bad_date"),
        (collection(feature(a=1), feature(point(85.1, 56), a="x")), None, "mixed_types"),
        (collection(feature(a=1), feature(point(85.1, 56), a=True)), None, "mixed_types"),
        (collection(feature(a={"b": 1})), None, "nested_value"),
        (collection(feature(a=1, A=2)), None, "names_differ_in_case"),
        (collection(feature(geometry_=1, **{"": 2})), None, "renamed_column"),
        (collection(feature(point(37.6, 55.7)), feature()), 1, "outside_agglomeration"),
        (collection(feature(point(56.5, 85)), feature()), 1, "lat_lon_swapped"),
        (collection(), None, "no_rows"),
        ('{"type": "FeatureCollection", "name": 1, "name": 2, "features": []}', None,
         "duplicate_key"),
        ('{"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": null, '
         '"properties": {"a": 1, "a": 2}}]}', 1, "duplicate_key"),
    ],
)  # fmt: skip
def test_what_is_doubtful_is_kept_with_a_warning(read, given, row, code):
    reading = read(given)
    assert codes(reading)[code] == [row]
    assert not reading.report.dropped


@pytest.mark.parametrize("day", ["2020-02-29", "2020-02-30x", "12-30", "29.02.2020 12:00", ""])
def test_no_warning_of_dates_that_exist_or_of_other_text(read, day):
    assert "bad_date" not in codes(read(collection(feature(a=day))))


def test_layers_without_a_type_are_told_and_read(read):
    bare = {"properties": {"a": 1}, "geometry": POINT}
    reading = read(json.dumps({"features": [bare]}))
    assert codes(reading) == {"collection_no_type": [None], "feature_no_type": [1]}
    assert list(reading.frame["a"]) == [1]


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(feature(a=1)),
        json.dumps(feature(a=1)) + "\n" + json.dumps(feature(point(85.1, 56), a=2)) + "\n",
        "\x1e" + json.dumps(feature(a=1)) + "\n\x1e" + json.dumps(feature(point(85, 56), a=2)),
        json.dumps(POINT),
        "\ufeff" + collection(feature(a=1)).decode(),
        collection(feature(a=1), crs={"type": "name", "properties": {"name": "EPSG:4326"}}),
        collection(feature(a=1), crs={"type": "name",
                   "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}),
    ],
)  # fmt: skip
def test_other_forms_of_the_same_thing(read, text):
    reading = read(text)
    assert not list(reading.report)
    assert len(reading.frame) in (1, 2)


@pytest.mark.parametrize("after", [False, True])
def test_the_old_crs_member_by_name(read, after):
    members = {"crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32645"}}}
    shape = point(377_500, 6_263_000)
    document = {"type": "FeatureCollection", "features": [feature(shape)]}
    reading = read(json.dumps(document | members if after else members | document))
    assert codes(reading) == {"reprojected": [None]}
    assert reading.frame.geometry[0].x == pytest.approx(85.01, abs=0.01)
    assert reading.frame.geometry[0].y == pytest.approx(56.49, abs=0.01)


def test_types_lose_nothing(read):
    rows = [
        feature(n=2**63 - 1, x=1, b=True, t="1", u=[], d=None),
        feature(point(85.1, 56), n=None, x=0.5, b=None, t=None, u=["a", "b"], d=None),
    ]
    frame = read(collection(*rows)).frame
    assert frame["n"][0] == 2**63 - 1
    assert frame["x"].tolist() == [1.0, 0.5]
    assert frame["b"][0] is True or frame["b"][0] == True  # noqa: E712 - pandas' own boolean
    assert frame["t"][0] == "1"
    assert frame["u"].tolist() == [(), ("a", "b")]
    assert frame["d"].isna().all()


def test_whole_numbers_beside_fractions_are_not_rounded(read):
    frame = read(collection(feature(n=2**53 + 1), feature(point(85.1, 56), n=0.5))).frame
    assert frame["n"].tolist() == ["9007199254740993", "0.5"]


def test_an_id_beside_the_properties_becomes_a_column(read):
    reading = read(collection(feature(a=1) | {"id": "x"}))
    assert reading.frame.columns.tolist() == ["id", "a", "geometry"]
    assert reading.frame["id"][0] == "x"


def test_a_property_called_geometry_is_kept_under_another_name(read):
    text = collection(feature()).replace(b'"properties": {}', b'"properties": {"geometry": 5}')
    reading = read(text)
    assert codes(reading) == {"renamed_column": [None]}
    assert reading.frame["geometry_1"].tolist() == [5]


def test_what_was_repaired_in_a_dropped_row_is_not_told(read):
    report = read(collection(feature(point(999, 56), a="x\x07"))).report
    assert not report.repaired
    assert [finding.code for finding in report.dropped] == ["outside_world"]


def test_every_split_of_a_file_into_blocks_reads_the_same(tmp_path, monkeypatch):
    from geo.read import geojson
    from geo.read.ledger import Ledger
    from geo.read.limits import Limits

    path = tmp_path / "layer"
    path.write_bytes(collection(*[feature(name="Томск №\\", n=-1.5e3, id=n) for n in range(3)]))
    for block in range(1, 60):
        monkeypatch.setattr(geojson, "_BLOCK", block)
        ledger = Ledger()
        parsed = geojson.read_geojson(
            path, encoding="utf-8-sig", ledger=ledger, limits=Limits(), tell=lambda share: None
        )
        assert parsed.rows.tolist() == [1, 2, 3]
        assert list(ledger.close("f", rows_in=3, kept=3)) == []
