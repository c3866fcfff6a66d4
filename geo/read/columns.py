"""The values of a layer, column by column, in types that lose none of them."""

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from geo.read.dates import impossible
from geo.read.ledger import Ledger, excerpt, shown
from geo.read.limits import DEPTH, Limits
from geo.read.refusal import RefusedError

# Tab and line breaks are ordinary in text.
_CONTROLS = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x{80}-\x{9f}]"
_TAKEN_OUT = dict.fromkeys({*range(32), *range(127, 160)} - {9, 10, 13})
_HALVES = dict.fromkeys(range(55296, 57344), "�")
_EXACT = 2**53
"""Whole numbers up to here are exact as floating-point ones."""

# No plus: +7 3822 is a telephone.
_WHOLE = r"^-?(0|[1-9]\d{0,17})$"
_DECIMAL = r"^-?(0|[1-9]\d{0,17})([.,]\d+)?$"
_PART_OF_DATE = r"^\d{4}-\d{2}(-\d{2})?$"
"""Beside whole numbers: years, months and days, as exactly as each is known."""

_LONG = r"^-?[1-9]\d{18,}$"
_RESERVED = "geometry"
_NAME = 200
"""Characters of a column's name that are kept."""


@dataclass
class _Column:
    chunks: list[pa.Array] = field(default_factory=list)
    length: int = 0
    kinds: dict[str, str] = field(default_factory=dict)
    """Kind of value (number, text, boolean, list, nested) -> the first one met."""
    beyond: bool = False
    """Holds a whole number beyond 64 bits."""
    inexact: bool = False
    """Holds whole numbers that floating point would round, beside fractions."""

    def append(self, chunk: pa.Array) -> None:
        self.chunks.append(chunk)
        self.length += len(chunk)

    def pad(self, length: int) -> None:
        if length > self.length:
            self.append(pa.nulls(length - self.length))


@dataclass(frozen=True)
class Place:
    """Row numbers and ids of a batch, for what is found in it."""

    rows: npt.NDArray[np.int64]
    ids: Sequence[str | None]

    def where(self, keep: npt.NDArray[np.bool_]) -> "Place":
        """Return the rows to keep."""
        return Place(self.rows[keep], [self.ids[n] for n in np.flatnonzero(keep).tolist()])


