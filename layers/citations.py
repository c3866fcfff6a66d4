"""The sources of an object as links, each with the date that its address shows."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from geo.quality import website
from layers.locale import Translator

Record = Mapping[Any, Any]

# A whole date only: what lies in the folder of a year or a month is often of another.
_DATE = re.compile(r"(?<!\d)(20\d\d)([-/])(\d\d)\2(\d\d)(?!\d)")
_ENCODED = "xn--"
_RUSSIAN = re.compile(r"[0-9а-яё-]+")


def sources_of(record: Record, translator: Translator) -> list[dict[str, Any]]:
    """Return number, address and label of each source; only addresses of the web are given.

    A date is a guess from the address, and the label says so. Where the address shows several
    dates, or one in part, none is given.
    """
    return [
        {"n": n, "url": url, "label": _label(url, translator)}
        for n, url in enumerate(filter(_is_web, record.get("source_urls", ())), start=1)
    ]


def host_in_words(host: str) -> str:
    """Return a host as people write it: decoded if it is Russian throughout, else as it is.

    Letters of several scripts in one name may look like another name.

    Examples
    --------
    >>> host_in_words("xn--h1alffa9f.xn--p1ai")
    'россия.рф'
    """
    try:
        read = [
            part[len(_ENCODED) :].encode("ascii").decode("punycode")
            if part.startswith(_ENCODED)
            else part
            for part in host.split(".")
        ]
    except UnicodeError:
        return host
    return ".".join(read) if all(_RUSSIAN.fullmatch(part) for part in read) else host


def _is_web(url: str) -> bool:
    return urlsplit(url).scheme in ("http", "https") and bool(website(url))


def _label(url: str, translator: Translator) -> str:
    host, day = host_in_words(website(url)), _date_in(urlsplit(url).path)
    if day is None:
        return host
    shown = translator.date(day.isoformat())
    return translator.t("card.source", host=host, date=shown)


def _date_in(path: str) -> date | None:
    """Return the only date of a path, None for none, several, or one that never was."""
    found = set(_DATE.findall(path))
    if len(found) != 1:
        return None
    year, _, month, day = found.pop()
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
