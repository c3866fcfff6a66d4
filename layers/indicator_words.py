"""What is said of indicators: measures, bounds, borders, choices, and what is missing."""

import math
from collections.abc import Sequence

from geo.indicators import Gap, Interval
from geo.snapshot import Snapshot
from layers.locale import Translator, messages

PER_CENT = "_pct"
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
    if name.endswith(PER_CENT):
        return translator.t("indicator.pct", n=ends_text(low, high, translator, decimals=1))
    if name == "built_m2_per_person":
        return translator.t("indicator.m2", n=ends_text(low, high, translator, decimals=1))
    if name == "city_m2":
        km2 = ends_text(low / 1e6, high / 1e6, translator, decimals=2)
        return translator.t("indicator.km2", n=km2)
    if name.endswith("_m2"):
        return translator.t("indicator.m2", n=ends_text(low, high, translator, decimals=0))
    return ends_text(low, high, translator, decimals=0)


def ends_text(low: float, high: float, translator: Translator, *, decimals: int) -> str:
    """Return a number, or two where they differ at that many decimals."""
    if round(low, decimals) == round(high, decimals):
        return translator.number(round(low, decimals), decimals)
    scale = 10**decimals
    # The last bits of a product must not widen an interval by a whole step.
    first = math.floor(round(low * scale, 6)) / scale
    last = math.ceil(round(high * scale, 6)) / scale
    return translator.t(
        "indicator.between",
        low=translator.number(first, decimals),
        high=translator.number(last, decimals),
    )


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


def _plain_number(value: str, translator: Translator) -> str:
    return translator.number(float(value), 2)


def _named(kind: str, name: str, translator: Translator) -> str:
    known = f"indicator.{kind}.{name}"
    if known in messages(translator.lang):
        return translator.t(known)
    ending = next(end for end, suffix in _GROUP.items() if name.endswith(suffix))
    group = name.removesuffix(_GROUP[ending])
    return translator.t(f"indicator.{kind}.group_{ending}", group=group)
