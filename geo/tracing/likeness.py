"""How alike the names of an object in OpenStreetMap are to those a site is known by."""

import itertools
from collections.abc import Mapping, Sequence

from rapidfuzz import fuzz

from geo.text import MAX_LENGTH, clean, normalise

NAMES = ("name", "name:ru", "official_name", "alt_name", "old_name", "short_name")
_MOST_NAMES = 20


def shown_name(tags: Mapping[str, str]) -> str:
    """Return the name of an object, one clean line of bearable length; "" without one."""
    return next(iter(_names(tags)), "")


def likeness(tags: Mapping[str, str], names: Sequence[str]) -> float | None:
    """Return how alike the closest of the names are, from 0 to 1.

    The mean of two ratios of equal letters (Indel, by `rapidfuzz`): of all words in alphabetical
    order, and of the common words with the rest. The second alone would take "ТГУ" for "Dormitory
    of ТГУ". Case, quotation marks and ё make no difference.

    Returns
    -------
    float or None
        None where the object has no name, or none is sought.
    """
    found = [words for words in map(normalise, _names(tags)) if words]
    sought = [words for words in map(normalise, names) if words]
    if not found or not sought:
        return None
    return max(_alike(*pair) for pair in itertools.product(found, sought))


def _alike(one: str, other: str) -> float:
    whole, common = fuzz.token_sort_ratio(one, other), fuzz.token_set_ratio(one, other)
    return float(whole + common) / 200


def _names(tags: Mapping[str, str]) -> list[str]:
    values = (part for key in NAMES for part in tags.get(key, "")[:2_000].split(";"))
    lines = (clean(value)[:MAX_LENGTH] for value in values)
    return list(dict.fromkeys(line for line in lines if line))[:_MOST_NAMES]
