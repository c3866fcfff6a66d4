"""What is to be joined how: one frozen value that link, command line, Python and sidecar share."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, NamedTuple, Self

from geo.errors import JoinOptionsError, OptionProblem
from geo.join import params, problems
from geo.link import Note


class Summary(NamedTuple):
    """One figure of the right rows that a left row matches, such as the mean of a column.

    Parameters
    ----------
    column
        Of the right layer; "" with `count`, which counts matches.
    function
        One of `vocabulary.FUNCTIONS`.
    weight
        none, area or length: of the part of the right row that lies in the left one.
    """

    column: str
    function: str
    weight: str = "none"

    @property
    def name(self) -> str:
        """The column in the table, without the name of the layer: `<column>.<function>`."""
        parts = (self.column, self.function, "" if self.weight == "none" else self.weight)
        return ".".join(part for part in parts if part)


@dataclass(frozen=True)
class JoinSpec:
    """All options of a join, checked together.

    Parameters
    ----------
    predicate, how, multiplicity, tie_rule, repair, geometry, distance
        Words of `geo.join.vocabulary`, which says what each means.
    distance_m
        For `dwithin` the greatest distance, for `nearest` a limit; metres.
    k
        How many neighbours `nearest` takes.
    share
        For `share` the least part of the area of L inside R, above 0, at most 1.
    pattern
        For `pattern` nine of `T F * 0 1 2`, rows being interior, boundary, exterior of L.
    priority_column, priority
        For the tie rule `priority`: a column of the right layer, and its values, best first.
        Values that are not listed come last.
    exclusive
        A row does not match the row of the same id: for a layer joined to itself.
    on
        Pairs (left column, right column) that must be equal as well; a missing value equals none.
    summaries
        Figures over the matches of each left row.
    transfer
        Pairs (left column, extensive | intensive | categorical): columns that are shared out among
        the right rows by area. Nothing is guessed: a column that is not named is not transferred.
    grid_m
        Coordinates are rounded to this grid first, 0 (not at all) to 1 metre.
    left_columns, right_columns
        Columns that are kept, in this order; None keeps all.
    right_kinds
        Pairs (right column, extensive | intensive | categorical): what a column of the right layer
        is, where a summary asks.
    left_crs, right_crs
        `EPSG:n`, instead of what the layer says.
    left_swap, right_swap
        Exchange longitude and latitude of the rows outside the agglomeration.

    Raises
    ------
    JoinOptionsError
        If any option cannot be used; it names all of them, with what is allowed.
    """

    predicate: str = "intersects"
    how: str = "left"
    multiplicity: str = "all"
    distance_m: float | None = None
    k: int = 1
    share: float | None = None
    pattern: str | None = None
    tie_rule: str = "id"
    priority_column: str | None = None
    priority: tuple[str, ...] = ()
    exclusive: bool = False
    on: tuple[tuple[str, str], ...] = ()
    summaries: tuple[Summary, ...] = ()
    transfer: tuple[tuple[str, str], ...] = ()
    repair: str = "make_valid"
    grid_m: float = 0.0
    geometry: str = "left"
    left_columns: tuple[str, ...] | None = None
    right_columns: tuple[str, ...] | None = None
    distance: str = "auto"
    right_kinds: tuple[tuple[str, str], ...] = ()
    left_crs: str | None = None
    right_crs: str | None = None
    left_swap: bool = False
    right_swap: bool = False

    def __post_init__(self) -> None:
        for name in ("priority", "on", "summaries", "transfer", "right_kinds"):
            object.__setattr__(self, name, _tuple(getattr(self, name), name))
        for name in ("left_columns", "right_columns"):
            if getattr(self, name) is not None:
                object.__setattr__(self, name, _tuple(getattr(self, name), name))
        object.__setattr__(self, "summaries", tuple(dict.fromkeys(map(_summary, self.summaries))))
        for name in ("distance_m", "share", "grid_m"):
            object.__setattr__(self, name, _number(getattr(self, name)))
        found = list(problems.of(self))
        if found:
            raise JoinOptionsError(found)

    @classmethod
    def from_options(cls, options: Mapping[str, Any]) -> Self:
        """Make a spec from keywords; a dict of `on` or `transfer` is taken too.

        Raises
        ------
        JoinOptionsError
            If there is no option of a name, or a value cannot be used.
        """
        names = [field.name for field in fields(cls)]
        unknown = [name for name in options if name not in names]
        if unknown:
            raise JoinOptionsError(
                [OptionProblem(name, "unknown_option", name, ", ".join(names)) for name in unknown]
            )
        return cls(**options)

    def changed(self, **options: Any) -> Self:
        """Return the same spec with other values of some options."""
        return replace(self, **options)

    @classmethod
    def from_params(cls, given: Mapping[str, Sequence[str]] | str) -> tuple[Self, tuple[Note, ...]]:
        """Read the parameters of a link; what cannot be used is left out and named in a note."""
        options, notes = params.read(given)
        while True:
            try:
                return cls(**options), notes
            except JoinOptionsError as error:
                faulty = {problem.option for problem in error.problems} & options.keys()
                # An option that is missing is the fault of the word that asks for it.
                missing = {problem.option for problem in error.problems}
                asks = "tie_rule" if missing & {"priority", "priority_column"} else "predicate"
                faulty = faulty or (options.keys() & {asks}) or set(options)
                for name in sorted(faulty):
                    key = params.KEY_OF[name]
                    notes = (*notes, Note("malformed", key, str(options.pop(name))[:80]))

    def to_params(self) -> dict[str, list[str]]:
        """Write the spec as parameters of a link, defaults left out; equal specs, equal links."""
        return params.write({name: getattr(self, name) for name in self.stated()})

    def to_json(self) -> dict[str, Any]:
        """Return every option as JSON has it; equal specs give equal objects."""
        return {field.name: _plain(getattr(self, field.name)) for field in fields(self)}

    def canonical(self) -> str:
        """Return the JSON text of the spec: sorted keys, no spaces."""
        return json.dumps(self.to_json(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @classmethod
    def from_json(cls, found: Mapping[str, Any]) -> Self:
        """Read what `to_json` gives.

        Raises
        ------
        JoinOptionsError
            If there is no option of a name, or a value cannot be used.
        """
        return cls.from_options(found)

    def stated(self) -> list[str]:
        """Return the names of the options that are not as they would be anyway."""
        return [f.name for f in fields(self) if getattr(self, f.name) != f.default]


def _tuple(value: Any, name: str) -> tuple[Any, ...]:
    if isinstance(value, Mapping) and name in ("on", "transfer", "right_kinds"):
        value = value.items()
    if isinstance(value, str | Mapping) or not hasattr(value, "__iter__"):
        raise JoinOptionsError([OptionProblem(name, "not_a_list", repr(value), "a list")])
    found = tuple(tuple(item) if isinstance(item, list) else item for item in value)
    if name in ("left_columns", "right_columns") and all(isinstance(item, str) for item in found):
        return tuple(dict.fromkeys(found))
    return found


def _summary(item: Any) -> Summary:
    if isinstance(item, tuple) and 2 <= len(item) <= 3 and all(isinstance(p, str) for p in item):
        return Summary(*item)
    allowed = "column, function and, if wanted, weight: two or three texts"
    raise JoinOptionsError([OptionProblem("summaries", "not_a_triple", repr(item), allowed)])


def _number(value: Any) -> Any:
    """Return a whole number as a decimal one; what has none stays, and is refused."""
    if not isinstance(value, int) or isinstance(value, bool):
        return value
    try:
        return float(value)
    except OverflowError:
        return value


def _plain(value: Any) -> Any:
    return [_plain(item) for item in value] if isinstance(value, tuple) else value
