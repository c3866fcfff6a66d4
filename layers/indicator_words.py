"""What is said of indicators: measures, bounds, borders, choices, and what is missing."""

from collections.abc import Sequence

from geo.indicators import Gap, Interval
from geo.indicators.estimate import decimals_of, rounded_down, rounded_up
from geo.snapshot import Snapshot
from layers.locale import Translator, messages

PER_CENT = "_pct"
_LARGEST = 1e15
_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_GROUP = {"share_pct": "_share_pct", "served": "_served", "total": "_total"}


def title_of(snapshot: Snapshot, translator: Translator) -> str:
    """Return what a snapshot is called."""
    about = snapshot.about
    return about.title_ru if translator.lang == "ru" else about.title_en


def border_name(border: str, translator: Translator) -> str:
    """Return one of the three borders in words."""
    return translator.t(f"indicator.border.{border}")


def measure_name(measure: str, translator: Translator) -> str:
    """Return a published value in words; a column of people without words is named as it is."""
    return _named("measure", measure, translator)


def part_name(part: str, translator: Translator) -> str:
    """Return a component in words."""
    return _named("part", part, translator)


def value_text(name: str, low: float, high: float, translator: Translator) -> str:
    """Return a value with its unit, which the end of its name tells, or the interval it lies in.

    An interval is never made narrower by rounding.
    """
    if name == "city_m2":
        km2 = ends_text(low / 1e6, high / 1e6, translator, decimals=2)
        return translator.t("indicator.km2", n=km2)
    shown = ends_text(low, high, translator, decimals=decimals_of(name))
    return _with_unit(name, shown, translator)


def bound_text(name: str, value: float, published: Interval, translator: Translator) -> str:
    """Return a bound of a measure under some choice, rounded as where it is published.

    All values of sensitivity are lower bounds, save the upper bound of what is published.
    """
    decimals = decimals_of(name)
    shown = published.rounded(decimals)
    if shown.low == shown.high:
        rounded = round(value, decimals)
    else:
        rounded = (rounded_up if value == published.high else rounded_down)(value, decimals)
    return _with_unit(name, translator.number(rounded, decimals), translator)


def ends_text(low: float, high: float, translator: Translator, *, decimals: int) -> str:
    """Return a number, or two where they differ at that many decimals."""
    shown = Interval(low, high).rounded(decimals)
    first, last = (translator.number(end, decimals) for end in (shown.low, shown.high))
    return first if first == last else translator.t("indicator.between", low=first, high=last)


def figure_text(value: float, decimals: int, translator: Translator) -> str:
    """Return a number of the calculator: what is not 0 is not shown as 0, nor in endless digits."""
    if value and not 10.0**-decimals <= abs(value) < _LARGEST:
        digits, _, power = f"{value:.3e}".partition("e")
        raised = str(int(power)).translate(_RAISED)
        return f"{translator.number(float(digits), 3)} × 10{raised}"
    return translator.number(value, decimals)


def interval_text(name: str, value: Interval | float | str, translator: Translator) -> str:
    """Return a value or component in words."""
    if isinstance(value, str):
        return value
    ends = (value.low, value.high) if isinstance(value, Interval) else (value, value)
    return value_text(name, *ends, translator)


def choice_text(choice: str, values: Sequence[str], translator: Translator) -> str:
    """Return what was changed for a row of sensitivity, and to what."""
    shown = [
        border_name(value, translator)
        if choice == "border"
        else _plain_number(value, translator)
        if choice not in ("bound", "paths")
        else value
        for value in values
    ]
    return translator.t(f"indicator.choice.{choice}", values=translator.join(shown))


def gap_text(gap: Gap, translator: Translator) -> str:
    """Return why something is not computed."""
    special = f"indicator.gap.{gap.code}.{gap.what}"
    text = special if special in messages(translator.lang) else f"indicator.gap.{gap.code}"
    border = border_name(gap.border, translator) if gap.border else ""
    return translator.t(text, indicator=gap.indicator, what=gap.what, border=border)


def _with_unit(name: str, shown: str, translator: Translator) -> str:
    if name.endswith(PER_CENT):
        return translator.t("indicator.pct", n=shown)
    unit = name == "built_m2_per_person" or name.endswith("_m2")
    return translator.t("indicator.m2", n=shown) if unit else shown


def _plain_number(value: str, translator: Translator) -> str:
    return translator.number(float(value), 2)


def _named(kind: str, name: str, translator: Translator) -> str:
    known = f"indicator.{kind}.{name}"
    if known in messages(translator.lang):
        return translator.t(known)
    ending = next(end for end, suffix in _GROUP.items() if name.endswith(suffix))
    group = name.removesuffix(_GROUP[ending])
    return translator.t(f"indicator.{kind}.group_{ending}", group=group)
