"""What a column measures, as far as that can be known: an amount, or what cannot be added up."""

import re

from geo.join.spec import JoinSpec

_INTENSIVE = re.compile(
    r"(^|_)(per|density|rate|ratio|share|percent|pct|mean|median|average|avg|index|"
    r"year|years|accuracy|lon|lat|longitude|latitude)(_|$)",
    re.IGNORECASE,
)
"""Words in the names of columns that are densities, shares, years or coordinates."""


def is_intensive(column: str, spec: JoinSpec) -> bool:
    """Whether a column of the right layer cannot be added up: as declared, else by its name."""
    declared = dict(spec.right_kinds).get(column)
    if declared is not None:
        return declared != "extensive"
    return _INTENSIVE.search(column) is not None
