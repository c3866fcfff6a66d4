"""How many statuses of a view are recent: what was running years ago may be finished by now."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from geo.columns import columns_of
from geo.dataset import Dataset
from geo.view import View

YEARS = 5
"""A status dated more calendar years than this before the dataset was retrieved is old."""


@dataclass(frozen=True)
class Recent:
    """Shown projects that are running by what a source said in `year` or later."""

    year: int
    running: int


def recent(view: View, dataset: Dataset) -> Recent:
    """Count the running projects of a view whose status is recent; undated ones are not.

    Parameters
    ----------
    view
        Answer to a query.
    dataset
        What was asked; its catalogue says when it was retrieved.
    """
    year = int(max(entry.retrieved for entry in dataset.catalog)[:4]) - YEARS
    columns = columns_of(dataset)
    running = columns.is_project & columns.facets["status"].any_of(["running"])
    dated = columns.dated_from >= date(year, 1, 1).toordinal()
    return Recent(year, int(np.count_nonzero((running & dated)[view.positions])))
