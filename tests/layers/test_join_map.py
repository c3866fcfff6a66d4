import geopandas as gpd
import numpy as np
import shapely

import geo
from geo.dataset import shared
from layers.join_map import linked
from layers.locale import Translator

CENTRE = (540_000.0, 6_260_000.0)


def frame(shapes: list[object], ids: list[str], **columns: list[object]) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame({"id": ids, **columns}, geometry=shapes, crs="EPSG:32645")


def square(east: float, north: float, side: float) -> shapely.Polygon:
    return shapely.box(
        CENTRE[0] + east, CENTRE[1] + north, CENTRE[0] + east + side, CENTRE[1] + north + side
    )


def point(east: float, north: float) -> shapely.Point:
    return shapely.Point(CENTRE[0] + east, CENTRE[1] + north)


LEFT = frame([point(10, 10), point(500, 500), None], ["a", "b", "c"], name=["Альфа", None, "<b>"])
RIGHT = frame([square(0, 0, 100)], ["r"])


def test_pairs_point_to_the_rows_that_match() -> None:
    answer = linked(geo.join(LEFT, RIGHT, "within"), shared(), Translator("ru"))
    (pair,) = zip(answer["pairs"]["left"], answer["pairs"]["right"], strict=True)
    assert answer["left"][pair[0]]["id"] == "a"
    assert answer["right"][pair[1]]["id"] == "r"
    assert answer["all"] == 1
    assert answer["pairs"]["of"] == [1]


def test_rows_without_a_pair_are_there_and_those_without_a_place_are_not() -> None:
    answer = linked(geo.join(LEFT, RIGHT, "within"), shared(), Translator("ru"))
    assert [row["id"] for row in answer["left"]] == ["a", "b"]
    assert [row["name"] for row in answer["left"]] == ["Альфа", "b"]
    assert not any(row["on_map"] for row in answer["left"])


def test_shapes_keep_their_size_in_metres() -> None:
    answer = linked(geo.join(LEFT, RIGHT, "within"), shared(), Translator("en"))
    ring = np.array(answer["right"][0]["shape"][0])
    assert np.allclose(np.ptp(ring, axis=0), 100, atol=0.2)
    west, south, east, north = answer["view"]
    for row in (*answer["left"], *answer["right"]):
        (line, *_) = row["shape"]
        x, y = line[0]
        assert west <= x <= east
        assert south <= y <= north


def test_rows_of_the_same_id_keep_their_own_places() -> None:
    left = frame([point(10, 10), point(20, 20)], ["a", "a"], name=["первая", "вторая"])
    answer = linked(geo.join(left, RIGHT, "within"), shared(), Translator("ru"))
    named = [answer["left"][at]["name"] for at in answer["pairs"]["left"]]
    assert named == ["первая", "вторая"]


def test_rows_of_the_dataset_are_known_to_the_map() -> None:
    answer = linked(
        geo.join("projects", "medical", "dwithin", distance_m=3_000), shared(), Translator("en")
    )
    assert all(row["on_map"] for row in answer["right"])
    assert {"name", "at"} == set(answer["towns"][0])
    assert len(answer["pairs"]["distance_m"]) == len(answer["pairs"]["left"])
