"""Rows that are drawn at their site: they belong to it, which is no evidence of where they are."""

import numpy as np
import pandas as pd

from geo.join.engine import Positions
from geo.join.groups import equal_codes
from geo.join.side import Sorted

_BOTH_WAYS = frozenset({"intersects", "dwithin", "nearest"})
LIES_IN = _BOTH_WAYS | {"within", "covered_by", "centre_in", "share"}
"""What a left row that belongs to a right site answers by its membership: it lies in the site."""

HOLDS = _BOTH_WAYS | {"contains", "contains_properly", "covers"}
"""Likewise for a left site to which a right row belongs: it holds the row. To the other predicates
membership has no answer."""


def members(left: Sorted, right: Sorted, predicate: str) -> tuple[Positions, Positions]:
    """Return the pairs of a row drawn at its site and that site, whichever side is which."""
    nothing = np.zeros(0, dtype=np.intp)
    a = _of_sites(left, right) if predicate in LIES_IN else (nothing, nothing)
    b = _of_sites(right, left) if predicate in HOLDS else (nothing, nothing)
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
