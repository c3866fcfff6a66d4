"""What can be said of the difference between figures, and what must not be.

A ratio says that two figures are of one kind. So none is given of a plan and a lower bound, of any
bounds, as nobody knows how far off they are, nor of figures more than a year apart; only an area
lasts, and its dates are said beside it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from geo.domains import TRUE_OUTLINES
from geo.outlines import measured_ha
from layers.locale import Translator, is_missing

COLUMNS = {
    "area": "area_ha",
    "residents": "residents",
    "jobs": "jobs",
    "investment": "investment_mln_rub",
    "start": "start_year",
    "end": "end_year",
}
"""Facts that are numbers, and the columns of the dataset that hold them."""

_RATIO = ("area", "residents", "jobs", "investment")
_LASTING = ("area",)
_BOUNDS = {"at_least", "at_most"}
_MONTHS_APART = 12


@dataclass(frozen=True)
class Figure:
    """A number of a fact: `kind` is exact, measured or a bound, `as_of` empty where unknown."""

    number: float
    kind: str
    as_of: str


def figure(key: str, record: Mapping[Any, Any]) -> Figure | None:
    """Return the figure that a card shows, None for what is no number or not known."""
    if key == "area" and record.get("geometry_method") in TRUE_OUTLINES:
        return Figure(measured_ha(record["geometry"]), "measured", "")
    value = record.get(COLUMNS.get(key, ""))
    if value is None or is_missing(value):
        return None
    bound = record.get("investment_bound") if key == "investment" else None
    kind = "exact" if bound is None or is_missing(bound) else str(bound)
    as_of = record.get("as_of")
    return Figure(float(value), kind, "" if as_of is None or is_missing(as_of) else str(as_of))


def difference(
    key: str, figures: Sequence[Figure | None], translator: Translator
) -> tuple[list[str], str]:
    """Return a word for each figure ("largest"), and what is said of them all.

    Both are empty where nothing can be said: of one figure, of equal ones, of years.
    """
    t, nothing = translator.t, [""] * len(figures)
    found = [one for one in figures if one is not None]
    numbers = [one.number for one in found]
    if key not in _RATIO or len(found) < 2 or min(numbers) == max(numbers):
        return nothing, ""
    kinds = list(dict.fromkeys(one.kind for one in found))
    if len(kinds) > 1 or _BOUNDS.intersection(kinds):
        return nothing, t("compare.unlike", how=", ".join(t(f"compare.kind.{k}") for k in kinds))
    apart = "" if kinds == ["measured"] else _apart(found, translator)
    if apart and key not in _LASTING:
        return nothing, t("compare.unlike", how=apart)
    most, least = max(numbers), min(numbers)
    words = [_word(one, least, most, translator) for one in figures]
    if least <= 0:
        return words, ""
    times = t("compare.times", ratio=translator.number(most / least))
    return words, f"{times} ({apart})" if apart else times


def _word(one: Figure | None, least: float, most: float, translator: Translator) -> str:
    if one is None or least < one.number < most:
        return ""
    return translator.t("compare.largest" if one.number == most else "compare.smallest")


def _apart(found: Sequence[Figure], translator: Translator) -> str:
    """Return what keeps figures apart in time; empty where they are of the same twelve months."""
    if not all(one.as_of for one in found):
        return translator.t("compare.undated")
    dates = sorted((one.as_of for one in found), key=_months)
    if max(_months(date)[1] for date in dates) - _months(dates[0])[0] <= _MONTHS_APART:
        return ""
    return translator.t(
        "compare.apart", first=translator.date(dates[0]), last=translator.date(dates[-1])
    )


def _months(as_of: str) -> tuple[int, int]:
    """Return the first and the last month that a date may mean, counted from the year 0."""
    year, *month = (int(part) for part in as_of.split("-")[:2])
    return 12 * year + (month[0] - 1 if month else 0), 12 * year + (month[0] - 1 if month else 11)