class Columns:
    """All columns of a layer while it is read.

    Parameters
    ----------
    ledger, limits
        Where findings go, and how many columns there may be.
    inferred
        Every value is text, of which numbers are to be made where a whole column allows it.
    """

    def __init__(self, ledger: Ledger, limits: Limits, *, inferred: bool = False) -> None:
        self._ledger = ledger
        self._limits = limits
        self._inferred = inferred
        self._columns: dict[str, _Column] = {}
        self._length = 0

    def add_records(self, records: Sequence[Mapping[str, Any]], place: Place) -> None:
        """Take in a batch of rows, each with its own keys."""
        names = dict.fromkeys(chain.from_iterable(records))
        self.add_lists({name: [record.get(name) for record in records] for name in names}, place)

    def add_lists(self, values: Mapping[str, list[Any]], place: Place) -> None:
        """Take in a batch of columns of Python values as JSON has them."""
        for name, column in self._opened(values, place):
            column.append(self._array(column, name, values[name], place))

    def add_arrays(self, arrays: Mapping[str, pa.Array], place: Place) -> None:
        """Take in a batch of columns that have types already."""
        for name, column in self._opened(arrays, place):
            array = arrays[name]
            if (
                pa.types.is_string(array.type)
                or pa.types.is_large_string(array.type)
                or pa.types.is_dictionary(array.type)
            ):
                array = self._clean(name, array.cast(pa.string()), place)
            elif not _is_plain(array.type):
                values = [None if v is None else _as_json(v) for v in array.to_pylist()]
                array = pa.array(values, pa.string())
                column.kinds.setdefault("nested", "")
            column.append(array)

    def finish(
        self, place: Place, keep: npt.NDArray[np.bool_]
    ) -> tuple[dict[str, pa.Array], dict[str, str]]:
        """Close all columns.

        Returns
        -------
        columns, names
            Arrays of the rows to keep, under names that are all different and can be written
            anywhere; and the original name of each. Renaming, mixed types and impossible dates are
            in the ledger.
        """
        chosen, kept = pa.array(keep), place.where(keep)
        found: dict[str, pa.Array] = {}
        originals: dict[str, str] = {}
        for original, column in self._columns.items():
            column.pad(self._length)
            name = self._free_name(original, len(found) + 1, found.keys())
            array = self._unified(column, name).filter(chosen)
            if self._inferred and pa.types.is_string(array.type):
                array = self._numbers(array, name, kept)
            if pa.types.is_string(array.type):
                self._dates(array, name, kept)
            found[name] = array
            originals[name] = original
        self._compare_names(found)
        return found, originals

    def _opened(self, names: Iterable[str], place: Place) -> list[tuple[str, _Column]]:
        before = self._length
        self._length += len(place.rows)
        opened = []
        for name in names:
            if name not in self._columns:
                if len(self._columns) >= self._limits.max_columns:
                    raise RefusedError("too_many_columns", limit=self._limits.max_columns)
                self._columns[name] = _Column()
            self._columns[name].pad(before)
            opened.append((name, self._columns[name]))
        return opened

    def _array(self, column: _Column, name: str, values: list[Any], place: Place) -> pa.Array:
        types = set(map(type, values)) - {type(None)}
        if types & {list, dict} or (float in types and len(types - {int}) > 1):
            values = self._finite(name, values, place)
            types = set(map(type, values)) - {type(None)}
        if not types:
            return pa.nulls(len(values))
        for kind, of_kind in _KINDS.items():
            if types & of_kind and kind not in column.kinds:
                column.kinds[kind] = excerpt(next(v for v in values if type(v) in of_kind))
        if types == {str}:
            return self._text(name, values, place)
        if types == {bool}:
            return pa.array(values, pa.bool_())
        if types <= {int, float}:
            return self._number(column, name, values, place, whole=types == {int})
        if types == {list} and _all_text(values):
            return self._lists(name, values, place)
        if types & {list, dict}:
            # A list that is not of text alone counts with the objects.
            column.kinds["nested"] = column.kinds.pop("list", column.kinds.get("nested", ""))
        return self._text(name, [_plain_text(value) for value in values], place)

    def _number(
        self, column: _Column, name: str, values: list[Any], place: Place, *, whole: bool
    ) -> pa.Array:
        if whole:
            try:
                return pa.array(values, pa.int64())
            except OverflowError:
                pass
        else:
            try:
                array = pa.array(values, pa.float64())
            except (OverflowError, pa.ArrowInvalid):
                pass
            else:
                finite = pc.fill_null(pc.is_finite(array), True)
                if pc.all(finite).as_py():
                    return array
                for n in np.flatnonzero(~finite.to_numpy(zero_copy_only=False)).tolist():
                    self._found("value_not_finite", place, n, name, found=str(values[n]))
                return pc.if_else(finite, array, None)
        for n, value in enumerate(values):
            if isinstance(value, int) and not -(2**63) <= value < 2**63:
                column.beyond = True
                self._found("integer_too_big", place, n, name, found=excerpt(value))
        column.inexact = True
        return pa.array([_plain_text(value) for value in values], pa.string())

    def _finite(self, name: str, values: list[Any], place: Place) -> list[Any]:
        """Read numbers that are not finite as no value, also within lists and objects."""
        cleaned = []
        for n, value in enumerate(values):
            strange: list[float] = []
            cleaned.append(_without_strange(value, strange))
            if strange:
                self._found("value_not_finite", place, n, name, found=str(strange[0]))
        return cleaned

    def _text(self, name: str, values: list[str | None], place: Place) -> pa.Array:
        try:
            array = pa.array(values, pa.string())
        except UnicodeEncodeError:
            values = [self._whole_characters(name, v, n, place) for n, v in enumerate(values)]
            array = pa.array(values, pa.string())
        return self._clean(name, array, place)

    def _lists(self, name: str, values: list[list[str] | None], place: Place) -> pa.Array:
        cleaned = []
        for n, value in enumerate(values):
            texts = [] if value is None else value
            tidy = [self._whole_characters(name, text, n, place) or "" for text in texts]
            plain = [text.translate(_TAKEN_OUT) for text in tidy]
            if plain != tidy:
                self._controls_found(name, excerpt(tidy), "[…]", n, place)
            cleaned.append(None if value is None else plain)
        return pa.array(cleaned, pa.list_(pa.string()))

    def _whole_characters(self, name: str, text: str | None, n: int, place: Place) -> str | None:
        if text is None:
            return None
        whole = text.translate(_HALVES) if not text.isascii() else text
        if whole != text:
            found, kept = json.dumps(shown(text)), shown(whole)
            self._found("lone_surrogate", place, n, name, found=found, kept=kept)
        return whole

    def _clean(self, name: str, array: pa.Array, place: Place) -> pa.Array:
        marked = pc.fill_null(pc.match_substring_regex(array, _CONTROLS), False)
        if not pc.any(marked).as_py():
            return array
        values = array.to_pylist()
        for n in np.flatnonzero(marked.to_numpy(zero_copy_only=False)).tolist():
            text = values[n]
            values[n] = text.translate(_TAKEN_OUT)
            self._controls_found(name, excerpt(text), shown(values[n]), n, place)
        return pa.array(values, pa.string())

    def _controls_found(self, name: str, found: str, kept: str, n: int, place: Place) -> None:
        self._found("control_characters", place, n, name, found=found, kept=kept)

    def _found(self, code: str, place: Place, n: int, name: str, **values: str) -> None:
        self._ledger.add(code, int(place.rows[n]), place.ids[n], shown(name, _NAME), **values)

    def _unified(self, column: _Column, name: str) -> pa.Array:
        types = {chunk.type for chunk in column.chunks} - {pa.null()}
        if "nested" in column.kinds:
            self._ledger.add("nested_value", field=name)
        elif len(column.kinds) > 1 or (column.inexact and not column.beyond):
            examples = ", ".join(column.kinds.values())
            self._ledger.add("mixed_types", field=name, types=shown(examples, 200))
        if not types:
            return pa.nulls(column.length, pa.string())
        if len(types) == 1:
            (one,) = types
        elif types == {pa.int64(), pa.float64()} and _exact(column.chunks):
            one = pa.float64()
        else:
            one = pa.string()
            if len(column.kinds) == 1 and not (column.beyond or column.inexact):
                self._ledger.add("mixed_types", field=name, types=column.kinds["number"])
        chunks = [_cast(chunk, one) for chunk in column.chunks]
        return pa.concat_arrays(chunks)

    def _numbers(self, array: pa.Array, name: str, place: Place) -> pa.Array:
        """Turn a column of text into numbers, if all of it can be and nothing gets lost."""
        filled = array.drop_null()
        if not len(filled):
            return array
        for pattern, to_type in ((_WHOLE, pa.int64()), (_DECIMAL, pa.float64())):
            if pc.all(pc.match_substring_regex(filled, pattern)).as_py():
                return pc.replace_substring(array, ",", ".").cast(to_type)
        numeric = pc.match_substring_regex(filled, _DECIMAL)
        beyond = pc.match_substring_regex(filled, _LONG)
        if pc.all(pc.or_(numeric, beyond)).as_py():
            marked = pc.fill_null(pc.match_substring_regex(array, _LONG), False)
            for n in np.flatnonzero(marked.to_numpy(zero_copy_only=False)).tolist():
                self._found("integer_too_big", place, n, name, found=shown(array[n].as_py()))
        elif 2 * pc.sum(numeric).as_py() >= len(filled):
            number, texts = filled.filter(numeric)[0].as_py(), filled.filter(pc.invert(numeric))
            if not pc.all(pc.match_substring_regex(texts, _PART_OF_DATE)).as_py():
                types = f"{shown(number)}, {excerpt(texts[0].as_py())}"
                self._ledger.add("mixed_types", field=name, types=types)
        return array

    def _dates(self, array: pa.Array, name: str, place: Place) -> None:
        for n in np.flatnonzero(impossible(array)).tolist():
            self._found("bad_date", place, n, name, found=shown(array[n].as_py()))

    def _free_name(self, original: str, number: int, taken: Iterable[str]) -> str:
        name = original.translate(_HALVES).translate(_TAKEN_OUT).strip()[:_NAME]
        name = name or f"column_{number}"
        taken = set(taken) | {_RESERVED}
        free, n = name, 1
        while free in taken or (free != original and free in self._columns):
            free, n = f"{name}_{n}", n + 1
        if free != original:
            self._ledger.add("renamed_column", field=free, before=excerpt(original), after=free)
        return free

    def _compare_names(self, names: Iterable[str]) -> None:
        first: dict[str, str] = {}
        for name in names:
            other = first.setdefault(name.casefold(), name)
            if other != name:
                self._ledger.add("names_differ_in_case", field=name, other=other)


