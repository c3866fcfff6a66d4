"""What an indicator gives: bounds, components, border, assumptions; never a bare number."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from geo.errors import BorderMismatchError, BorderShapeError, IndicatorError
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

    def rounded(self, decimals: int) -> "Interval":
        """Return it as it is shown: the bounds outward, one value to the nearest.

        Ends that are the same to the nearest count as one value.

        Examples
        --------
        >>> Interval(66.349, 73.321).rounded(1)
        Interval(low=66.3, high=73.4)
        >>> Interval(24.172, 24.172).rounded(1)
        Interval(low=24.2, high=24.2)
        """
        nearest = round(self.low, decimals)
        if nearest == round(self.high, decimals):
            return Interval(nearest, nearest)
        return Interval(rounded_down(self.low, decimals), rounded_up(self.high, decimals))


def rounded_down(value: float, decimals: int) -> float:
    """Return a lower bound as it is shown."""
    # The last bits of a product must not move a bound by a whole step.
    whole: int = math.floor(round(value * 10**decimals, 6))
    return whole / float(10**decimals)


def rounded_up(value: float, decimals: int) -> float:
    """Return an upper bound as it is shown."""
    return -rounded_down(-value, decimals)


def decimals_of(name: str) -> int:
    """Return with how many decimals a value of this name is shown; its unit ends the name."""
    return 1 if name.endswith("_pct") or name == "built_m2_per_person" else 0


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


def ground_m2(city: BaseGeometry) -> float:
    """Return the area of a border given in metres, or refuse.

    Raises
    ------
    BorderShapeError
        If it has none, or crosses itself, so that nobody knows what lies inside.
    """
    if not city.is_valid:
        raise BorderShapeError(f"the border crosses itself: {shapely.is_valid_reason(city)}")
    if not city.area > 0:
        raise BorderShapeError("the border has no area")
    return float(city.area)


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
