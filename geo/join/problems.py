"""What can be wrong with the options of a join, all of it at once."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from geo.errors import OptionProblem
from geo.join import vocabulary

if TYPE_CHECKING:  # which asks this module
    from geo.join.spec import JoinSpec

_PATTERN = re.compile(r"[TF*012]{9}")
_CHOSEN = (
    ("predicate", vocabulary.PREDICATES),
    ("how", vocabulary.SIDES),
    ("multiplicity", vocabulary.MULTIPLICITIES),
    ("tie_rule", vocabulary.TIE_RULES),
    ("repair", vocabulary.REPAIRS),
    ("geometry", vocabulary.GEOMETRIES),
    ("distance", vocabulary.DISTANCES),
)


def of(spec: "JoinSpec") -> Iterator[OptionProblem]:
    """Find every option that cannot be used: its value, or beside the others."""
    for name, words in _CHOSEN:
        if getattr(spec, name) not in words:
            yield OptionProblem(name, "unknown_word", repr(getattr(spec, name)), ", ".join(words))
    yield from _text_problems(spec)
    yield from _number_problems(spec)
    if isinstance(spec.predicate, str):
        yield from _companion_problems(spec)
    yield from _list_problems(spec)


def _text_problems(spec: "JoinSpec") -> Iterator[OptionProblem]:
    for name in ("priority_column", "left_crs", "right_crs"):
        value = getattr(spec, name)
        if not (value is None or isinstance(value, str)):
            yield OptionProblem(name, "not_text", repr(value), "a text")


def _number_problems(spec: "JoinSpec") -> Iterator[OptionProblem]:
    ranges = (
        ("distance_m", 0.0, vocabulary.ROUND_THE_EARTH_M, "metres"),
        (
            "k",
            1,
            vocabulary.MOST_NEIGHBOURS - (spec.exclusive is True),
            "neighbours, a whole number",
        ),
        ("share", 0.0, 1.0, "a part of 1, above 0"),
        ("grid_m", 0.0, vocabulary.LARGEST_GRID_M, "metres"),
    )
    for name, low, high, what in ranges:
        value = getattr(spec, name)
        if value is None:
            continue
        good = isinstance(value, int | float) and not isinstance(value, bool)
        good = good and low <= value <= high
        if name == "k":
            good = good and value == int(value)
        if name == "share":
            good = good and value > 0
        if not good:
            allowed = f"{low:g} to {high:g} {what}"
            yield OptionProblem(name, "out_of_range", repr(value), allowed)
    for name in ("exclusive", "left_swap", "right_swap"):
        if not isinstance(getattr(spec, name), bool):
            yield OptionProblem(name, "unknown_word", repr(getattr(spec, name)), "True, False")
    if spec.pattern is not None and not _PATTERN.fullmatch(str(spec.pattern)):
        allowed = "nine of T F * 0 1 2"
        yield OptionProblem("pattern", "out_of_range", repr(spec.pattern), allowed)


def _companion_problems(spec: "JoinSpec") -> Iterator[OptionProblem]:
    """Find options that are missing beside another, or mean nothing beside it."""
    needed = {"dwithin": "distance_m", "share": "share", "pattern": "pattern"}
    name = needed.get(spec.predicate)
    if name is not None and getattr(spec, name) is None:
        yield OptionProblem(name, "missing", "not given", f"a value, as `{spec.predicate}` asks")
    users = {
        "distance_m": ("dwithin", "nearest"),
        "share": ("share",),
        "pattern": ("pattern",),
        "k": ("nearest",),
    }
    for option, predicates in users.items():
        default = 1 if option == "k" else None
        if spec.predicate not in predicates and getattr(spec, option) != default:
            allowed = f"with the predicate {' or '.join(predicates)} only"
            yield OptionProblem(option, "not_used", repr(getattr(spec, option)), allowed)
    if spec.tie_rule == "priority" and not (spec.priority_column and spec.priority):
        missing = "priority" if spec.priority_column else "priority_column"
        yield OptionProblem(missing, "missing", "not given", "a value, as the tie rule asks")
    if spec.multiplicity == "count" and spec.how in ("right", "outer"):
        yield OptionProblem("how", "not_used", repr(spec.how), "left, inner or anti, as it counts")
    if spec.predicate == "disjoint" and spec.geometry == "intersection":
        yield OptionProblem("geometry", "not_used", "'intersection'", "left, right, line or none")


def _list_problems(spec: "JoinSpec") -> Iterator[OptionProblem]:
    for item in spec.summaries:
        if item.function not in vocabulary.FUNCTIONS:
            allowed = ", ".join(vocabulary.FUNCTIONS)
            yield OptionProblem("summaries", "unknown_word", repr(item.function), allowed)
        elif item.weight not in vocabulary.WEIGHTS:
            allowed = ", ".join(vocabulary.WEIGHTS)
            yield OptionProblem("summaries", "unknown_word", repr(item.weight), allowed)
        elif item.weight != "none" and item.function not in vocabulary.WEIGHTED_FUNCTIONS:
            allowed = f"a weight with {', '.join(vocabulary.WEIGHTED_FUNCTIONS)} only"
            yield OptionProblem("summaries", "not_used", repr(item.weight), allowed)
        elif not item.column and item.function != "count":
            yield OptionProblem("summaries", "missing", "no column", "a column of the right layer")
    for name in ("on", "transfer", "right_kinds"):
        second = None if name == "on" else vocabulary.KINDS
        for pair in getattr(spec, name):
            if not (isinstance(pair, tuple) and len(pair) == 2 and all(map(_is_text, pair))):
                yield OptionProblem(name, "not_a_pair", repr(pair), "two texts")
            elif second is not None and pair[1] not in second:
                allowed = ", ".join(second)
                yield OptionProblem(name, "unknown_word", repr(pair[1]), allowed)
    for name in ("transfer", "right_kinds"):
        pairs = [pair for pair in getattr(spec, name) if isinstance(pair, tuple) and pair]
        columns = [pair[0] for pair in pairs if _is_text(pair[0])]
        for column in sorted({column for column in columns if columns.count(column) > 1}):
            yield OptionProblem(name, "repeated", repr(column), "each column once")
    for name in ("priority", "left_columns", "right_columns"):
        for value in getattr(spec, name) or ():
            if not _is_text(value):
                yield OptionProblem(name, "not_text", repr(value), "texts")


def _is_text(value: Any) -> bool:
    return isinstance(value, str)
