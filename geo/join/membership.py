"""Rows that are drawn at their site: they belong to it, which is no evidence of where they are."""

import numpy as np
import pandas as pd

from geo.join.engine import Positions
from geo.join.groups import equal_codes
from geo.join.side import Sorted

MEMBER_PREDICATES = (
    "intersects",
    "within",
    "contains",
    "contains_properly",
    "covers",
    "covered_by",
    "dwithin",
    "nearest",
    "centre_in",
    "share",
)
"""What a row that belongs to a site answers by its membership; to the others it has no answer."""


def members(left: Sorted, right: Sorted) -> tuple[Positions, Positions]:
    """Return the pairs of a row drawn at its site and that site, whichever side is which."""
    a = _of_sites(left, right)
    b = _of_sites(right, left)
    return np.concatenate([a[0], b[1]]), np.concatenate([a[1], b[0]])


def _of_sites(rows: Sorted, sites: Sorted) -> tuple[Positions, Positions]:
    placed = np.flatnonzero(rows.at_site)
    if not len(placed):
        return placed, placed
    wanted = rows.columns["site_id"].to_numpy(dtype=object)[placed]
    known = np.flatnonzero(~pd.isna(wanted))
    codes = pd.factorize(np.concatenate([wanted[known], sites.ids.astype(object)]))[0]
    a, b = equal_codes(codes[: len(known)], codes[len(known) :])
    return placed[known[a]], b
