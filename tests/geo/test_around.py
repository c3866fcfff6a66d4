import numpy as np
import pytest

from geo.around import around
from geo.dataset import Dataset, load
from geo.places import Near
from geo.query import Query, apply
from tests.geo.conftest import project, site

LON, LAT = 85.0, 56.5
# One minute of latitude is 1856 m at 56.5 degrees north.
MINUTE_M = 1856.0


def north(minutes: float) -> dict[str, object]:
    return {"type": "Point", "coordinates": [LON, round(LAT + minutes / 60, 6)]}


def square(minutes: float) -> dict[str, object]:
    d = minutes / 60
    ring = [[LON - d, LAT - d], [LON + d, LAT - d], [LON + d, LAT + d], [LON - d, LAT + d]]
    return {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}


@pytest.fixture
def dataset(write_data) -> Dataset:
    return load(
        write_data(
            industrial=[
                site("inside", geometry=square(0.2), geometry_method="traced"),
                site("sharp", geometry=north(1), position_accuracy_m=10),
                site("vague", geometry=north(2), position_accuracy_m=3_000),
                site("unstated", geometry=north(3), position_accuracy_m=None),
            ],
            medical=[site("lost", "medical", geometry=None, geometry_method="unknown")],
            projects=[project("far", geometry=north(30))],
        )
    )


def asked(dataset: Dataset, metres: float, **more):
    query = Query(place=Near(LON, LAT, metres), sort="near", **more)
    view = apply(query, dataset)
    found = around(view, dataset)
    assert found is not None
    return view, found


def test_nothing_to_measure_from(dataset: Dataset) -> None:
    assert around(apply(Query(), dataset), dataset) is None


def test_distances_are_of_all_rows(dataset: Dataset) -> None:
    _, found = asked(dataset, 1_000)
    metres = dict(zip(dataset.rows["id"], found.metres, strict=True))
    assert metres["inside"] == 0
    assert metres["sharp"] == pytest.approx(MINUTE_M, rel=1e-3)
    assert metres["vague"] == pytest.approx(2 * MINUTE_M, rel=1e-3)
    assert np.isnan(metres["lost"])


def test_nearest_first_and_what_may_lie_inside_is_counted(dataset: Dataset) -> None:
    view, found = asked(dataset, 2_000)
    assert view.ids == ("inside", "sharp")
    # 3.7 km away and known to 3 km: it may be as near as 0.7 km.
    assert found.perhaps == 1
    assert view.totals.not_placed == 1


def test_the_nearest_when_nothing_is_near(dataset: Dataset) -> None:
    view, found = asked(dataset, 100, kinds=("social",))
    assert view.ids == ()
    assert found.nearest is not None
    assert found.nearest.id == "far"
    assert found.nearest.metres == pytest.approx(30 * MINUTE_M, rel=1e-3)
    assert found.nearest.least_m == pytest.approx(found.nearest.metres - 300)
    assert found.nearest.most_m == pytest.approx(found.nearest.metres + 300)


@pytest.mark.parametrize(
    ("metres", "accuracy_m", "least_m", "most_m"),
    [
        # The row is 1856 m away and known to 10 m.
        (100, 0, 1_846, 1_866),
        (100, 500, 1_346, 2_366),
        (100, 2_000, 0, 3_866),
        (100, None, np.nan, np.nan),
    ],
)
def test_the_interval_allows_for_both_places(
    dataset: Dataset, metres: float, accuracy_m: float | None, least_m: float, most_m: float
) -> None:
    place = Near(LON, LAT, metres, accuracy_m)
    view = apply(Query(place=place, text="sharp"), dataset)
    found = around(view, dataset)
    assert found is not None
    assert found.nearest is not None
    ends = (found.nearest.least_m, found.nearest.most_m)
    assert ends == pytest.approx((least_m, most_m), abs=2, nan_ok=True)


def test_a_vague_point_widens_what_may_lie_in_the_circle(dataset: Dataset) -> None:
    view = apply(Query(place=Near(LON, LAT, 1_500, 500)), dataset)
    found = around(view, dataset)
    assert view.ids == ("inside",)
    # Sharp is 1856 m away and may be as near as 1346 m, vague as near as 212 m.
    assert found is not None
    assert found.perhaps == 2


def test_no_nearest_without_a_place(dataset: Dataset) -> None:
    view, found = asked(dataset, 100, parks=("medical",))
    assert view.ids == ()
    assert found.nearest is None
    assert found.perhaps == 0


def test_unstated_accuracy_leaves_the_bounds_unknown(dataset: Dataset) -> None:
    _, found = asked(dataset, 100, text="unstated")
    assert found.nearest is not None
    assert found.nearest.id == "unstated"
    assert np.isnan(found.nearest.most_m)
