"""The columns of a viewer's layer as filters: closed lists, spans of numbers, spans of time."""

import datetime
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.facets import Facet, Membership

Kind = Literal["options", "number", "year", "date", "text"]

MOST_OPTIONS = 30
"""Different values up to which a column of text is a list to choose from."""

LONGEST_OPTION = 200
"""Characters of such a value."""

MOST_FILTERS = 40
"""Columns that can be filtered by; those after them are found by the search and exported."""

BOOLEAN = ("false", "true")
"""Options of a column of booleans."""

NAMES = ("name", "title", "название", "наименование", "имя")
"""What the column that names a row is called, the surest first."""

_IDS = ("id", "fid", "ogc_fid", "objectid")
_YEAR = re.compile(r"(^|[\W_])(year|год)([\W_]|$)", re.IGNORECASE)
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[T ].*)?)?)?")
_RUSSIAN_DATE = re.compile(r"(\d{2})\.(\d{2})\.(\d{4})(?: .*)?")
_YEARS = (1000, 2999)

Mask = npt.NDArray[np.bool_]
Days = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Choices:
    """One option a row: `codes` are its places in `options`, -1 where the row has none."""

    options: tuple[str, ...]
    codes: npt.NDArray[np.int8]

    def __len__(self) -> int:
        return len(self.codes)

    def any_of(self, chosen: tuple[str, ...]) -> Mask:
        """Return which rows have one of the options."""
        # The last place of the table is that of -1.
        wanted = np.array([*(option in chosen for option in self.options), False])
        return np.asarray(wanted[self.codes], dtype=bool)

    def count(self, visible: Mask) -> Facet:
        """Count the visible rows by option."""
        counts = np.bincount(self.codes[visible] + 1, minlength=len(self.options) + 1).tolist()
        return Facet(self.options, tuple(counts[1:]), counts[0])


@dataclass(frozen=True, eq=False)
class Span:
    """From where to where each row reaches; NaN in both where it says nothing.

    Numbers as they are; of time, the first and the last day since 1970-01-01 that a date can mean.
    """

    low: npt.NDArray[np.float64]
    high: npt.NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.low)

    def overlapping(self, least: float, most: float) -> Mask:
        """Return which rows reach into a span, its ends included."""
        return np.asarray((self.low <= most) & (self.high >= least), dtype=bool)

    def count(self, visible: Mask) -> Facet:
        """Count the visible rows that say nothing."""
        return Facet((), (), int(np.count_nonzero(visible & np.isnan(self.low))))

    @property
    def ends(self) -> tuple[float, float]:
        """The least and the largest value."""
        return float(np.nanmin(self.low)), float(np.nanmax(self.high))


@dataclass(frozen=True, eq=False)
class Field:
    """One column.

    Parameters
    ----------
    name
        As in the file.
    kind
        options (closed list), number, year (whole numbers), date, text (searched only).
    values
        What it is filtered by; None where it cannot be.
    """

    name: str
    kind: Kind
    values: Choices | Membership | Span | None

    @property
    def options(self) -> tuple[str, ...]:
        """The closed list; empty for other kinds."""
        return () if self.values is None or isinstance(self.values, Span) else self.values.options


def fields_of(frame: pd.DataFrame) -> tuple[Field, ...]:
    """Describe every column but the geometry, in order."""
    fields, filters = [], 0
    names = [str(name) for name in frame.columns if name != frame.geometry.name]
    named = name_column(names)
    for name in names:
        plain = name.casefold()
        is_name = name == named or plain in _IDS or plain.startswith("name_")
        described: tuple[Kind, Any] = ("text", None)
        if not is_name:
            described = _described(name, frame[name])
        kind, values = described
        if filters == MOST_FILTERS:
            kind, values = "text", None
        filters += values is not None
        fields.append(Field(name, kind, values))
    return tuple(fields)


def name_column(names: list[str]) -> str | None:
    """Return the column that names the rows in whatever language; None if none does."""
    plain = {name.strip().casefold(): name for name in reversed(names)}
    return next((plain[one] for one in NAMES if one in plain), None)


def _described(name: str, values: "pd.Series[Any]") -> tuple[Kind, Any]:
    known = values.dropna()
    if known.empty:
        return "text", None
    if pd.api.types.is_bool_dtype(values.dtype):
        return "options", _choices(values.map({False: BOOLEAN[0], True: BOOLEAN[1]}), BOOLEAN)
    if pd.api.types.is_numeric_dtype(values.dtype):
        return _numbers(name, values)
    if pd.api.types.is_datetime64_any_dtype(values.dtype):
        days = values.to_numpy("datetime64[D]").astype("datetime64[D]")
        return "date", _span_of(days, days)
    if isinstance(known.iloc[0], tuple):
        return _lists(values)
    if isinstance(known.iloc[0], datetime.date):
        days = values.astype("datetime64[s]").to_numpy("datetime64[D]")
        return "date", _span_of(days, days)
    return _texts(values.astype(object))


