import geopandas as gpd
import pytest
import shapely

from geo.crs import to_metres
from geo.errors import IndicatorError
from geo.indicators import Assessment, assess, public_space, public_transport
from geo.indicators.built_up import built_up
from geo.indicators.ground import BESIDE_M, spaces_ground, stops_ground
from geo.network import network_from_snapshot
from geo.snapshot import BORDERS, Snapshot
from tests.geo.indicators.test_public_space import SQUARE_KM, spaces
from tests.geo.indicators.test_public_transport import people, stops
from tests.geo.indicators.town import hamlet, town
from tests.geo.network.town import AT, street


def assessed(snapshot: Snapshot) -> Assessment:
    found = assess(snapshot)
    assert found is not None
    return found


def codes(found: Assessment) -> list[str]:
    """Return why things are not computed, borders that are not there left out."""
    return [gap.code for gap in found.gaps if gap.code != "no_border"]


@pytest.fixture(scope="module")
def whole() -> Assessment:
    return assessed(town())


def test_it_says_what_the_indicators_alone_say(whole: Assessment) -> None:
    snapshot = town()
    walk = network_from_snapshot(snapshot, "walk")
    cities = to_metres(snapshot.layer("boundaries")).set_index("border").geometry
    homes = snapshot.layer("population")
    for one, border in zip(whole.of("11.2.1"), BORDERS, strict=True):
        alone = public_transport(
            walk, snapshot.layer("stops"), homes, cities[border], border=border,
            groups=("women", "aged_0_14", "aged_65_over"),
        )  # fmt: skip
        assert one == alone
    for one, border in zip(whole.of("11.7.1"), BORDERS, strict=True):
        space = snapshot.layer("open_space")
        assert one == public_space(
            walk, space, homes, cities[border], border=border, drive=snapshot.layer("drive_edges")
        )
    assert (whole.counted, whole.gaps, whole.main_border) == ("people", (), "urban_centre")


def test_sensitivity_changes_one_choice_at_a_time(whole: Assessment) -> None:
    table = whole.sensitivities["administrative_city", "people_share_pct"]
    interval = whole.of("11.2.1")[1].values["people_share_pct"]
    assert set(table["base"]) == {interval.low}
    assert table.loc["bound", "high"] == interval.high
    assert table.loc["low_m", ["low_at", "high_at"]].tolist() == ["400.0", "600.0"]
    assert table.loc["border", "variants"] == ("urban_centre", "agglomeration")
    assert table["spread"].is_monotonic_decreasing
    snapshot, city = town(), whole.borders["administrative_city"].shape
    shorter = public_transport(
        network_from_snapshot(snapshot, "walk"), snapshot.layer("stops"),
        snapshot.layer("population"), city, border="administrative_city", low_m=400.0,
    )  # fmt: skip
    assert table.loc["low_m", "low"] == shorter.values["people_share_pct"].low
    faster = whole.variants.estimate("11.2.1", "administrative_city", walk_kmh=5.0)
    assert faster.assumptions["low_capacity_m"] == pytest.approx(500 * 5 / 4.5)
    assert set(whole.sensitivities["urban_centre", "public_space_share_pct"].index) == {
        "bound", "width_factor", "border",
    }  # fmt: skip


def test_paths_without_a_name_are_a_choice_where_there_are_some() -> None:
    edges = town().layer("walk_edges").copy()
    # Both directions of a street have one line, so its length tells them from other streets.
    some = edges.to_crs(32645).length.round(3).astype(str).str.endswith(("1", "3", "5", "7"))
    edges.loc[some, ["highway", "name"]] = ["path", ""]
    found = assessed(hamlet(walk_edges=edges))
    table = found.sensitivities["urban_centre", "people_near_open_space_pct"]
    assert table.loc["paths", "variants"] == ("named",)
    assert table.loc["paths", "low"] < table.loc["paths", "base"]


def test_without_people_buildings_are_counted_and_called_so() -> None:
    found = assessed(hamlet("population"))
    assert found.counted == "buildings"
    assert codes(found) == ["no_people"]
    values = found.of("11.2.1")[0].values
    assert list(values) == ["buildings_share_pct"]
    assert found.of("11.2.1")[0].components["buildings_total"] == 938
    assert "people_near_open_space_pct" not in found.of("11.7.1")[0].values
    assert "built_m2_per_person" not in found.of("11.3.1")[0].values


def test_without_people_and_buildings_only_land_has_a_share() -> None:
    found = assessed(hamlet("population", "buildings"))
    assert {one.indicator for one in found.estimates} == {"11.7.1"}
    assert list(found.of("11.7.1")[0].values) == [
        "public_space_share_pct",
        "open_public_space_share_pct",
    ]
    assert ("no_layer", "buildings", "11.3.1") in [
        (gap.code, gap.what, gap.indicator) for gap in found.gaps
    ]


@pytest.mark.parametrize(
    ("missing", "lost"),
    [
        ("stops", {"11.2.1"}),
        ("open_space", {"11.7.1"}),
        ("walk_edges", {"11.2.1", "11.7.1"}),
        ("boundaries", {"11.2.1", "11.7.1", "11.3.1"}),
    ],
)
def test_what_is_missing_stops_nothing_else(missing: str, lost: set[str]) -> None:
    found = assessed(hamlet(missing))
    assert {one.indicator for one in found.estimates} == {"11.2.1", "11.7.1", "11.3.1"} - lost
    assert found.gaps


