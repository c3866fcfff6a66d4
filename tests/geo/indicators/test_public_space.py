import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from geo.errors import IndicatorError
from geo.indicators import openness, public_space, street_land
from geo.indicators.estimate import Interval
from tests.geo.indicators.test_public_transport import people
from tests.geo.network.town import AT, frames, network_from_frames, street

SQUARE_KM = shapely.box(AT[0], AT[1] - 500, AT[0] + 1000, AT[1] + 500)


def spaces(*given: tuple[tuple[float, float, float, float], str, str]) -> gpd.GeoDataFrame:
    shapes = [shapely.transform(shapely.box(*box), lambda xy: xy + AT) for box, _, _ in given]
    return gpd.GeoDataFrame(
        {"public_access": [one[1] for one in given], "evidence": [one[2] for one in given]},
        geometry=shapes,
        crs=32645,
    )


OPEN = ((0.0, 10.0, 100.0, 110.0), "free", "no fence")
UNSURE = ((900.0, 10.0, 1000.0, 60.0), "unknown", "")
PAID = ((400.0, 10.0, 500.0, 60.0), "restricted", "ticket")
HOMES = people((50, 0, 10), (480, 0, 20), (530, 0, 30), (950, 0, 40))


def computed(*given, **options: float):
    return public_space(
        street(1000), spaces(*given), HOMES, SQUARE_KM, border="urban_centre", **options
    )


def test_shares_by_hand() -> None:
    found = computed(OPEN, UNSURE, PAID)
    # A street of 1,000 m and 10 m wide; 1 ha proven, half a hectare more possible; of 100 ha.
    assert found.components["street_land_m2"] == Interval(10_000, 10_000)
    assert found.components["open_public_space_m2"] == Interval(10_000, 15_000)
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
    assert found.components["open_public_space_m2"] == Interval(10_000, 10_000)


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


def test_a_class_without_width_gives_bounds() -> None:
    nodes, edges = frames([(0, 0), (1000, 0)], [(0, 1)])
    edges["highway"] = "corridor"
    net = network_from_frames(nodes, edges, mode="walk")
    assert street_land(net, SQUARE_KM, without=shapely.Point()) == pytest.approx((0, 8_000))
    edges["highway"] = "primary_link"
    net = network_from_frames(nodes, edges, mode="walk")
    assert street_land(net, SQUARE_KM, without=shapely.Point()) == pytest.approx((14_000, 14_000))


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
    with pytest.raises(IndicatorError, match="nobody lives inside"):
        public_space(street(), spaces(), people((0, 9000, 1)), SQUARE_KM, border="urban_centre")
