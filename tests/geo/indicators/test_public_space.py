import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import BorderShapeError, IndicatorError, NobodyError
from geo.indicators import built_up, openness, public_space, public_transport
from geo.indicators.estimate import Interval
from tests.geo.indicators.test_public_transport import people, stops
from tests.geo.network.town import AT, frames, network_from_frames, street

SQUARE_KM = shapely.box(AT[0], AT[1] - 500, AT[0] + 1000, AT[1] + 500)


def spaces(*placed: tuple[tuple[float, float, float, float], str, str]) -> gpd.GeoDataFrame:
    shapes = [shapely.transform(shapely.box(*box), lambda xy: xy + AT) for box, _, _ in placed]
    return gpd.GeoDataFrame(
        {"public_access": [one[1] for one in placed], "evidence": [one[2] for one in placed]},
        geometry=shapes,
        crs=32645,
    )


OPEN = ((0.0, 10.0, 100.0, 110.0), "free", "no fence")
UNSURE = ((900.0, 10.0, 1000.0, 60.0), "unknown", "")
PAID = ((400.0, 10.0, 500.0, 60.0), "restricted", "ticket")
HOMES = people((50, 0, 10), (480, 0, 20), (530, 0, 30), (950, 0, 40))


def computed(*placed, **options: float):
    return public_space(
        street(1000), spaces(*placed), HOMES, SQUARE_KM, border="urban_centre", **options
    )


def ends(found: Interval) -> tuple[float, float]:
    return found.low, found.high


def test_shares_by_hand() -> None:
    found = computed(OPEN, UNSURE, PAID)
    # A street of 1,000 m and 10 m wide; 1 ha proven, half a hectare more possible; of 100 ha.
    assert ends(found.components["street_land_m2"]) == pytest.approx((10_000, 10_000))
    assert ends(found.components["open_public_space_m2"]) == pytest.approx((10_000, 15_000))
    assert found.values["open_public_space_share_pct"].low == pytest.approx(1.0)
    assert found.values["open_public_space_share_pct"].high == pytest.approx(1.5)
    assert found.values["public_space_share_pct"].high == pytest.approx(2.5)
    counts = [found.components[f"spaces_{name}"] for name in ("open", "closed", "unknown")]
    assert counts == [1, 1, 1]


def test_access_is_on_the_network_and_counts_once() -> None:
    # From the boundary's points 10 m beside the street, with that way: 390 m remain along it.
    found = computed(OPEN, UNSURE)
    assert found.values["people_near_open_space_pct"] == Interval(30, 100)
    assert computed(PAID).values["people_near_open_space_pct"] == Interval(0, 0)
    assert computed(OPEN, access_m=300.0).values["people_near_open_space_pct"] == Interval(10, 10)


def test_overlapping_spaces_are_dissolved_and_cut_at_the_border() -> None:
    outside = ((-500.0, 10.0, 100.0, 110.0), "free", "no fence")
    found = computed(OPEN, OPEN, outside)
    assert ends(found.components["open_public_space_m2"]) == pytest.approx((10_000, 10_000))


def test_streets_inside_open_space_are_not_counted_twice() -> None:
    over = ((0.0, -50.0, 500.0, 50.0), "free", "no fence")
    found = computed(over)
    assert found.components["street_land_m2"].high == pytest.approx(5_000)
    assert found.values["public_space_share_pct"].high == pytest.approx(5.5)


def test_who_lives_inside_an_open_space_is_near_it() -> None:
    found = public_space(
        street(), spaces(OPEN), people((50, 60, 7)), SQUARE_KM, border="urban_centre"
    )
    assert found.values["people_near_open_space_pct"] == Interval(100, 100)


NARROW = (0.0, -2.0, 1000.0, 2.0)
"""Lies within the 10 m of the street."""


@pytest.mark.parametrize(("access", "evidence"), [("unknown", ""), ("free", "no fence")])
def test_land_counts_once_however_narrow_the_space_on_it(access: str, evidence: str) -> None:
    found = computed((NARROW, access, evidence))
    assert found.values["public_space_share_pct"].low == pytest.approx(1.0)
    assert found.values["public_space_share_pct"].high == pytest.approx(1.0)
    streets = found.components["street_land_m2"]
    assert streets.low == pytest.approx(6_000)
    assert streets.high == pytest.approx(6_000 if evidence else 10_000)


def test_both_ends_of_all_public_land_are_whole_cases() -> None:
    # Streets without a width: 0 of 4,000 m2 at least; a space that nobody knows: 0 of 5,000.
    nodes, edges = frames([(0, 0), (500, 0), (1000, 0)], [(0, 1), (1, 2)])
    edges["highway"] = ["residential", "residential", "corridor", "corridor"]
    net = network_from_frames(nodes, edges, mode="walk")
    over = ((950.0, -50.0, 1000.0, 50.0), "unknown", "")
    found = public_space(net, spaces(over), None, SQUARE_KM, border="urban_centre")
    assert found.values["public_space_share_pct"].low == pytest.approx(0.5)
    assert found.values["public_space_share_pct"].high == pytest.approx(0.5 + 0.36 + 0.5)


