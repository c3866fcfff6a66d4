import math

import numpy as np
import pytest

from geo.errors import NetworkError
from geo.network import Speeds, network_from_frames
from geo.network.speeds import DRIVE_KMH, WALK_M_S, WALK_M_S_FAST, limit_kmh
from tests.geo.network.town import frames


def test_walking_speeds_are_those_of_the_specification() -> None:
    assert pytest.approx(4.5) == WALK_M_S * 3.6
    assert pytest.approx(5.0) == WALK_M_S_FAST * 3.6


@pytest.mark.parametrize(
    ("stated", "kmh"),
    [
        ("60", 60),
        ("60 km/h", 60),
        ("30 mph", 48.28032),
        ("RU:urban", 60),
        (["60", "40"], 40),
        (40, 40),
    ],
)
def test_limits_as_people_write_them(stated: object, kmh: float) -> None:
    assert limit_kmh(stated) == pytest.approx(kmh)


@pytest.mark.parametrize(
    "stated", [None, "", "signals", "0", -5, [], "60;80", float("nan"), "5000", 5000]
)
def test_what_is_no_limit(stated: object) -> None:
    assert math.isnan(limit_kmh(stated))


@pytest.mark.parametrize(
    ("highway", "limit", "seconds"),
    [
        ("residential", np.nan, 9.0),
        ("residential", 20.0, 18.0),
        ("primary_link", np.nan, 6.0),
        ("motorway_link", np.nan, 6.0),
    ],
)
def test_driving_100_m(highway: str, limit: float, seconds: float) -> None:
    nodes, edges = frames([(0, 0), (100, 0)], [(0, 1)])
    edges["highway"], edges["maxspeed_kmh"] = highway, limit
    assert network_from_frames(nodes, edges, mode="drive").forward == pytest.approx([seconds])


def test_an_edge_without_any_speed_is_named() -> None:
    nodes, edges = frames([(0, 0), (100, 0)], [(0, 1)])
    edges["highway"] = "corridor"
    with pytest.raises(NetworkError, match=r"2 edge.*`corridor` \(2\)"):
        network_from_frames(nodes, edges, mode="drive")
    own = Speeds(drive_kmh={"corridor": 36})
    assert network_from_frames(nodes, edges, mode="drive", speeds=own).forward == pytest.approx(
        [10]
    )


@pytest.mark.parametrize("speed", [0.0, -1.0, math.inf, math.nan])
def test_a_senseless_speed_is_refused(speed: float) -> None:
    with pytest.raises(NetworkError, match="not a positive number"):
        Speeds(walk_m_s=speed)


def test_the_table_of_classes_is_the_published_one() -> None:
    assert DRIVE_KMH == {
        "motorway": 110, "trunk": 90, "primary": 60, "secondary": 60, "tertiary": 50,
        "unclassified": 40, "residential": 40, "road": 40, "living_street": 20, "service": 20,
        "track": 20,
    }  # fmt: skip


@pytest.mark.parametrize("limit", [-30.0, 0.0, np.inf, 5000.0, "60 mph"])
def test_a_limit_that_is_no_speed_is_refused_and_counted(limit: object) -> None:
    nodes, edges = frames([(0, 0), (100, 0)], [(0, 1)])
    edges["maxspeed_kmh"] = [limit, None]
    with pytest.raises(NetworkError, match="`maxspeed_kmh` of 1 is no speed above 0 and up to 150"):
        network_from_frames(nodes, edges, mode="drive")