_KINDS: dict[str, set[type]] = {
    "number": {int, float},
    "text": {str},
    "boolean": {bool},
    "list": {list},
    "nested": {dict},
}


def _all_text(values: Sequence[list[Any] | None]) -> bool:
    return set(map(type, chain.from_iterable(v for v in values if v is not None))) <= {str}


def _plain_text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return _as_json(value)


def _as_json(value: Any) -> str:
    _demand_shallow(value)
    try:
        return json.dumps(value, ensure_ascii=False, default=str)
    except ValueError:  # a whole number with more digits than Python converts
        return excerpt(value)


def _without_strange(value: Any, strange: list[float]) -> Any:
    """Return a JSON value with None for numbers that are not finite, which go to `strange`."""
    if isinstance(value, float):
        if math.isfinite(value):
            return value
        strange.append(value)
        return None
    if not isinstance(value, list | dict):
        return value
    _demand_shallow(value)
    if isinstance(value, list):
        return [_without_strange(inner, strange) for inner in value]
    return {key: _without_strange(inner, strange) for key, inner in value.items()}


def _demand_shallow(value: Any) -> None:
    level = [value]
    for _ in range(DEPTH):
        inner = [v for v in level if isinstance(v, list | dict)]
        level = list(chain.from_iterable(v.values() if isinstance(v, dict) else v for v in inner))
        if not level:
            return
    raise RefusedError("nested_too_deep", limit=DEPTH)


def _is_plain(kind: pa.DataType) -> bool:
    return bool(
        pa.types.is_primitive(kind)
        or pa.types.is_boolean(kind)
        or pa.types.is_decimal(kind)
        or pa.types.is_null(kind)
        or (pa.types.is_list(kind) and pa.types.is_string(kind.value_type))
    )


def _exact(chunks: Iterable[pa.Array]) -> bool:
    for chunk in chunks:
        if chunk.type == pa.int64():
            ends = pc.min_max(chunk).as_py()
            if ends["max"] is not None and not -_EXACT <= ends["min"] <= ends["max"] <= _EXACT:
                return False
    return True


def _cast(chunk: pa.Array, to_type: pa.DataType) -> pa.Array:
    if chunk.type == to_type:
        return chunk
    if pa.types.is_null(chunk.type):
        return pa.nulls(len(chunk), to_type)
    if pa.types.is_string(to_type):
        return pa.array([_plain_text(value) for value in chunk.to_pylist()], pa.string())
    return chunk.cast(to_type)
