"""Bounds over all positions of an uncertain site against positions thrown at random."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.network import Speeds, positions, spread
from geo.network.snapping import snap_groups
from geo.network.travel import travel_times
from tests.geo.network.town import AT, at, lattice, network, street, uncertain


@settings(max_examples=25, deadline=None)
@given(
    seed=st.integers(0, 10**6),
    radius=st.floats(20, 400),
    kept=st.sampled_from([0.5, 0.7, 0.95]),
    mode=st.sampled_from(["walk", "drive"]),
)
def test_wherever_the_site_is_its_times_are_inside(
    seed: int, radius: float, kept: float, mode
) -> None:
    dice = np.random.default_rng(seed)
    net = network(*lattice(7, seed=seed, kept=kept), mode=mode, speeds=Speeds())
    homes = at(net, *map(tuple, dice.uniform(0, 600, (15, 2))))
    bounds = spread(net, uncertain(net, radius))
    assert bounds is not None
    angle, share = dice.uniform(0, 2 * np.pi, 40), np.sqrt(dice.random(40))
    there = radius * share[:, None] * np.column_stack([np.cos(angle), np.sin(angle)])
    truth = snap_groups(net, np.add(AT, (250, 250)) + there, np.arange(40), places=40)
    for direction, used in (("from", net), ("to", net.reversed)):
        low, high = bounds.times(net, homes, direction=direction)
        with np.errstate(invalid="ignore"):
            for true in travel_times(used, truth, homes):
                fits = (low <= true + 1e-6) & (true <= high + 1e-6)
                assert fits.all(axis=1).any()


def test_one_way_streets_have_other_bounds_there_and_back() -> None:
    net = network([(0, 0), (600, 0), (600, 300), (0, 300)], [(0, 1), (1, 2), (2, 3), (3, 0)],
                  twoway=False)  # fmt: skip
    bounds = spread(net, uncertain(net, 20, 300, 0))
    assert bounds is not None
    gone, come = (bounds.times(net, at(net, (600, 0)), direction=way) for way in ("from", "to"))
    assert gone[0].min() <= 280 <= 328 <= gone[1].max() < 500
    assert come[0].min() <= 1480 <= 1528 <= come[1].max()


def test_a_certain_place_has_one_number() -> None:
    net = street(1000)
    bounds = spread(net, uncertain(net, 0, 0, 30))
    assert bounds is not None
    low, high = bounds.times(net, at(net, (500, 0)), direction="to")
    assert low.tolist() == high.tolist() == [[530.0]]


def test_bounds_are_not_much_wider_than_the_truth() -> None:
    net = street(2000)
    bounds = spread(net, uncertain(net, 200, 1000, 0))
    assert bounds is not None
    low, high = bounds.times(net, at(net, (0, 0)), direction="to")
    assert 800 >= low.min() >= 800 - 80
    # Farthest is not the edge along the street but a position 45 degrees beside it.
    assert 1282 <= high.max() <= 1282 + 80


def test_the_guessed_boundary_is_one_more_possibility() -> None:
    net = street(2000)
    outline = shapely.transform(shapely.box(400, -50, 1600, 50), lambda xy: xy + AT)
    site = positions(net, outline, method="disc_of_area", accuracy_m=10)
    bounds = spread(net, site)
    assert bounds is not None
    assert bounds.times(net, at(net, (2000, 0)), direction="to")[0].min() == pytest.approx(400)


def test_no_position_near_a_street() -> None:
    net = street()
    assert spread(net, uncertain(net, 100, 0, 5000)) is None
    assert spread(net, uncertain(net, 0, 0, 501)) is None
