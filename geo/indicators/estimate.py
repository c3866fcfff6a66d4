"""What an indicator gives: bounds, components, border, assumptions; never a bare number."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from geo.errors import BorderMismatchError, IndicatorError
from geo.snapshot.layers import BORDERS

NOTICE = "estimate from open data; not an official statistic"
"""Stands beside every value, on screen and in files."""


@dataclass(frozen=True)
class Interval:
    """The least and the most a value can be; equal where nothing is unknown."""

    low: float
    high: float

    def __post_init__(self) -> None:
        if not self.low <= self.high:
            raise IndicatorError(f"no interval: from {self.low} to {self.high}")


@dataclass(frozen=True)
class Estimate:
    """One indicator for one border at one date.

    `values` are the published figures and `components` what they were computed from, both with
    their units in the name; `assumptions` says what was chosen, `not_computed` what the official
    text asks for and the data cannot give.
    """

    indicator: str
    border: str
    values: Mapping[str, Interval]
    components: Mapping[str, Interval | float | int | str]
    assumptions: Mapping[str, float | int | str]
    not_computed: Sequence[str] = ()
    notice: str = field(default=NOTICE)

    def to_json(self) -> dict[str, Any]:
        """Return plain values for JSON, intervals as {"low", "high"}."""
        return asdict(self)


def require_border(border: str) -> str:
    """Return a known border, or refuse.

    Raises
    ------
    IndicatorError
        If it is none of urban_centre, administrative_city, agglomeration.
    """
    if border not in BORDERS:
        raise IndicatorError(f"`border` is `{border}`; allowed: {', '.join(BORDERS)}")
    return border


def one_border(borders: Sequence[str]) -> str:
    """Return the border that all values share.

    Raises
    ------
    BorderMismatchError
        If there are several: values for different borders are no trend.
    IndicatorError
        If there is none, or it is not known.
    """
    found = sorted(set(borders))
    if len(found) > 1:
        raise BorderMismatchError(
            f"values for different borders ({', '.join(found)}) cannot be put into one series"
        )
    if not found:
        raise IndicatorError("no values")
    return require_border(found[0])
