import geopandas as gpd
import pandas as pd
import pytest
import shapely

import geo
from geo.errors import JoinError
from geo.join.transfer import mask_weights
from tests.geo.join.places import EAST, NORTH, box, frame, point


def sources() -> gpd.GeoDataFrame:
    """100 people on 100 m x 100 m, 50 on the next 100 m, of another kind and density."""
    return frame(
        {"s1": box(0, 0, 100, 100), "s2": box(100, 0, 200, 100)},
        people=[100.0, 50.0],
        density=[10.0, 4.0],
        kind=["wood", "town"],
    )


def targets() -> gpd.GeoDataFrame:
    """T has a quarter of s1 and a tenth of s2, U a quarter of s1, V nothing."""
    return frame(
        {"t": box(75, 0, 110, 100), "u": box(0, 0, 50, 50), "v": box(900, 0, 950, 50)},
    )


def test_extensive_by_hand() -> None:
    result = geo.join(sources(), targets(), transfer={"people": "extensive"})
    given = result.transferred.set_index("right.id")["left.people"]
    assert given.to_dict() == {
        "t": pytest.approx(30),
        "u": 25,
        "v": pytest.approx(float("nan"), nan_ok=True),
    }
    (people,) = (total for total in result.plan.sums if total.column == "people")
    assert (people.before, people.residual) == (150, pytest.approx(95))


def test_intensive_by_hand() -> None:
    result = geo.join(sources(), targets(), transfer={"density": "intensive"})
    given = result.transferred.set_index("right.id")["left.density"]
    assert given["t"] == pytest.approx((2_500 * 10 + 1_000 * 4) / 3_500)
    assert given["u"] == 10
    assert pd.isna(given["v"])


def test_categorical_by_hand() -> None:
    result = geo.join(sources(), targets(), transfer={"kind": "categorical"})
    given = result.transferred.set_index("right.id")
    assert given.loc["t", "left.kind.wood"] == pytest.approx(25 / 35)
    assert given.loc["t", "left.kind.town"] == pytest.approx(10 / 35)
    assert given.loc["u", "left.kind.wood"] == 1


def test_the_split_of_the_table_adds_up_by_target_and_unmatched() -> None:
    extra = frame({"far": box(5_000, 0, 5_100, 100)}, people=[7.0], density=[1.0], kind=["x"])
    left = pd.concat([sources(), extra], ignore_index=True)
    table = geo.join(left, targets(), transfer={"people": "extensive"}).table
    assert table.groupby("right.id")["left.people.split"].sum().to_dict() == pytest.approx(
        {"t": 30, "u": 25}
    )
    assert table.loc[table["left.id"] == "far", "left.people.split"].item() == 7


def test_lines_are_shared_by_length_and_points_in_equal_parts() -> None:
    lines = frame(
        {"l": shapely.LineString([(EAST, NORTH + 5), (EAST + 40, NORTH + 5)])}, cars=[80.0]
    )
    halves = frame({"a": box(0, 0, 10, 10), "b": box(10, 0, 30, 10)})
    given = geo.join(lines, halves, transfer={"cars": "extensive"})
    assert list(given.transferred["left.cars"]) == [pytest.approx(20), pytest.approx(40)]
    spot = geo.join(frame({"p": point(10, 5)}, cars=[80.0]), halves, transfer={"cars": "extensive"})
    assert list(spot.transferred["left.cars"]) == [40, 40]


def test_a_missing_value_gives_nothing_and_takes_nothing() -> None:
    left = sources().assign(people=[None, 50.0])
    result = geo.join(left, targets(), transfer={"people": "extensive"})
    given = result.transferred.set_index("right.id")["left.people"]
    assert given["t"] == pytest.approx(5)
    assert pd.isna(given["u"])


@pytest.mark.parametrize(
    ("transfer", "code"),
    [({"kind": "extensive"}, "not_numeric"), ({"absent": "extensive"}, "no_column")],
)
def test_what_cannot_be_shared_out_is_refused(transfer: dict[str, str], code: str) -> None:
    with pytest.raises(JoinError) as error:
        geo.join(sources(), targets(), transfer=transfer)
    assert error.value.code == code


def test_a_part_whose_name_is_taken_is_refused() -> None:
    both = sources().assign(**{"people.split": 1.0})
    with pytest.raises(JoinError) as error:
        geo.join(both, targets(), transfer={"people": "extensive"})
    assert error.value.code == "name_taken"


def test_a_mask_takes_the_place_of_the_area() -> None:
    shapes = gpd.GeoSeries(
        [box(0, 0, 100, 100), box(100, 0, 200, 100)], crs="EPSG:32645", index=["a", "b"]
    )
    houses = frame({"h1": box(90, 0, 110, 10), "h2": box(150, 0, 160, 10)}, people=[30.0, 5.0])
    assert mask_weights(shapes, houses).to_dict() == {
        "a": pytest.approx(100),
        "b": pytest.approx(200),
    }
    people = mask_weights(shapes, houses, "people")
    assert people.to_dict() == {"a": pytest.approx(15), "b": pytest.approx(20)}
