"""The seam between engines: one function that finds the pairs for which a predicate holds."""

import importlib
from typing import NamedTuple, Protocol, TypeAlias

import numpy as np
import numpy.typing as npt

from geo.join.refusals import refuse
from geo.join.spec import JoinSpec

Shapes: TypeAlias = npt.NDArray[np.object_]
Positions: TypeAlias = npt.NDArray[np.int64]
Metres: TypeAlias = npt.NDArray[np.float64]

ENGINES = {"memory": "geo.join.memory"}
"""Name of an engine -> module whose `find_pairs` is its answer to this seam."""


class Found(NamedTuple):
    """Pairs by position, sorted by left, then right, none twice.

    Parameters
    ----------
    left, right
        Positions in the arrays given.
    distance_m
        Of each pair; None where the predicate measures no distance.
    """

    left: Positions
    right: Positions
    distance_m: Metres | None = None


class FindPairs(Protocol):
    """What an engine has to offer.

    Of `spec` only `predicate`, `distance_m`, `k`, `pattern` and `distance` (projected or geodesic,
    never auto) count here. `nearest` gives all right rows that are at most as far as the k-th
    nearest, so equals are in; `centre_in` and `share` never come here.

    Parameters
    ----------
    left, right
        Valid geometries, both in one system: metres for `dwithin` and `nearest` when `distance` is
        projected, degrees when it is geodesic, any otherwise. None and empty ones match nothing.
    """

    def __call__(self, left: Shapes, right: Shapes, spec: JoinSpec) -> Found:
        """Return every pair for which the predicate of `spec` holds."""


def chosen(name: str) -> str:
    """Return the engine meant by a name: `auto` is the one in memory."""
    return "memory" if name == "auto" else name


def engine(name: str) -> FindPairs:
    """Return the function of an engine.

    Raises
    ------
    JoinError
        If there is no engine of that name.
    """
    if name not in ENGINES:
        raise refuse("unknown_engine", found=name, allowed=", ".join(ENGINES))
    found: FindPairs = importlib.import_module(ENGINES[name]).find_pairs
    return found


def in_order(left: Positions, right: Positions, width: int) -> tuple[Positions, Positions]:
    """Sort pairs by left, then right; `width` is the number of right rows."""
    keys = np.sort(left * width + right)
    return keys // max(width, 1), keys % max(width, 1)