def test_faulty_people_and_streets_are_named_once() -> None:
    homes = town().layer("population").assign(people=-1.0)
    found = assessed(hamlet(population=homes))
    assert (codes(found), found.counted) == (["faulty_people"], "buildings")
    edges = town().layer("walk_edges").assign(highway="")
    found = assessed(hamlet(walk_edges=edges))
    assert codes(found) == ["faulty_streets"]
    assert {one.indicator for one in found.estimates} == {"11.3.1"}


def test_nobody_inside_a_border_is_said() -> None:
    homes = town().layer("population")
    far = homes.assign(people=[0.0] * len(homes))
    found = assessed(hamlet(population=far))
    assert set(codes(found)) == {"nobody"}
    assert {one.indicator for one in found.estimates} == {"11.3.1"}


def crossing(layer: str) -> gpd.GeoDataFrame:
    """Return a layer of the town whose first outline crosses itself."""
    frame = town().layer(layer).copy()
    x, y = frame.geometry.iloc[0].centroid.coords[0]
    tie = shapely.Polygon([(x, y), (x + 0.002, y + 0.002), (x + 0.002, y), (x, y + 0.002)])
    frame.loc[frame.index[0], "geometry"] = tie
    return frame


def test_outlines_that_cross_themselves_stop_nothing_else() -> None:
    found = assessed(hamlet(open_space=crossing("open_space"), buildings=crossing("buildings")))
    assert codes(found) == []
    assert found.of("11.7.1")[0].assumptions["outlines_repaired"] == 1
    spoilt = crossing("boundaries")
    border = spoilt["border"].iloc[0]
    found = assessed(town(boundaries=spoilt))
    assert codes(found) == ["faulty_border"]
    assert {one.border for one in found.estimates} == set(BORDERS) - {border}


def test_what_breaks_a_definition_is_not_told_as_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise IndicatorError("no")

    monkeypatch.setattr("geo.indicators.variants.public_space", refuse)
    assert codes(assessed(hamlet("stops", "buildings"))) == [
        "no_layer", "no_layer", "not_computable",
    ]  # fmt: skip


def test_streets_are_narrower_and_wider_by_a_fifth(whole: Assessment) -> None:
    table = whole.sensitivities["urban_centre", "public_space_share_pct"]
    assert table.loc["width_factor", "variants"] == ("0.8", "1.2")


def test_faster_walkers_reach_open_space_from_farther(whole: Assessment) -> None:
    faster = whole.variants.estimate("11.7.1", "urban_centre", walk_kmh=5.0)
    assert faster.assumptions["access_m"] == pytest.approx(400 * 5 / 4.5)
    near = "people_near_open_space_pct"
    assert faster.values[near].low > whole.of("11.7.1")[0].values[near].low


def test_a_building_that_crosses_itself_counts_its_ground() -> None:
    box = spaces(((0.0, 0.0, 100.0, 100.0), "", ""))
    tie = shapely.Polygon([(0, 0), (100, 100), (100, 0), (0, 100)])
    box.geometry = [shapely.transform(tie, lambda xy: xy + AT)]
    found = built_up(box, None, SQUARE_KM, border="agglomeration")
    assert found.components["built_m2"] == pytest.approx(5_000)


def test_a_column_with_a_gap_is_no_group() -> None:
    homes = town().layer("population").copy()
    homes["women"] = homes["women"].astype(float)
    homes.loc[0, "women"] = float("nan")
    found = assessed(hamlet(population=homes))
    assert "women_share_pct" not in found.of("11.2.1")[0].values


def test_it_tells_how_far_it_is_and_can_be_ended() -> None:
    told: list[float] = []
    assert assess(hamlet(), progress=told.append, cancelled=lambda: len(told) > 2) is None
    assert told == sorted(told)
    assert max(told) <= 1


def test_buildings_count_once_and_only_inside() -> None:
    box = [((0.0, 0.0, 100.0, 100.0), "", ""), ((50.0, 0.0, 150.0, 100.0), "", "")]
    outside = [((-50.0, 200.0, 50.0, 300.0), "", "")]
    found = built_up(spaces(*box, *outside), people((10, 10, 4)), SQUARE_KM, border="agglomeration")
    assert found.components["built_m2"] == pytest.approx(20_000)
    assert found.values["built_share_pct"].low == pytest.approx(2.0)
    assert found.values["built_m2_per_person"].high == pytest.approx(5_000)


def test_the_ground_within_reach_ends_where_the_way_does() -> None:
    net = street(3000)
    reach = stops_ground(net, stops((0, 0, "bus"), (3000, 0, "funicular")))
    west, _, east, _ = reach["low"].bounds
    assert (west - AT[0], east - AT[0]) == pytest.approx((-BESIDE_M, 3000 + BESIDE_M))
    assert not shapely.covers(reach["low"], shapely.Point(AT[0] + 2100, AT[1]))
    assert shapely.covers(reach["high"], shapely.Point(AT[0] + 2100, AT[1]))
    square = ((0.0, 10.0, 100.0, 110.0), "free", "no fence")
    near = spaces_ground(net, spaces(square))
    assert near["low"].bounds[2] - AT[0] == pytest.approx(100 + 390 + BESIDE_M, abs=0.5)
    assert near["low"].equals(near["high"])
