"""Unions and gains against counting point by point."""

import itertools

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.access import find_place, gain_of, measure, network_of, places, union_of
from geo.access.demand import demand
from geo.access.reach import Reach
from geo.crs import METRES
from geo.network import BEYOND, curve_of, reach_curves, reach_interval, snap
from geo.snapshot import EXAMPLE, open_snapshot

MINUTE = st.one_of(st.integers(0, 60), st.just(BEYOND))
POINTS = 4


def made(candidates: list[list[int]], weights: np.ndarray) -> Reach:
    """A place with candidate positions, each with the arrival of every point."""
    arrived = np.array(candidates, dtype=np.uint8)
    curves = np.array([curve_of(one, weights) for one in arrived])

    curve = pd.DataFrame({"low": curves.min(axis=0), "high": curves.max(axis=0)})
    best, worst = arrived.min(axis=0), arrived.max(axis=0)
    return Reach({"people": curve}, {"people": best}, {"people": worst})


CANDIDATES = st.lists(st.lists(MINUTE, min_size=POINTS, max_size=POINTS), min_size=1, max_size=3)
WEIGHTS = st.lists(st.integers(0, 9), min_size=POINTS, max_size=POINTS)


@settings(max_examples=60, deadline=None)
@given(st.lists(CANDIDATES, min_size=1, max_size=3), WEIGHTS, CANDIDATES, st.integers(0, 60))
def test_bounds_hold_wherever_the_places_are(sites, weights, new, minute) -> None:
    """Every choice of true positions gives numbers inside the bounds."""

    each = np.array(weights, dtype=float)
    reached = [made(one, each) for one in sites]
    union = union_of(reached, "people", each).loc[minute]
    gain = gain_of(made(new, each), reached, "people", each).loc[minute]
    for truth in itertools.product(*sites):
        here = np.array([[at <= minute for at in one] for one in truth]).any(axis=0)
        assert union["low"] <= each[here].sum() <= union["high"]
        for position in new:
            anew = np.array([at <= minute for at in position]) & ~here
            assert gain["low"] <= each[anew].sum() <= gain["high"]
    if all(len(one) == 1 for one in (*sites, new)):  # nothing is uncertain: numbers
        assert union["low"] == union["high"]
        assert gain["low"] == gain["high"]


def test_a_gain_over_nothing_is_the_reach_itself() -> None:
    each = np.array([1.0, 2.0, 3.0, 4.0])
    alone = made([[1, 60, BEYOND, 3], [5, 2, 2, BEYOND]], each)
    assert gain_of(alone, [], "people", each).equals(alone.curves["people"].rename_axis("minute"))


def test_one_place_together_is_itself() -> None:
    each = np.array([1.0, 2.0, 3.0, 4.0])
    alone = made([[1, 60, BEYOND, 3], [5, 2, 2, BEYOND]], each)
    assert union_of([alone], "people", each).equals(alone.curves["people"].rename_axis("minute"))


@pytest.mark.parametrize("site", ["example-sport", "example-medical"])
def test_the_curve_is_that_of_the_network(site) -> None:
    town = open_snapshot(EXAMPLE)
    network = network_of(town, "walk")
    found = measure(town, find_place(town, site), network, minutes=[5]).reach["people"]
    people = town.layer("population")
    asked = reach_interval(
        network, places(town)[site].positions(network), snap(network, people.geometry),
        people["people"].to_numpy(dtype=float),
    )  # fmt: skip
    assert found.equals(asked)
    assert demand(town).of("people").sum() == people["people"].sum()


@pytest.mark.parametrize("site", ["example-innovation", "example-sport"])
def test_the_curves_hold_wherever_the_site_is(site) -> None:
    town = open_snapshot(EXAMPLE)
    network, place, dice = network_of(town, "walk"), places(town)[site], np.random.default_rng(1)
    found = measure(town, place, network, minutes=[5]).reach["people"]
    away = place.accuracy_m * np.sqrt(dice.random(200))
    angle = dice.uniform(0, 2 * np.pi, 200)
    true = gpd.GeoSeries.from_xy(
        place.geometry.centroid.x + away * np.cos(angle),
        place.geometry.centroid.y + away * np.sin(angle),
        crs=METRES,
    )
    people = town.layer("population")
    curves = reach_curves(
        network, snap(network, true), snap(network, people.geometry),
        people["people"].to_numpy(dtype=float),
    )  # fmt: skip
    assert (curves.min(axis=1) >= found["low"]).all()
    assert (curves.max(axis=1) <= found["high"]).all()
    assert found.loc[15, "low"] > 0