def test_a_spike_without_area_hides_no_gate() -> None:
    square = [(100, -30), (200, -30), (200, 30), (100, 30)]
    spike = [*square[:3], (230, 45), *square[2:]]
    alone = [(600, 60), (640, 80), (600, 60)]  # no area at all

    def near(*shapes: list[tuple[float, float]]) -> Interval:
        outlines = [shapely.Polygon(np.add(one, AT)) for one in shapes]
        drawn = gpd.GeoDataFrame(
            {"public_access": "free", "evidence": "no fence"},
            geometry=outlines,
            index=range(len(shapes)),
            crs=32645,
        )
        home = people((595, 0, 100))
        found = public_space(street(1000), drawn, home, SQUARE_KM, border="urban_centre")
        return found.values["people_near_open_space_pct"]

    assert near(square) == near(spike) == near(square, alone) == Interval(100, 100)


sides = st.floats(0, 900).map(lambda value: round(value, 1))
boxes = st.tuples(sides, sides, st.floats(1, 300), st.floats(1, 300)).map(
    lambda box: (box[0], box[1] - 450, box[0] + box[2], box[1] - 450 + box[3])
)
kinds = st.sampled_from([("free", "no fence"), ("unknown", ""), ("closed", "")])


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(boxes, kinds), max_size=4), boxes)
def test_more_open_space_is_never_less_public_land(given_spaces, more) -> None:
    nodes, edges = frames([(0, 0), (500, 0), (500, 400), (1000, 0)], [(0, 1), (1, 2), (1, 3)])
    edges["highway"] = ["primary", "primary", "footway", "footway", "corridor", "corridor"]
    net = network_from_frames(nodes, edges, mode="walk")

    def share(*chosen) -> Interval:
        found = public_space(net, spaces(*chosen), None, SQUARE_KM, border="urban_centre")
        return found.values["public_space_share_pct"]

    before = [(box, *kind) for box, kind in given_spaces]
    less, greater = share(*before), share(*before, (more, "free", "no fence"))
    assert less.low <= greater.low + 1e-9
    assert less.high <= greater.high + 1e-9
    assert share(*before, (more, "unknown", "")).high == pytest.approx(greater.high)


def test_streets_for_cars_alone_are_land_of_streets_too() -> None:
    _, edges = frames([(0, 0), (1000, 0), (0, 300), (1000, 300)], [(0, 1), (2, 3)])
    edges["highway"] = ["residential", "residential", "trunk", "trunk"]
    found = public_space(
        street(1000), spaces(OPEN), None, SQUARE_KM, border="urban_centre", drive=edges
    )
    # The street that both networks hold counts once: 10 m of it and 20 m of the bypass.
    assert found.components["street_land_m2"].low == pytest.approx(30_000)
    assert "for cars" in found.assumptions["street_land"]
    assert "on foot alone" in computed(OPEN).assumptions["street_land"]


def test_streets_outside_the_border_are_not_counted() -> None:
    found = public_space(street(3000), spaces(OPEN), None, SQUARE_KM, border="urban_centre")
    assert found.components["street_land_m2"].high == pytest.approx(10_000)


BOW = [(0, 0), (100, 100), (100, 0), (0, 100)]


def test_an_outline_that_crosses_itself_is_repaired_and_told() -> None:
    given_spaces = spaces(OPEN)
    given_spaces.geometry = [shapely.transform(shapely.Polygon(BOW), lambda xy: xy + AT)]
    found = public_space(street(1000), given_spaces, HOMES, SQUARE_KM, border="urban_centre")
    assert found.components["open_public_space_m2"].low == pytest.approx(5_000)
    told = [value for name, value in found.assumptions.items() if name.startswith("outlines_")]
    assert told == pytest.approx([1, 0, 5_000])
    assert "outlines_repaired" not in computed(OPEN).assumptions


@pytest.mark.parametrize("city", [shapely.Polygon(), shapely.Polygon(BOW)])
def test_a_border_of_no_ground_is_refused(city: shapely.Polygon) -> None:
    with pytest.raises(BorderShapeError, match=r"the border (has no area|crosses itself)"):
        public_space(street(), spaces(OPEN), None, city, border="urban_centre")
    with pytest.raises(BorderShapeError, match=r"the border (has no area|crosses itself)"):
        public_transport(street(), stops((0, 0, "bus")), HOMES, city, border="urban_centre")
    with pytest.raises(BorderShapeError, match=r"the border (has no area|crosses itself)"):
        built_up(spaces(OPEN), None, city, border="urban_centre")


@pytest.mark.parametrize(
    ("park_type", "access", "evidence", "state"),
    [
        ("industrial", "unknown", "", "closed"),
        ("innovation", "unknown", "", "closed"),
        ("medical", "free", "", "closed"),
        ("medical", "free", "an open garden, photograph of 2025", "open"),
        ("research_education", "unknown", "", "unknown"),
        ("historical_cultural", "free", "", "unknown"),
        ("historical_cultural", "free", "no fence", "open"),
        ("sport", "restricted", "by schedule", "closed"),
        ("sport", "unknown", "  ", "unknown"),
        (None, "unknown", "", "unknown"),
    ],
)
def test_a_park_is_no_open_space_unless_evidence_says_so(
    park_type: str | None, access: str, evidence: str, state: str
) -> None:
    found = openness(pd.Series([access]), pd.Series([evidence]), pd.Series([park_type]))
    assert found.tolist() == [state]


def test_what_cannot_be_computed_is_refused() -> None:
    with pytest.raises(IndicatorError, match="`park_type` is `zoo`"):
        openness(pd.Series(["free"]), pd.Series([np.nan]), pd.Series(["zoo"]))
    with pytest.raises(NobodyError, match="nobody lives inside"):
        public_space(street(), spaces(), people((0, 9000, 1)), SQUARE_KM, border="urban_centre")
