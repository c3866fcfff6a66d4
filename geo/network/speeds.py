"""Speeds on foot and by car: stated, free of congestion and winter, never guessed in silence."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.errors import NetworkError

WALK_M_S = 1.25
"""4.5 km/h, the walking speed of every travel time unless another is stated."""

WALK_M_S_FAST = 5.0 / 3.6
"""5.0 km/h, the second walking speed of a sensitivity analysis."""

DRIVE_KMH: Mapping[str, float] = {
    "motorway": 110,
    "trunk": 90,
    "primary": 60,
    "secondary": 60,
    "tertiary": 50,
    "unclassified": 40,
    "residential": 40,
    "road": 40,
    "living_street": 20,
    "service": 20,
    "track": 20,
}
"""Free-flow km/h by class of street where no limit is stated: a choice of this project. A link
road (`primary_link`) has the speed of its class, at most 60 km/h."""

MOST_KMH = 150.0
"""A stated limit above this is a slip of the pen."""

_LINK_KMH = 60.0
_LIMITS_OF_CODE = {
    "ru:urban": 60.0,
    "ru:rural": 90.0,
    "ru:living_street": 20.0,
    "ru:motorway": 110.0,
}
_LIMIT = re.compile(r"^\s*(\d+(?:\.\d+)?)\s*(mph|km/h|kmh)?\s*$")
_KMH_OF_MPH = 1.609344


@dataclass(frozen=True)
class Speeds:
    """The speeds travel times rest on; walking is also the way between a place and its street."""

    walk_m_s: float = WALK_M_S
    drive_kmh: Mapping[str, float] = field(default_factory=lambda: DRIVE_KMH)

    def __post_init__(self) -> None:
        values = (self.walk_m_s, *self.drive_kmh.values())
        if not all(np.isfinite(value) and value > 0 for value in values):
            raise NetworkError("a speed is not a positive number")


def limit_kmh(value: object) -> float:
    """Return the km/h that an OpenStreetMap `maxspeed` states; NaN where it states none.

    Of several values (a street made of several ways) the lowest counts; what no limit can be (0, or
    more than `MOST_KMH`) states none.
    """
    if isinstance(value, Sequence) and not isinstance(value, str):
        return min((limit_kmh(one) for one in value), default=float("nan"))
    if isinstance(value, int | float):
        return float(value) if 0 < value <= MOST_KMH else float("nan")
    text = str(value or "").strip().lower()
    if text in _LIMITS_OF_CODE:
        return _LIMITS_OF_CODE[text]
    found = _LIMIT.match(text)
    if found is None:
        return float("nan")
    kmh = float(found[1]) * (_KMH_OF_MPH if found[2] == "mph" else 1)
    return kmh if 0 < kmh <= MOST_KMH else float("nan")


def stated_kmh(limits: pd.Series) -> NDArray[np.float64]:
    """Return the limits of edges as numbers, NaN where none is stated.

    Raises
    ------
    NetworkError
        If one is no number, not positive, or above `MOST_KMH`; says how many are.
    """
    numbers = pd.to_numeric(limits, errors="coerce").to_numpy(dtype=float, na_value=np.nan)
    stated = limits.notna().to_numpy()
    wrong = stated & ~((numbers > 0) & (numbers <= MOST_KMH))
    if wrong.any():
        raise NetworkError(
            f"edges: `maxspeed_kmh` of {int(wrong.sum())} is no speed above 0 and up to "
            f"{MOST_KMH:g} km/h (the first is {limits.to_numpy()[wrong][0]!r}); leave it empty "
            "where no limit is known"
        )
    return numbers


def drive_m_s(
    highway: Sequence[str], maxspeed_kmh: NDArray[np.float64], speeds: Speeds
) -> NDArray[np.float64]:
    """Return metres a second for every edge: its stated limit, or the speed of its class.

    Raises
    ------
    NetworkError
        If edges have neither a limit nor a class with a known speed; names the classes.
    """
    by_class = np.array([_class_kmh(name, speeds.drive_kmh) for name in highway], dtype=float)
    kmh = np.where(np.isfinite(maxspeed_kmh), maxspeed_kmh, by_class)
    missing = ~np.isfinite(kmh)
    if missing.any():
        counted = Counter(np.asarray(highway, dtype=object)[missing])
        named = ", ".join(f"`{name}` ({count})" for name, count in counted.most_common(10))
        raise NetworkError(
            f"{int(missing.sum())} edge(s) have neither `maxspeed_kmh` nor a class with a known "
            f"speed: {named}; leave them out of the drive network or state a speed for the class"
        )
    return np.asarray(kmh / 3.6)


def _class_kmh(highway: str, table: Mapping[str, float]) -> float:
    if highway.endswith("_link"):
        return min(table.get(highway.removesuffix("_link"), float("nan")), _LINK_KMH)
    return table.get(highway, float("nan"))
