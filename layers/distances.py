"""Distances in words, as exact as the places they are between."""

import math
from collections.abc import Callable

from geo.nearest import Neighbour
from layers.locale import Translator

_DIGITS = 2


def between(found: Neighbour, translator: Translator) -> str:
    """Return "between 300 m and 1.2 km", the bounds widened to two digits each."""
    if math.isnan(found.most_m):
        about = translator.length(rounded(found.metres, round))
        return translator.t("near.about", distance=about)
    least, most = rounded(found.least_m, math.floor), rounded(found.most_m, math.ceil)
    if least == most:
        return translator.length(most)
    if not least:
        return translator.t("near.at_most", most=translator.length(most))
    return translator.t(
        "near.between", least=translator.length(least), most=translator.length(most)
    )


def rounded(metres: float, way: Callable[[float], int]) -> float:
    """Return a length with two digits, whole metres at the finest.

    Examples
    --------
    >>> rounded(1234.0, math.floor), rounded(1234.0, math.ceil)
    (1200.0, 1300.0)
    """
    if metres <= 0:
        return 0.0
    step = 10.0 ** max(math.floor(math.log10(metres)) - _DIGITS + 1, 0)
    return float(way(metres / step) * step)
