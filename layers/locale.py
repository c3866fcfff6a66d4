"""Words, numbers and dates in the language of one viewer.

Texts are in `locales/ru.json` and `locales/en.json` by message id; numbers, dates, lists and plural
forms follow Babel. A value that nobody knows is said in words, never as 0, a blank or "nan".
"""

import functools
import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent

from geo.errors import GeoError

LANGUAGES = ("ru", "en")
"""Languages of the Atlas, the first being that of the programme."""

_FOLDER = Path(__file__).parent / "locales"
_METRES_IN_KM = 1000
_MLN_IN_BN = 1000


class UnknownMessageError(GeoError, KeyError):
    """No text with this id in the language files."""


class UnknownLanguageError(GeoError, ValueError):
    """A language that the Atlas does not speak."""


@functools.cache
def messages(lang: str) -> Mapping[str, str]:
    """Return all texts of a language by message id, read on the first call.

    Raises
    ------
    UnknownLanguageError
        If `lang` is not one of `LANGUAGES`.
    """
    if lang not in LANGUAGES:
        raise UnknownLanguageError(f"`{lang}` is not among {LANGUAGES}")
    return MappingProxyType(json.loads((_FOLDER / f"{lang}.json").read_text(encoding="utf-8")))


def is_missing(value: object) -> bool:
    """Tell whether a cell of the dataset holds nothing: None, NaN or an empty text or list."""
    if value is None:
        return True
    if isinstance(value, float):
        return math.isnan(value)
    return isinstance(value, str | tuple | list) and not value


@dataclass(frozen=True)
class Translator:
    r"""Says everything in one language.

    Parameters
    ----------
    lang
        One of `LANGUAGES`.

    Examples
    --------
    >>> Translator("en").money(1250.0)
    'RUB\xa01.25\xa0bn'
    """

    lang: str

    def __post_init__(self) -> None:
        messages(self.lang)

    def t(self, message_id: str, **values: object) -> str:
        """Return a text, its placeholders filled with `values`.

        Raises
        ------
        UnknownMessageError
            If no text has this id.
        KeyError
            If the text has a placeholder that `values` lacks.
        """
        try:
            template = messages(self.lang)[message_id]
        except KeyError as error:
            raise UnknownMessageError(message_id) from error
        return template.format(**values) if values else template

    def plural(self, message_id: str, n: float, **values: object) -> str:
        """Return the form of a text that goes with `n`; its placeholder `{n}` is `n` formatted.

        The forms are texts of their own: `message_id` with .one, .few, .many and .other.
        """
        form = _babel(self.lang).plural_form(n)
        return self.t(f"{message_id}.{form}", n=self.number(n), **values)

    def pick(self, record: Mapping[Any, Any], field: str) -> str | None:
        """Return the text of a two-language field, `field_ru` or `field_en`; None if unknown."""
        value = record[f"{field}_{self.lang}"]
        return None if is_missing(value) else str(value)

    def number(self, value: float | None, decimals: int = 1) -> str:
        """Return a number with at most this many decimals, below zero with a minus, no hyphen."""
        if value is None or is_missing(value):
            return self.missing
        pattern = "#,##0" + ("." + "#" * decimals if decimals else "")
        shown = str(format_decimal(value, format=pattern, locale=_babel(self.lang)))
        return shown.replace("-", "" if float(round(value, decimals)) == 0 else "−")

    def percent(self, share: float | None) -> str:
        """Return a share (0 to 1) in whole per cent; only nothing is 0 and only all is 100."""
        if share is None or is_missing(share):
            return self.missing
        inner = 0 < share < 1
        shown = min(max(share, 0.01), 0.99) if inner else share
        return str(format_percent(shown, locale=_babel(self.lang)))

    def area(self, ha: float | None) -> str:
        """Return an area given in hectares."""
        if ha is None or is_missing(ha):
            return self.missing
        return self.t("value.area", number=self._measured(ha))

    def money(self, mln_rub: float | None) -> str:
        """Return a sum given in million roubles, in millions, billions or trillions by its size."""
        if mln_rub is None or is_missing(mln_rub):
            return self.missing
        scaled, unit = mln_rub, "mln"
        for larger in ("bn", "trn"):
            # 999.97 mln is shown as 1 bn, not as 1,000 mln.
            if round(scaled, 1) < _MLN_IN_BN:
                break
            scaled, unit = scaled / _MLN_IN_BN, larger
        return self.t(f"value.money.{unit}", number=self._measured(scaled))

    def year(self, value: float | None) -> str:
        """Return a year, without the thousands separator of other numbers."""
        return self.missing if value is None or is_missing(value) else str(int(value))

    def years(self, first: float | None, last: float | None) -> str:
        """Return a span of years of which either end may be unknown."""
        if is_missing(first) and is_missing(last):
            return self.missing
        if is_missing(last):
            return self.t("value.years.from", year=self.year(first))
        if is_missing(first):
            return self.t("value.years.to", year=self.year(last))
        if first == last:
            return self.year(first)
        return self.t("value.range", first=self.year(first), last=self.year(last))

    def date(self, as_of: str | None) -> str:
        """Return a date known to the year, the month or the day ("2017", "2017-03", "2017-03-14").

        Raises
        ------
        ValueError
            If the text is not such a date.
        """
        if as_of is None or is_missing(as_of):
            return self.t("value.undated")
        parts = [int(part) for part in as_of.split("-")]
        day = date(*[*parts, 1, 1][:3])
        pattern = ("y", "LLLL y", "d MMMM y")[len(parts) - 1]
        return str(format_date(day, pattern, locale=_babel(self.lang)))

    def length(self, metres: float | None) -> str:
        """Return a length given in metres, from 1,000 m on in kilometres."""
        return self._length("length", metres)

    def distance(self, metres: float | None) -> str:
        """Return how far a place may lie off: a length after a plus-minus sign."""
        return self._length("distance", metres)

    def join(self, items: Iterable[str]) -> str:
        """Return a list in words: "a, b and c"."""
        return str(format_list(list(items), locale=_babel(self.lang)))

    @property
    def missing(self) -> str:
        """What stands where a value is not known."""
        return self.t("value.missing")

    def _length(self, message: str, metres: float | None) -> str:
        if metres is None or is_missing(metres):
            return self.missing
        if round(metres) < _METRES_IN_KM:
            return self.t(f"value.{message}.m", number=self.number(metres, 0))
        return self.t(f"value.{message}.km", number=self.number(metres / _METRES_IN_KM))

    def _measured(self, value: float) -> str:
        """Format a measured amount: two decimals below 100, one above."""
        return self.number(value, 2 if abs(value) < 100 else 1)


@functools.cache
def _babel(lang: str) -> Locale:
    return Locale.parse(lang)
