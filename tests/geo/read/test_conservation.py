"""Whatever a layer holds, every row is kept or dropped by its number, and what is kept is sound."""

import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.read import Outcome

NUMBERS = st.one_of(
    st.floats(-200, 200),
    st.sampled_from([85.0, 56.5, 1e999, float("nan"), 10**400, -0.0, 180, "85", None, True, []]),
)
POSITIONS = st.one_of(
    st.tuples(st.floats(84, 86), st.floats(56, 57)).map(list),
    st.lists(NUMBERS, max_size=4),
)
RINGS = st.lists(POSITIONS, max_size=6).flatmap(
    lambda ring: st.sampled_from([ring, [*ring, ring[0]] if ring else ring])
)
GEOMETRIES = st.recursive(
    st.one_of(
        st.none(),
        st.sampled_from(
            [{}, [], "POINT", {"type": "Point"}, {"type": "Polygon", "coordinates": 3}]
        ),
        st.builds(
            lambda kind, coordinates: {"type": kind, "coordinates": coordinates},
            st.sampled_from(["Point", "LineString", "MultiPoint", "Polygon", "MultiPolygon", "X"]),
            st.one_of(POSITIONS, RINGS, st.lists(RINGS, max_size=3)),
        ),
    ),
    lambda inner: st.builds(
        lambda parts: {"type": "GeometryCollection", "geometries": parts},
        st.lists(inner, max_size=2),
    ),
    max_leaves=3,
)
VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(-(2**70), 2**70), st.floats(), st.text(max_size=8),
    st.sampled_from(["2020-02-30", "a\0b", "\ud800", [], ["a"], [1], {"b": 1}]),
)  # fmt: skip
PROPERTIES = st.one_of(
    st.dictionaries(st.sampled_from(["id", "a", "A", "geometry", "", "\x07"]), VALUES, max_size=4),
    st.sampled_from([None, [], 5]),
)
FEATURES = st.one_of(
    st.builds(
        lambda geometry, properties, extra: {
            "type": "Feature", "geometry": geometry, "properties": properties, **extra,
        },
        GEOMETRIES, PROPERTIES, st.sampled_from([{}, {"id": 5}, {"id": []}, {"name": "x"}]),
    ),
    st.sampled_from([None, 5, "x", [], {}, {"type": "Feature"}, {"geometry": None}]),
)  # fmt: skip


@settings(
    max_examples=80, deadline=None, derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(features=st.lists(FEATURES, max_size=6), swap=st.booleans())
def test_rows_in_are_rows_kept_and_rows_dropped(read, features, swap):
    text = json.dumps({"type": "FeatureCollection", "features": features})
    reading = read(text, swap=swap)
    report = reading.report
    if report.rejected:
        assert report.rejected.code == "crs_needed"
        return
    assert report.rows_in == len(features)
    dropped = [finding.row for finding in report.dropped]
    assert sorted([*dropped, *reading.rows.tolist()]) == list(range(1, len(features) + 1))
    placed = reading.frame.geometry.dropna()
    assert placed.is_valid.all()
    assert not placed.is_empty.any()
    bounds = placed.bounds
    assert bounds.isna().sum().sum() == 0
    assert (bounds["minx"] >= -180).all()
    assert (bounds["maxy"] <= 90).all()
    for finding in report:
        assert finding.outcome is not Outcome.REFUSED
        assert finding.reason
