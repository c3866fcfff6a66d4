import math
from collections.abc import Callable
from pathlib import Path

import pytest

from geo import dataset
from geo.rows import STILL_GOING
from tests.geo.conftest import project, site


@pytest.fixture
def rows(write_data: Callable[..., Path]):
    folder = write_data(
        industrial=[
            site("works", start_year=2005),
            site("none", status="planned", status_source="planned"),
        ],
        projects=[
            project("run", start_year=2013),
            project("done", status="completed", status_source="implemented", end_year=2015),
            project(
                "plan", status="planned", status_source="planned", start_year=2027, site_id="none"
            ),
            project("dark", site_id="clinic", cluster_id="atoms"),
        ],
    )
    return dataset.load(folder).rows.set_index("id")


def test_sites_come_first_in_the_order_of_the_park_types(rows) -> None:
    assert list(rows.index) == ["works", "none", "clinic", "run", "done", "plan", "dark"]


@pytest.mark.parametrize(
    ("row", "years"),
    [
        ("works", (2005, STILL_GOING)),  # a site that works goes on
        ("run", (2013, STILL_GOING)),  # so does a project under way
        ("done", (2015, 2015)),  # only the end is known
        ("plan", (2027, 2027)),  # a plan has not begun
    ],
)
def test_years(rows, row: str, years: tuple[float, float]) -> None:
    assert (rows.loc[row, "year_from"], rows.loc[row, "year_to"]) == years


def test_unknown_years_stay_unknown(rows) -> None:
    assert math.isnan(rows.loc["dark", "year_from"])
    assert math.isnan(rows.loc["dark", "year_to"])


def test_a_site_has_the_clusters_and_directions_of_its_projects(rows) -> None:
    assert rows.loc["clinic", "clusters"] == ("atoms",)
    assert rows.loc["clinic", "directions"] == ("smart",)
    assert rows.loc["works", "clusters"] == ()


def test_a_project_has_the_park_type_of_its_site(rows) -> None:
    assert rows.loc["plan", "park_type"] == "industrial"
    assert rows.loc["dark", "park_type"] == "medical"
    assert (
        rows.loc["run", "park_type"] is None
        or rows.loc["run", "park_type"] != rows.loc["run", "park_type"]
    )


def test_place_of_a_row(rows) -> None:
    assert (rows.loc["works", "lon"], rows.loc["works", "lat"]) == (85.0, 56.5)
    assert math.isnan(rows.loc["clinic", "lon"])


def test_text_holds_both_languages_and_what_the_row_belongs_to(rows) -> None:
    for word in ("Проект dark", "Project dark", "Атомы", "Atoms", "Умный", "Smart", "medical"):
        assert word in rows.loc["dark", "text"]
