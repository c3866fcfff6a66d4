import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import NetworkError, NotReachedError, PositionError
from geo.network import positions, reach_curves, reach_interval
from geo.network.travel import travel_times
from tests.geo.network.town import AT, at, lattice, network, street


def test_people_are_counted_by_the_minute_they_come_in() -> None:
    net = street(1000)
    people = at(net, (0, 0), (60, 0), (61, 0), (600, 0), (0, 9000))
    curve = reach_curves(net, at(net, (0, 0)), people, np.array([1, 10, 100, 1000, 10**4]))[0]
    assert curve[[0, 1, 2, 9, 10, 60]].tolist() == [1, 11, 111, 111, 1111, 1111]


def test_a_place_too_far_reaches_an_unknown_number() -> None:
    net = street()
    curves = reach_curves(net, at(net, (0, 0), (0, 900)), at(net, (10, 0)), np.ones(1))
    assert curves[0].notna().all()
    assert curves[1].isna().all()


def test_direction_matters_on_one_way_streets() -> None:
    net = street(1000, twoway=False)
    site, home = at(net, (600, 0)), at(net, (0, 0))
    assert reach_curves(net, site, home, np.ones(1)).iloc[-1, 0] == 1
    assert reach_curves(net, site, home, np.ones(1), direction="from").iloc[-1, 0] == 0


@pytest.mark.parametrize("minutes", [-1, 255, 400])
def test_minutes_that_cannot_be_told_from_never_are_refused(minutes: int) -> None:
    net = street()
    site = positions(net, shapely.Point(AT), method="point", accuracy_m=0)
    for ask in (reach_curves, reach_interval):
        origins = site if ask is reach_interval else at(net, (0, 0))
        with pytest.raises(NetworkError, match="from 0 to 254"):
            ask(net, origins, at(net, (0, 900)), np.ones(1), minutes=minutes)
    curve = reach_curves(net, at(net, (0, 0)), at(net, (0, 900)), np.ones(1), minutes=254)
    assert curve.iloc[-1, 0] == 0


@pytest.mark.parametrize("weights", [[1.0, 2.0], [np.nan], [-1.0], ["many"]])
def test_senseless_weights_are_refused(weights: list[float]) -> None:
    with pytest.raises(NetworkError, match="weight"):
        reach_curves(street(), at(street(), (0, 0)), at(street(), (1, 0)), np.array(weights))


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_curves_are_the_counts_of_travel_times(seed: int) -> None:
    net = network(*lattice(6, seed=seed))
    dice = np.random.default_rng(seed)
    homes = at(net, *map(tuple, dice.uniform(0, 500, (20, 2))))
    sites = at(net, *map(tuple, dice.uniform(0, 500, (3, 2))))
    people = dice.integers(0, 9, 20).astype(float)
    curves = reach_curves(net, sites, homes, people, minutes=20)
    costs = travel_times(net, sites, homes)
    for minute in (0, 3, 7, 20):
        assert curves.loc[minute].to_numpy() == pytest.approx((costs <= 60 * minute) @ people)
    assert (curves.diff().iloc[1:] >= 0).all(axis=None)


def outline(*box: float) -> shapely.Polygon:
    return shapely.transform(shapely.box(*box), lambda xy: xy + AT)


def test_a_traced_outline_is_entered_where_streets_cross_it() -> None:
    found = positions(street(1000), outline(400, -50, 600, 50), method="traced", accuracy_m=None)
    assert (found.basis, found.certain) == ("crossings", True)
    assert sorted(found.candidates[0][:, 0] - AT[0]) == pytest.approx([400, 600])


@pytest.mark.parametrize(
    ("nodes", "gates"),
    [
        ([(0, 0), (400, 0), (500, 0), (1000, 0)], [400, 700]),
        ([(0, 0), (400, 0)], [400]),
        ([(0, 0), (410, 0), (690, 0), (1000, 0)], [400, 700]),
    ],
)
def test_a_junction_on_the_outline_is_a_gate(nodes, gates: list[float]) -> None:
    net = network(nodes, [(i, i + 1) for i in range(len(nodes) - 1)])
    found = positions(net, outline(400, -60, 700, 60), method="traced", accuracy_m=None)
    assert found.basis == "crossings"
    assert sorted(found.candidates[0][:, 0] - AT[0]) == pytest.approx(gates)
    home = travel_times(net, found.snap(net), at(net, (0, 0)))
    assert home.tolist() == [[400.0]]


def test_a_street_along_the_outline_is_a_way_in_everywhere() -> None:
    found = positions(street(1000), outline(400, 0, 600, 90), method="traced", accuracy_m=None)
    assert found.basis == "crossings"
    assert sorted(found.candidates[0][:, 0] - AT[0]) == pytest.approx([400, 450, 500, 550, 600])


