import math
from dataclasses import replace
from datetime import timedelta
from typing import Any

import geopandas as gpd
import pytest
import shapely
from shapely.geometry import Point

from geo.crs import DEGREES, to_metres
from geo.errors import TracingError
from geo.fetch.refusals import refuse
from geo.outlines import stored
from geo.tracing import Match, propose
from geo.tracing.reasons import LEFT_OUT
from geo.tracing.scores import MOST_PROPOSALS
from tests.geo.tracing.ground import ASKED, AT, answered, element, park, ring, selector, square


def sites(**fields: Any) -> gpd.GeoDataFrame:
    values = {"geometry_method": "point", "position_accuracy_m": 300.0, "area_ha": math.nan}
    place = fields.pop("geometry", Point(AT))
    return gpd.GeoDataFrame([values | fields], geometry=[place], index=["north"], crs=DEGREES)


BOW_TIE = shapely.Polygon(ring((0, 0), (100, 100), (100, 0), (0, 80)))


def crossing_relation() -> dict[str, Any]:
    member = element(0, BOW_TIE) | {"ref": 1, "role": "outer"}
    tags = {"type": "multipolygon", "leisure": "park", "name": "Сад"}
    return {"type": "relation", "id": 9, "members": [member], "tags": tags}


def found(*elements: dict[str, Any], choice: Any = None, **site: Any) -> Match:
    chosen = {"north": choice or selector()}
    (match,) = propose(sites(**site), chosen, lambda *_: answered(elements))
    return match


def test_measures_of_a_square_of_100_m_that_begins_50_m_east() -> None:
    (one,) = found(park(7, square(50, -50, 100)), area_ha=2.0).proposals
    assert (one.object, one.name, one.url) == (
        "way/7", "Сад", "https://www.openstreetmap.org/way/7",
    )  # fmt: skip
    assert one.area_ha == pytest.approx(1, rel=1e-3)
    assert one.distance_m == pytest.approx(50, abs=0.2)
    assert one.area_ratio == pytest.approx(0.5, rel=1e-3)
    assert one.overlap is None
    # name 3 x 1, place 2 x (1 - 50/600), area 2 x 0.5, of 7 points
    assert one.score == pytest.approx((3 + 2 * (1 - 50 / 600) + 1) / 7, abs=1e-3)


def test_overlap_is_the_share_of_todays_outline() -> None:
    match = found(park(7, square(0, 0, 100)), geometry=square(50, 0, 100))
    (one,) = match.proposals
    assert one.overlap == pytest.approx(0.5, abs=1e-3)
    assert one.distance_m == pytest.approx(0, abs=0.2)
    assert one.area_ratio is None
    assert one.score == pytest.approx((3 + 2 + 2 * 0.5) / 7, abs=1e-3)


def test_an_area_without_a_name_is_proposed_below_the_named_one() -> None:
    match = found(park(1, square(0, 0, 100), name=""), park(2, square(0, 0, 100)))
    assert [one.object for one in match.proposals] == ["way/2", "way/1"]
    assert match.proposals[1].name_likeness is None


def test_a_relation_is_proposed_without_its_hole() -> None:
    def member(role: str, outline: shapely.Polygon) -> dict[str, Any]:
        places = element(0, outline)["geometry"]
        return {"type": "way", "ref": 1, "role": role, "geometry": places}

    members = [member("outer", square(0, 0, 100)), member("inner", square(40, 40, 50))]
    tags = {"type": "multipolygon", "leisure": "park", "name": "Сад"}
    (one,) = found({"type": "relation", "id": 9, "members": members, "tags": tags}).proposals
    assert one.object == "relation/9"
    assert one.area_ha == pytest.approx(0.75, rel=1e-3)
    assert len(one.geometry.interiors) == 1


def test_a_way_that_crosses_itself_is_repaired_and_the_change_is_told() -> None:
    match = found(park(1, BOW_TIE), park(2, square(0, 0, 100)))
    crossing, whole = match.proposals
    assert (whole.object, whole.repaired_ha) == ("way/2", None)
    assert match.left_out == {}
    assert crossing.geometry.is_valid
    # Two triangles over the sides of 80 and 100 m, whose tips share the width of 100 m.
    left, right = 80 * (100 * 80 / 180) / 2, 100 * (100 * 100 / 180) / 2
    assert crossing.area_ha == pytest.approx((left + right) / 1e4, rel=1e-3)
    # Before, the smaller one counted against the larger.
    assert crossing.repaired_ha == pytest.approx(2 * left / 1e4, rel=2e-3)


def test_more_ways_to_repair_than_anybody_has_are_left_out() -> None:
    match = found(*(park(i, BOW_TIE) for i in range(1, 61)))
    assert match.left_out == {"broken": 10, "more": 50 - MOST_PROPOSALS}


def test_a_repair_that_takes_too_long_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("geo.tracing.mending.REPAIR_TOTAL_SECONDS", 0.0)
    assert found(park(1, BOW_TIE)).left_out == {"broken": 1}


