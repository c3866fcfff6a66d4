"""The form of a join: what a choice changes beside itself, so that no choice ends in a refusal."""

from typing import Any

from geo.join import JoinSpec, vocabulary

_OF_PREDICATE: dict[str, dict[str, Any]] = {
    "dwithin": {"distance_m": 500.0},
    "nearest": {"distance_m": None, "k": 1},
    "share": {"share": 0.5},
    "pattern": {"pattern": "T********"},
}
"""Options that a predicate asks for, with what they are at first."""

_UNUSED: dict[str, Any] = {"distance_m": None, "k": 1, "share": None, "pattern": None}

_WITHOUT_RIGHT_ROWS = ("count", "list")


def changed(spec: JoinSpec, name: str, value: Any) -> JoinSpec:
    """Return a spec with another value of one option, and of those that hang on it.

    Parameters
    ----------
    spec
        As it was.
    name, value
        The option that was chosen, and what.

    Raises
    ------
    JoinOptionsError
        If the value itself cannot be used.

    Examples
    --------
    >>> changed(JoinSpec(), "predicate", "dwithin").distance_m
    500.0
    """
    options: dict[str, Any] = {name: value}
    if name == "predicate":
        asked = _OF_PREDICATE.get(value, {})
        options |= _UNUSED | asked
        if value == spec.predicate:
            options |= {option: getattr(spec, option) for option in asked}
        if value == "disjoint" and spec.geometry == "intersection":
            options["geometry"] = "left"
    if name == "multiplicity" and value == "count" and spec.how in ("right", "outer"):
        options["how"] = "left"
    if name == "how" and value in ("right", "outer") and spec.multiplicity == "count":
        options["multiplicity"] = "all"
    if name == "tie_rule" and value != "priority":
        options |= {"priority_column": None, "priority": ()}
    return spec.changed(**options)


def uses(spec: JoinSpec, name: str) -> bool:
    """Tell whether an option means anything beside the others that are chosen."""
    match name:
        case "distance_m":
            return spec.predicate in ("dwithin", "nearest")
        case "k":
            return spec.predicate == "nearest"
        case "share" | "pattern":
            return spec.predicate == name
        case "tie_rule":
            return spec.multiplicity in vocabulary.CHOICES
        case "right_columns" | "right_kinds":
            return spec.how != "anti" and spec.multiplicity not in _WITHOUT_RIGHT_ROWS
        case _:
            return True
