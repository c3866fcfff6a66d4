"""What a query shows: the rows in list order, and the numbers that stand around them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from geo import domains
from geo.columns import Columns
from geo.dated import Dates
from geo.facets import Facet
from geo.histograms import Histogram

if TYPE_CHECKING:
    # A query makes the view, so at run time its module comes after this one.
    from geo.query import Query
    from geo.suggestions import Suggestion


@dataclass(frozen=True)
class Totals:
    """Numbers of rows; all but `not_placed` and `all` are of the rows shown.

    Parameters
    ----------
    sites, projects, shown
        Shown rows by type, and together.
    projects_by_status
        Shown projects by status, every status in the order of lists; the sum falls short of
        `projects` by those without a status.
    area_known, jobs_known, money_known
        Shown rows that state an area, jobs, an investment. The sums themselves are never given:
        rows overlap.
    not_placed
        Rows that satisfy all filters but the place, and whose place is not known. A place filter
        leaves them out unless they belong to the site asked for.
    own
        Shown rows of the layer that a viewer brought.
    all
        Rows of the dataset, and of that layer.
    """

    sites: int
    projects: int
    projects_by_status: Mapping[str, int]
    area_known: int
    jobs_known: int
    money_known: int
    not_placed: int
    shown: int
    own: int
    all: int


@dataclass(frozen=True, eq=False)
class View:
    """The answer to a query: everything on screen and in exports is read from it.

    Parameters
    ----------
    query
        What was asked.
    positions
        Row numbers of `dataset.rows` in list order, read-only.
    ids
        Ids of those rows.
    facets
        By facet key, each counted under all other filters.
    own
        By column of the layer that a viewer brought, counted likewise; for spans `no_data` alone.
    years, money
        Likewise counted under all filters but their own.
    dates
        What conditions on dates leave out because nobody can tell; None without such a condition.
    totals
        Numbers about the rows shown.
    suggestion
        What to give up if nothing is shown.
    lang
        Language in which names were sorted.
    """

    query: Query
    positions: npt.NDArray[np.intp]
    ids: tuple[str, ...]
    facets: Mapping[str, Facet]
    own: Mapping[str, Facet]
    years: Histogram
    money: Histogram
    dates: Dates | None
    totals: Totals
    suggestion: Suggestion | None
    lang: str


def count_totals(
    visible: npt.NDArray[np.bool_], placeless: npt.NDArray[np.bool_], columns: Columns
) -> Totals:
    """Count the visible rows.

    Parameters
    ----------
    visible
        Rows shown.
    placeless
        Rows to report as not placed.
    columns
        Arrays of the dataset.
    """

    def count(mask: npt.NDArray[np.bool_]) -> int:
        return int(np.count_nonzero(visible & mask))

    status = columns.facets["status"]
    return Totals(
        sites=count(columns.is_site),
        projects=count(columns.is_project),
        projects_by_status={
            word: count(columns.is_project & status.any_of([word])) for word in domains.STATUSES
        },
        area_known=count(~np.isnan(columns.area)),
        jobs_known=count(~np.isnan(columns.jobs)),
        money_known=count(~np.isnan(columns.money)),
        not_placed=int(np.count_nonzero(placeless)),
        shown=int(np.count_nonzero(visible)),
        own=int(np.count_nonzero(visible[columns.listed :])),
        all=len(visible),
    )
