import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.crs import to_metres
from geo.dataset import shared
from geo.nearest import bounds, nearest_rows, settlement_of

METRES = st.floats(0, 1e5)


@given(METRES, METRES, METRES)
def test_the_true_distance_lies_within_the_bounds(apart, one, other):
    least, most = bounds(apart, one, other)
    assert 0 <= least <= apart <= most
    assert most == pytest.approx(apart + one + other)


@given(st.floats(-50, 50), st.floats(-50, 50), st.floats(100, 200))
def test_two_places_moved_within_their_accuracies_stay_within_the_bounds(dx, dy, apart):
    least, most = bounds(apart, 50.0, 50.0)
    assert least <= math.hypot(apart + dx, 0) + abs(dy)
    assert abs(apart + dx) <= most


def test_without_an_accuracy_there_are_no_bounds():
    assert all(math.isnan(bound) for bound in bounds(100.0, math.nan))


def test_nearest_rows_are_those_of_a_search_through_all():
    dataset = shared()
    rows = dataset.rows
    own = rows[rows.geometry.notna() & (rows["geometry_method"] != "position_of_site")]
    here = to_metres(rows.geometry).iloc[0]
    metres = to_metres(own.geometry).distance(here)
    found = nearest_rows(dataset, rows.geometry.iloc[0], 0.0, limit=8)
    assert [one.metres for one in found] == pytest.approx(np.sort(metres.to_numpy())[:8])
    left = nearest_rows(dataset, rows.geometry.iloc[0], 0.0, leave_out={found[0].id}, limit=7)
    assert left == found[1:]


def test_rows_at_the_place_of_their_site_are_passed_over():
    dataset = shared()
    site = dataset.sites.loc["sez-tomsk-south"]
    found = nearest_rows(dataset, site.geometry, 0.0, limit=40)
    methods = dataset.rows.set_index("id").loc[[one.id for one in found], "geometry_method"]
    assert "position_of_site" not in set(methods)


def test_the_settlement_of_a_row_is_the_nearest_and_unplaced_rows_have_none():
    dataset = shared()
    found = settlement_of(dataset, "projects")
    assert set(found) == set(dataset.projects.index[dataset.projects.geometry.notna()])
    assert settlement_of(dataset, "sites")["asino-timber-park"].id == "asino"
    assert settlement_of(dataset, "sites")["scc-site"].id == "seversk"
