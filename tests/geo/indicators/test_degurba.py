import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from geo.indicators import centres_of, grid_of_points, urban_centres, urban_clusters

DENSE = {"#": 3000.0, "+": 400.0, ".": 0.0, "o": 0.0}


def grid(*rows: str) -> np.ndarray:
    return np.array([[DENSE[cell] for cell in row] for row in rows])


def drawn(labels: np.ndarray) -> list[str]:
    return ["".join(str(n) if n else "." for n in row) for row in labels]


def test_cells_of_1500_together_50000_are_a_centre() -> None:
    people = np.zeros((6, 9))
    people[1:5, 1:9] = 1562.5  # 32 cells: 50,000
    assert (urban_centres(people) == (people > 0)).all()
    assert not urban_centres(people - 0.01).any()
    people[1:5, 1:9] = 1499.0
    people[1, 1] = 30_000.0
    assert not urban_centres(people).any()


def test_a_corner_joins_clusters_but_not_centres() -> None:
    people = np.zeros((8, 8))
    people[0:4, 0:4] = people[4:8, 4:8] = 2500.0  # 16 cells each: 40,000
    assert not urban_centres(people).any()
    assert urban_clusters(people).max() == 1
    assert (urban_clusters(people) == 1).sum() == 32


def test_a_cluster_has_300_a_cell_and_5000_together() -> None:
    people = np.zeros((4, 12))
    people[1, :] = 417.0  # 12 cells: 5,004
    assert (urban_clusters(people) == 1).sum() == 12
    people[1, :] = 416.0
    assert not urban_clusters(people).any()
    people[1, :] = 299.0
    people[2, 0] = 9000.0
    assert (urban_clusters(people) == 1).sum() == 1


@pytest.mark.parametrize(("corners", "filled"), [(2, True), (1, False)])
def test_gaps_below_15_cells_are_filled(corners: int, filled: bool) -> None:
    # 4 x 4 cells without so many corners: 14 or 15. Smoothing alone would fill neither.
    people = np.zeros((12, 12))
    people[1:11, 1:11] = 3000.0
    people[4:8, 4:8] = 0.0
    people[[4, 7][:corners], [4, 7][:corners]] = 3000.0
    labels = urban_centres(people)
    assert bool(labels[5, 5]) is filled
    assert bool((labels[1:11, 1:11] == 1).all()) is filled


def test_a_gap_that_leads_out_between_two_corners_is_none_of_ours() -> None:
    people = grid(
        "########",
        "##oo####",
        "##oo####",
        "####o###",
        "########",
    )
    assert (urban_centres(people) == 1).all()


def test_edges_are_smoothed_until_nothing_changes() -> None:
    # A bay is entered from its inner corners; at its mouth a cell has but four such neighbours.
    people = grid(
        "########",
        "###.....",
        "###.....",
        "###.....",
        "########",
    )
    assert drawn(urban_centres(people)) == [
        "11111111",
        "1111111.",
        "1111111.",
        "1111111.",
        "11111111",
    ]


def test_the_larger_centre_is_the_first_and_they_stay_apart() -> None:
    people = np.zeros((7, 14))
    people[1:6, 1:5] = 2600.0
    people[1:6, 6:13] = 3000.0
    labels = urban_centres(people)
    assert set(np.unique(labels[1:6, 6:13])) == {1}
    assert set(np.unique(labels[1:6, 1:5])) == {2}
    # A cell between them has three neighbours of each: five of neither.
    assert not labels[1:6, 5].any()


def flooded(chosen: np.ndarray, steps: list[tuple[int, int]]) -> list[set[tuple[int, int]]]:
    left, groups = set(map(tuple, np.argwhere(chosen))), []
    while left:
        group, edge = set(), [left.pop()]
        while edge:
            row, column = edge.pop()
            group.add((row, column))
            near = {(row + r, column + c) for r, c in steps} & left
            left -= near
            edge += near
        groups.append(group)
    return groups


SIDES = [(0, 1), (1, 0), (0, -1), (-1, 0)]
CORNERS = [(1, 1), (1, -1), (-1, 1), (-1, -1)]


@settings(max_examples=60, deadline=None)
@given(
    arrays.arrays(np.float64, (6, 7), elements=st.sampled_from([0.0, 299.0, 300.0, 2000.0, 9000.0]))
)
def test_groups_agree_with_a_flood_fill(people: np.ndarray) -> None:
    expected = {
        cell
        for group in flooded(people >= 300, SIDES + CORNERS)
        if sum(people[cell] for cell in group) >= 5000
        for cell in group
    }
    assert set(map(tuple, np.argwhere(urban_clusters(people)))) == expected
    cores = {
        cell
        for group in flooded(people >= 1500, SIDES)
        if sum(people[cell] for cell in group) >= 50_000
        for cell in group
    }
    found = urban_centres(people)
    assert cores <= set(map(tuple, np.argwhere(found)))
    assert bool(cores) == bool(found.any())


@settings(max_examples=40, deadline=None)
@given(arrays.arrays(np.float64, (7, 7), elements=st.sampled_from([0.0, 2000.0, 6000.0])))
def test_a_turned_grid_has_turned_centres(people: np.ndarray) -> None:
    turned = np.rot90(urban_centres(np.rot90(people)), -1)
    assert ((urban_centres(people) > 0) == (turned > 0)).all()


def test_a_grid_of_points_gives_centres_in_metres() -> None:
    x, y = np.meshgrid(np.arange(8), np.arange(5))
    points = gpd.GeoDataFrame(
        {"people": np.full(40, 2000.0)},
        geometry=gpd.points_from_xy(
            500_500 + 1000 * x.ravel(), 6_250_500 + 1000 * y.ravel(), crs=32645
        ),
    )
    centre, *others = centres_of(grid_of_points(points))
    assert others == []
    assert (centre.people, centre.cells) == (80_000, 40)
    assert centre.shape.equals(shapely.box(500_000, 6_250_000, 508_000, 6_255_000))
    assert centres_of(grid_of_points(points.iloc[:0])) == ()


def test_a_gap_that_holds_another_centre_is_not_filled() -> None:
    # A ring of 3,000 around 14 cells or fewer, one of which is a centre of its own.
    people = np.zeros((7, 7))
    people[[0, -1], :] = people[:, [0, -1]] = 3000.0
    people[3, 3] = 60_000.0
    labels = urban_centres(people)
    assert labels[3, 3] == 2
    assert (labels[0] == 1).all()


@pytest.mark.parametrize(("inner", "filled"), [(0.0, True), (60_000.0, False)])
def test_a_gap_of_nine_cells_is_filled_unless_a_centre_is_in_it(inner: float, filled: bool) -> None:
    people = np.zeros((5, 5))
    people[[0, -1], :] = people[:, [0, -1]] = 4000.0
    people[2, 2] = inner
    labels = urban_centres(people)
    assert (len(np.unique(labels[labels > 0])) == 1) is filled
    assert (labels[2, 2] == labels[0, 0]) is np.bool_(filled)
