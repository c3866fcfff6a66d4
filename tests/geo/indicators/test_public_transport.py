import geopandas as gpd
import numpy as np
import pytest
import shapely

from geo.errors import IndicatorError, PopulationError
from geo.indicators import public_transport, stop_places
from geo.indicators.estimate import Interval
from tests.geo.network.town import AT, network, points, street

CITY = shapely.box(AT[0] - 5000, AT[1] - 5000, AT[0] + 5000, AT[1] + 5000)


def people(*at: tuple[float, float, float]) -> gpd.GeoDataFrame:
    number = [float(one[2]) for one in at]
    place = points([one[:2] for one in at])
    return gpd.GeoDataFrame({"people": number, "women": np.array(number) / 2}, geometry=place)


def stops(*at: tuple[float, float, str]) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(
        {"mode": [one[2] for one in at], "name_ru": [f"s{i}" for i in range(len(at))]},
        geometry=points([one[:2] for one in at]),
    )


def share(*given: object, **options: object) -> tuple[float, float]:
    found = public_transport(*given, CITY, border="urban_centre", **options)
    interval = found.values["people_share_pct"]
    return interval.low, interval.high


HOMES = people((100, 0, 10), (500, 0, 20), (501, 0, 30), (1000, 0, 40))


@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        ("bus", (30, 30)),
        ("tram", (30, 30)),
        ("train", (100, 100)),
        ("ferry", (100, 100)),
        ("funicular", (30, 100)),
    ],
)
def test_the_distance_is_that_of_the_mode(mode: str, expected: tuple[float, float]) -> None:
    assert share(street(3000), stops((0, 0, mode)), HOMES) == pytest.approx(expected)


def test_overlapping_service_areas_count_people_once() -> None:
    two = stops((0, 0, "bus"), (100, 0, "bus"), (900, 0, "train"))
    found = public_transport(street(3000), two, HOMES, CITY, border="urban_centre")
    assert found.components["people_served"] == Interval(100, 100)
    assert found.components["stop_points_low"] == 2


def test_the_river_is_not_crossed() -> None:
    net = network([(0, 0), (2000, 0), (0, 100), (2000, 100)], [(0, 1), (2, 3), (1, 3)])
    assert share(net, stops((0, 0, "bus")), people((0, 100, 5), (0, 0, 5))) == (50, 50)


def test_groups_people_outside_and_far_from_streets() -> None:
    homes = people((0, 0, 10), (0, 9000, 1000), (0, 3000, 30))
    found = public_transport(
        street(), stops((0, 0, "bus")), homes, CITY, border="agglomeration", groups=["women"]
    )
    assert found.components["people_total"] == 40
    assert found.values["women_share_pct"] == Interval(25, 25)
    assert "frequency of service (no timetable)" in found.not_computed


@pytest.mark.parametrize(
    ("women", "reason"),
    [
        ([6.0, -1.0], "missing, negative or more than `people` .* first in row 2"),
        ([6.0, np.nan], "first in row 2"),
        ([11.0, 0.0], "first in row 1"),
        (["6", "0"], "holds no numbers"),
    ],
)
def test_a_group_is_a_part_of_the_people(women: list[object], reason: str) -> None:
    homes = people((0, 0, 10), (0, 30, 5)).assign(women=women)
    with pytest.raises(PopulationError, match=reason):
        share(street(), stops(), homes, groups=["women"])


def test_no_stops_is_nobody() -> None:
    assert share(street(), stops(), HOMES) == (0, 0)


def test_platforms_of_a_stop_are_one_stop() -> None:
    platforms = stops((0, 0, "bus"), (30, 0, "bus"), (900, 0, "bus"), (10, 0, "tram"))
    platforms["name_ru"] = "Площадь"
    assert stop_places(platforms) == 3


def test_what_cannot_be_computed_is_refused() -> None:
    drive = network([(0, 0), (9, 0)], [(0, 1)], mode="drive")
    with pytest.raises(IndicatorError, match="walked"):
        share(drive, stops(), HOMES)
    with pytest.raises(IndicatorError, match="nobody lives inside"):
        share(street(), stops(), people((0, 9000, 5)))
    with pytest.raises(IndicatorError, match="no column `men`"):
        share(street(), stops(), HOMES, groups=["men"])
    with pytest.raises(PopulationError, match="first in row 1"):
        share(street(), stops(), people((0, 0, -1)))
    with pytest.raises(IndicatorError, match="allowed: urban_centre"):
        public_transport(street(), stops(), HOMES, CITY, border="Tomsk")


@pytest.mark.parametrize(("apart", "places"), [(140, 1), (160, 2)])
def test_platforms_are_of_one_stop_up_to_150_m(apart: float, places: int) -> None:
    platforms = stops((0, 0, "bus"), (apart, 0, "bus"))
    platforms["name_ru"] = "Площадь"
    assert stop_places(platforms) == places


def test_the_way_is_that_to_the_stop_not_from_it() -> None:
    # One way east, and back on a detour of 3,000 m.
    net = network([(0, 0), (400, 0), (400, 1300), (0, 1300)], [(0, 1), (1, 2), (2, 3), (3, 0)],
                  twoway=False)  # fmt: skip
    assert share(net, stops((400, 0, "bus")), people((0, 0, 10), (400, 0, 10))) == (100, 100)
    assert share(net, stops((0, 0, "bus")), people((0, 0, 10), (400, 0, 10))) == (50, 50)


@pytest.mark.parametrize("name", [None, np.nan, "", "  "])
def test_platforms_without_a_name_are_stops_of_their_own(name: object) -> None:
    platforms = stops((0, 0, "bus"), (100, 0, "bus"), (200, 0, "bus"))
    platforms["name_ru"] = [name] * 3
    assert stop_places(platforms) == 3
