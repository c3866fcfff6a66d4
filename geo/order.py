"""The orders in which the list can stand."""

import numpy as np
import numpy.typing as npt

from geo.columns import Columns
from geo.facets import Membership
from geo.places import Near

SORTS = (
    "default", "name", "-name", "year", "-year", "money", "-money", "area", "-area",
    "jobs", "-jobs", "status", "-status", "near",
)  # fmt: skip
"""`default`: the rows of a viewer's layer, for whose sake it was brought, then the dataset's own in
the order of `dataset.rows`. A minus puts the largest first."""


def ordered(
    visible: npt.NDArray[np.bool_], columns: Columns, *, sort: str, near: Near | None, lang: str
) -> npt.NDArray[np.intp]:
    """Return the numbers of the visible rows in list order.

    Rows that lack the value stand last in both directions; equal rows keep the default order.

    Parameters
    ----------
    visible
        Shape (rows,).
    columns
        Arrays of the dataset.
    sort
        One of SORTS. A year is the first one, a status stands as in `geo.domains.STATUSES`; `near`
        without a point is `default`.
    near
        Where to measure distances from.
    lang
        Language of the names, ru or en.
    """
    positions = np.flatnonzero(visible)
    match sort.removeprefix("-"):
        case "name":
            values = columns.name_ranks[lang]
        case "year":
            values = columns.start
        case "money":
            values = columns.money
        case "area":
            values = columns.area
        case "jobs":
            values = columns.jobs
        case "status":
            values = _places(columns.facets["status"])
        case "near" if near is not None:
            values = columns.distances(near)
        case _:
            own = positions >= columns.listed
            return np.concatenate([positions[own], positions[~own]])
    chosen = values[positions]
    # A stable sort keeps NaN last, so the sign alone turns the order.
    return positions[np.argsort(-chosen if sort.startswith("-") else chosen, kind="stable")]


def _places(facet: Membership) -> npt.NDArray[np.float64]:
    """Return the place of each row's first option, NaN where it has none."""
    first = np.argmax(facet.holds, axis=0).astype(float)
    return np.where(facet.holds.any(axis=0), first, np.nan)
