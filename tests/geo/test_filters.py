import numpy as np
import pytest

from geo.columns import columns_of
from geo.filters import Outcome, masks
from geo.places import Box, Inside, Near, Place
from geo.query import Query
from tests.geo import synthetic
from tests.geo.oracle import Oracle

DATASET = synthetic.make(11, sites=30, projects=60)
ORACLE = Oracle(DATASET)
PLACES = (
    *(Inside(site_id) for site_id in DATASET.sites.index),
    *(Box(84.5, 56.2, 84.5 + side, 56.2 + side) for side in (0, 0.1, 0.4, 1)),
    *(Near(85, 56.5, metres) for metres in (1, 5_000, 20_000)),
)


@pytest.mark.parametrize("place", PLACES, ids=str)
def test_place(place: Place) -> None:
    found = masks(Query(place=place), columns_of(DATASET))["place"]
    assert found.tolist() == [ORACLE.lies(place, n) for n in range(90)]


def test_a_site_holds_members_and_what_lies_in_it() -> None:
    reasons = set()
    for site_id, outline in DATASET.sites.geometry.items():
        found = masks(Query(place=Inside(site_id)), columns_of(DATASET))["place"]
        for row in DATASET.rows[found].itertuples():
            inside = (
                row.geometry is not None and outline is not None and row.geometry.within(outline)
            )
            reasons.add((row.site_id == site_id, inside))
    assert reasons == {(True, True), (True, False), (False, True)}


def test_what_does_not_filter_has_no_mask() -> None:
    assert masks(Query(sort="name", selected="site-1"), columns_of(DATASET)) == {}


def test_all_but() -> None:
    outcome = Outcome(
        {
            "parks": np.array([True, True, False, False]),
            "text": np.array([True, False, True, False]),
        },
        4,
    )
    assert outcome.passing().tolist() == [True, False, False, False]
    assert outcome.passing(but="parks").tolist() == [True, False, True, False]
    assert outcome.passing(but="years").tolist() == [True, False, False, False]
    assert outcome.nearest_misses() == {(): 1}


def test_nearest_misses() -> None:
    outcome = Outcome(
        {
            "parks": np.array([False, False, False, True]),
            "status": np.array([False, True, False, False]),
            "text": np.array([False, True, True, True]),
        },
        4,
    )
    assert outcome.nearest_misses() == {("parks",): 1, ("status",): 1}
    assert Outcome({}, 0).nearest_misses() == {}