def test_a_state_of_a_day_to_come_is_that_of_the_asking() -> None:
    ahead = replace(answered([park(1, square(0, 0, 100))]), timestamp=ASKED + timedelta(days=400))
    (match,) = propose(sites(), {"north": selector()}, lambda *_: ahead)
    assert match.state == ASKED.date().isoformat()


def test_too_large_costs_as_much_as_too_small() -> None:
    scores = [
        found(park(1, square(-side / 2, -side / 2, side)), area_ha=1.0).proposals[0].score
        for side in (100.0 / math.sqrt(2), 100.0, 100.0 * math.sqrt(2))
    ]
    # name 3 + place 2 + area 2 x 0.5, of 7 points; and all of them
    assert scores == pytest.approx([6 / 7, 1, 6 / 7], abs=2e-3)


def test_names_count_only_where_they_are_sought() -> None:
    (one,) = found(park(1, square(-50, -50, 100)), choice=selector(names=())).proposals
    assert one.score == 1


@pytest.mark.parametrize(
    ("outline", "reason"),
    [
        (park(1, square(700, 0, 100)), "too_far"),
        (park(1, square(0, 0, 10)), "too_small"),
        (park(1, square(-4000, -4000, 8000)), "too_large"),
        (park(1, shapely.box(0, 0, 170, 80)), "too_large"),
        (park(1, shapely.box(10, 56.5, 10.01, 56.51)), "outside_box"),
        (park(1, shapely.box(120, 56.5, 120.01, 56.51)), "outside_box"),
        (park(1, shapely.box(85, -10, 85.01, -9.99)), "outside_box"),
        (park(1, shapely.box(85, 80, 85.01, 80.01)), "outside_box"),
        (park(1, square(0, 0, 100), name="Рынок"), "other_name"),
        (park(5, square(0, 0, 100)), "refused"),
        (park(-1, square(0, 0, 100)), "broken"),
        (crossing_relation(), "broken"),
        (park(1, shapely.Polygon([(85, 56.5), (85.00000001, 56.5), (85, 56.50000001)])), "broken"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_the_site_is_counted_with_its_reason(
    outline: dict[str, Any], reason: str
) -> None:
    match = found(outline, choice=selector(refused=("way/5",)))
    assert match.proposals == ()
    assert match.left_out == {reason: 1}
    assert match.why == f"1 area(s) found, none fits: 1 {LEFT_OUT[reason]}"


def test_a_hostile_answer_costs_little_and_is_accounted_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("geo.tracing.sifting.MOST_VERTICES", 100)
    many = [park(i, square(i / 100, 0, 100)) for i in range(1, 501)]
    corners = ring(*((100 * math.sin(i / 32), 100 * math.cos(i / 32)) for i in range(200)))
    detailed = park(3_000, shapely.Polygon(corners))
    nothing = [{"type": "way", "id": 4_000, "geometry": [], "tags": {"leisure": "park"}}]
    match = found(*many, detailed, *nothing, element(5_000, square(0, 0, 9), shop="x"))
    assert len(match.proposals) == MOST_PROPOSALS
    assert match.left_out == {"more": 500 - MOST_PROPOSALS, "too_detailed": 1, "broken": 1}


def test_outlines_are_valid_and_as_they_will_be_stored() -> None:
    # Rounding to six decimals pulls the neck of this shape together: it is repaired.
    neck = [(85.0, 56.5), (85.002, 56.5), (85.002, 56.501), (85.001, 56.5000002), (85.0, 56.501)]
    assert not stored(shapely.Polygon(neck)).is_valid
    (one,) = found(park(1, shapely.Polygon(neck))).proposals
    assert one.geometry.is_valid
    assert one.geometry.equals_exact(stored(one.geometry), 0)
    assert to_metres(gpd.GeoSeries([one.geometry], crs=DEGREES)).is_valid.all()


def test_why_a_site_has_nothing() -> None:
    def no_source(*_: str) -> Any:
        raise refuse("unreachable", host="overpass.example")

    def why(**values: Any) -> str:
        given = {"sites": sites(), "selectors": {"north": selector()}, "ask": no_source} | values
        (match,) = propose(given["sites"], given["selectors"], given["ask"])
        return match.why

    assert "overpass.example cannot be reached" in why()
    assert why(ask=lambda *_: answered([])).startswith("OpenStreetMap has no area")
    assert why(selectors={}) == "the selectors have no row for this site"
    unselectable = selector(tags=(), box=None, note_en="ten plots")
    assert why(selectors={"north": unselectable}).endswith("ten plots")
    assert "nobody knows where it is" in why(sites=sites(geometry=None))
    assert "already has a true outline" in why(sites=sites(geometry_method="traced"))


def test_a_site_that_is_named_is_asked_for_even_if_traced() -> None:
    traced = sites(geometry_method="traced", geometry=square(0, 0, 100))
    garden = answered([park(1, square(0, 0, 90))])
    (match,) = propose(traced, {"north": selector()}, lambda *_: garden, only=["north"])
    assert match.proposals
    with pytest.raises(TracingError, match="`nowhere`"):
        list(propose(traced, {}, lambda *_: garden, only=["nowhere"]))
