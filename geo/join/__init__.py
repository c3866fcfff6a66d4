"""Spatial joins that say what they do: `geo.join(left, right, predicate=…)`.

The package can be called itself, so that `geo.join(...)` works after `import geo`; `from geo.join
import join` gives the same function.
"""

import sys
import types
from typing import Any

from geo.join.layer import Layer, Side, as_layer
from geo.join.planning import Plan, Sums, Warn
from geo.join.result import JoinResult
from geo.join.spec import JoinSpec, Summary
from geo.join.unmatched import Unmatched

__all__ = [
    "JoinResult",
    "JoinSpec",
    "Layer",
    "Plan",
    "Side",
    "Summary",
    "Sums",
    "Unmatched",
    "Warn",
    "as_layer",
    "join",
    "plan",
]


def join(
    left: Side,
    right: Side,
    predicate: str | None = None,
    *,
    spec: JoinSpec | None = None,
    engine: str = "memory",
    **options: Any,
) -> JoinResult:
    """Join two layers by place.

    Parameters
    ----------
    left, right
        A GeoDataFrame in any CRS, the id of a layer of the dataset (`sites` are the six kinds of
        park together), a file, or a `Layer`. Two frames are called `left` and `right`.
    predicate
        What must hold between two rows, see `geo.join.vocabulary`; intersects if nothing is said.
    spec
        All options at once; those given beside it go before.
    engine
        Which engine finds the pairs.
    **options
        Fields of `JoinSpec`.

    Returns
    -------
    JoinResult
        With `pairs`, `table`, `unmatched`, `transferred`, `plan` and `provenance`.

    Raises
    ------
    JoinOptionsError
        If options cannot be used; it names all of them.
    JoinError
        If the options cannot be used with these layers.

    Examples
    --------
    >>> import geo
    >>> found = geo.join("projects", "sites", predicate="dwithin", distance_m=2_000)
    >>> sorted(found.plan.certainty)
    ['certain', 'member', 'possible']
    """
    if predicate is not None:
        options["predicate"] = predicate
    whole = JoinSpec.from_options(options) if spec is None else spec.changed(**options)
    sides = (
        as_layer(left, name="left", crs=whole.left_crs, swap=whole.left_swap),
        as_layer(right, name="right", crs=whole.right_crs, swap=whole.right_swap),
    )
    return JoinResult(*sides, whole, engine=engine)


def plan(left: Side, right: Side, spec: JoinSpec) -> Plan:
    """Return what `join` with the same layers and options gives, without making its tables."""
    return join(left, right, spec=spec).plan


class _CallableModule(types.ModuleType):
    """Lets the package itself be called, as the data model provides for modules."""

    def __call__(self, *args: Any, **options: Any) -> JoinResult:
        return join(*args, **options)


sys.modules[__name__].__class__ = _CallableModule
