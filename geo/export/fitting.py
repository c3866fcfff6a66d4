"""A table made to fit one format: names it can have, types it knows, and what is lost by that."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from geo.dictionary import Column, Kind
from geo.errors import NotWritableError
from geo.export.content import Content
from geo.export.typed import typed
from geo.provenance.origin import Notice

SEPARATOR = "; "
"""Between the items of a list that is written as one text."""

_ADDRESSES = ("source_urls",)
"""Lists of web addresses, which have no space in them: a space stands between them."""

_EXACT = 2**53


@dataclass(frozen=True)
class Rules:
    """What a format cannot have.

    Parameters
    ----------
    reserved
        Names of columns that the format has for itself.
    fold_case
        Names that differ by case alone are the same to it.
    unprintable, unprintable_names
        Patterns of characters that a text, or a name of a column, cannot have; "" for none.
    most_columns, most_rows
        The largest table; None for no limit.
    as_text
        Kinds of columns that are written as text.
    lists_as_json
        A list that becomes text is JSON, otherwise its items with `SEPARATOR` between.
    exact_integers
        Whole numbers beyond 2^53 keep their digits.
    finite
        Numbers must be finite.
    longest_text
        Characters; a longer text is refused. None for no limit.
    earliest
        A column with a date before is written as text. None for no limit.
    placeless
        A table without places can be written.
    """

    reserved: tuple[str, ...] = ()
    fold_case: bool = False
    unprintable: str = ""
    unprintable_names: str = ""
    most_columns: int | None = None
    most_rows: int | None = None
    as_text: tuple[Kind, ...] = ()
    lists_as_json: bool = False
    exact_integers: bool = True
    finite: bool = False
    longest_text: int | None = None
    earliest: date | None = None
    placeless: bool = True


@dataclass(frozen=True, eq=False)
class Fitted:
    """A table as a format can hold it.

    Parameters
    ----------
    content
        What it was made from.
    columns, arrays
        Names as in the file, kinds as in the file, and values.
    geometry
        As in `geo.export.typed.Typed`.
    rows
        Number of rows.
    key
        Name of the key in the file; None without one.
    renamed
        Column of the table -> its name in the file, where they differ.
    notices
        All that was changed.
    """

    content: Content
    columns: tuple[Column, ...]
    arrays: tuple[pa.Array, ...]
    geometry: npt.NDArray[np.object_] | None
    rows: int
    key: str | None
    renamed: Mapping[str, str]
    notices: tuple[Notice, ...]

    @property
    def ids(self) -> list[str] | None:
        """The keys as text, in the order of the rows; None without a key."""
        for column, array in zip(self.columns, self.arrays, strict=True):
            if column.name == self.key:
                return [str(value) for value in array.to_pylist()]
        return None


def fit(content: Content, rules: Rules, *, format_id: str) -> Fitted:
    """Make a content fit a format.

    Raises
    ------
    NotWritableError
        If it cannot be done without losing rows, columns or values.
    """
    found = typed(content)
    for name, most, count in (
        ("column", rules.most_columns, len(found.columns)),
        ("row", rules.most_rows, found.rows),
    ):
        if most is not None and count > most:
            raise NotWritableError(f"{format_id} holds at most {most} {name}s, here are {count}")
    if found.geometry is None and not rules.placeless:
        raise NotWritableError(f"{format_id} holds places only, and this table has none")
    names, renamed, notices = _names([column.name for column in found.columns], rules)
    columns, arrays = [], []
    key = None
    for column, array, name in zip(found.columns, found.arrays, names, strict=True):
        kind, changed = _value(column, array, rules, format_id, notices)
        columns.append(replace(column, name=name, kind=kind))
        arrays.append(changed)
        key = name if column.name == content.key else key
    all_notices = (*found.notices, *notices)
    return Fitted(
        content,
        tuple(columns),
        tuple(arrays),
        found.geometry,
        found.rows,
        key,
        renamed,
        all_notices,
    )


def _names(given: list[str], rules: Rules) -> tuple[list[str], dict[str, str], list[Notice]]:
    """Return names that are text, differ and are free, and which of them are not as given."""
    taken = {_folded(name, rules) for name in rules.reserved}
    # Who has a good name keeps it: only later ones of the same name make way.
    names: list[str] = []
    renamed: dict[str, str] = {}
    for place, own in enumerate(given, start=1):
        wrong = rules.unprintable_names
        clean = re.sub(wrong, "_", own) if wrong else own
        clean = clean if clean.strip() else f"column_{place}"
        name, number = clean, 2
        while _folded(name, rules) in taken:
            name, number = f"{clean}_{number}", number + 1
        taken.add(_folded(name, rules))
        names.append(name)
        if name != own:
            renamed[own if own not in renamed else f"{own} ({place})"] = name
    notices = [
        Notice("renamed", f"`{old}` is called `{new}` in the file", new)
        for old, new in renamed.items()
    ]
    return names, renamed, notices


def _folded(name: str, rules: Rules) -> str:
    return name.casefold() if rules.fold_case else name


def _value(
    column: Column, array: pa.Array, rules: Rules, format_id: str, notices: list[Notice]
) -> tuple[Kind, pa.Array]:
    kind = column.kind or "text"
    if kind == "number" and rules.finite:
        wrong = pc.sum(pc.invert(pc.is_finite(array))).as_py()
        if wrong:
            raise NotWritableError(
                f"column `{column.name}`: {wrong} number(s) are infinite; {format_id} has none"
            )
    if kind == "integer" and not rules.exact_integers and _is_large(array):
        notices.append(
            Notice("integer_as_text", "whole numbers beyond 2^53 are written as text", column.name)
        )
        return "text", array.cast(pa.string())
    if kind in rules.as_text or (kind in ("date", "datetime") and _is_early(array, rules)):
        notices.append(Notice(f"{kind}_as_text", f"{kind}s are written as text", column.name))
        kind, array = "text", _texts(column, kind, array, rules, notices)
    if kind == "text" and rules.unprintable:
        wrong = pc.sum(pc.match_substring_regex(array, rules.unprintable)).as_py()
        if wrong:
            reason = "characters that the format cannot have are written as U+FFFD"
            notices.append(Notice("characters_replaced", reason, column.name, wrong))
            array = pc.replace_substring_regex(
                array, rules.unprintable, "\N{REPLACEMENT CHARACTER}"
            )
    if kind == "text" and rules.longest_text is not None:
        longest = pc.max(pc.utf8_length(array)).as_py()
        if longest is not None and longest > rules.longest_text:
            raise NotWritableError(
                f"column `{column.name}`: a text has {longest} characters; a cell of {format_id} "
                f"holds {rules.longest_text}"
            )
    return kind, array


def _is_early(array: pa.Array, rules: Rules) -> bool:
    first = pc.min_max(array).as_py()["min"]
    if rules.earliest is None or first is None:
        return False
    return (first.date() if isinstance(first, datetime) else first) < rules.earliest


def _is_large(array: pa.Array) -> bool:
    ends = pc.min_max(array).as_py()
    return any(end is not None and abs(end) > _EXACT for end in ends.values())


def _texts(
    column: Column, kind: Kind, array: pa.Array, rules: Rules, notices: list[Notice]
) -> pa.Array:
    values = array.to_pylist()
    if kind != "list":
        return pa.array([None if v is None else _iso(v) for v in values], pa.string())
    joint = " " if column.name.rpartition(".")[2] in _ADDRESSES else SEPARATOR
    simple = pa.types.is_string(array.type.value_type) and not any(
        item is None or not item or joint in item for value in values if value for item in value
    )
    if simple and not rules.lists_as_json:
        return pa.array([joint.join(v) if v is not None else None for v in values], pa.string())
    if not rules.lists_as_json:
        reason = f"items hold {joint!r} or are no texts: the lists are written as JSON"
        notices.append(Notice("list_as_json", reason, column.name))
    return pa.array(
        [None if v is None else json.dumps(v, ensure_ascii=False) for v in values], pa.string()
    )


def _iso(value: Any) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
