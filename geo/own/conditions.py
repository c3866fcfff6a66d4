"""Conditions on the columns of a viewer's layer, and how a link writes them.

`own=<beginning of the file's sha256>` names the layer; `own.<column>=<option>` (repeated for each)
chooses, `own.<column>=<least>..<most>` limits a span, either end of which may be missing.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np

from geo.facets import Facet, Membership
from geo.link import OWN, Link
from geo.own.fields import Choices, Field, Mask, Span, day_span
from geo.own.layer import Layer

PREFIX = f"{OWN}."
"""Of the keys that hold conditions; the name of the column follows."""

ID_PREFIX = f"{OWN}:"
"""Of the ids of rows; the number of the row in the file follows. No id of the dataset has it."""

_NUMBER = re.compile(r"[+-]?[0-9]{1,20}(\.[0-9]{1,30})?([eE][+-]?[0-9]{1,3})?")
_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
BETWEEN = ".."
"""Stands between the ends of a span."""


@dataclass(frozen=True)
class Between:
    """A span as the link writes it: its ends as text, empty where it is open."""

    least: str
    most: str

    def __str__(self) -> str:
        return f"{self.least}{BETWEEN}{self.most}"


Chosen: TypeAlias = tuple[str, ...] | Between
Condition: TypeAlias = tuple[str, Chosen]
"""Column and what is wanted of it."""


def texts_of(chosen: Chosen) -> list[str]:
    """Return what is wanted of a column as the values of its key in the link."""
    return [str(chosen)] if isinstance(chosen, Between) else [*chosen]


def is_own(row_id: str) -> bool:
    """Tell whether an id is that of a row of a viewer's layer."""
    return row_id.startswith(ID_PREFIX)


def read_own(link: Link, layer: Layer | None) -> tuple[Condition, ...]:
    """Read the conditions of a link on the columns of a layer, in the order of the columns.

    What cannot be used is named in a note; `needs_layer` if the link means a layer that is not
    there.
    """
    said = link.own()
    wanted = next(iter(said.pop(OWN, [])), "")
    if not (wanted or said):
        return ()
    if layer is None or (wanted and wanted != layer.key):
        link.note("needs_layer", OWN, wanted)
        return ()
    found: list[Condition] = []
    for field in layer.filters:
        values = said.pop(key_of(field.name), [])
        chosen, refused = chosen_in(field, values)
        for value in refused:
            link.note("unknown_value" if field.options else "malformed", key_of(field.name), value)
        if chosen is not None:
            found.append((field.name, chosen))
    for key, values in said.items():
        link.note("unknown_key", key, ",".join(values[:3]))
    return tuple(found)


def chosen_in(field: Field, values: Sequence[str]) -> tuple[Chosen | None, list[str]]:
    """Read the values that a link gives for a column.

    Returns
    -------
    chosen, refused
        What is wanted, None if nothing usable was given; and the values that cannot be used.
    """
    if field.options:
        wanted = tuple(option for option in field.options if option in values)
        return wanted or None, [value for value in values if value not in field.options]
    if field.values is None or not values:
        return None, list(values)
    span = _between(field, values[0])
    return span, [*values[1:]] if span else list(values)


def _between(field: Field, value: str) -> Between | None:
    least, dots, most = value.partition(BETWEEN)
    pattern = _DATE if field.kind == "date" else _NUMBER
    if not dots or not (least or most):
        return None
    if not all(not end or pattern.fullmatch(end) for end in (least, most)):
        return None
    low, high = bounds(field, Between(least, most))
    if math.isnan(low) or math.isnan(high):
        return None
    return Between(least, most) if low <= high else Between(most, least)


def bounds(field: Field, span: Between) -> tuple[float, float]:
    """Return the ends of a span as numbers, or as days since 1970-01-01; infinite where open."""
    if field.kind == "date":
        low, high = day_span(span.least)[0], day_span(span.most)[1]
    else:
        low, high = (float(end) if end else math.nan for end in (span.least, span.most))
    return (low if span.least else -math.inf), (high if span.most else math.inf)


def key_of(column: str) -> str:
    """Return the key of the link that holds a condition on a column."""
    return f"{PREFIX}{column}"


def own_mask(layer: Layer | None, column: str, chosen: Chosen, *, before: int) -> Mask:
    """Return which rows of the list satisfy a condition; those of the dataset never do.

    Parameters
    ----------
    layer
        Its rows stand last in the list; without it, or without the column, no row satisfies.
    column, chosen
        The condition.
    before
        Rows of the list before those of the layer.
    """
    field = None if layer is None else layer.field(column)
    if field is None or field.values is None:
        return np.zeros(before + (0 if layer is None else len(layer)), dtype=bool)
    match field.values, chosen:
        case Span() as span, Between():
            found = span.overlapping(*bounds(field, chosen))
        case (Choices() | Membership()) as options, tuple():
            found = options.any_of(chosen)
        case _:
            found = np.zeros(len(field.values), dtype=bool)
    return np.concatenate([np.zeros(before, dtype=bool), found])


def count_own(field: Field, visible: Mask) -> Facet:
    """Count rows of the list by the options of a column; those of the dataset have no data.

    Parameters
    ----------
    field
        A column that can be filtered by; its rows stand last in the list.
    visible
        The rows of the list to count.
    """
    if field.values is None:
        return Facet((), (), int(np.count_nonzero(visible)))
    before = len(visible) - len(field.values)
    facet = field.values.count(visible[before:])
    return replace(facet, no_data=facet.no_data + int(np.count_nonzero(visible[:before])))
