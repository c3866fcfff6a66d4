"""Dates in text: whether the calendar has them."""

import datetime

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

_LIKE_A_DATE = r"^(\d{4}-\d{2}-\d{2}([T ].*)?|\d{2}\.\d{2}\.\d{4}( .*)?)$"
_LENGTH = 10


def impossible(array: pa.Array) -> npt.NDArray[np.bool_]:
    """Return which texts look like a date (2020-02-30, 30.02.2020) that does not exist.

    Missing values and all other text are fine.
    """
    like = pc.match_substring_regex(array, _LIKE_A_DATE)
    if not pc.any(like).as_py():
        return np.zeros(len(array), dtype=bool)
    days = pc.utf8_slice_codeunits(pc.if_else(like, array, None), 0, _LENGTH)
    bad = [day for day in pc.unique(days).to_pylist() if day is not None and not _exists(day)]
    found = pc.is_in(days, value_set=pa.array(bad, pa.string()))
    return np.asarray(found.to_numpy(zero_copy_only=False), dtype=bool)


def _exists(day: str) -> bool:
    year, month, date = day.split("-") if "-" in day else reversed(day.split("."))
    try:
        datetime.date(int(year), int(month), int(date))
    except ValueError:
        return False
    return True
