import pytest

from geo.dataset import Dataset, load
from geo.query import Query, apply
from geo.recent import YEARS, Recent, recent
from tests.geo.conftest import project


@pytest.fixture
def dataset(write_data) -> Dataset:
    return load(
        write_data(
            projects=[
                project("old", status="running", as_of="2020-12-31"),
                project("new", status="running", as_of="2021"),
                project("newer", status="running", as_of="2024-05"),
                project("undated", status="running", as_of=None),
                project("done", status="completed", status_source="implemented", as_of="2024"),
            ]
        )
    )


def test_running_projects_of_the_last_years_are_counted(dataset: Dataset) -> None:
    retrieved = int(max(entry.retrieved for entry in dataset.catalog)[:4])
    found = recent(apply(Query(), dataset), dataset)
    assert found.year == retrieved - YEARS
    dated = [2020, 2021, 2024]
    assert found.running == sum(year >= found.year for year in dated)


def test_rows_that_are_not_shown_do_not_count(dataset: Dataset) -> None:
    found = recent(apply(Query(statuses=("completed",)), dataset), dataset)
    assert found == Recent(found.year, 0)
