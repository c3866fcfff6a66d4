"""The sources of an object as links, each with the date that its address shows."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from geo.quality import website
from layers.locale import Translator

Record = Mapping[Any, Any]

_DATE_IN_ADDRESS = (
    re.compile(r"/(20[0-3]\d)[/-](0[1-9]|1[0-2])[/-](0[1-9]|[12]\d|3[01])(?!\d)"),
    re.compile(r"/(20[0-3]\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)"),
    re.compile(r"/(20[0-3]\d)/(0[1-9]|1[0-2])/"),
    re.compile(r"/(20[0-3]\d)/"),
)


def sources_of(record: Record, translator: Translator) -> list[dict[str, Any]]:
    """Return number, address and label of each source; only addresses of the web are given."""
    return [
        {"n": n, "url": url, "label": _label(url, translator)}
        for n, url in enumerate(filter(_is_web, record.get("source_urls", ())), start=1)
    ]


def _is_web(url: str) -> bool:
    return urlsplit(url).scheme in ("http", "https") and bool(website(url))


def _label(url: str, translator: Translator) -> str:
    for pattern in _DATE_IN_ADDRESS:
        if found := pattern.search(urlsplit(url).path):
            date = translator.date("-".join(found.groups()))
            return translator.t("card.source", host=website(url), date=date)
    return website(url)
