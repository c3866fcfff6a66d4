"""The closed lists of words of a join; their order is the order in which they are offered."""

PREDICATES = (
    "intersects",
    "within",
    "contains",
    "contains_properly",
    "covers",
    "covered_by",
    "touches",
    "crosses",
    "overlaps",
    "equals",
    "disjoint",
    "dwithin",
    "nearest",
    "centre_in",
    "share",
    "pattern",
)
"""What must hold between a left row L and a right row R. The words are those of the OGC standard:
`within` and `contains` ask that interiors meet, so a point on the edge of a park is not within it;
`covered_by` and `covers` count the edge in. `dwithin`: at most `distance_m` apart. `nearest`: R is
among the `k` nearest to L. `centre_in`: R holds the representative point of L, edge included.
`share`: at least `share` of the area of L lies in R. `pattern`: the DE-9IM matrix fits."""

SIDES = ("left", "inner", "right", "outer", "anti")
"""Which rows without a match are kept: those of the left layer, none, those of the right layer,
both; `anti` keeps the left rows without a match and nothing else."""

MULTIPLICITIES = (
    "all",
    "first",
    "largest_overlap",
    "longest_overlap",
    "nearest",
    "list",
    "count",
    "error",
)
"""What becomes of the matches of one left row."""

CHOICES = ("first", "largest_overlap", "longest_overlap", "nearest")
"""Multiplicities that choose one match of each left row, so that matches can be equal."""

TIE_RULES = ("id", "smaller_area", "priority", "all", "error")
"""Which of equal matches is chosen: the lowest right id, the smallest right area (then id), the
first in the list of priorities (then id), all of them, or none: the join is refused."""

FUNCTIONS = (
    "count",
    "sum",
    "mean",
    "median",
    "min",
    "max",
    "std",
    "mode",
    "unique",
    "concat",
)
WEIGHTS = ("none", "area", "length")
WEIGHTED_FUNCTIONS = ("mean", "std")
KINDS = ("extensive", "intensive", "categorical")
REPAIRS = ("make_valid", "refuse", "ignore")
GEOMETRIES = ("left", "right", "intersection", "line", "none")
DISTANCES = ("auto", "projected", "geodesic")
CERTAINTIES = ("certain", "possible", "member")

LARGEST_GRID_M = 1.0
MOST_NEIGHBOURS = 1_000
ROUND_THE_EARTH_M = 2.1e7
