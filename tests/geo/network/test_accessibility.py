import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import NetworkError
from geo.network import (
    DETOUR_SUSPECT,
    cumulative,
    detour,
    floating_catchment,
    gravity,
    nearest,
)
from tests.geo.network.town import at, network, street

inf = np.inf
COSTS = np.array([[60.0, 300.0], [inf, 600.0], [inf, inf]])


def test_nearest() -> None:
    which, cost = nearest(COSTS)
    assert which.tolist() == [0, 1, -1]
    assert cost.tolist() == [60, 600, inf]
    assert nearest(COSTS[:, :0])[0].tolist() == [-1, -1, -1]


def test_cumulative_counts_what_is_exactly_on_time() -> None:
    assert cumulative(COSTS, np.array([10.0, 1.0]), minutes=5).tolist() == [11, 0, 0]
    assert cumulative(COSTS, np.array([10.0, 1.0]), minutes=10).tolist() == [11, 1, 0]


def test_gravity() -> None:
    got = gravity(COSTS, np.array([10.0, 1.0]), beta_per_minute=0.1)
    assert got == pytest.approx([10 * np.exp(-0.1) + np.exp(-0.5), np.exp(-1.0), 0])


def test_floating_catchment_by_hand() -> None:
    # Two clinics of 10 and 20 beds; the first serves 100 people, the second 100 + 300.
    access, used = floating_catchment(
        COSTS[:2], np.array([10.0, 20.0]), np.array([100.0, 300.0]), minutes=10
    )
    assert used.all()
    assert access == pytest.approx([0.1 + 0.05, 0.05])


@given(st.integers(0, 10**6))
def test_floating_catchment_hands_out_all_supply_that_is_in_demand(seed: int) -> None:
    dice = np.random.default_rng(seed)
    costs = dice.uniform(0, 2000, (9, 4))
    supply, demand = dice.uniform(0, 9, 4), dice.integers(0, 50, 9).astype(float)
    access, used = floating_catchment(costs, supply, demand, minutes=10)
    assert demand @ access == pytest.approx(supply[used].sum())


def test_detour_flags_the_wrong_bank() -> None:
    net = network([(0, 0), (1000, 0), (0, 100), (1000, 100)], [(0, 1), (2, 3), (1, 3)])
    ratio = detour(net, at(net, (0, 0)), at(net, (0, 100), (900, 0), (0, 0)))
    assert ratio[0, :2] == pytest.approx([21, 1])
    assert np.isnan(ratio[0, 2])
    assert ratio[0, 0] > DETOUR_SUSPECT
    by_car = network([(0, 0), (100, 0)], [(0, 1)], mode="drive")
    assert detour(by_car, at(by_car, (0, 0)), at(by_car, (100, 0)))[0, 0] == pytest.approx(1)


def test_values_that_do_not_fit_are_refused() -> None:
    with pytest.raises(NetworkError, match="1 values for 2 places"):
        cumulative(COSTS, np.array([1.0]), minutes=5)
    with pytest.raises(NetworkError, match="missing or negative"):
        cumulative(COSTS, np.array([1.0, np.nan]), minutes=5)
    with pytest.raises(NetworkError, match="beta"):
        gravity(COSTS, np.ones(2), beta_per_minute=0)
    assert street().streets == 1