def _numbers(name: str, values: "pd.Series[Any]") -> tuple[Kind, Any]:
    numbers = values.to_numpy(dtype=float, na_value=np.nan)
    numbers = np.where(np.isfinite(numbers), numbers, np.nan)
    known = numbers[~np.isnan(numbers)]
    if not len(known):
        return "text", None
    years = _YEAR.search(name) and bool(np.all(known == np.trunc(known)))
    inside = years and _YEARS[0] <= known.min() and known.max() <= _YEARS[1]
    return ("year" if inside else "number"), Span(numbers, numbers)


def _texts(values: "pd.Series[Any]") -> tuple[Kind, Any]:
    known = values.dropna()
    if not all(type(value) is str for value in known):
        return "text", None
    known = known[known != ""]
    different = known.unique()
    if _are_dates(different):
        return "date", _dates(values)
    # One value for all rows, or one for each, is no choice.
    least = 2 if len(known) == len(values) else 1
    if least <= len(different) <= MOST_OPTIONS and len(different) < len(known):
        options = tuple(sorted(map(str, different)))
        if max(map(len, options)) <= LONGEST_OPTION and all(map(str.strip, options)):
            return "options", _choices(values, options)
    return "text", None


def _are_dates(different: Iterable[str]) -> bool:
    """Tell whether all of some texts are dates, and not all of them bare numbers like years."""
    bare = True
    for text in different:
        if math.isnan(day_span(text)[0]):
            return False
        bare = bare and text.isdecimal()
    return not bare


def _choices(values: "pd.Series[Any]", options: tuple[str, ...]) -> Choices:
    codes = pd.Categorical(values.astype(object), categories=list(options)).codes
    return Choices(options, np.asarray(codes, dtype=np.int8))


def _lists(values: "pd.Series[Any]") -> tuple[Kind, Any]:
    cells = [cell if isinstance(cell, tuple) else () for cell in values]
    different = {value for cell in cells for value in cell if value is not None}
    total = sum(map(len, cells))
    fits = 0 < len(different) <= MOST_OPTIONS and len(different) < total
    if not fits or any(len(one) > LONGEST_OPTION or not one.strip() for one in different):
        return "text", None
    options = tuple(sorted(different))
    number = {option: place for place, option in enumerate(options)}
    holds = np.zeros((len(options), len(cells)), dtype=bool)
    for row, cell in enumerate(cells):
        for value in cell:
            if value is not None:
                holds[number[value], row] = True
    return "options", Membership(options, holds)


def _dates(values: "pd.Series[Any]") -> Span:
    """Read 2017, 2017-03 and 2017-03-14, each of which means all of its days."""
    filled = values.where(values.notna() & (values != ""), None)
    codes, different = pd.factorize(filled)
    ends = [day_span(text) for text in different]
    # The last place is that of -1, the rows without a date.
    first = np.array([*(end[0] for end in ends), np.nan])
    last = np.array([*(end[1] for end in ends), np.nan])
    return Span(first[codes], last[codes])


def day_span(text: str) -> tuple[float, float]:
    """Return the first and last day since 1970-01-01 that a date can mean, NaN if it is none.

    Examples
    --------
    >>> day_span("1970-01")
    (0.0, 30.0)
    """
    match = _DATE.fullmatch(text)
    russian = _RUSSIAN_DATE.fullmatch(text)
    if not (match or russian):
        return np.nan, np.nan
    parts = reversed(russian.groups()) if russian else match.groups() if match else ()
    written = "-".join(part for part in parts if part)
    try:
        start: Any = np.datetime64(written)
    except ValueError:  # the 30th of February
        return np.nan, np.nan
    days = (start.astype("datetime64[D]"), (start + 1).astype("datetime64[D]") - 1)
    first, last = (float(day.astype(np.int64)) for day in days)
    return first, last


def _span_of(first: npt.NDArray[Any], last: npt.NDArray[Any]) -> Span:
    def days(values: npt.NDArray[Any]) -> Days:
        return np.where(np.isnat(values), np.nan, values.astype(np.int64).astype(float))

    return Span(days(first), days(last))