def test_an_outline_beside_the_street_is_entered_along_its_boundary() -> None:
    net = street(1000)
    found = positions(net, outline(400, 10, 600, 110), method="surveyed", accuracy_m=5)
    assert found.basis == "boundary"
    assert len(found.candidates[0]) == 121  # every 5 m of 600, and back at the beginning
    assert found.snap(net).nearest_m == pytest.approx([10])


@pytest.mark.parametrize("first", range(4))
def test_a_boundary_is_entered_alike_wherever_its_ring_begins(first: int) -> None:
    corners = [(0, 10), (60, 10), (60, 70), (0, 70)]
    ring = shapely.Polygon(np.add(corners[first:] + corners[:first], AT))
    net = street(1000)
    site = positions(net, ring, method="traced", accuracy_m=None).snap(net)
    assert travel_times(net, site, at(net, (449, 0))).item() == pytest.approx(449 - 60 + 10)


def test_known_gates_come_first() -> None:
    gates = shapely.MultiPoint([(AT[0], AT[1])])
    found = positions(street(), outline(0, 0, 9, 9), method="traced", accuracy_m=5, gates=gates)
    assert found.basis == "gates"


@pytest.mark.parametrize("method", ["point", "street", "settlement", "disc_of_area"])
def test_an_uncertain_place_is_a_circle_of_candidates(method: str) -> None:
    shape = outline(400, -50, 600, 50)
    shape = shape if method == "disc_of_area" else shape.centroid
    found = positions(street(1000), shape, method=method, accuracy_m=300)
    assert not found.certain
    assert len(found.candidates) == 19 + (method == "disc_of_area")
    circle = np.vstack(found.candidates[:19]) - AT
    away = np.hypot(*(circle - (500, 0)).T)
    assert away.max() == pytest.approx(300)
    rings = [int(np.isclose(away, radius, atol=1e-6).sum()) for radius in (0, 150, 300)]
    assert rings == [1, 6, 12]
    if method == "disc_of_area":
        assert np.ptp(found.candidates[-1] - AT, axis=0) == pytest.approx([200, 100])


def test_a_position_known_to_the_metre() -> None:
    found = positions(street(), shapely.Point(AT), method="point", accuracy_m=0)
    assert (found.basis, len(found.candidates)) == ("point", 1)


@pytest.mark.parametrize(
    ("shape", "accuracy", "says"),
    [
        (None, 5.0, "place is not known"),
        (shapely.Point(), 5.0, "place is not known"),
        (shapely.Point(AT), None, "accuracy of the position is not stated"),
        (shapely.Point(AT), np.nan, "accuracy of the position is not stated"),
    ],
)
def test_an_unknown_place_is_refused(shape, accuracy: float | None, says: str) -> None:
    with pytest.raises(PositionError, match=says):
        positions(street(), shape, method="point", accuracy_m=accuracy)


def test_the_interval_of_an_uncertain_place() -> None:
    net = street(2000)
    homes = at(net, *[(x, 0) for x in range(0, 2001, 100)])
    site = positions(net, shapely.Point(AT[0] + 1000, AT[1]), method="point", accuracy_m=200)
    reach = reach_interval(net, site, homes, np.ones(21), minutes=10)
    # 300 m both ways are seven homes, wherever along the street. At (1050, 193) just off it two are
    # within 300 m, which positions on a ring do not tell; at (1000, 200) three are, exactly.
    assert reach.loc[5, "high"] == 7
    assert reach.loc[5, "low"] <= 2
    assert reach.loc[7, "low"] >= 3
    assert reach.attrs == {"basis": "circle", "candidates": 19, "used": 19}
    certain = positions(net, shapely.Point(AT[0] + 1000, AT[1]), method="point", accuracy_m=0)
    exact = reach_interval(net, certain, homes, np.ones(21), minutes=10)
    assert (exact["low"] == exact["high"]).all()
    assert ((reach["low"] <= exact["low"]) & (exact["high"] <= reach["high"])).all()


def test_candidates_off_the_streets_are_left_out_and_counted() -> None:
    net = street(2000)
    site = positions(net, shapely.Point(AT[0] + 1000, AT[1]), method="point", accuracy_m=800)
    reach = reach_interval(net, site, at(net, (0, 0)), np.ones(1))
    assert 0 < reach.attrs["used"] < reach.attrs["candidates"]
    far = positions(net, shapely.Point(AT[0], AT[1] + 9000), method="point", accuracy_m=10)
    with pytest.raises(NotReachedError, match="8,990 m from any street"):
        reach_interval(net, far, at(net, (0, 0)), np.ones(1))
