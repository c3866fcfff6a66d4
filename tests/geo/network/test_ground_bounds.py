"""Ground with bounds against streets walked from positions thrown at random."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.network import Speeds, ground_bounds, spread
from geo.network.snapping import snap_groups
from geo.network.travel import travel_times
from tests.geo.network.town import AT, lattice, network, street, uncertain

STRIP_M = 0.2


@settings(max_examples=25, deadline=None)
@given(
    seed=st.integers(0, 10**6),
    radius=st.floats(20, 300),
    minutes=st.sampled_from([2, 5, 8]),
    mode=st.sampled_from(["walk", "drive"]),
    direction=st.sampled_from(["to", "from"]),
)
def test_wherever_the_site_is_its_ground_is_between(
    seed: int, radius: float, minutes: int, mode, direction
) -> None:
    dice = np.random.default_rng(seed)
    net = network(*lattice(7, seed=seed, kept=0.85), mode=mode, speeds=Speeds())
    bounds = spread(net, uncertain(net, radius))
    assert bounds is not None
    found = ground_bounds(
        net, bounds, minutes=[minutes], direction=direction, buffer_m=STRIP_M
    ).set_index("bound")["geometry"]

    angle, share = dice.uniform(0, 2 * np.pi, 40), np.sqrt(dice.random(40))
    there = radius * share[:, None] * np.column_stack([np.cos(angle), np.sin(angle)])
    truth = snap_groups(net, np.add(AT, (250, 250)) + there, np.arange(40), places=40)
    on_streets = shapely.line_interpolate_point(
        dice.choice(net.geometry, 300), dice.random(300), normalized=True
    )
    walkers = snap_groups(net, shapely.get_coordinates(on_streets), np.arange(300), places=300)
    used = net.reversed if direction == "to" else net
    costs = travel_times(used, truth, walkers)

    late = costs.max(axis=0) > 60 * minutes + 1.0  # a second for the width of the strip
    assert not (shapely.intersects(found["low"], on_streets) & late).any()
    early = costs.min(axis=0) <= 60 * minutes - 1.0
    assert shapely.intersects(found["high"], on_streets)[early].all()


def test_on_one_street_the_bounds_are_the_ends_of_the_circle() -> None:
    net = street(3000)
    bounds = spread(net, uncertain(net, 100, 1500, 0))
    assert bounds is not None
    found = ground_bounds(net, bounds, minutes=[10], direction="to").set_index("bound")
    west, _, east, _ = found.loc["high", "geometry"].bounds
    assert (east - west) / 2 == pytest.approx(600 + 100 + 25, abs=40)
    # The site lies somewhere on the one street: from which end one comes is not decided by a node.
    assert found.loc["low", "geometry"].is_empty


def test_low_ground_is_what_all_positions_reach() -> None:
    along = [(100.0 * step, 0.0) for step in range(31)]
    net = network(along, [(step, step + 1) for step in range(30)])
    bounds = spread(net, uncertain(net, 100, 1500, 0))
    assert bounds is not None
    found = ground_bounds(net, bounds, minutes=[10], direction="to").set_index("bound")
    west, _, east, _ = found.loc["low", "geometry"].bounds
    # Farthest is a position 45 degrees beside the street: 100 m more or less, and 71 m to it.
    assert (east - west) / 2 == pytest.approx(600 - 141 + 25, abs=60)
    assert found.loc["high", "geometry"].covers(found.loc["low", "geometry"])


def test_nothing_is_surely_reached_in_no_time() -> None:
    net = street(3000)
    bounds = spread(net, uncertain(net, 400, 1500, 0))
    assert bounds is not None
    found = ground_bounds(net, bounds, minutes=[1], direction="from").set_index("bound")
    assert found.loc["low", "geometry"].is_empty
    assert not found.loc["high", "geometry"].is_empty
