import geopandas as gpd
import numpy as np
import pytest
import shapely

from geo.findings import LEAST_RADIUS_M, codes, place_of, select, tally
from geo.places import Near
from geo.read import Finding, Outcome, Reading, Report

DROPPED = Finding("bad_wkb", 3)
CROSSED = {"lon": 84.9, "lat": 56.4, "problem": "x", "before_m2": 1, "after_m2": 2}
REPORT = Report(
    "a.geojson",
    rows_in=4,
    kept=3,
    repaired=(
        Finding("reprojected", values={"crs": "EPSG:32645"}),
        Finding("unclosed_ring", 1),
        Finding("self_intersection", 1, values=CROSSED),
    ),
    dropped=(DROPPED,),
    warnings=(
        Finding("null_geometry", 2),
        Finding("more_of_the_same", values={"count": 5, "like": "null_geometry"}),
    ),
)


def test_rows_are_counted_once() -> None:
    counts = tally(REPORT)
    assert (counts.rows_in, counts.kept, counts.dropped) == (4, 3, 1)
    assert (counts.repaired, counts.untouched, counts.warnings) == (1, 2, 6)


def test_rows_that_the_report_only_counts_are_counted() -> None:
    turned = Finding("wrong_winding", values={"count": 2_000})
    assert tally(Report("a", 3_000, 3_000, repaired=(turned,))).repaired == 2_000
    assert tally(Report("a", 10, 10, repaired=(turned,))).repaired == 10


def test_findings_are_selected_by_outcome_and_code() -> None:
    assert [f.code for f in select(REPORT)] == [f.code for f in REPORT]
    assert select(REPORT, outcome=Outcome.DROPPED) == [DROPPED]
    assert [f.row for f in select(REPORT, code="unclosed_ring")] == [1]
    assert select(REPORT, outcome=Outcome.DROPPED, code="unclosed_ring") == []
    assert codes(REPORT)["null_geometry"] == 1


@pytest.fixture
def reading() -> Reading:
    shapes = [shapely.box(84.9, 56.4, 84.92, 56.41), None, shapely.Point(85, 56.5)]
    frame = gpd.GeoDataFrame(geometry=shapes, crs="EPSG:4326")
    return Reading(frame, np.array([1, 2, 4]), REPORT)


def test_a_finding_is_where_it_says_or_where_its_row_is(reading: Reading) -> None:
    assert place_of(REPORT.repaired[2], reading.frame, reading.rows) == Near(
        84.9, 56.4, LEAST_RADIUS_M
    )
    assert place_of(Finding("unclosed_ring", 4), reading.frame, reading.rows) == Near(
        85, 56.5, LEAST_RADIUS_M
    )
    whole = place_of(Finding("unclosed_ring", 1), reading.frame, reading.rows)
    assert whole is not None
    assert (whole.lon, whole.lat) == (84.91, 56.405)
    # Half of a diagonal of 1,232 m by 1,113 m, and a tenth more.
    assert whole.metres == pytest.approx(913, abs=5)


@pytest.mark.parametrize(
    "finding",
    [
        DROPPED,
        Finding("null_geometry", 2),
        Finding("no_rows"),
        Finding("outside_world", 3, values={"lon": 84.9, "lat": 156.4}),
        Finding("unclosed_ring", 9),
    ],
)
def test_some_findings_have_no_place(finding: Finding, reading: Reading) -> None:
    assert place_of(finding, reading.frame, reading.rows) is None


def test_a_refused_file_has_no_places() -> None:
    assert place_of(Finding("unclosed_ring", 1), None, None) is None
